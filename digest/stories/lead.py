"""Who tells a story first: the most complete original, never an aggregator's stub."""

from __future__ import annotations

from collections.abc import Sequence

from digest.model import Article

# Beyond this many words a text is complete, and being longer is no merit.
_COMPLETE = 300


def reading_order(articles: Sequence[Article]) -> list[Article]:
    """The lead first, then the others; a total order that ends in the id."""
    return sorted(articles, key=_merit)


def _merit(article: Article) -> tuple[object, ...]:
    return (
        article.pick is not None,  # a newsletter's comment is about the story, not the story
        article.title_derived,
        -min(article.words, _COMPLETE) // 50,
        -article.source.weight,
        article.published is None,
        article.published.isoformat() if article.published else "",
        article.id,
    )
