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
from scipy.sparse import csr_array, diags_array

from digest.topics.learn import Vocabulary, softmax
from digest.topics.vectors import Floats, unit

OTHER = "other"
# Share that any story may have of any topic: the evidence of one table is never certain.
FLOOR = 0.003
# Share that the table finds of some subject of computing in texts that are of none.
MISREAD = 0.1
# Subjects that one keyword of five happens to touch count for little: shares are squared.
POWER = 2.0
# How sure the table is of a topic's own phrases, each for itself, from where it knows something of
# the topic, and where it knows all: most news topics lie below 0.2, those of computing above 0.4.
DARK, CLEAR = 0.2, 0.6
# Sharpness of the bells around the landmarks, and what a bell weighs against a word: best of three
# and of two on a third of the training half.
SHARP, BELL = 2.0, 10.0
WORD, PART = 2.0, 2.0  # weight of a term, and of a part of a word
# Beside vectors, words weigh less than alone: both say the same again.
WORDS = 0.45
# Parts of words: "postgres" is in "postgresql", "py" begins the names of Python's libraries.
_PARTS = (3, 4, 5)
_STEP = 24.0  # steps of a stored weight in a unit


@dataclass(frozen=True, slots=True)
class Reference:
    """A classifier of known subjects by words and, where there are vectors, by those too.

    Vectors speak through landmarks, texts whose neighbourhoods belong to subjects (Nystroem's
    method): (landmarks, dimensions). `slopes` are (landmarks, subjects), `weights` (words,
    subjects), `bias` goes with both and `alone` with words without vectors.
    """

    subjects: tuple[str, ...]
    vocabulary: Vocabulary
    rarity: Floats
    weights: Floats
    mean: Floats
    landmarks: Floats
    slopes: Floats
    bias: Floats
    alone: Floats

    def shares(self, vectors: Floats | None, documents: Sequence[frozenset[str]]) -> Floats:
        """How much of each text belongs to each subject."""
        words = features(documents, self.vocabulary, self.rarity) @ self.weights
        if vectors is None or vectors.shape[1] != len(self.mean):
            return softmax(words + self.alone)
        near = bells(unit(vectors - self.mean), self.landmarks)
        return softmax(near @ self.slopes + WORDS * words + self.bias)

    def kinship(
        self, vectors: Sequence[Floats | None], phrases: Sequence[Sequence[frozenset[str]]]
    ) -> tuple[Floats, Floats]:
        """Of each topic the subjects that its phrases belong to, and how much of it is known."""
        found = [self.shares(v, p) for v, p in zip(vectors, phrases, strict=True) if p]
        if not found:
            return np.zeros((0, len(self.subjects))), np.zeros(0)
        other = self.subjects.index(OTHER)
        sure = np.array([np.delete(rows, other, axis=1).max(axis=1).mean() for rows in found])
        known = np.clip((sure - DARK) / (CLEAR - DARK), 0.0, 1.0)
        share = np.array([rows.mean(axis=0) for rows in found])
        share = share**POWER
        share[:, other] = 0.0
        share /= np.maximum(share.sum(axis=1, keepdims=True), 1e-9)
        # Topics that claim one subject together share it.
        return share / np.maximum(share.sum(axis=0), 1.0), known

    def evidence(self, stories: Floats, kin: Floats, known: Floats) -> Floats:
        """What the subjects of each story say for each topic: above 0 for it, below against it."""
        expected = kin.sum(axis=1) / len(self.subjects)
        return np.asarray(known * np.log((FLOOR + stories @ kin.T) / (FLOOR + expected)))

    def doubt(self, kin: Floats, known: Floats) -> Floats:
        """How much of the evidence for each topic any text may have that the table misreads."""
        expected = kin.sum(axis=1) / len(self.subjects)
        return np.asarray(known * np.log((FLOOR + MISREAD) / (FLOOR + expected)))


def bells(points: Floats, landmarks: Floats) -> Floats:
    """How near each point is to each landmark, 1 where they meet; both of length one."""
    return np.asarray(np.exp(2.0 * SHARP * (points @ landmarks.T - 1.0)))


def features(
    documents: Sequence[frozenset[str]], vocabulary: Vocabulary, rarity: Floats
) -> csr_array:
    """Terms, and parts of the words among them, weighted by rarity; each kind at a fixed length.

    What the vocabulary does not have counts in the length, as the rarest: a text of which the table
    knows one word in ten says little.
    """
    pieces = [frozenset[str]().union(*map(parts, d)) for d in documents]
    counts = vocabulary.counts([d | p for d, p in zip(documents, pieces, strict=True)])
    words = np.fromiter((not w.startswith("~") for w in vocabulary.column), dtype=bool)
    weighted = counts @ diags_array(rarity)
    found = csr_array(counts.shape)
    rarest = float(rarity.max(initial=1.0))
    for kind, weight, said in ((words, WORD, documents), (~words, PART, pieces)):
        only = diags_array(kind.astype(np.float64))
        own, known = weighted @ only, np.asarray((counts @ only).sum(axis=1))
        unknown = np.array([len(d) for d in said], dtype=np.float64) - known
        length = np.sqrt(np.asarray((own * own).sum(axis=1)) + rarest**2 * unknown)
        found = found + diags_array(weight / np.maximum(length, 1e-9)) @ own
    return csr_array(found)


@lru_cache(maxsize=65536)
def parts(term: str) -> frozenset[str]:
    """The parts of a word with its edges marked; a pair of words has none of its own."""
    if " " in term:
        return frozenset()
    word = f" {term} "
    return frozenset(
        "~" + word[at : at + size] for size in _PARTS for at in range(len(word) - size + 1)
    )


@lru_cache(maxsize=1)
def load() -> Reference:
    """The table that ships with the program."""
    with np.load(Path(__file__).with_name("reference.npz"), allow_pickle=False) as stored:
        words = bytes(stored["words"]).decode("utf-8").split("\n")
        landmarks = stored["landmarks"].astype(np.float64)
        return Reference(
            subjects=tuple(bytes(stored["subjects"]).decode("utf-8").split("\n")),
            vocabulary=Vocabulary({word: column for column, word in enumerate(words)}),
            rarity=stored["rarity"].astype(np.float64),
            weights=stored["weights"].astype(np.float64) / _STEP,
            mean=stored["mean"].astype(np.float64),
            landmarks=unit(landmarks),
            slopes=stored["slopes"].astype(np.float64),
            bias=stored["bias"].astype(np.float64),
            alone=stored["alone"].astype(np.float64),
        )


def save(reference: Reference, path: Path) -> None:
    """Store the table, most of it in bytes."""
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(reference.vocabulary.column).encode(), dtype=np.uint8),
        subjects=np.frombuffer("\n".join(reference.subjects).encode(), dtype=np.uint8),
        rarity=reference.rarity.astype(np.float16),
        weights=np.clip(np.rint(reference.weights * _STEP), -127, 127).astype(np.int8),
        mean=reference.mean.astype(np.float16),
        landmarks=np.rint(reference.landmarks * 512).clip(-127, 127).astype(np.int8),
        slopes=reference.slopes.astype(np.float16),
        bias=reference.bias.astype(np.float16),
        alone=reference.alone.astype(np.float16),
    )
