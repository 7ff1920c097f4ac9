"""What a story is about: how much each word, and each pair of words, is of it.

Centrality by shared words, as in SumBasic (Nenkova & Vanderwende 2005) with articles for
sentences: a word weighs the share of the articles that use it beside the one that has it anyway. A
story that one article tells weighs its words by their frequency in that article instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from digest.model import Article, Story
from digest.text import STOPWORDS, stem, words

Pair = tuple[str, str]
K = TypeVar("K")

_READ = 6000  # characters of a text: news stands on top
_PAIR = 1.0  # a pair of words that others use too, beside a word that all use
_TITLE = 1.5  # a word of a title, beside the same word of a text


@dataclass(frozen=True, slots=True)
class Terms:
    """A sentence as a set of stems and a set of neighbouring stems."""

    one: frozenset[str]
    two: frozenset[Pair]


def terms(text: str) -> Terms:
    """The stems of a text without function words, and its pairs of neighbours with them."""
    stems = [(word, stem(word)) for word in words(text)]
    one = frozenset(found for word, found in stems if word not in STOPWORDS)
    return Terms(one, frozenset(pairwise(found for _, found in stems)))


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a stem, or a pair of them, is of a story; nothing is said of what has no weight."""

    one: Mapping[str, float]
    two: Mapping[Pair, float]
    shared_by: int = 1  # articles that tell the story

    def of(self, found: Terms) -> float:
        """The weight of everything that is said."""
        return _sum(self.one, found.one) + _sum(self.two, found.two)

    def shared(self, one: Terms, other: Terms) -> float:
        """The weight of what both say."""
        return _sum(self.one, one.one & other.one) + _sum(self.two, one.two & other.two)


def _sum(weights: Mapping[K, float], keys: Iterable[K]) -> float:
    return sum(weights.get(key, 0.0) for key in keys)


def weigh(story: Story) -> Weights:
    """The weights of a story."""
    titles = frozenset[str]().union(*(terms(a.title).one for a in story.articles))
    others = [c.article for c in story.coverage if c.relation != "copy" and c.article.text]
    one, two = _shared([story.lead, *others]) if others else _frequent(story.lead)
    weighed = {t: w * (_TITLE if t in titles else 1.0) for t, w in one.items()}
    return Weights(weighed, two, 1 + len(others))


def _shared(articles: Sequence[Article]) -> tuple[dict[str, float], dict[Pair, float]]:
    """The share of the articles that use it too, beside the one that has it anyway."""
    read = [terms(f"{a.title}\n{a.text[:_READ]}") for a in articles]
    one = Counter(t for found in read for t in found.one)
    two = Counter(t for found in read for t in found.two)
    return (
        {t: (count - 1) / len(read) for t, count in one.items() if count > 1},
        {t: _PAIR * (count - 1) / len(read) for t, count in two.items() if count > 1},
    )


def _frequent(article: Article) -> tuple[dict[str, float], dict[Pair, float]]:
    """The frequency of a stem beside that of the most frequent, of what is said twice."""
    counts = Counter(
        stem(word)
        for word in words(f"{article.title}\n{article.text[:_READ]}")
        if word not in STOPWORDS
    )
    top = max(counts.values(), default=1)
    return {t: count / top for t, count in counts.items() if count > 1}, {}
