"""An issue in brief: one sentence, key points of different sources, why it matters.

Nothing is written here. Every line is a sentence that the issue prints anyway, with its source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digest.render.view import IssueView, SectionView, StoryView
from digest.text import sentences

POINTS = 4
# Words by which a sentence says what follows for a reader, rather than what happened.
_CONSEQUENCE = re.compile(
    r"\b(?:because|means?|so that|therefore|until|unless|should|must|cannot|need(?:s|ed)? to|"
    r"no longer|risks?|costs?|saves?|depends?|matters?|instead|rather than|from now on|expect)\b",
    re.IGNORECASE,
)


# A sentence that begins so leans on the one before it, and cannot stand alone.
_LEANS = re.compile(
    r"(?:it|its|they|their|he|she|his|her|this|that|these|those|both|but|and|so|yet|also|then|"
    r"there|such|however|instead|still)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A sentence and the source that it stands in."""

    name: str
    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """`tldr` is the first sentence of the lead; `rest` are the other stories, a sentence each."""

    lead: StoryView | None
    tldr: str
    points: tuple[Point, ...]
    matters: tuple[Point, ...]
    rest: tuple[SectionView, ...]


def brief(issue: IssueView) -> Brief:
    """What a reader with one minute needs; without a lead the first story leads."""
    lead = issue.lead or next(iter(issue.stories), None)
    said = list(_told(lead, issue.language)) if lead else []
    tldr = said[0].text if said else ""
    alone = [point for point in said[1:] if not _LEANS.match(point.text)]
    matters = tuple(point for point in alone if _CONSEQUENCE.search(point.text))[:2]
    others = [point for point in alone if point not in matters]
    shared, discovered = (
        tuple(_rest(sections, lead, issue.language))
        for sections in (issue.shared, issue.discovered)
    )
    others += _first_of_each(discovered)
    points = tuple(_one_each(others))[:POINTS]
    rest = (*shared, *discovered)
    linked = _parted(lead, (*points, *matters), rest)
    return Brief(
        lead=lead,
        tldr=tldr,
        points=linked[: len(points)],
        matters=linked[len(points) :],
        rest=rest,
    )


def _parted(
    lead: StoryView | None, points: tuple[Point, ...], rest: tuple[SectionView, ...]
) -> tuple[Point, ...]:
    """The points without the links that would stand beside another one to the same page."""
    before = lead.url if lead else ""
    after = rest[0].stories[0].url if rest else ""
    found: list[Point] = []
    for at, point in enumerate(points):
        beside = {before, after} if at + 1 == len(points) else {before}
        found.append(replace(point, url="") if point.url in beside else point)
        before = point.url
    return tuple(found)


def _told(story: StoryView, language: str) -> Iterator[Point]:
    """Every sentence that is printed of a story: its blurb, then what others add."""
    for span in sentences(story.blurb, language):
        yield Point(name=story.source, url=story.url, text=span.text)
    for mention in story.angles:
        if not mention.label:  # an editor's praise is no fact
            yield Point(name=mention.name, url=mention.url, text=mention.text)


def _one_each(points: list[Point]) -> Iterator[Point]:
    """The first point of each source."""
    seen: set[str] = set()
    for point in points:
        if point.name not in seen:
            seen.add(point.name)
            yield point


def _rest(
    sections: tuple[SectionView, ...], lead: StoryView | None, language: str
) -> Iterator[SectionView]:
    for section in sections:
        left = tuple(_shorter(story, language) for story in section.stories if story is not lead)
        if left:
            yield SectionView(name=section.name, stories=left)


def _shorter(story: StoryView, language: str) -> StoryView:
    first = next((span.text for span in sentences(story.blurb, language)), "")
    return replace(story, blurb=first, angles=())


def _first_of_each(sections: tuple[SectionView, ...]) -> Iterator[Point]:
    """The first story of every section, then the second: sections are ranked within."""
    stories = ((rank, story) for section in sections for rank, story in enumerate(section.stories))
    for _, story in sorted(stories, key=lambda found: found[0]):
        if story.blurb and story.source:
            yield Point(name=story.source, url=story.url, text=story.blurb)
