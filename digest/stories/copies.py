"""The same article again: one canonical URL, or nearly the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.model import Article
from digest.stories.options import Options
from digest.text import shingles

# Shorter texts share half their shingles by chance or template (a podcast's standard blurb), so
# only the URL tells their copies. 48 words is what lemon24/reader settled on for its own check.
_FEWEST_WORDS = 48
_SHINGLE = 5


@dataclass(frozen=True, slots=True)
class Copies:
    """`of` maps the id of a copy to (id of its original, why)."""

    of: dict[str, tuple[str, str]]
    articles: dict[str, Article]

    def by(self, original: str) -> tuple[Article, ...]:
        """The copies of an original, in the order in which they were given."""
        return tuple(self.articles[c] for c, (root, _) in self.of.items() if root == original)


def find_copies(articles: Sequence[Article], options: Options = Options()) -> Copies:
    """Which articles are copies of which. The original is the one with the most words."""
    rank = {
        a.id: (a.pick is not None, -a.words, a.published is None, str(a.published), a.id)
        for a in articles
    }
    of: dict[str, tuple[str, str]] = {}

    def root(article: str) -> str:
        while article in of:
            article = of[article][0]
        return article

    for one, other, why in (*_same_url(articles), *_same_text(articles, options.copy)):
        first, second = sorted((root(one), root(other)), key=rank.__getitem__)
        if first != second:
            of[second] = (first, why)
    return Copies({c: (root(c), why) for c, (_, why) in of.items()}, {a.id: a for a in articles})


def _same_url(articles: Iterable[Article]) -> Iterator[tuple[str, str, str]]:
    by_url: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        if article.canonical:
            by_url[article.canonical].append(article.id)
    for ids in by_url.values():
        for one, other in pairwise(ids):
            yield one, other, "the same link"


def _same_text(articles: Iterable[Article], cut: float) -> Iterator[tuple[str, str, str]]:
    """Pairs whose shingles overlap by at least `cut` (Jaccard; Broder 1997).

    Candidates share one of the sixteen smallest shingles of a text, so the cost stays near-linear.
    """
    texts = {a.id: shingles(a.text, _SHINGLE) for a in articles if a.words >= _FEWEST_WORDS}
    bins: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for identifier, found in texts.items():
        for shingle in sorted(found)[:16]:
            bins[shingle].append(identifier)
    pairs = sorted({pair for ids in bins.values() for pair in pairwise(ids)})
    for one, other in pairs:
        common = len(texts[one] & texts[other])
        share = common / len(texts[one] | texts[other])
        if share >= cut:
            yield one, other, f"{share:.0%} of the text is the same"
