"""Which pairs to look at: articles that share rare terms, found by an inverted index.

A term that occurs in `df` articles costs df^2 / 2 pairs. Terms are taken from the rarest on until
the pool's budget of pairs is spent, so the work grows with the number of articles, not its
square: in a pool of fourteen every shared term counts, in one of 100,000 only rare ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digest.stories.same.terms import Ints, Rows

PAIRS_PER_ARTICLE = 600  # budget of term meetings, before the best are kept
FREE_PAIRS = 200_000  # small pools are compared in full
KEEP = 40  # candidates kept for each article
LEAST = 0.1  # cosines of title and text together; no pair below it was ever likely
LARGE_POOL = 20_000  # articles; beyond, what is little alike is ever less likely one story,
STRICTER = 0.06  # and this is added to LEAST for each e-fold: a quarter fewer pairs at 100,000
BLOCK = 4096


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs, `left` < `right`, each once, in order."""

    left: Ints
    right: Ints


def rarity_cap(frequency: Ints, size: int) -> int:
    """The largest document frequency whose terms still fit the budget."""
    budget = max(PAIRS_PER_ARTICLE * size, 2 * FREE_PAIRS)
    frequency = np.sort(frequency[frequency > 1])
    spent = np.cumsum(frequency * (frequency - 1) // 2)
    affordable = int(np.searchsorted(spent, budget, side="right"))
    if affordable == len(frequency):
        return size
    # Terms of one frequency stand or fall together: which of them is met first is chance.
    return max(2, int(frequency[affordable]) - 1)


def candidates(rows: Rows) -> Pairs:
    """For each article the others with which it shares most, by rare terms."""
    size = rows.title.shape[0]
    keep = max(KEEP, FREE_PAIRS // max(size, 1))
    least = LEAST + STRICTER * math.log(max(size / LARGE_POOL, 1.0))
    matrix = _evidence(rows, size)
    turned = matrix.T.tocsr()
    left = [np.empty(0, dtype=np.int64)]
    right = [np.empty(0, dtype=np.int64)]
    for start in range(0, size, BLOCK):
        product = (matrix[start : start + BLOCK] @ turned).tocoo()
        row, column, score = product.row + start, product.col, product.data
        other = (row != column) & (score >= least)
        row, column = _best(row[other], column[other], score[other], keep)
        left.append(np.minimum(row, column))
        right.append(np.maximum(row, column))
    return _distinct(np.concatenate(left), np.concatenate(right), size)


def _evidence(rows: Rows, size: int) -> sparse.csr_array:
    """Title and text rows, only terms rare enough to afford."""
    both = sparse.csr_array(rows.text + rows.title)
    met = np.bincount(both.indices, minlength=both.shape[1])
    affordable = (met > 1) & (met <= rarity_cap(met, size))
    both.data = np.where(affordable[both.indices], both.data, 0.0).astype(np.float64)
    both.eliminate_zeros()
    return both


def _best(
    row: NDArray[np.integer], column: NDArray[np.integer], score: NDArray[np.float64], keep: int
) -> tuple[Ints, Ints]:
    """The `keep` highest scores of each row; ties go to the smaller column."""
    order = np.lexsort((column, -np.round(score, 9), row))
    near = row[order].astype(np.int64)
    first = np.searchsorted(near, near, side="left")
    kept = np.arange(len(near)) - first < keep
    return near[kept], column[order].astype(np.int64)[kept]


def _distinct(left: Ints, right: Ints, size: int) -> Pairs:
    key = np.unique(left * size + right)
    return Pairs(key // size, key % size)
