"""`find_stories`: which articles tell the same story, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from digest.stories.same import (
    background,
    candidates,
    circumstances,
    cluster,
    features,
    fine,
    model,
    prior,
    support,
)
from digest.stories.same.candidates import Pairs
from digest.stories.same.encode import DIMENSIONS, Encode, Vectors, article_vectors
from digest.stories.same.terms import Document, Floats, Rows, rows

Both = tuple[Vectors, Vectors]

# Only articles with a pair between these are worth an encoder's time: below, the words say no.
UNDECIDED = 0.02
HERE = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that was found out about a pool: its stories, and the evidence on each pair."""

    story: NDArray[np.int64]  # of each article, numbered by first member
    pairs: Pairs
    probability: Floats  # of each pair, in company and in this pool
    alone: Floats  # of each pair, by its own words, date and source
    pool: Floats  # of each pair, the log odds that the pool at large added
    signals: Floats  # of each pair, without meaning
    rows: Rows


@dataclass(frozen=True, slots=True)
class Models:
    """What training left: one pair model for words alone, one for words and meaning."""

    pair: model.PairModel
    company: model.PairModel


def judge(
    documents: Sequence[Document],
    encode: Encode | None = None,
    trained: Callable[[str], Models] | None = None,
) -> Judgement:
    """Group the documents; with `encode`, undecided pairs are also compared by meaning.

    `trained` gives other models than the shipped ones, to tools that try some.
    """
    trained = trained or models
    read = rows(documents, background.load())
    pairs = candidates.candidates(read)
    words = trained("lexical")
    signals = features.lexical(read, pairs)
    alone = words.pair.probability(signals)
    chosen, vectors = words, None
    if encode:
        chosen = trained("minilm")
        vectors = _vectors(documents, read, pairs, alone, encode)
        alone = _with_meaning(chosen, pairs, signals, alone, vectors)
    further = support.two_hops(pairs, alone, len(documents))
    more = features.lexical(read, further)
    also = words.pair.probability(more)
    if vectors:
        also = _with_meaning(chosen, further, more, also, vectors)
    pairs = _joined(pairs, further)
    signals = np.concatenate([signals, more])
    alone = np.concatenate([alone, also])
    alone = circumstances.shifted(alone, circumstances.log_odds(read, pairs))
    company = support.features(pairs, alone, len(documents))
    together = support.weighed(alone, chosen.company.probability(company))
    mass = signals[:, features.WORDS.index("text_length")]
    pool = prior.log_odds(pairs, together, mass, read.source, len(documents))
    together = circumstances.shifted(together, pool)
    story = cluster.stories(pairs, together, len(documents))
    return Judgement(story, pairs, together, alone, pool, signals, read)


@lru_cache(maxsize=2)
def models(kind: str) -> Models:
    """The trained models for `lexical` or `minilm`, read once."""
    return Models(
        pair=model.load(HERE / f"pair_{kind}.json"),
        company=model.load(HERE / f"company_{kind}.json"),
    )


def _with_meaning(
    chosen: Models, pairs: Pairs, signals: Floats, probability: Floats, vectors: Both
) -> Floats:
    """Judged by words and meaning where both articles were encoded, else as before."""
    meaning = features.meaning(pairs, vectors)
    known = ~np.isnan(meaning[:, 0])
    judged = probability.copy()
    judged[known] = chosen.pair.probability(np.hstack([signals[known], meaning[known]]))
    return judged


def _vectors(
    documents: Sequence[Document], read: Rows, pairs: Pairs, alone: Floats, encode: Encode
) -> Both:
    """Vectors of the articles that have an undecided pair, zero for the rest."""
    likely = circumstances.shifted(alone, circumstances.log_odds(read, pairs)) >= UNDECIDED
    asked = np.unique(np.concatenate([pairs.left[likely], pairs.right[likely]]))
    vectors = np.zeros((len(documents), DIMENSIONS), dtype=np.float32)
    if len(asked):
        vectors[asked] = article_vectors(
            [(documents[i].title, documents[i].text) for i in asked], encode
        )
    return vectors, fine.load()(vectors)


def _joined(first: Pairs, second: Pairs) -> Pairs:
    return Pairs(
        np.concatenate([first.left, second.left]), np.concatenate([first.right, second.right])
    )
