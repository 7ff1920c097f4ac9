"""What speaks for and against two articles telling the same story, as numbers.

Every function is over arrays of pairs; a signal that cannot be known is NaN, and the pair model
knows what to make of that.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digest.stories.same.candidates import Pairs
from digest.stories.same.terms import Floats, Ints, Rows, ones

CHUNK = 100_000
Vectors = NDArray[np.float32]

WORDS = (
    "title_cosine",
    "title_shared",
    "title_cover",
    "title_phrases",
    "title_same",
    "title_repeats",
    "text_cosine",
    "text_shared",
    "text_rarest",
    "text_top5",
    "text_cover",
    "title_in_other",
    "title_in_other_weak",
    "names_shared",
    "names_cover",
    "numbers_shared",
    "numbers_clash",
    "title_length",
    "text_length",
    "length_ratio",
    "key_in_other",
    "key_in_other_weak",
)
MEANING = ("meaning", "meaning_fine")
NAMES = WORDS + MEANING


def lexical(rows: Rows, pairs: Pairs) -> Floats:
    """One row a pair, one column a signal of `WORDS`."""
    found = np.empty((len(pairs.left), len(WORDS)))
    for i in range(0, len(found), CHUNK):
        found[i : i + CHUNK] = _chunk(rows, pairs.left[i : i + CHUNK], pairs.right[i : i + CHUNK])
    return found


def meaning(pairs: Pairs, vectors: tuple[Vectors, Vectors]) -> Floats:
    """One row a pair, one column a signal of `MEANING`; NaN where either was not encoded."""
    found = np.empty((len(pairs.left), len(MEANING)))
    for i in range(0, len(found), CHUNK):
        left, right = pairs.left[i : i + CHUNK], pairs.right[i : i + CHUNK]
        for column, kind in enumerate(vectors):
            found[i : i + CHUNK, column] = _similarity(kind, left, right)
    return found


def _chunk(rows: Rows, left: Ints, right: Ints) -> Floats:
    title = _shared(rows.title, left, right)
    text = _shared(rows.text, left, right)
    lighter = np.minimum(rows.title_weight[left], rows.title_weight[right])
    lean = np.minimum(rows.text_weight[left], rows.text_weight[right])
    rich = np.maximum(rows.text_weight[left], rows.text_weight[right])
    title_shared, text_shared = _total(title, rows.idf), _total(text, rows.idf)
    rarest, top5 = _top(text, rows.idf, 5)
    named = rows.idf * rows.name
    names = _total(text, named)
    name_mass = _mass(rows.text, named)
    numbers = rows.number.astype(np.float64)
    inside = _inside(rows, left, right)
    return np.column_stack(
        [
            _cosine(title),
            title_shared,
            title_shared / np.maximum(lighter, 1e-9),
            _cosine(_shared(rows.bigrams, left, right)),
            _same_words(rows, left, right),
            np.log2(np.minimum(rows.repeats[left], rows.repeats[right])),
            _cosine(text),
            text_shared,
            rarest,
            top5,
            text_shared / np.maximum(lean, 1e-9),
            *inside,
            names,
            names / np.maximum(np.minimum(name_mass[left], name_mass[right]), 5.0),
            _total(text, numbers * rows.idf),
            _clash(rows, title, left, right),
            lighter,
            lean,
            lean / np.maximum(rich, 1e-9),
            *_keys(rows, left, right),
        ]
    )


def _shared(matrix: sparse.csr_array, left: Ints, right: Ints) -> sparse.csr_array:
    """The terms that both have, with the product of their weights."""
    return sparse.csr_array(matrix[left].multiply(matrix[right]))


def _shared_terms(
    first: sparse.csr_array, second: sparse.csr_array, left: Ints, right: Ints
) -> sparse.csr_array:
    """The terms of `left` in the first matrix that `right` has in the second."""
    return sparse.csr_array(first[left].multiply(second[right]))


def _same_words(rows: Rows, left: Ints, right: Ints) -> Floats:
    """The share of all words of both titles that both have: 1 for the same title."""
    common = _cosine(_shared(rows.said, left, right))
    length = np.asarray(rows.said.sum(axis=1))
    return common / np.maximum(length[left] + length[right] - common, 1.0)


def _cosine(shared: sparse.csr_array) -> Floats:
    return np.asarray(shared.sum(axis=1))


def _total(shared: sparse.csr_array, weights: Floats) -> Floats:
    """The weights of the shared terms, summed."""
    return np.asarray(ones(shared) @ weights)


def _mass(matrix: sparse.csr_array, weights: Floats) -> Floats:
    return np.asarray(ones(matrix) @ weights)


def _top(shared: sparse.csr_array, idf: Floats, count: int) -> tuple[Floats, Floats]:
    """The idf of the rarest shared term, and of the `count` rarest together."""
    weight = idf[shared.indices]
    row = np.repeat(np.arange(shared.shape[0]), np.diff(shared.indptr))
    order = np.lexsort((-weight, row))
    rank = np.arange(len(row)) - np.repeat(shared.indptr[:-1], np.diff(shared.indptr))
    row, weight = row[order], weight[order]
    first = np.zeros(shared.shape[0])
    first[row[rank == 0]] = weight[rank == 0]
    kept = rank < count
    together = np.bincount(row[kept], weights=weight[kept], minlength=shared.shape[0])
    return first, together.astype(np.float64)


def _inside(rows: Rows, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    """How much of each title's weight the other article mentions: the higher, the lower."""
    mass = np.maximum(rows.title_weight, 1e-9)
    forth = _total(_shared_terms(rows.title, rows.any, left, right), rows.idf) / mass[left]
    back = _total(_shared_terms(rows.title, rows.any, right, left), rows.idf) / mass[right]
    return np.maximum(forth, back), np.minimum(forth, back)


def _keys(rows: Rows, left: Ints, right: Ints) -> tuple[Floats, Floats]:
    """How much of what each is mostly about the other mentions: the higher, the lower."""
    forth = _cosine(_shared_terms(rows.key, rows.any, left, right))
    back = _cosine(_shared_terms(rows.key, rows.any, right, left))
    return np.maximum(forth, back), np.minimum(forth, back)


def _clash(rows: Rows, shared: sparse.csr_array, left: Ints, right: Ints) -> Floats:
    """1 where both titles have numbers and none in common: two releases, two years, two tolls."""
    number = rows.number.astype(np.float64)
    held = _mass(rows.title, number) > 0
    both = held[left] & held[right]
    return np.where(both & (_total(shared, number) == 0), 1.0, 0.0)


def _similarity(vectors: Vectors, left: Ints, right: Ints) -> Floats:
    known = np.abs(vectors).max(axis=1) > 0
    value: Floats = np.einsum("ij,ij->i", vectors[left], vectors[right]).astype(np.float64)
    value[~(known[left] & known[right])] = np.nan
    return value
