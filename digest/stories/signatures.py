"""MinHash signatures of texts: pure functions over arrays, streamed, with no state.

The plan is Broder's (1997, "On the resemblance and containment of documents"): a text is the set
of its runs of three words, and the share of equal minima of a hash over two such sets estimates
their Jaccard likeness. One pass gives all minima by one permutation hashing (Li, Owen, Zhang
2012): the hash names one of 128 bins, and each bin keeps its minimum. A bin that stays empty
borrows from another (Shrivastava and Li 2014, "Densifying one permutation hashing"). Texts that
agree in a whole band of bins are candidates (Leskovec, Rajaraman, Ullman, chapter 3.4).

Nothing here knows articles or an engine: arrays go in and come out, hashes are equal on every
machine, so that a distributed engine may map `sign`, group by key and filter by `likeness`.
`KERNEL` changes whenever the same text would give other values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
F64 = npt.NDArray[np.float64]

KERNEL = 1
BINS = 128
# Two bins to a band find texts from a fifth of common shingles on (0.93 of the pairs; four bins
# would find 0.05 of them and 0.56 of those at two fifths, a text cut to 40 %).
BANDS = 64
SHINGLE = 3
CHUNK = 2_000  # texts in hand at once: the arrays of 300 words each then fit a processor's cache
LONGEST = 40_000  # characters of a text that count, some 6,500 English words
_SMALL = 20  # a bucket of so many texts gives all its pairs, a larger one a star
_EMPTY = np.uint32(0xFFFFFFFF)

# What stands for a space or an apostrophe beyond ASCII.
_TYPOGRAPHY = (("’", "'"), ("‘", "'"), *((mark, " ") for mark in "“”„«»–—…\u00a0•·、。，؟،"))
# Scripts written without spaces: each character counts as a word, as in `digest.text`.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_SPACE = 32
_LETTERS = bytes(code if code > 127 or chr(code).isalnum() else _SPACE for code in range(256))
_HEADS = np.array([(1 << (8 * size)) - 1 for size in range(9)], np.uint64)


@dataclass(frozen=True, slots=True)
class Signatures:
    """What is kept of n texts: 128 + 512 + 8 bytes each.

    `bytes` is uint8 (n, BINS), the low byte of each bin's minimum; `keys` int64 (n, BANDS), of
    which all are negative for a text without words; `sizes` int64 (n,), the number of shingles.
    """

    bytes: U8
    keys: I64
    sizes: I64


def sign(texts: Iterable[str]) -> Signatures:
    """The signatures of texts, taken from the stream in chunks."""
    parts = [_sign(chunk) for chunk in _chunks(texts)] or [_sign([])]
    return Signatures(
        np.concatenate([part.bytes for part in parts]),
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.sizes for part in parts]),
    )


def hash_words(texts: Sequence[str]) -> tuple[U32, I64]:
    """Hash every word: uint32 (words,), and int64 (n + 1,) where the words of each text begin.

    A word is a run of letters and digits, whatever its case; apostrophes inside do not count. The
    hash is odd when the word begins or ends with a digit. Words are found and hashed as bytes, with
    no string made for any: eight bytes from the front, eight from the back, and the length.
    """
    raw = [_letters(text) for text in texts]
    joined = b" " * 8 + b" ".join(raw) + b" " * 8
    octets = np.frombuffer(joined, np.uint8)
    blank = octets == _SPACE
    edges = np.flatnonzero(blank[1:] != blank[:-1])
    starts, ends = edges[::2] + 1, edges[1::2] + 1
    windows: U64 = np.ndarray((len(joined) - 7,), "<u8", joined, strides=(1,))
    lengths = ends - starts
    short = np.minimum(lengths, 8)
    front = windows[starts] & _HEADS[short]
    back = windows[ends - 8] >> ((8 - short) * 8).astype(np.uint64)
    mixed = _mix(front * np.uint64(0x9E3779B97F4A7C15) ^ back + (lengths << 40).astype(np.uint64))
    numeric = _digit(octets[starts]) | _digit(octets[ends - 1])
    hashes = (mixed >> np.uint64(32)).astype(np.uint32) & ~np.uint32(1) | numeric
    begins = np.cumsum([8, *(len(text) + 1 for text in raw)])
    return hashes, np.searchsorted(starts, begins).astype(np.int64)


def hash_shingles(words: U32, begins: I64) -> tuple[U64, I64]:
    """Hash every run of three words: uint64 (runs,), and int64 (n + 1,) where each text's begin.

    A text of one or two words has one run, padded with nothing.
    """
    counts = np.diff(begins)
    sizes = np.where(counts == 0, 0, np.maximum(1, counts - SHINGLE + 1))
    firsts = np.concatenate([[0], np.cumsum(sizes)])
    text = np.repeat(np.arange(len(sizes)), sizes)
    at = np.arange(len(text)) - np.repeat(firsts[:-1] - begins[:-1], sizes)
    padded = np.concatenate([words, np.zeros(SHINGLE, np.uint32)]).astype(np.uint64)
    rolled = padded[at] * np.uint64(0x9E3779B97F4A7C15)
    for step, factor in ((1, 0xC2B2AE3D27D4EB4F), (2, 0x165667B19E3779F9)):
        word = padded[at + step]
        word[at + step >= begins[1:][text]] = 0
        rolled += word * np.uint64(factor)
    return _mix(rolled), firsts


def candidates(keys: I64) -> tuple[I64, I64]:
    """Pairs i < j that share a band: int64 (pairs,) twice, each pair once, in order.

    A bucket gives at most all pairs of twenty texts, or a star around its first text: never more
    than some ten pairs a text and band, however many texts are alike.
    """
    found = np.empty(0, np.int64)
    waiting: list[I64] = []
    for band in range(keys.shape[1]):
        waiting.append(_bucket_pairs(np.ascontiguousarray(keys[:, band])))
        if sum(map(len, waiting)) > len(found) + 1_000_000 or band == keys.shape[1] - 1:
            found = np.unique(np.concatenate([found, *waiting]))
            waiting = []
    one, other = np.divmod(found, max(1, len(keys)))
    return one, other


def likeness(left: U8, right: U8) -> F64:
    """Estimate Jaccard from two arrays of signatures, uint8 (pairs, BINS): float64 (pairs,).

    Unlike bins agree in one byte of 256 by chance.
    """
    equal = (left == right).mean(axis=1, dtype=np.float64)
    share: F64 = ((equal - 1 / 256) / (1 - 1 / 256)).clip(0)
    return share


def containment(signatures: Signatures, left: I64, right: I64) -> F64:
    """Estimate how much of the smaller text of each pair the other holds: float64 (pairs,).

    `left` and `right` are int64 (pairs,), rows of `signatures`. Follows from Jaccard and the sizes.
    """
    alike = likeness(signatures.bytes[left], signatures.bytes[right])
    one, other = signatures.sizes[left], signatures.sizes[right]
    share: F64 = alike / (1 + alike) * (one + other) / np.maximum(1, np.minimum(one, other))
    return share


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    stream = iter(texts)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def _sign(texts: Sequence[str]) -> Signatures:
    shingles, firsts = hash_shingles(*hash_words(texts))
    sizes = np.diff(firsts)
    minima = np.full(len(texts) * BINS, _EMPTY, np.uint32)
    spot = np.repeat(np.arange(len(texts)) * BINS, sizes)
    spot += (shingles >> np.uint64(57)).astype(np.int64)
    np.minimum.at(minima, spot, shingles.astype(np.uint32))
    bins = minima.reshape(len(texts), BINS)
    _densify(bins)
    return Signatures(bins.astype(np.uint8), _keys(bins, sizes == 0), sizes)


def _densify(bins: U32) -> None:
    """Fill each empty bin from the first full one in its own fixed order of the others."""
    steps = np.arange(BINS * BINS, dtype=np.uint64).reshape(BINS, BINS)
    order = np.argsort(_mix(steps + np.uint64(KERNEL << 32)), axis=1)
    given = bins.copy()
    rows, columns = np.nonzero((bins == _EMPTY) & (bins != _EMPTY).any(axis=1)[:, None])
    for turn in range(BINS):
        if not len(rows):
            break
        lent = given[rows, order[columns, turn]]
        full = lent != _EMPTY
        bins[rows[full], columns[full]] = lent[full]
        rows, columns = rows[~full], columns[~full]


def _keys(bins: U32, blank: npt.NDArray[np.bool_]) -> I64:
    rows = bins.reshape(len(bins), BANDS, BINS // BANDS).astype(np.uint64)
    keys = np.broadcast_to(np.arange(BANDS, dtype=np.uint64), rows.shape[:2])
    for row in range(rows.shape[2]):
        keys = _mix(keys * np.uint64(0x9E3779B97F4A7C15) + rows[:, :, row])
    signed = (keys >> np.uint64(1)).astype(np.int64)
    signed[blank] = -1
    return signed


def _bucket_pairs(keys: I64) -> I64:
    """Pairs as i * n + j with i < j, of the texts with equal keys (int64 (n,))."""
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    opens = np.concatenate([[True], ranked[1:] != ranked[:-1]])[: len(ranked)]
    starts = np.flatnonzero(opens)
    sizes = np.diff(np.append(starts, len(ranked)))
    shared = (sizes > 1) & (ranked[starts] >= 0)
    bucket = np.repeat(np.arange(int(shared.sum())), sizes[shared])
    members = order[np.repeat(shared, sizes)]
    hubs = order[starts[shared]][bucket]
    star = hubs != members
    pairs = [hubs[star] * len(keys) + members[star]]
    small = (sizes[shared] <= _SMALL)[bucket]
    bucket, members = bucket[small], members[small]
    for apart in range(1, _SMALL):
        near = bucket[apart:] == bucket[:-apart]
        if not near.any():
            break
        pairs.append(members[:-apart][near] * len(keys) + members[apart:][near])
    return np.concatenate(pairs)


def _letters(text: str) -> bytes:
    """The text as UTF-8 in lower case, with spaces for all that is no letter or digit."""
    text = text[:LONGEST].lower()
    if not text.isascii():
        for mark, plain in _TYPOGRAPHY:
            text = text.replace(mark, plain)
        if len(text.encode("utf-8", "surrogatepass")) > 1.1 * len(text):
            text = _UNSPACED.sub(r" \g<0> ", text)
    return text.encode("utf-8", "surrogatepass").translate(_LETTERS, b"'")


def _digit(octets: U8) -> npt.NDArray[np.bool_]:
    return (octets >= ord("0")) & (octets <= ord("9"))


def _mix(values: U64) -> U64:
    """Spread every bit over all 64: the finaliser of SplitMix64 (Steele, Lea, Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
