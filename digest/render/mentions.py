"""The other sources of a story as they are printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.model import IssueCoverage, IssueStory, Point
from digest.render.escape import web_address
from digest.text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Another source of a story: its name, its link ("" for none), and what it alone adds."""

    name: str
    url: str = ""
    title: str = ""
    text: str = ""
    label: str = ""  # "Picked by", before the name


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Sources of which one thing is said: "Also covered by" these."""

    label: str
    mentions: tuple[Mention, ...]


def mention_of(point: Point) -> Mention:
    """A sentence of the brief, after its source's name."""
    sentence = point.sentence
    return Mention(
        name=one_line(sentence.source), url=web_address(point.url), text=one_line(sentence.text)
    )


def names_of(story: IssueStory) -> Mapping[IssueCoverage, str]:
    """What each source is called: with its title, where one source told the story twice."""
    told = Counter([one_line(story.source), *(one_line(c.source) for c in _reports(story))])
    return {
        c: f"{one_line(c.source)}, “{one_line(c.title)}”"
        for c in _reports(story)
        if told[one_line(c.source)] > 1 and c.source and c.title
    }


def _reports(story: IssueStory) -> tuple[IssueCoverage, ...]:
    return tuple(c for c in story.coverage if c.relation == "same story")


def mentions_of(
    coverage: Iterable[IssueCoverage], names: Mapping[IssueCoverage, str], picked_by: str = ""
) -> tuple[Mention, ...]:
    """What each source is called and adds, each once."""
    found = (
        Mention(
            name=names.get(c) or one_line(c.source) or one_line(c.title),
            url=web_address(c.url),
            title=one_line(c.title),
            text=one_line(c.angle),
            label=picked_by if c.relation == "pick" else "",
        )
        for c in coverage
    )
    return tuple(dict.fromkeys(found))


def notes_of(
    coverage: Sequence[IssueCoverage],
    names: Mapping[IssueCoverage, str],
    fixed: Mapping[str, str],
    seen: set[str],
) -> tuple[Note, ...]:
    """The sources by what they are to the lead, in fixed words; no empty note.

    A page in `seen` is linked already: its source is named alone.
    """
    kinds = (("covered_by", "same story"), ("picked_by", "pick"), ("published_by", "copy"))
    found = {
        fixed[key]: linked_once(
            mentions_of((c for c in coverage if c.relation == kind), names), seen
        )
        for key, kind in kinds
    }
    return tuple(Note(label=label, mentions=each) for label, each in found.items() if each)


def voices_of(story: IssueStory, fixed: Mapping[str, str]) -> tuple[Note, ...]:
    """Every other source by its name alone, once, with the first link to it."""
    first = {one_line(c.source): c for c in reversed(story.coverage)}
    others = [c for c in story.coverage if first[one_line(c.source)] is c]
    return notes_of(others, {}, fixed, {web_address(story.url)})


def linked_once(mentions: tuple[Mention, ...], seen: set[str]) -> tuple[Mention, ...]:
    """The mentions without links that the story already has: an editor picks what others wrote.

    `seen` gains what is new. Two links to one page are two stops for a keyboard.
    """
    once: list[Mention] = []
    for mention in mentions:
        once.append(replace(mention, url="") if mention.url in seen else mention)
        seen.add(mention.url)
    return tuple(once)
