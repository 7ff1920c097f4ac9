"""When two texts are one article: what they share, and in what shape.

The share alone does not tell. An edited copy differs in many short places; two reports that quote
one statement agree in one block and differ in whole sentences; a daily table differs in its
numbers. So we look at where the common words stand, and what the others are. Everything here works
on word hashes (`signatures.hash_words`), exactly, for the few pairs that signatures propose.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from digest.stories.signatures import U32, U64, hash_words

Mask = npt.NDArray[np.bool_]

# Shorter texts share half their words by chance or template (a podcast's standard blurb). 48 words
# is also what lemon24/reader settled on for its own check.
FEWEST_WORDS = 48
# So many words in a row that the other text lacks are a passage of its own, not an edit: where one
# word in ten is edited, such runs hold one word in two hundred.
PASSAGE = 6
# Names of days and months count as numbers, but for "may", which is mostly no month.
DATES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun january
    february march april june july august september october november december jan feb mar apr jun
    jul aug sep sept oct nov dec today yesterday tomorrow
    """.split()
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to be the same article; the first row that fits decides.

    A row is for shorter texts of at least `fewest` words whose common part takes at least `part` of
    the longer one. It asks that `share` of the shorter text's words stand in common runs of three
    or more, and allows passages of their own: in the common part of either `inside`, in the rest of
    the shorter `outside`, as shares of its words.
    """

    fewest: int
    part: float
    share: float
    inside: float
    outside: float
    excerpt: bool
    reason: str


RULES = (
    Rule(
        100, 0.7, 0.7, 0.15, 0.30, excerpt=False,
        reason="An agency's text with edits, or a new first paragraph. Of 433 natural pairs in "
        "ECB+ with a fifth in common, all that passed were one agency's text.",
    ),
    Rule(
        FEWEST_WORDS, 0.7, 0.75, 0.12, 0.12, excerpt=False,
        reason="In a lead of 60 words one quoted statement is most of the text: two reports of a "
        "senator's illness share 84 % of their words, but 13 % of them are a passage of its own. "
        "Of 7,212 leads the first wrong pair passes at 0.20 inside.",
    ),
    Rule(
        100, 0.0, 0.85, 0.075, 0.10, excerpt=True,
        reason="A text cut short stands in the longer one as a whole; a report that took over some "
        "paragraphs of another has sentences of its own.",
    ),
    Rule(
        FEWEST_WORDS, 0.0, 0.9, 0.05, 0.05, excerpt=True,
        reason="A teaser of two sentences must stand there nearly word for word: in 60 words, six "
        "of its own in a row are already another telling.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share, as shares from 0 to 1; see `Rule`.

    `template` says that what differs is mostly numbers and days, and many of those.
    """

    words: int
    share: float
    part: float
    inside: float
    outside: float
    template: bool


SAME = Overlap(words=0, share=1.0, part=1.0, inside=0.0, outside=0.0, template=False)


def rule_for(found: Overlap, cut: float) -> Rule | None:
    """The rule by which two texts are one article, or None; `cut` is the least share of any."""
    fitting = [r for r in RULES if found.words >= r.fewest and found.part >= r.part]
    if found.template or not fitting:
        return None
    rule = fitting[0]
    same = (
        found.share >= max(rule.share, cut)
        and found.inside <= rule.inside
        and found.outside <= rule.outside
    )
    return rule if same else None


def compare(one: U32, other: U32) -> Overlap:
    """Compare two texts by their word hashes, uint32 (words,) each."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < 3:
        return Overlap(len(short), 0.0, 0.0, 0.0, 1.0, template=False)
    runs, more = _runs(short), _runs(long)
    here, there = _covered(runs, more), _covered(more, runs)
    core, core_there = _core(here), _core(there)
    around = slice(max(0, core_there.start - core.start), core_there.stop + len(short) - core.stop)
    own = _passages(here)
    inside = _passages(here[core])
    return Overlap(
        words=len(short),
        share=float(here.mean()),
        part=(core_there.stop - core_there.start) / len(long),
        inside=max(_part(inside, core), _part(_passages(there[core_there]), core_there)),
        outside=(own - inside) / len(short),
        template=_is_template(short, here, long, there, around),
    )


@lru_cache(maxsize=1)
def _date_hashes() -> frozenset[int]:
    return frozenset(hash_words([" ".join(sorted(DATES))])[0].tolist())


def _runs(words: U32) -> U64:
    """Three words as one value, at each word but the last two: uint64 (words - 2,)."""
    wide = words.astype(np.uint64)
    runs: U64 = (
        wide[:-2] * np.uint64(0x9E3779B97F4A7C15)
        + wide[1:-1] * np.uint64(0xC2B2AE3D27D4EB4F)
        + wide[2:] * np.uint64(0x165667B19E3779F9)
    )
    return runs


def _covered(runs: U64, others: U64) -> Mask:
    """Which words stand in a run that the other text has too: bool (words,)."""
    sought = np.sort(others)
    at = np.minimum(np.searchsorted(sought, runs), len(sought) - 1)
    common = sought[at] == runs
    mask = np.zeros(len(runs) + 2, np.bool_)
    for step in range(3):
        mask[step : step + len(runs)] |= common
    return mask


def _core(covered: Mask) -> slice:
    """The common part: the span with most more common words than others (Kadane's maximum sum)."""
    gains = np.zeros(len(covered) + 1, np.int64)
    np.cumsum(covered.astype(np.int8) * np.int8(2) - np.int8(1), out=gains[1:])
    best = int(np.argmax(gains - np.minimum.accumulate(gains)))
    return slice(int(np.argmin(gains[: best + 1])), best)


def _passages(covered: Mask) -> int:
    """How many words stand in runs of PASSAGE and more that the other text lacks."""
    framed = np.ones(len(covered) + 2, np.bool_)
    framed[1:-1] = covered
    edges = np.flatnonzero(framed[1:] != framed[:-1])
    lengths = edges[1::2] - edges[::2]
    return int(lengths[lengths >= PASSAGE].sum())


def _part(count: int, core: slice) -> float:
    size: int = core.stop - core.start
    return count / max(1, size)


def _is_template(short: U32, here: Mask, long: U32, there: Mask, around: slice) -> bool:
    """Say whether numbers and days are a third of what differs, and a third of them differ.

    `around` is the part of `long` that `short` would take there.
    """
    facing = long[around]
    lost, gained = _without(short[~here], long), _without(facing[~there[around]], short)
    changed = (_numbers(lost), _numbers(gained))
    if not all(changed):
        return False
    differing, numbers = len(lost) + len(gained), _numbers(short) + _numbers(facing)
    return 3 * sum(changed) >= max(differing, numbers)


def _without(words: U32, others: U32) -> U32:
    if not len(words):
        return words
    sought = np.sort(others)
    at = np.minimum(np.searchsorted(sought, words), len(sought) - 1)
    own: U32 = words[sought[at] != words]
    return own


def _numbers(words: U32) -> int:
    return sum(word & 1 or word in _date_hashes() for word in words.tolist())
