"""Lines that a source repeats in article after article: credits, invitations, standing notes.

No list of phrases can know them; that several different articles share them word for word does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec.structs import replace

from digest.model import Article
from digest.text import count_words

ARTICLES = 4  # of one source: fewer prove nothing
TIMES = 3  # twice may be a quotation
SHARE = 0.4  # of the source's articles: a running gag is rarer
MOST = 0.5  # of an article's words: more, and it is a new version of another article


def without_repeats(articles: Sequence[Article]) -> tuple[Article, ...]:
    """The articles without the lines that their source repeats; picks stay as they are."""
    standing = {
        source: found
        for source, texts in _texts(articles).items()
        if len(texts) >= ARTICLES and (found := _repeated(texts))
    }
    return tuple(_without(article, standing.get(article.source.id)) for article in articles)


def _texts(articles: Sequence[Article]) -> dict[str, set[str]]:
    """The different texts of each source."""
    texts: defaultdict[str, set[str]] = defaultdict(set)
    for article in articles:
        if article.pick is None and article.text:
            texts[article.source.id].add(article.text)
    return texts


def _repeated(texts: set[str]) -> frozenset[str]:
    counts = Counter(line for text in texts for line in set(text.split("\n")))
    least = max(TIMES, SHARE * len(texts))
    return frozenset(line for line, count in counts.items() if count >= least)


def _without(article: Article, standing: frozenset[str] | None) -> Article:
    if not standing or article.pick is not None:
        return article
    text = "\n".join(line for line in article.text.split("\n") if line not in standing)
    if text == article.text:
        return article
    left = count_words(text)
    if left < article.words * (1 - MOST):
        return article
    return replace(article, text=text, words=left)
