"""Self-training: the week's own confident stories teach what the others are about.

A softmax regression over the vectors and a naive Bayes over the words, both fitted to soft labels:
each story counts by how sure we are of it, so that nothing hangs on one threshold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array

from digest.topics.vectors import Floats, unit

# What was best on the training halves of lobsters_topic, ag_news and bbc_news, in weeks of 500
# and in whole halves; none is sharp: half or double costs at most 0.01 of macro-F1.
ROUNDS = 4  # more change nothing
RIDGE = 6.0  # penalty of the softmax regression
LENGTH = 3.0  # length to which centred vectors are brought, so that one penalty fits all
SMOOTH = 0.2  # occurrences of every word that each topic is lent from the whole week
STEPS = 30  # of L-BFGS: later ones only sharpen
KEEP = 0.5  # weight of the first evidence against what the week taught
WORDS = 0.5  # weight of the naive Bayes against the regression
PRIOR = 0.5  # weight of how many stories each topic has


def softmax(scores: Floats) -> Floats:
    """Scores as shares of one, row by row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def self_train(evidence: Floats, vectors: Floats | None, counts: csr_array) -> Floats:
    """Scores of every story for every class, from the first `evidence` and what it teaches."""
    shape = None if vectors is None else LENGTH * unit(vectors - vectors.mean(axis=0))
    size = np.sqrt(np.maximum(counts.sum(axis=1), 1.0))[:, None]
    scores = evidence
    for _ in range(ROUNDS):
        share = softmax(scores)
        weight = share.max(axis=1)
        learned = WORDS * (counts @ word_odds(counts, share * weight[:, None])) / size
        if shape is None:
            learned = learned / WORDS
        else:
            slopes, bias = fit_softmax(shape, share, weight)
            learned = learned + shape @ slopes + PRIOR * bias
        scores = KEEP * evidence + learned
    return np.asarray(scores)


def fit_softmax(
    x: Floats, share: Floats, weight: Floats, ridge: float = RIDGE, steps: int = STEPS
) -> tuple[Floats, Floats]:
    """Slopes and bias of a multinomial regression on soft labels."""
    width, classes = x.shape[1], share.shape[1]

    def loss(flat: Floats) -> tuple[float, Floats]:
        slopes, bias = flat[: width * classes].reshape(width, classes), flat[width * classes :]
        score = x @ slopes + bias
        top = score.max(axis=1, keepdims=True)
        log = score - top - np.log(np.exp(score - top).sum(axis=1, keepdims=True))
        value = -(weight[:, None] * share * log).sum() + 0.5 * ridge * (slopes**2).sum()
        slope = weight[:, None] * (np.exp(log) - share)
        return float(value), np.concatenate(
            [(x.T @ slope + ridge * slopes).ravel(), slope.sum(axis=0)]
        )

    start = np.zeros(width * classes + classes)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return found[: width * classes].reshape(width, classes), found[width * classes :]


def word_odds(counts: csr_array, weight: Floats, smooth: float = SMOOTH) -> Floats:
    """How much more each class says a word than everybody does, as a logarithm."""
    said = np.asarray(counts.T @ weight)
    total = np.maximum(said.sum(axis=1), 1e-9)
    prior = total / total.sum()
    lent = said + (smooth * prior * len(prior))[:, None]
    return np.asarray(np.log(lent / lent.sum(axis=0)) - np.log(prior)[:, None])


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms with their columns; fixed, so that other texts can be counted by it."""

    column: dict[str, int]

    @staticmethod
    def of(documents: Sequence[frozenset[str]], least: int = 2) -> Vocabulary:
        """The terms that at least `least` documents have."""
        found = Counter(term for document in documents for term in document)
        kept = sorted(term for term, n in found.items() if n >= least)
        return Vocabulary({term: column for column, term in enumerate(kept)})

    def counts(self, documents: Sequence[frozenset[str]]) -> csr_array:
        """Which document has which term."""
        rows = [sorted(self.column[t] for t in d if t in self.column) for d in documents]
        ends = np.cumsum([0, *map(len, rows)])
        columns = np.array([c for row in rows for c in row], dtype=np.int64)
        data = np.ones(len(columns))
        return csr_array((data, columns, ends), shape=(len(rows), len(self.column)))
