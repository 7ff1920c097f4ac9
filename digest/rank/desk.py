"""The places of an issue: what is chosen so far, and how much of each cap it takes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping

from digest.model import Ranked, Section
from digest.rank.options import Options
from digest.rank.penalties import PENALTIES
from digest.rank.score import by_score
from digest.sites import publisher
from digest.text import counted

# How much may speak against a story beyond what speaks for it: nothing, or, where there is room,
# what a round-up or a live page with some text in it costs. Offers, puzzles and what was paid for
# stay out.
_AGAINST, _AGAINST_WITH_ROOM = 0.0, 2.5


class Desk:
    """Chooses or refuses each story it is offered, and remembers why."""

    FULL = "the issue is full"

    def __init__(self, options: Options, topic_caps: Mapping[str, int]) -> None:
        self.chosen: dict[str, Ranked] = {}
        self.refused: dict[str, tuple[Ranked, str]] = {}
        self._options = options
        self._topic_caps = topic_caps
        self._sections: Counter[str] = Counter()
        self._outlets: Counter[str] = Counter()
        self._publishers: Counter[str] = Counter()

    def offer(self, section: Section[Ranked], ranked: Ranked, *, thin: bool) -> bool:
        """Choose the story, or note what keeps it out."""
        story = ranked.story
        roomy = thin and not section.own and self._outlets.total() < self._options.thin
        reason = _against(section, ranked, roomy) or self._capped(section, ranked, roomy)
        if not reason and not section.own:
            reason = self._overfull(ranked)
        if reason:
            self.refused[story.id] = ranked, "; ".join([reason, *_faults(ranked)])
            return False
        self.refused.pop(story.id, None)
        self.chosen[story.id] = ranked
        self._sections[section.name] += 1
        if not section.own:
            self._outlets[story.lead.outlet] += 1
            self._publishers[publisher(story.lead.url)] += 1
        return True

    def _capped(self, section: Section[Ranked], ranked: Ranked, roomy: bool) -> str:
        options, lead = self._options, ranked.story.lead
        cap = options.own if section.own else options.per_section
        cap = self._topic_caps.get(section.name, 0 if roomy else cap)
        told = self._sections[section.name]  # more than its cap where the issue had room
        if cap and told >= cap:
            return f"{section.name} is full: {counted(told, 'story', 'stories')} scored higher"
        if section.own or roomy:
            return ""
        told = self._outlets[lead.outlet]
        if options.per_source and told >= options.per_source:
            return f"{lead.outlet} already leads {counted(told, 'story', 'stories')}"
        site = publisher(lead.url)
        told = self._publishers[site]
        if site and options.per_domain and told >= options.per_domain:
            return f"{site} already leads {counted(told, 'story', 'stories')}"
        return ""

    def _overfull(self, ranked: Ranked) -> str:
        total = self._outlets.total()
        if not self._options.total or total < self._options.total:
            return ""
        higher = sum(by_score(chosen) < by_score(ranked) for chosen in self.chosen.values())
        higher = min(higher, total)  # own work is chosen too, and takes no place
        text = f"{self.FULL}: {counted(higher, 'story', 'stories')} scored higher"
        kept = total - higher
        if not kept:
            return text
        return f"{text}, {kept} kept the place of {'its' if kept == 1 else 'their'} topic"


def _against(section: Section[Ranked], ranked: Ranked, roomy: bool) -> str:
    """Whether pages that are no news cost a story more than what speaks for it."""
    good = math.fsum(r.value for r in ranked.reasons if r.value > 0)
    bad = math.fsum(r.value for r in ranked.reasons if r.name in PENALTIES)
    if section.own or good + bad >= -(_AGAINST_WITH_ROOM if roomy else _AGAINST):
        return ""
    return "more speaks against it than for it"


def _faults(ranked: Ranked) -> Iterator[str]:
    return (r.text for r in ranked.reasons if r.name in PENALTIES or r.name == "repeats")
