"""How common words are in news and tech writing at large: so that five articles can be compared."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# The pool is believed like so many documents against its own count; below, the table speaks.
PRIOR_DOCUMENTS = 500.0
LEAST_SHARE = 3e-4  # no term counts as rarer, however large the pool: one odd word is no story
STOP_SHARE = 0.12  # a term in more than this share of all articles says nothing


@dataclass(frozen=True, slots=True)
class Background:
    """Share of articles a term occurs in, and how often it is written with a capital."""

    share: Mapping[str, float]
    capital: Mapping[str, float]
    rare: float  # the share of a term that is not in the table

    def shares(self, words: Sequence[str], frequency: NDArray[np.int64], size: int) -> Floats:
        """The table and the pool as one estimate of each term's share."""
        table = np.array([self.share.get(w, self.rare) for w in words], dtype=np.float64)
        blend = (frequency + PRIOR_DOCUMENTS * table) / (size + PRIOR_DOCUMENTS)
        return np.asarray(np.clip(blend, LEAST_SHARE, 1.0))

    def stop(self, words: Sequence[str]) -> NDArray[np.bool_]:
        """Terms that occur everywhere."""
        return np.array(
            [self.share.get(w, 0.0) > STOP_SHARE and self.capital[w] < 0.9 for w in words],
            dtype=bool,
        )

    def capital_ratios(self, words: Sequence[str]) -> Floats:
        """How often each term has a capital in running text, NaN if unknown."""
        return np.array([self.capital.get(w, np.nan) for w in words], dtype=np.float64)


def load(path: Path | None = None) -> Background:
    """The table that `tools` counted: term -> [decibels of its share, tenths with a capital]."""
    raw = json.loads(
        (path or Path(__file__).parent / "data" / "background.json").read_text("utf-8")
    )
    share = {word: 10.0 ** (-cell[0] / 10.0) for word, cell in raw["terms"].items()}
    capital = {word: cell[1] / 10.0 for word, cell in raw["terms"].items()}
    return Background(share, capital, 10.0 ** (-raw["rare"] / 10.0))
