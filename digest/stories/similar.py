"""The same happening in other words: weighted terms of title and text, average link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from digest.model import Article
from digest.stories.options import Options
from digest.text import STOPWORDS, stem, words

_TITLE_WEIGHT = 3
_TERMS = 300  # of a text; what comes later is detail
_NO_DATE_GAP = 0.0
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """The groups, and the evidence between any two articles."""

    groups: tuple[tuple[Article, ...], ...]
    terms: dict[str, dict[str, float]]

    def why(self, one: str, other: str) -> str:
        """The terms that weigh most in what two articles share."""
        left, right = self.terms[one], self.terms[other]
        shared = sorted(((left[t] * right[t], t) for t in left.keys() & right.keys()), reverse=True)
        likeness = sum(weight for weight, _ in shared)
        return f"{likeness:.2f} alike: " + ", ".join(term for _, term in shared[:5])


def same_story(articles: Sequence[Article], options: Options = Options()) -> Likeness:
    """Group articles by average-link clustering of their cosine likeness."""
    terms = _weigh([_counts(article) for article in articles])
    likeness = _cosines(terms)
    days = np.array([a.published.timestamp() / 86400 if a.published else np.nan for a in articles])
    far = np.nan_to_num(np.abs(days[:, None] - days[None, :]), nan=_NO_DATE_GAP) > options.days
    likeness[far] = 0.0
    groups = _average_link(likeness, options.same_story)
    return Likeness(
        tuple(tuple(articles[i] for i in group) for group in groups),
        {article.id: weights for article, weights in zip(articles, terms, strict=True)},
    )


def _counts(article: Article) -> Counter[str]:
    title = [stem(w) for w in words(article.title) if w not in STOPWORDS]
    text = [stem(w) for w in words(article.text)[:_TERMS] if w not in STOPWORDS]
    counts = Counter(text)
    for word in title:
        counts[word] += _TITLE_WEIGHT
    return counts


def _weigh(counted: Sequence[Counter[str]]) -> list[dict[str, float]]:
    """Unit vectors of (1 + ln tf) * idf."""
    df = Counter(term for counts in counted for term in counts)
    size = len(counted)
    vectors: list[dict[str, float]] = []
    for counts in counted:
        raw = {
            t: (1 + np.log(n)) * (np.log((size + 1) / (df[t] + 1)) + 1) for t, n in counts.items()
        }
        norm = float(np.sqrt(sum(w * w for w in raw.values()))) or 1.0
        vectors.append({t: float(w) / norm for t, w in raw.items()})
    return vectors


def _cosines(vectors: Sequence[dict[str, float]]) -> Matrix:
    from scipy.sparse import csr_matrix

    index = {t: i for i, t in enumerate(sorted({t for v in vectors for t in v}))}
    rows = [r for r, v in enumerate(vectors) for _ in v]
    columns = [index[t] for v in vectors for t in v]
    data = [w for v in vectors for w in v.values()]
    matrix = csr_matrix((data, (rows, columns)), shape=(len(vectors), max(1, len(index))))
    dense: Matrix = (matrix @ matrix.T).toarray()
    return dense


def _average_link(likeness: Matrix, cut: float) -> list[list[int]]:
    """Merge the two groups of the highest mean likeness until it falls below `cut`."""
    groups = {i: [i] for i in range(len(likeness))}
    sums = likeness.copy()
    np.fill_diagonal(sums, -np.inf)
    sizes = np.ones(len(likeness))
    while len(groups) > 1:
        means = sums / np.outer(sizes, sizes)
        one, other = sorted(divmod(int(np.argmax(means)), len(sums)))
        if means[one, other] < cut:
            break
        groups[one] += groups.pop(other)
        sums[one] += sums[other]
        sums[:, one] = sums[one]
        sums[other] = sums[:, other] = -np.inf
        sums[one, one] = -np.inf
        sizes[one] += sizes[other]
    return [sorted(group) for group in groups.values()]
