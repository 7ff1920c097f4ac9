"""What people file under which subject: word odds and slopes counted once, as `reference.npz`.

Five keywords cannot say that PyPy is Python. The table knows forty subjects of computing, from
links that readers of lobste.rs tagged by hand (public domain), and one more, "other": the news of
the world. A configured topic is first looked up itself, by its name and keywords; the subjects that
these belong to then speak for it. A topic that belongs to none of them gets nothing from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from digest.topics.learn import LENGTH, PRIOR, WORDS, Vocabulary, fit_softmax, softmax, word_odds
from digest.topics.vectors import Floats, unit

OTHER = "other"
# Share that any story may have of any topic: the evidence of one table is never certain.
FLOOR = 0.01
# Subjects that one keyword of five happens to touch count for little: shares are squared.
POWER = 2.0
# Share of "other" in a topic's own words from which the table knows nothing of it.
HALF = 0.5
_STEP = 16.0  # steps of the stored odds in a unit


@dataclass(frozen=True, slots=True)
class Reference:
    """A classifier of known subjects by words and, where there are vectors, by those too."""

    subjects: tuple[str, ...]
    vocabulary: Vocabulary
    odds: Floats
    mean: Floats
    slopes: Floats
    bias: Floats

    def shares(self, vectors: Floats | None, documents: Sequence[frozenset[str]]) -> Floats:
        """How much of each text belongs to each subject."""
        counts = self.vocabulary.counts(documents)
        size = np.sqrt(np.maximum(counts.sum(axis=1), 1.0))[:, None]
        words = (counts @ self.odds) / size
        if vectors is None or vectors.shape[1] != len(self.mean):
            return softmax(words + PRIOR * self.bias)
        dense = LENGTH * unit(vectors - self.mean) @ self.slopes
        return softmax(dense + WORDS * words + PRIOR * self.bias)

    def kinship(
        self, vectors: Sequence[Floats | None], phrases: Sequence[Sequence[frozenset[str]]]
    ) -> tuple[Floats, Floats]:
        """Of each topic the subjects that its phrases belong to, and how much of it is known."""
        rows = [self.shares(v, p).mean(axis=0) for v, p in zip(vectors, phrases, strict=True) if p]
        if not rows:
            return np.zeros((0, len(self.subjects))), np.zeros(0)
        share = np.array(rows)
        other = self.subjects.index(OTHER)
        known = np.maximum(1.0 - share[:, other] / HALF, 0.0)
        share = share**POWER
        share[:, other] = 0.0
        share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-9)
        # Topics that claim one subject together share it.
        return share / np.maximum(share.sum(axis=0), 1.0), known

    def evidence(self, stories: Floats, kin: Floats, known: Floats) -> Floats:
        """What the subjects of each story say for each topic: above 0 for it, below against it."""
        expected = kin.sum(axis=1) / len(self.subjects)
        return np.asarray(known * np.log((FLOOR + stories @ kin.T) / (FLOOR + expected)))


@lru_cache(maxsize=1)
def load() -> Reference:
    """The table that ships with the program."""
    with np.load(Path(__file__).with_name("reference.npz"), allow_pickle=False) as stored:
        words = bytes(stored["words"]).decode("utf-8").split("\n")
        return Reference(
            subjects=tuple(bytes(stored["subjects"]).decode("utf-8").split("\n")),
            vocabulary=Vocabulary({word: column for column, word in enumerate(words)}),
            odds=stored["odds"].astype(np.float64) / _STEP,
            mean=stored["mean"].astype(np.float64),
            slopes=stored["slopes"].astype(np.float64),
            bias=stored["bias"].astype(np.float64),
        )


def train(
    documents: Sequence[frozenset[str]], vectors: Floats, labels: Sequence[str], least: int = 3
) -> Reference:
    """Fit the table to texts of known subjects; words that fewer than `least` texts have go."""
    subjects = tuple(sorted(set(labels)))
    share = np.eye(len(subjects))[[subjects.index(label) for label in labels]]
    vocabulary = Vocabulary.of(documents, least)
    mean = vectors.mean(axis=0)
    slopes, bias = fit_softmax(
        LENGTH * unit(vectors - mean), share, np.ones(len(share)), ridge=3.0, steps=60
    )
    odds = word_odds(vocabulary.counts(documents), share)
    return Reference(subjects, vocabulary, odds, mean, slopes, bias)


def save(reference: Reference, path: Path) -> None:
    """Store the table in a few hundred kilobytes."""
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(reference.vocabulary.column).encode(), dtype=np.uint8),
        subjects=np.frombuffer("\n".join(reference.subjects).encode(), dtype=np.uint8),
        odds=np.clip(np.rint(reference.odds * _STEP), -127, 127).astype(np.int8),
        mean=reference.mean.astype(np.float16),
        slopes=reference.slopes.astype(np.float16),
        bias=reference.bias.astype(np.float16),
    )
