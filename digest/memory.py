"""What past issues already told, read from their own record: issue.json.

A link that was told is not told again; a story that goes on knows what came before it; a subject
keeps the name that it had. An issue sees only issues whose window ended before its own began, so
that building an old week again gives what it gave.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec

from digest.model import (
    Article,
    Extracted,
    Issue,
    IssueStory,
    Memory,
    OutcomeKind,
    PastStory,
    PastTopic,
    Telling,
    outcome_of,
)
from digest.text import words
from digest.urls import canonical
from digest.week import Window

# What became of an entry that its readers have seen.
TOLD: frozenset[OutcomeKind] = frozenset({"used", "merged into", "copy of"})


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[memory]` of digest.toml: how many past issues count, and what to do with repeats."""

    issues: int = 12
    repeats: Literal["drop", "keep"] = "drop"


def remember(issues: Iterable[Issue], window: Window, options: Options = Options()) -> Memory:
    """What the last `options.issues` issues before `window` told."""
    before = sorted(
        (issue for issue in issues if issue.window.end <= window.start),
        key=lambda issue: issue.window.end,
    )
    known = before[-options.issues :] if options.issues > 0 else []
    told: dict[str, Telling] = {}
    for issue in known:
        for key, titles in _told_in(issue).items():
            former = told[key].titles if key in told else frozenset()
            told[key] = Telling(number=issue.number, week=issue.week, titles=former | titles)
    stories = tuple(
        _past(issue, story)
        for issue in known
        for section in issue.sections
        for story in section.stories
    )
    topics = tuple(
        PastTopic(name=section.name, titles=tuple(story.title for story in section.stories))
        for issue in reversed(known)
        for section in issue.sections
        if not section.own
    )
    number = before[-1].number if before else 0
    return Memory(told=told, stories=stories, topics=topics, number=number)


def drop_repeats(extracted: Extracted, memory: Memory, options: Options = Options()) -> Extracted:
    """Leave out the articles that an earlier issue told; their outcomes name that issue."""
    if options.repeats == "keep":
        return extracted
    told = {a.id: telling for a in extracted.articles if (telling := told_before(a, memory))}
    repeats = (
        outcome_of(a, "seen in issue", f"{told[a.id]} told it")
        for a in extracted.articles
        if a.id in told
    )
    return Extracted(
        articles=tuple(a for a in extracted.articles if a.id not in told),
        outcomes=(*extracted.outcomes, *repeats),
    )


def told_before(article: Article, memory: Memory) -> Telling | None:
    """Which issue told this article; None when none did, or when the page has a new title since.

    One address can carry something new each week (a file, a changelog); the words that a newsletter
    has for a link are its own, so there the address alone decides.
    """
    for key in (article.id, article.canonical):
        telling = memory.told.get(key) if key else None
        if telling and (article.pick or _plain(article.title) in telling.titles):
            return telling
    return None


def _told_in(issue: Issue) -> dict[str, frozenset[str]]:
    """By id and canonical URL of all that the issue told: its titles, as plain words."""
    titles: dict[str, frozenset[str]] = {}
    for outcome in issue.outcomes:
        if outcome.outcome in TOLD:
            for key in filter(None, (outcome.id, canonical(outcome.url))):
                titles[key] = titles.get(key, frozenset()) | {_plain(outcome.title)}
    return titles


def _past(issue: Issue, story: IssueStory) -> PastStory:
    return PastStory(
        id=story.id,
        number=issue.number,
        week=issue.week,
        title=story.title,
        url=story.url,
        source=story.source,
        text=" ".join(filter(None, (story.blurb, *(c.angle for c in story.coverage)))),
    )


def _plain(title: str) -> str:
    return " ".join(words(title))
