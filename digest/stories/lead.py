"""Who tells a story first: a complete original, the maker's own if any; no aggregator's stub."""

from __future__ import annotations

from collections.abc import Sequence

from digest.model import Article
from digest.sites import own_word
from digest.text import is_personal

# Words from which a text is more than a stub, and from which it is a whole article; where nobody
# wrote that much, the share of the longest text that will do.
_STUB, _WHOLE = 40, 120
_COMPLETE = 0.6


def reading_order(articles: Sequence[Article]) -> list[Article]:
    """The lead first, then the others; a total order that ends in the id."""
    whole = min(_WHOLE, _COMPLETE * max((a.words for a in articles), default=0))
    titles = [a.title for a in articles]
    return sorted(articles, key=lambda article: _merit(article, whole, titles))


def _merit(article: Article, whole: float, titles: Sequence[str]) -> tuple[object, ...]:
    return (
        article.pick is not None,  # a newsletter's comment is about the story, not the story
        article.title_derived,
        article.words < _STUB,
        is_personal(article.text),
        article.words < whole,
        own_word(article.url, article.title, titles) is None,
        -article.source.weight,
        article.published is None,
        article.published.timestamp() if article.published else 0.0,
        article.id,
    )
