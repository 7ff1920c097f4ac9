"""The two tables that the engine's models stand on: how common words are, what is broad.

`background` counts words over three kinds of writing; `directions` finds along which directions
articles at large differ most. Both read training halves and unlabelled articles only.
"""

from __future__ import annotations

import json
import math
import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from digest.stories.same.encode import Encode, article_vectors
from digest.stories.same.terms import Tokens, term
from story_evals import pools
from story_evals.dev_sets import DevSets
from story_evals.rows import Row

LEAD = 600  # characters of the text whose words count
TECH_LINKS = 12_000
LEAST_COUNT = 8
LEAST_SHARE = 0.0006
LONGEST = 20
RARE = 40  # decibels of a term that is not in the table
UNKNOWN_CAPITAL = 5  # tenths, for a word seen fewer than three times in running text

DIRECTIONS = 96
DAMPING = 0.3  # of the mean variance
SAMPLE = 1500  # rows of each set

# A word in running text that is not the first of its sentence.
_RUNNING = re.compile(r"(?<=[a-z,] )[^\W_]+(?:['’][^\W_]+)*")


@dataclass(slots=True)
class Tally:
    """In how many articles each term occurs, and how often it has a capital in running text."""

    articles: int
    within: Counter[str] = field(default_factory=Counter)
    running: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)

    def share(self, word: str) -> float:
        """The share of articles with the term."""
        return self.within[word] / self.articles


def tally(rows: Sequence[Row]) -> Tally:
    """Count the terms of titles and leads."""
    found = Tally(len(rows))
    for row in rows:
        lead = row.text[:LEAD]
        tokens = Tokens()
        tokens.of(f"{row.title} . {lead}")
        found.within.update({term(token) for token in tokens} - {""})
        for match in _RUNNING.finditer(lead):
            word = term(match.group())
            if word:
                found.running[word] += 1
                found.capital[word] += match.group()[0].isupper()
    return found


def background(sets: DevSets, target: Path) -> int:
    """Write background.json; return how many terms it has."""
    dice = random.Random(0)
    general = [r for n in ("allsides", "ag_news", "ecbplus") for r in sets.half(n, train=True)]
    tech = dice.sample(sets.half("links", train=True), TECH_LINKS) + sets.half("tech", train=True)
    tallies = [tally(rows) for rows in (general, tech, sets.half("archive", train=True))]
    words = sorted({word for found in tallies for word in found.within})
    table = {word: cell for word in words if (cell := _cell(word, tallies))}
    about = "term: [share of articles in -10 log10, tenths written with a capital in running text]"
    content = {"about": about, "rare": RARE, "terms": table}
    target.write_text(json.dumps(content, separators=(",", ":")), "utf-8")
    return len(table)


def _cell(word: str, tallies: Sequence[Tally]) -> list[int] | None:
    """The kind of writing in which a word is commonest decides, softened by the mean of all."""
    shares = [found.share(word) for found in tallies]
    share = 0.5 * max(shares) + 0.5 * sum(shares) / len(shares)
    count = sum(found.within[word] for found in tallies)
    if len(word) > LONGEST or not word.isascii() or count < LEAST_COUNT or share < LEAST_SHARE:
        return None
    running = sum(found.running[word] for found in tallies)
    capital = sum(found.capital[word] for found in tallies)
    tenths = round(10 * capital / running) if running >= 3 else UNKNOWN_CAPITAL
    return [round(-10 * math.log10(share)), tenths]


def directions(sets: DevSets, encode: Encode, target: Path) -> int:
    """Write broad.npz; return how many vectors it was computed from."""
    dice = random.Random(0)
    rows: list[Row] = []
    for half in (
        sets.half("allsides", train=True),
        sets.half("ag_news", train=True),
        sets.half("archive", train=True),
        pools.links(sets, train=True),
    ):
        rows += dice.sample(half, min(SAMPLE, len(half)))
    vectors = article_vectors([(row.title, row.text) for row in rows], encode)
    vectors = vectors[np.abs(vectors).max(axis=1) > 0]
    variance, axes = np.linalg.eigh(np.cov(vectors.T))
    variance, axes = variance[::-1], axes[:, ::-1]
    kept = (variance + DAMPING * variance.mean()) ** -0.5
    broad = axes[:, :DIRECTIONS].T
    scale = np.abs(broad).max(axis=1, keepdims=True) / 127
    np.savez_compressed(
        target,
        mean=vectors.mean(axis=0).astype(np.float32),
        directions=np.round(broad / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        keep=(kept[:DIRECTIONS] / kept[DIRECTIONS:].mean()).astype(np.float32),
    )
    return len(vectors)
