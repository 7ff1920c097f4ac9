"""How well predicted stories match the gold ones: B-cubed, pairs, the adjusted Rand index.

Vectorised over the contingency table, so that pools of thousands are scored at once.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Precision and recall by article (B-cubed) and by pair, and the errors in numbers."""

    articles: int
    b3_precision: float
    b3_recall: float
    pair_precision: float  # 1 when nothing was joined
    pair_recall: float  # 1 when there was nothing to join
    ari: float
    wrong: int  # pairs joined that should not be
    missed: int  # pairs not joined that should be
    whole: int  # gold stories of two articles and more with all of them in one predicted story
    stories: int  # gold stories of two articles and more

    @property
    def b3(self) -> float:
        """B-cubed F1."""
        return f1(self.b3_precision, self.b3_recall)

    @property
    def pair(self) -> float:
        """F1 over pairs."""
        return f1(self.pair_precision, self.pair_recall)


def f1(precision: float, recall: float) -> float:
    """The harmonic mean, 0 when both are."""
    return 2.0 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(gold: Sequence[Hashable], predicted: ArrayLike) -> Scores:
    """Compare two partitions of the same articles, given by a label for each article."""
    known = _numbered(gold)
    found = np.unique(np.asarray(predicted), return_inverse=True)[1].astype(np.int64)
    if len(known) != len(found):
        raise ValueError(f"{len(known)} gold labels, {len(found)} predicted ones")
    if not len(known):
        raise ValueError("nothing to score")
    width = int(found.max()) + 1
    cell, overlap = np.unique(known * width + found, return_counts=True)
    of_gold, of_found = cell // width, cell % width
    gold_size, found_size = np.bincount(known), np.bincount(found)
    both, gold_pairs, found_pairs = _pairs(overlap), _pairs(gold_size), _pairs(found_size)
    several = gold_size[of_gold] > 1
    return Scores(
        articles=len(known),
        b3_precision=float((overlap**2 / found_size[of_found]).sum() / len(known)),
        b3_recall=float((overlap**2 / gold_size[of_gold]).sum() / len(known)),
        pair_precision=both / found_pairs if found_pairs else 1.0,
        pair_recall=both / gold_pairs if gold_pairs else 1.0,
        ari=_rand_index(both, gold_pairs, found_pairs, len(known)),
        wrong=found_pairs - both,
        missed=gold_pairs - both,
        whole=int((several & (overlap == gold_size[of_gold])).sum()),
        stories=int((gold_size > 1).sum()),
    )


def _numbered(labels: Sequence[Hashable]) -> Ints:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(label, len(numbers)) for label in labels], dtype=np.int64)


def _pairs(sizes: NDArray[np.integer]) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _rand_index(both: int, gold: int, found: int, articles: int) -> float:
    every = articles * (articles - 1) / 2
    expected = gold * found / every if every else 0.0
    most = (gold + found) / 2
    return (both - expected) / (most - expected) if most != expected else 1.0
