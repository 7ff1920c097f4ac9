"""What keeps like articles apart: a series of one publisher, a page of many entries, a template.

Also the only rule by which texts too short to compare are one article.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from digest.model import Article
from digest.stories.copy_rules import DATES, FEWEST_WORDS
from digest.text import words
from digest.urls import host

# A daily series comes 24 hours apart, give or take; what repeats sooner was sent twice.
_APART = 20 * 3600.0
_DAY = 24 * 3600.0
# One outlet gives a page of several entries (a changelog, comments) under as many titles, and its
# standard text too. A headline that was changed once makes two.
_MANY = 3
# Of two titles of one publisher: an edited headline keeps half of its words, another episode of a
# podcast less.
_SAME_TITLE = 0.5
# Shorter titles and texts ("Photos of the day", "Read more") say too little to be one article.
_TITLE_WORDS, _TEXT_WORDS = 4, 8


def same_link(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    """Pairs of places in `articles` that give one canonical URL, as chains.

    Where an outlet gives one link under three titles and texts, the link is a page of several
    entries, and says only of those with one title that they are one.
    """
    by_link: dict[str, list[int]] = defaultdict(list)
    for at, article in enumerate(articles):
        if article.canonical:
            by_link[article.canonical].append(at)
    for places in by_link.values():
        groups: dict[object, list[int]] = defaultdict(list)
        listing = _is_listing([articles[at] for at in places])
        for at in places:
            groups[_title(articles[at].title) if listing else None].append(at)
        for group in groups.values():
            yield from pairwise(group)


def same_title_and_text(articles: Sequence[Article]) -> Iterator[tuple[int, int]]:
    """Pairs of short articles that two publishers give with one title and text within a day.

    When one publisher gives them twice, they are a template ("Daily puzzle"), and no pair is made.
    """
    groups: dict[object, list[int]] = defaultdict(list)
    for at, article in enumerate(articles):
        if article.words < FEWEST_WORDS and article.published and not article.pick:
            title, text = _title(article.title), tuple(words(article.text))
            if len(title) >= _TITLE_WORDS and len(text) >= _TEXT_WORDS:
                groups[title, text].append(at)
    for group in groups.values():
        outlets = {_outlet(articles[at]) for at in group}
        if len(group) == len(outlets) > 1:
            first = min(group, key=lambda at: (_time(articles[at]), articles[at].id))
            yield from (
                (first, at)
                for at in group
                if at != first and _gap(articles[first], articles[at]) < _DAY
            )


def templates(articles: Sequence[Article]) -> frozenset[str]:
    """The texts that one outlet gives under three titles: they tell nothing of any one article."""
    titles: dict[tuple[str, str], set[str]] = defaultdict(set)
    for article in articles:
        titles[_outlet(article), article.text].add(article.title)
    return frozenset(
        text
        for (_, text), found in titles.items()
        if len(found) >= _MANY and len({_title(title) for title in found}) >= _MANY
    )


def is_series(one: Article, other: Article, standard: frozenset[str] = frozenset()) -> bool:
    """Say whether two articles of like text are two numbers of a series, not one article.

    `standard` are texts that tell nothing, as `templates` finds them.
    """
    title, another = _title(one.title), _title(other.title)
    if title != another and (
        one.text in standard or other.text in standard or _differ_in_numbers(title, another)
    ):
        return True
    if _outlet(one) != _outlet(other):
        return False
    site = host(one.canonical)
    one_site = bool(site) and site == host(other.canonical)
    if title == another:
        return (_gap(one, other) >= _APART) if one.published and other.published else one_site
    left, right = frozenset(title), frozenset(another)
    alike = len(left & right) >= _SAME_TITLE * len(left | right)
    return one_site and not (alike and _numbers(left) == _numbers(right))


def _is_listing(articles: Sequence[Article]) -> bool:
    if len(articles) < _MANY:
        return False
    told: Mapping[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for article in articles:
        if not article.pick and article.text:
            titles, texts = told[_outlet(article)]
            titles.add(article.title)
            texts.add(article.text)
    return any(min(len(titles), len(texts)) >= _MANY for titles, texts in told.values())


def _outlet(article: Article) -> str:
    return article.outlet.casefold()


def _time(article: Article) -> float:
    return article.published.timestamp() if article.published else 0.0


def _gap(one: Article, other: Article) -> float:
    return abs(_time(one) - _time(other))


@lru_cache(maxsize=4096)
def _title(title: str) -> tuple[str, ...]:
    return tuple(words(title[:500]))


def _differ_in_numbers(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) and all(
        left == right or (_is_number(left) and _is_number(right))
        for left, right in zip(one, other, strict=True)
    )


def _numbers(title: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in title if _is_number(word))


def _is_number(word: str) -> bool:
    return any(c.isdigit() for c in word) or word in DATES
