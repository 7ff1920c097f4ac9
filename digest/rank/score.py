"""A score made of named reasons, by what is known of each story alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from digest.model import Placed, Ranked, Reason, Section, Story, Topic
from digest.rank.options import Options
from digest.rank.penalties import PENALTIES, faults
from digest.rank.sources import official, publishers
from digest.rank.weights import WEIGHTS, Evidence
from digest.text import counted, is_personal, names, numbers
from digest.week import Window

_FULL_LENGTH = 120  # words: what a lead needs to speak for itself in its blurb; more is no merit
_MANY_NUMBERS = 6
_MANY_NAMES = 8
_READ = 4000  # characters in which names are looked for: what a blurb is made of


def rank(
    sections: Sequence[Section[Placed]],
    window: Window,
    options: Options = Options(),
    topics: Sequence[Topic] = (),
) -> tuple[Section[Ranked], ...]:
    """Score every story; each section in order of score, then of id.

    What fits none of `topics` is worth less, where there are any.
    """
    asked = frozenset(topic.name for topic in topics)
    found: list[Section[Ranked]] = []
    for section in sections:
        scored = (
            _ranked(placed, window, options, asked=_asked(section, placed, asked))
            for placed in section.stories
        )
        stories = tuple(sorted(scored, key=by_score))
        found.append(Section(name=section.name, own=section.own, stories=stories))
    return tuple(found)


def _asked(section: Section[Placed], placed: Placed, topics: frozenset[str]) -> bool:
    """Whether a story is of a topic that somebody set, or none was."""
    fixed = placed.story.lead.source.topic is not None
    return section.own or fixed or not topics or section.name in topics


def by_score(ranked: Ranked) -> tuple[float, str]:
    """The best first, then by id."""
    return -ranked.score, ranked.story.id


def with_reason(ranked: Ranked, reason: Reason) -> Ranked:
    """The story with one more reason in its score."""
    return Ranked(
        placed=ranked.placed,
        score=round(ranked.score + reason.value, 3),
        reasons=(*ranked.reasons, reason),
    )


def reason_of(name: Evidence, amount: float, text: str) -> Reason:
    """So much of a kind of evidence, in points."""
    return Reason(name=name, value=round(WEIGHTS[name].points * amount, 3), text=text)


def _ranked(placed: Placed, window: Window, options: Options, *, asked: bool) -> Ranked:
    reasons = [r for r in _reasons(placed.story, window, options) if r.value]
    if not asked:
        reasons.append(reason_of("unasked", 1.0, "it fits none of your topics"))
    score = round(sum(r.value for r in reasons), 3)
    return Ranked(placed=placed, score=score, reasons=tuple(reasons))


def _reasons(story: Story, window: Window, options: Options) -> Iterator[Reason]:
    told = len(publishers(story))
    yield reason_of("sources", math.log2(told), f"{counted(told, 'independent source')} told it")
    pickers = sorted({a.pick.newsletter for a in story.articles if a.pick and not a.pick.own_work})
    yield reason_of("picks", len(pickers), "picked by " + ", ".join(pickers))
    trusted = max(story.articles, key=lambda a: (a.source.weight, a.id)).source
    yield reason_of("weight", trusted.weight - 1.0, f"{trusted.name} has weight {trusted.weight:g}")
    maker = official(story)
    if maker:
        article, how = maker
        yield reason_of("official", 1.0, f"{article.outlet} tells it first hand: {how}")
    yield _freshness(story, window)
    yield _substance(story)
    if is_personal(story.lead.text):
        yield reason_of("personal", 1.0, "it is about its author")
    for fault in faults(story, options.welcome):
        value = round(PENALTIES[fault.page].points * fault.share, 3)
        yield Reason(name=fault.page, value=value, text=fault.text)


def _freshness(story: Story, window: Window) -> Reason:
    dates = [a.published for a in story.articles if a.published and a.published in window]
    if not dates:
        return reason_of("freshness", 0.0, "")
    share = (max(dates) - window.start) / (window.end - window.start)
    return reason_of("freshness", share, f"last told {max(dates):%Y-%m-%d}")


def _substance(story: Story) -> Reason:
    text = max(story.articles, key=lambda a: (a.words, a.id))
    figures = len(numbers(text.text))
    named = len(set(names(text.text[:_READ])))
    share = (
        min(text.words / _FULL_LENGTH, 1.0) / 2
        + min(figures / _MANY_NUMBERS, 1.0) / 4
        + min(named / _MANY_NAMES, 1.0) / 4
    )
    parts = f"{text.words} words, {counted(figures, 'number')}, {counted(named, 'name')}"
    return reason_of("substance", share, parts)
