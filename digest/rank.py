"""Which stories come first, and which make it into the issue: a score with named reasons."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from digest.model import Cut, Placed, Ranked, Reason, Section, Selection, Story, Topic
from digest.text import counted, numbers
from digest.urls import host
from digest.week import Window

Evidence = Literal["sources", "picks", "weight", "freshness", "substance", "own"]


@dataclass(frozen=True, slots=True)
class Weight:
    """What one unit of a kind of evidence adds to a score, and why that much."""

    points: float
    why: str


WEIGHTS: Mapping[Evidence, Weight] = {
    "sources": Weight(3.0, "independent coverage is the best sign that a story matters"),
    "picks": Weight(2.0, "another editor chose it: nearly as good as one more source"),
    "weight": Weight(1.5, "the editor's own trust in a source, as a factor around 1.0"),
    "freshness": Weight(0.5, "late in the week beats early, but only among equals"),
    "substance": Weight(1.0, "a text with length and numbers can be told; a stub cannot"),
    "own": Weight(0.0, "own work is shown in a section of its own, not scored"),
}
_FULL_LENGTH = 300  # words: more is no merit
_MANY_NUMBERS = 6


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[select]` of digest.toml: caps on stories, 0 meaning none.

    Below `thin` stories an issue has room: then sections and sources may exceed their caps, but
    not the `max` of a topic.
    """

    total: int = 24
    per_section: int = 5
    per_source: int = 4
    own: int = 6
    thin: int = 12


def rank(sections: Sequence[Section[Placed]], window: Window) -> tuple[Section[Ranked], ...]:
    """Score every story; each section in order of score, then of id."""
    return tuple(
        Section(
            name=section.name,
            own=section.own,
            stories=tuple(sorted((_ranked(p, window) for p in section.stories), key=_by_score)),
        )
        for section in sections
    )


def select(
    sections: Sequence[Section[Ranked]],
    options: Options = Options(),
    topics: Sequence[Topic] = (),
) -> Selection:
    """Choose the best stories under all caps; what is not chosen is cut with its reason."""
    everyone = [(section, ranked) for section in sections for ranked in section.stories]
    best_first = sorted(everyone, key=lambda pair: _by_score(pair[1]))
    desk = _Desk(options, {topic.name: topic.max for topic in topics if topic.max is not None})
    for thin in (False, True):
        for section, ranked in best_first:
            if ranked.story.id not in desk.chosen:
                desk.offer(section, ranked.story, thin=thin)
    kept = (
        Section(
            name=s.name,
            own=s.own,
            stories=tuple(r for r in s.stories if r.story.id in desk.chosen),
        )
        for s in sections
    )
    return Selection(
        sections=tuple(section for section in kept if section.stories),
        cut=tuple(
            Cut(ranked=r, reason=desk.refused[r.story.id])
            for _, r in everyone
            if r.story.id in desk.refused
        ),
    )


class _Desk:
    """What is chosen so far, and how much of each cap it takes."""

    def __init__(self, options: Options, topic_caps: Mapping[str, int]) -> None:
        self.chosen: set[str] = set()
        self.refused: dict[str, str] = {}
        self._options = options
        self._topic_caps = topic_caps
        self._sections: Counter[str] = Counter()
        self._outlets: Counter[str] = Counter()

    def offer(self, section: Section[Ranked], story: Story, *, thin: bool) -> None:
        """Choose the story, or note which cap keeps it out."""
        reason = self._full(section, story, thin=thin)
        if reason:
            self.refused[story.id] = reason
            return
        self.refused.pop(story.id, None)
        self.chosen.add(story.id)
        self._sections[section.name] += 1
        if not section.own:
            self._outlets[story.lead.outlet] += 1

    def _full(self, section: Section[Ranked], story: Story, *, thin: bool) -> str:
        options, outlet = self._options, story.lead.outlet
        total = self._outlets.total()
        roomy = thin and total < options.thin and not section.own
        cap = options.own if section.own else options.per_section
        cap = self._topic_caps.get(section.name, 0 if roomy else cap)
        if cap and self._sections[section.name] >= cap:
            return f"{section.name} is full: {cap} stories scored higher"
        if section.own:
            return ""
        if options.per_source and self._outlets[outlet] >= options.per_source and not roomy:
            return f"{outlet} already leads {options.per_source} stories that scored higher"
        if options.total and total >= options.total:
            return f"the issue is full: {options.total} stories scored higher"
        return ""


def _by_score(ranked: Ranked) -> tuple[float, str]:
    return -ranked.score, ranked.story.id


def _ranked(placed: Placed, window: Window) -> Ranked:
    reasons = tuple(_reasons(placed.story, window))
    return Ranked(placed=placed, score=round(sum(r.value for r in reasons), 3), reasons=reasons)


def _reasons(story: Story, window: Window) -> list[Reason]:
    lead = story.lead
    outlets = publishers(story)
    pickers = {a.pick.newsletter for a in story.articles if a.pick and not a.pick.own_work}
    sources = _reason(
        "sources", math.log2(len(outlets)), counted(len(outlets), "source") + " told it"
    )
    picks = _reason("picks", len(pickers), "picked by " + ", ".join(sorted(pickers)))
    trust = max(a.source.weight for a in story.articles) - 1.0
    weight = _reason("weight", trust, f"{lead.source.name} has weight {lead.source.weight:g}")
    dates = [a.published for a in story.articles if a.published and a.published in window]
    share = (max(dates) - window.start) / (window.end - window.start) if dates else 0.0
    fresh = _reason("freshness", share, f"last told {max(dates):%Y-%m-%d}" if dates else "")
    text = max(story.articles, key=lambda a: (a.words, a.id))
    figures = len(numbers(text.text))
    body = min(text.words / _FULL_LENGTH, 1.0) / 2 + min(figures / _MANY_NUMBERS, 1.0) / 2
    substance = _reason("substance", body, f"{text.words} words, {counted(figures, 'number')}")
    return [r for r in (sources, picks, weight, fresh, substance) if r.value]


def publishers(story: Story) -> frozenset[str]:
    """Who told a story on their own account: copies and picks of a link add nobody.

    Two sites of one host count once; a document without a link is known by its outlet, and by
    itself where it only bears the name of the folder it lay in.
    """
    copies = {c.article.id for c in story.coverage if c.relation == "copy"}
    return frozenset(
        host(a.url) or (a.outlet if a.outlet != a.source.name else a.id)
        for a in story.articles
        if a.id not in copies and not (a.pick and a.id != story.lead.id)
    )


def _reason(name: Evidence, amount: float, text: str) -> Reason:
    return Reason(name=name, value=round(WEIGHTS[name].points * amount, 3), text=text)
