"""How the reference table is fitted: a regression over words, another over what they leave open."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array

from digest.topics.learn import Vocabulary
from digest.topics.reference import BELL, WORDS, Reference, bells, features, parts
from digest.topics.vectors import Floats, unit

LANDMARKS = 1000
RIDGE, STEPS = 1.0, 40
# Texts that must have a term, and a part of a word.
LEAST, LEAST_PARTS = 3, 6
# Weights nearer to nothing than this are nothing, so that the table packs well.
_NOTHING = 0.04


def train(
    documents: Sequence[frozenset[str]],
    vectors: Floats,
    labels: Sequence[str],
    *,
    least: int = LEAST,
) -> Reference:
    """Fit the table to texts of known subjects."""
    subjects = tuple(sorted(set(labels)))
    share = np.eye(len(subjects))[[subjects.index(label) for label in labels]]
    terms = Vocabulary.of(documents, least).column
    pieces = Vocabulary.of([frozenset().union(*map(parts, d)) for d in documents], 2 * least)
    vocabulary = Vocabulary({w: n for n, w in enumerate((*terms, *pieces.column))})
    said = vocabulary.counts([d.union(*map(parts, d)) for d in documents]).sum(axis=0)
    rarity = np.log(len(documents) / np.maximum(np.asarray(said), 1.0)) + 1.0
    mean = vectors.mean(axis=0)
    points = unit(vectors - mean)
    landmarks, whitener = _landmarks(points)
    near = BELL * bells(points, landmarks) @ whitener
    words = features(documents, vocabulary, rarity)
    weights, alone = _fit(words, share, np.zeros_like(share))
    # The words come first, because without an encoder they must do by themselves.
    slopes, bias = _fit(near, share, WORDS * (words @ weights))
    weights[np.abs(weights) < _NOTHING] = 0.0
    return Reference(
        subjects,
        vocabulary,
        rarity,
        weights,
        mean,
        landmarks,
        BELL * whitener @ slopes,
        bias,
        alone,
    )


def _landmarks(points: Floats) -> tuple[Floats, Floats]:
    """Evenly chosen texts, and what makes their bells independent of each other."""
    chosen = np.unique(np.linspace(0, len(points) - 1, min(len(points), LANDMARKS)).astype(int))
    landmarks = points[chosen]
    values, columns = np.linalg.eigh(bells(landmarks, landmarks))
    values = np.maximum(values, 1e-6)
    return landmarks, np.asarray(columns / np.sqrt(values) @ columns.T)


def _fit(x: csr_array | Floats, share: Floats, known: Floats) -> tuple[Floats, Floats]:
    """Slopes and biases beside what is known, by L-BFGS that is stopped early."""
    size, across = x.shape[1], csr_array(x.T) if isinstance(x, csr_array) else x.T

    def loss(flat: Floats) -> tuple[float, Floats]:
        slopes, bias = np.split(flat.reshape(size + 1, -1), [size])
        score = known + x @ slopes + bias
        score -= score.max(axis=1, keepdims=True)
        log = score - np.log(np.exp(score).sum(axis=1, keepdims=True))
        slope = np.exp(log) - share
        penalty = 0.5 * RIDGE * float((slopes**2).sum())
        gradient = np.vstack([across @ slope + RIDGE * slopes, slope.sum(axis=0, keepdims=True)])
        return penalty - float((share * log).sum()), gradient.ravel()

    start = np.zeros((size + 1) * share.shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    slopes, bias = np.split(found.reshape(size + 1, -1), [size])
    return slopes, bias[0]
