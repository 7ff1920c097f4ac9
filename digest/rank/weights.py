"""What each kind of evidence is worth: the one table, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Evidence = Literal[
    "sources",
    "picks",
    "talk",
    "weight",
    "official",
    "substance",
    "freshness",
    "personal",
    "unasked",
    "repeats",
]


@dataclass(frozen=True, slots=True)
class Weight:
    """What one `unit` of a kind of evidence adds to a score, and why that much."""

    points: float
    unit: str
    why: str


WEIGHTS: Mapping[Evidence, Weight] = {
    "sources": Weight(
        3.0,
        "each doubling of the independent sources",
        "independent coverage is the best sign that a story matters; the tenth source says less "
        "than the second",
    ),
    "picks": Weight(
        2.0,
        "each newsletter that picked it",
        "another editor chose it: nearly as good as one more source",
    ),
    "talk": Weight(
        0.8,
        "each doubling of one and the other publishers that write on its subject",
        "what the week talks of belongs on top, once: less than a source, for they tell other "
        "stories, and `repeats` takes more from the second",
    ),
    "weight": Weight(
        1.5,
        "each 1.0 of source weight above or below 1.0",
        "the editor's own trust in a source; half a source at twice the usual weight",
    ),
    "official": Weight(
        1.0,
        "a source that tells of itself",
        "first hand can be quoted and linked; less than a second source, for makers praise",
    ),
    "substance": Weight(
        1.0,
        "a text of 120 words with six numbers and eight names",
        "a text with length, numbers and names can be told; a stub cannot. What a feed gives in "
        "full is no better news than what it gives in part",
    ),
    "freshness": Weight(
        0.5,
        "the last moment of the window, counted from its first",
        "late in the week beats early, but only among equals",
    ),
    "personal": Weight(
        -0.7,
        "a lead that is about its author",
        "a diary is long and full of names, and yet no news; a pick outweighs it",
    ),
    "unasked": Weight(
        -0.5,
        "a story that fits none of the topics you set",
        "your topics are what your readers came for; what several sources tell gets in anyway",
    ),
    "repeats": Weight(
        -2.0,
        "each story already chosen on the same subject",
        "the third story of one saga tells less than the first of another; two sources outweigh it",
    ),
}
