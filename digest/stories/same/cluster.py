"""From probabilities of pairs to stories: average link, so that one bridge joins nothing.

Two groups are joined when the mean probability over ALL their pairs reaches the cut; a pair that
was no candidate counts as nothing. An article that resembles two stories resembles each by
itself; the stories stay apart as long as their own members do not agree. In a large story not
every two members are alike, so a newcomer to one is held to that story's own standard.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.stories.same.candidates import Pairs

CUT = 0.5
FLOOR = 0.02  # a pair below this is as good as absent
LARGE = 4  # members; from here on the evidence of many pairs outweighs that of each
LEAST_STANDARD = 0.4

Labels = NDArray[np.int64]


@dataclass(slots=True)
class _Group:
    """Members, the probability summed over their pairs, and with each other group."""

    members: list[int]
    inner: float
    links: dict[int, float]

    @property
    def standard(self) -> float:
        """How alike members are on average; 1 while the group is small."""
        size = len(self.members)
        if size < LARGE:
            return 1.0
        return max(LEAST_STANDARD, 2.0 * self.inner / (size * (size - 1)))


def stories(pairs: Pairs, probability: NDArray[np.float64], size: int, cut: float = CUT) -> Labels:
    """The story number of each article, numbered by first member."""
    groups = _singles(pairs, probability, size)
    heap: list[tuple[float, int, int]] = []
    for a, group in groups.items():
        heap += [(-p, a, b) for b, p in group.links.items() if a < b and p >= cut]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups or -negative != _strength(groups, a, b):
            continue
        for strength, one, other in _join(groups, a, b):
            if strength >= cut:
                heapq.heappush(heap, (-strength, one, other))
    return _labels(groups, size)


def _singles(pairs: Pairs, probability: NDArray[np.float64], size: int) -> dict[int, _Group]:
    groups = {i: _Group([i], 0.0, {}) for i in range(size)}
    kept = probability >= FLOOR
    left, right = pairs.left[kept].tolist(), pairs.right[kept].tolist()
    for a, b, p in zip(left, right, probability[kept].tolist(), strict=True):
        groups[a].links[b] = p
        groups[b].links[a] = p
    return groups


def _strength(groups: dict[int, _Group], a: int, b: int) -> float:
    """Mean probability between two groups, by the standard of the larger."""
    one, other = groups[a], groups[b]
    larger = one if len(one.members) >= len(other.members) else other
    return one.links[b] / (len(one.members) * len(other.members) * larger.standard)


def _join(groups: dict[int, _Group], a: int, b: int) -> Iterator[tuple[float, int, int]]:
    """Merge the group with fewer links into the other; yield the new strengths."""
    if len(groups[a].links) < len(groups[b].links):
        a, b = b, a
    kept, gone = groups[a], groups.pop(b)
    kept.inner += gone.inner + kept.links.pop(b)
    kept.members += gone.members
    del gone.links[a]
    for other, total in gone.links.items():
        there = groups[other].links
        del there[b]
        kept.links[other] = there[a] = kept.links.get(other, 0.0) + total
    for other in kept.links:
        yield _strength(groups, a, other), min(a, other), max(a, other)


def _labels(groups: dict[int, _Group], size: int) -> Labels:
    labels = np.empty(size, dtype=np.int64)
    for number, members in enumerate(sorted(sorted(g.members) for g in groups.values())):
        labels[members] = number
    return labels
