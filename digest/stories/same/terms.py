"""From articles to sparse rows of terms: what each title and lead says, weighed by rarity."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from digest.stories.same.background import Background

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BODY_CHARACTERS = 2500  # the lead tells the story; the rest tells its history
ROW_TERMS = 60  # the weightiest terms of title and lead that a pair is compared by
KEY_TERMS = 5
MAX_TITLE_TERMS = 40
TEMPLATE_SHARE = 0.6  # a term in more of a source's articles than this is its house style
TEMPLATE_LEAST = 3

# Letters and digits, joined inside by an apostrophe, or by a dot or comma between digits or
# initials (1.41.0, 1,600, U.S); hyphens split, so that "AI-fuelled" shares a word with "AI".
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+|(?<=\d)[.,]\d+|(?<=\b[A-Z])\.[A-Z]\b)*(?:\+\+|#)?")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_POSSESSIVE = re.compile(r"['’]s$")
_ZEROS = re.compile(r"(?:\.0+)+$")  # 1.38.0 is 1.38
_VERSION = re.compile(r"^v(?=\d)")  # v1.38 is 1.38


@dataclass(frozen=True, slots=True)
class Document:
    """What the engine needs of an article; `day` is in days since 1970, NaN if unknown."""

    title: str
    text: str = ""
    day: float = float("nan")
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """All documents of a pool as sparse rows over one vocabulary."""

    title: sparse.csr_array  # unit rows of idf
    said: sparse.csr_array  # ones over every token of the title, little words too
    repeats: Ints  # how many articles of the pool have this very title
    bigrams: sparse.csr_array  # unit rows over pairs of neighbouring title terms
    text: sparse.csr_array  # unit rows of tf-idf, title and lead, the weightiest terms
    any: sparse.csr_array  # ones at all the terms of title and text
    key: sparse.csr_array  # the few weightiest terms of each article, shares that sum to one
    idf: Floats  # of each term
    frequency: Ints  # in how many documents of the pool each term occurs
    name: NDArray[np.bool_]  # terms that are names
    number: NDArray[np.bool_]  # terms that start with a digit
    words: tuple[str, ...]  # what each term looks like, for explanations
    title_weight: Floats  # idf mass of each title
    text_weight: Floats  # idf mass of each row of `text`
    day: Floats
    source: Ints  # -1: unknown


def stem(word: str) -> str:
    """A light English stem: enough that "strikes", "striking" and "strike" meet."""
    word = _POSSESSIVE.sub("", word)
    if not word.isascii() or len(word) < 4 or not word.isalpha():
        return word
    for ending, replacement in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending):
            root = word[: -len(ending)] + replacement
            if len(root) < 3 or (ending == "s" and word.endswith(("ss", "us", "is"))):
                return word
            word = root
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sle":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def term(token: str) -> str:
    """The term of one token, or nothing for a single letter."""
    word = _VERSION.sub("", token.lower().replace("’", "'"))
    if word[0].isdigit():
        return _ZEROS.sub("", word.replace(",", ""))
    word = stem(word.replace(".", ""))
    return word if len(word) > 1 or not word.isascii() else ""


class Tokens(dict[str, int]):
    """Token to number; a new token gets the next one. Lookup is all that the hot loop does."""

    def __missing__(self, token: str) -> int:
        self[token] = number = len(self)
        return number

    def of(self, text: str) -> list[int]:
        """The numbers of the tokens of `text`; scripts without spaces give pairs of characters."""
        found = _WORD.findall(text)
        if not _UNSPACED.search(text):
            return [self[token] for token in found]
        return [self[piece] for token in found for piece in _pieces(token)]


def _pieces(token: str) -> Iterable[str]:
    if not _UNSPACED.search(token) or len(token) == 1:
        return (token,)
    return (token[i : i + 2] for i in range(len(token) - 1))


def rows(documents: Sequence[Document], background: Background) -> Rows:
    """Read every document once and weigh its terms."""
    tokens = Tokens()
    titles = [tokens.of(d.title)[:MAX_TITLE_TERMS] for d in documents]
    bodies = [tokens.of(d.text[:BODY_CHARACTERS]) for d in documents]
    term_of, words = _terms(tokens)
    title = _counts(titles, term_of, len(words))
    text = title + _counts(bodies, term_of, len(words))
    frequency = np.bincount(text.indices, minlength=len(words))
    share = background.shares(words, frequency, len(documents))
    idf = -np.log(share)
    name = _names(tokens, term_of, [titles, bodies], background.capital_ratios(words))
    idf[background.stop(words)] = 0.0
    number = np.array([w[:1].isdigit() for w in words], dtype=bool)
    title.data = np.ones_like(title.data)
    source = _sources(documents)
    style = house_style(text, source)
    title, text = _kept(title, idf, style), _kept(text, idf, style)
    text.data = (1.0 + np.log(text.data)) * idf[text.indices]
    mentioned = ones(text)
    key = shares(strongest(text, KEY_TERMS))
    text = strongest(text, ROW_TERMS)
    return Rows(
        title=unit(weighted(title, idf)),
        said=_said(titles, tokens),
        repeats=_repeats(titles),
        bigrams=unit(_bigrams(titles, term_of, idf)),
        text=unit(text),
        any=mentioned,
        key=key,
        idf=idf,
        frequency=frequency,
        name=name,
        number=number,
        words=tuple(words),
        title_weight=np.asarray(title @ idf),
        text_weight=np.asarray(ones(text) @ idf),
        day=np.array([d.day for d in documents], dtype=np.float64),
        source=source,
    )


def _terms(tokens: Tokens) -> tuple[Ints, list[str]]:
    """The term number of each token, -1 for none, and the terms."""
    numbers: dict[str, int] = {}
    of = np.full(len(tokens), -1, dtype=np.int64)
    for token, number in tokens.items():
        found = term(token)
        if found:
            of[number] = numbers.setdefault(found, len(numbers))
    return of, list(numbers)


def _flat(lists: Sequence[list[int]]) -> tuple[Ints, Ints]:
    """The row of each entry, and the entries."""
    lengths = np.fromiter((len(x) for x in lists), dtype=np.int64, count=len(lists))
    flat = np.fromiter((t for x in lists for t in x), dtype=np.int64, count=int(lengths.sum()))
    return np.repeat(np.arange(len(lists)), lengths), flat


def _counts(lists: Sequence[list[int]], term_of: Ints, width: int) -> sparse.csr_array:
    """How often each term occurs in each list of tokens."""
    row, flat = _flat(lists)
    column = term_of[flat] if len(flat) else flat
    kept = column >= 0
    shape = (len(lists), width)
    entries = (np.ones(int(kept.sum())), (row[kept], column[kept]))
    counts = sparse.coo_array(entries, shape=shape).tocsr()
    counts.sum_duplicates()
    return counts


def _said(titles: Sequence[list[int]], tokens: Tokens) -> sparse.csr_array:
    """Which words each title has, whatever their case."""
    lower: dict[str, int] = {}
    of = np.fromiter(
        (lower.setdefault(t.lower(), len(lower)) for t in tokens), np.int64, len(tokens)
    )
    return ones(_counts(titles, of, max(len(lower), 1)))


def _repeats(titles: Sequence[list[int]]) -> Ints:
    """How often each title occurs in the pool."""
    keys = [tuple(title) for title in titles]
    count = Counter(keys)
    return np.array([count[key] for key in keys], dtype=np.int64)


def _names(
    tokens: Tokens, term_of: Ints, parts: Sequence[Sequence[list[int]]], prior: Floats
) -> NDArray[np.bool_]:
    """Terms written with a capital nearly always; `prior` counts as twenty sightings."""
    seen = np.zeros(len(tokens))
    for part in parts:
        seen += np.bincount(_flat(part)[1], minlength=len(tokens))
    capital = np.fromiter((t[0].isupper() for t in tokens), dtype=bool, count=len(tokens))
    kept = term_of >= 0
    total = np.bincount(term_of[kept], weights=seen[kept], minlength=len(prior))
    upper = np.bincount(term_of[kept], weights=(seen * capital)[kept], minlength=len(prior))
    weight = np.where(np.isnan(prior), 0.0, 20.0)
    ratio = (upper + weight * np.nan_to_num(prior)) / np.maximum(total + weight, 1.0)
    return np.asarray(ratio >= 0.8)


def _bigrams(titles: Sequence[list[int]], term_of: Ints, idf: Floats) -> sparse.csr_array:
    """Pairs of neighbouring title terms, weighed by the idf of both."""
    row, flat = _flat(titles)
    column = term_of[flat] if len(flat) else flat
    kept = column >= 0
    row, column = row[kept], column[kept]
    same = row[1:] == row[:-1]
    first, second, owner = column[:-1][same], column[1:][same], row[1:][same]
    pairs, number = np.unique(first * (len(idf) + 1) + second, return_inverse=True)
    weight = idf[first] + idf[second]
    shape = (len(titles), max(len(pairs), 1))
    return sparse.coo_array((weight, (owner, number)), shape=shape).tocsr()


def _sources(documents: Sequence[Document]) -> Ints:
    """A number for each source."""
    numbers: dict[str, int] = {"": -1}
    return np.array([numbers.setdefault(d.source, len(numbers)) for d in documents], dtype=np.int64)


def house_style(text: sparse.csr_array, source: Ints) -> sparse.csr_array:
    """Ones at the terms of each source that most of its articles carry: "Episode", its own name."""
    known = np.flatnonzero(source >= 0)
    width = int(source.max(initial=0)) + 1
    entries = (np.ones(len(known)), (source[known], known))
    member = sparse.coo_array(entries, shape=(width, len(source))).tocsr()
    count = (member @ ones(text)).tocsr()
    size = np.bincount(source[known], minlength=width)
    share = count.data / np.repeat(np.maximum(size, 1), np.diff(count.indptr))
    count.data = ((count.data >= TEMPLATE_LEAST) & (share >= TEMPLATE_SHARE)).astype(np.float64)
    count.eliminate_zeros()
    return sparse.csr_array(count[np.maximum(source, 0)].multiply((source >= 0)[:, None]))


def _kept(matrix: sparse.csr_array, idf: Floats, style: sparse.csr_array) -> sparse.csr_array:
    """Without the terms that say nothing: anywhere, or in this source."""
    kept = sparse.csr_array(matrix - matrix.multiply(style))
    kept.data = np.where(idf[kept.indices] > 0, kept.data, 0.0)
    kept.eliminate_zeros()
    return kept


def ones(matrix: sparse.csr_array) -> sparse.csr_array:
    """The same entries, each 1."""
    return sparse.csr_array(
        (np.ones_like(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape
    )


def weighted(matrix: sparse.csr_array, weights: Floats) -> sparse.csr_array:
    """Each entry times the weight of its column."""
    data = matrix.data * weights[matrix.indices]
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def unit(matrix: sparse.csr_array) -> sparse.csr_array:
    """Rows of length one; an empty row stays empty."""
    squares = sparse.csr_array((matrix.data**2, matrix.indices, matrix.indptr), shape=matrix.shape)
    length = np.sqrt(np.asarray(squares.sum(axis=1)))
    scale = np.repeat(1.0 / np.maximum(length, 1e-12), np.diff(matrix.indptr))
    return sparse.csr_array(
        (matrix.data * scale, matrix.indices, matrix.indptr), shape=matrix.shape
    )


def shares(matrix: sparse.csr_array) -> sparse.csr_array:
    """Rows that sum to one; an empty row stays empty."""
    total = np.asarray(matrix.sum(axis=1))
    scale = np.repeat(1.0 / np.maximum(total, 1e-12), np.diff(matrix.indptr))
    return sparse.csr_array(
        (matrix.data * scale, matrix.indices, matrix.indptr), shape=matrix.shape
    )


def strongest(matrix: sparse.csr_array, keep: int) -> sparse.csr_array:
    """Only the `keep` largest entries of each row; ties go to the smaller column."""
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    order = np.lexsort((matrix.indices, -matrix.data, row))
    rank = np.arange(len(order)) - np.repeat(matrix.indptr[:-1], np.diff(matrix.indptr))
    chosen = np.sort(order[rank < keep])
    entries = (matrix.data[chosen], (row[chosen], matrix.indices[chosen]))
    return sparse.coo_array(entries, shape=matrix.shape).tocsr()
