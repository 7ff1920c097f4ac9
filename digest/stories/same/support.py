"""Second look, at the company that two articles keep.

The first probabilities are the evidence. Two articles of one story resemble the same third ones;
a hub that touches two stories is contradicted by the company of each. All counts are expected
numbers of articles, so a story of thirteen gains from its size instead of falling apart.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from digest.stories.same.candidates import Pairs
from digest.stories.same.terms import Floats, strongest

NAMES = (
    "first",
    "common",
    "agree",
    "agree_weak",
    "apart",
    "apart_most",
    "alike",
    "level",
    "level_weak",
)
FLOOR = 0.03
STRONG = 0.25  # two hops over links at least this likely make a new candidate
HOP_NEIGHBOURS = 30
CHUNK = 100_000
OWN_WORD = 0.3  # weight of what a pair said alone, beside what its company says


def graph(pairs: Pairs, probability: Floats, size: int, floor: float = FLOOR) -> sparse.csr_array:
    """The symmetric matrix of probabilities, nothing on the diagonal."""
    kept = probability >= floor
    a, b, p = pairs.left[kept], pairs.right[kept], probability[kept]
    entries = (np.concatenate([p, p]), (np.concatenate([a, b]), np.concatenate([b, a])))
    return sparse.coo_array(entries, shape=(size, size)).tocsr()


def features(pairs: Pairs, probability: Floats, size: int) -> Floats:
    """One row a pair, one column a signal of `NAMES`."""
    links = graph(pairs, probability, size)
    degree = np.asarray(links.sum(axis=1))
    left, right = pairs.left, pairs.right
    parts = [
        links[left[i : i + CHUNK]].multiply(links[right[i : i + CHUNK]]).sum(axis=1)
        for i in range(0, len(left), CHUNK)
    ]
    common = np.concatenate([np.asarray(p) for p in parts]) if parts else np.empty(0)
    direct = np.where(probability >= FLOOR, probability, 0.0)
    others = np.stack([degree[left] - direct, degree[right] - direct])
    fewer, more = others.min(axis=0), others.max(axis=0)
    square = np.asarray(links.multiply(links).sum(axis=1))
    norm = np.sqrt((1.0 + square[left]) * (1.0 + square[right]))
    usual = (square + 0.01) / (degree + 0.01)
    level = np.stack([direct / usual[left], direct / usual[right]])
    clipped = np.clip(probability, 1e-5, 1 - 1e-5)
    return np.column_stack(
        [
            np.log(clipped / (1 - clipped)),
            common,
            common / (0.5 + fewer),
            common / (0.5 + more),
            fewer - common,
            more - common,
            (common + 2.0 * direct) / norm,
            level.max(axis=0),
            level.min(axis=0),
        ]
    )


def two_hops(pairs: Pairs, probability: Floats, size: int) -> Pairs:
    """Pairs that are no candidates, but have a strong companion in common."""
    links = strongest(graph(pairs, probability, size, STRONG), HOP_NEIGHBOURS)
    met = (links @ links).tocoo()
    upper = met.row < met.col
    key = met.row[upper].astype(np.int64) * size + met.col[upper]
    key = np.setdiff1d(key, pairs.left * size + pairs.right)
    return Pairs(key // size, key % size)


def weighed(alone: Floats, company: Floats) -> Floats:
    """Both opinions as one probability: their log odds, averaged."""
    one, other = (np.clip(p, 1e-6, 1.0 - 1e-6) for p in (alone, company))
    score = OWN_WORD * np.log(one / (1.0 - one))
    score += (1.0 - OWN_WORD) * np.log(other / (1.0 - other))
    return np.asarray(1.0 / (1.0 + np.exp(-score)))
