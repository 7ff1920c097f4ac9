"""An issue in brief, as its templates see it: what `digest.brief` chose, then the other stories."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from digest.render.mentions import Mention
from digest.render.view import IssueView, SectionView, StoryView
from digest.text import sentences


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefView:
    """`tldr` is a sentence of the lead; `rest` are the other stories, a sentence each."""

    lead: StoryView | None
    tldr: str
    points: tuple[Mention, ...]
    matters: tuple[Mention, ...]
    rest: tuple[SectionView, ...]


def brief(issue: IssueView) -> BriefView:
    """What a reader with one minute needs; without a lead the first story leads.

    Issues of an earlier version have no brief: theirs is the lead's first sentence and the rest.
    """
    lead = issue.lead or next(iter(issue.stories), None)
    tldr = issue.tldr or (_opening(lead, issue.language) if lead else "")
    said = {point.text for point in issue.key_points}
    sections = (*issue.shared, *issue.discovered)
    quiet = _quiet(lead) if lead else None
    rest = tuple(_rest(sections, lead, issue.language, said))
    points = _parted(quiet, (*issue.key_points, *issue.matters), rest)
    return BriefView(
        lead=quiet,
        tldr=tldr,
        points=points[: len(issue.key_points)],
        matters=points[len(issue.key_points) :],
        rest=rest,
    )


def _parted(
    lead: StoryView | None, points: tuple[Mention, ...], rest: tuple[SectionView, ...]
) -> tuple[Mention, ...]:
    """The points without the links that would stand beside another one to the same page."""
    named = [m.url for note in lead.notes for m in note.mentions] if lead else []
    before = next(filter(None, reversed(named)), lead.url if lead else "")
    after = rest[0].stories[0].url if rest else ""
    found: list[Mention] = []
    for at, point in enumerate(points):
        beside = {before, after} if at + 1 == len(points) else {before}
        found.append(replace(point, url="") if point.url in beside else point)
        before = point.url or before
    return tuple(found)


def _rest(
    sections: tuple[SectionView, ...], lead: StoryView | None, language: str, said: Collection[str]
) -> Iterator[SectionView]:
    for section in sections:
        left = tuple(_shorter(s, language, said) for s in section.stories if s is not lead)
        if left:
            yield SectionView(name=section.name, stories=left)


def _shorter(story: StoryView, language: str, said: Collection[str]) -> StoryView:
    """The story with its first sentence, or none where a key point says that already."""
    first = _opening(story, language)
    if any(text.startswith(first) for text in said):
        return replace(_quiet(story), blurb="", separator="")
    return replace(_quiet(story), blurb=first)


def _quiet(story: StoryView) -> StoryView:
    """The story with every source named, and none quoted."""
    return replace(story, angles=(), notes=story.voices)


def _opening(story: StoryView, language: str) -> str:
    return next((span.text for span in sentences(story.blurb, language)), "")
