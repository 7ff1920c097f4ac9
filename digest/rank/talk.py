"""What the week talks of: how many others write on the subject of a story, without telling it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.model import Story
from digest.rank.sources import publishers
from digest.rank.subjects import Subjects, on_subject
from digest.text import counted

_LEAST = 0.5  # of a publisher: what is less is chance


@dataclass(frozen=True, slots=True)
class Talk:
    """How much others write on a story's subject: publishers, each as sure as its nearest story."""

    story: str
    publishers: float
    text: str

    @property
    def doublings(self) -> float:
        """Of one and the other publishers."""
        return math.log2(1.0 + self.publishers)


def talk(stories: Sequence[Story], subjects: Subjects) -> Iterator[Talk]:
    """Who else talks of each of `stories`, among these."""
    known = {story.id: publishers(story) for story in stories}
    nearest: dict[str, dict[str, float]] = {story: {} for story in known}
    names: dict[str, Counter[str]] = {story: Counter() for story in known}
    for one in known:
        for other in (other for other in subjects.near(one) if one < other):
            sure, shared = subjects.same(one, other)
            for story, talker in ((one, other), (other, one)) if sure else ():
                others = known[talker] - known[story]
                nearest[story] |= {p: max(nearest[story].get(p, 0.0), sure) for p in others}
                names[story].update({n: worth * sure for n, worth in shared.items() if others})
    for story in known:
        total = math.fsum(nearest[story].values())
        if total >= _LEAST:
            yield Talk(story, total, _text(len(nearest[story]), names[story]))


def _text(publishers: int, names: Mapping[str, float]) -> str:
    writes = "writes" if publishers == 1 else "write"
    subject = on_subject(names, "on its subject")
    return f"{counted(publishers, 'more publisher')} {writes} {subject}"
