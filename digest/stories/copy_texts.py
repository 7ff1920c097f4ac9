"""Articles of nearly the same words, joined into groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from digest.model import Article
from digest.stories.copy_rules import FEWEST_WORDS, SAME, Overlap, compare, rule_for
from digest.stories.copy_series import is_series, templates
from digest.stories.signatures import (
    CHUNK,
    U32,
    candidates,
    containment,
    hash_words,
    sign,
)

# A fifth of the words edited leaves half of the shorter text's runs, and signatures err by a tenth.
LIKELY = 0.4
# A text whose pairs fail so often is one of a series: the rest would fail too.
_FAILURES = 12
_PAIRS_AT_ONCE = 100_000


class Groups:
    """Disjoint sets of places, by union with path halving (Tarjan 1975)."""

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))

    def find(self, at: int) -> int:
        """The place that stands for the group of this one."""
        parents = self._parents
        while parents[at] != at:
            parents[at] = at = parents[parents[at]]
        return at

    def joined(self, one: int, other: int) -> bool:
        """Say whether two places are in one group."""
        return self.find(one) == self.find(other)

    def join(self, one: int, other: int) -> None:
        """Make one group of two."""
        first, second = sorted((self.find(one), self.find(other)))
        self._parents[second] = first


def join_same_text(
    articles: Sequence[Article], groups: Groups, cut: float
) -> dict[tuple[int, int], Overlap]:
    """Join the places of articles that have one text; return what each pair that was joined shares.

    `cut` is the least share of common words. Shorter texts than FEWEST_WORDS are left alone.
    """
    same: dict[str, list[int]] = defaultdict(list)
    for at, article in enumerate(articles):
        if article.words >= FEWEST_WORDS:
            same[article.text].append(at)
    standard = templates([articles[at] for places in same.values() for at in places])
    known: dict[tuple[int, int], Overlap] = {}
    for one, other in _identical(articles, same.values()):
        if groups.joined(one, other) or is_series(articles[one], articles[other], standard):
            continue
        groups.join(one, other)
        known[one, other] = SAME
    excerpts: dict[tuple[int, int], Overlap] = {}
    failures: Counter[int] = Counter()
    for one, other, texts in _proposed(articles, [places[0] for places in same.values()]):
        if max(failures[one], failures[other]) >= _FAILURES or groups.joined(one, other):
            continue
        found = compare(*texts)
        rule = rule_for(found, cut)
        if rule is None or is_series(articles[one], articles[other], standard):
            failures.update((one, other))
        elif rule.excerpt:
            excerpts[one, other] = found
        else:
            groups.join(one, other)
            known[one, other] = found
    return known | _join_excerpts(articles, groups, excerpts)


def _identical(
    articles: Sequence[Article], alike: Iterable[Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """Pairs that connect the places of one text, in three ways, for the case that some are apart.

    Each with the first, and with the next in time of its title, here or anywhere.
    """
    for places in alike:
        for at in places[1:]:
            yield places[0], at
        in_time = sorted(places, key=lambda at: _moment(articles[at]))
        by_title = sorted(in_time, key=lambda at: articles[at].title)
        yield from pairwise(by_title)
        yield from pairwise(sorted(by_title, key=lambda at: articles[at].outlet))


def _moment(article: Article) -> float:
    return article.published.timestamp() if article.published else 0.0


def _proposed(
    articles: Sequence[Article], places: Sequence[int]
) -> Iterator[tuple[int, int, tuple[U32, U32]]]:
    """The likely pairs of places with the word hashes of their texts, the likeliest pair first."""
    signatures = sign(articles[at].text for at in places)
    left, right = candidates(signatures.keys)
    shares = np.empty(len(left))
    for start in range(0, len(left), _PAIRS_AT_ONCE):
        part = slice(start, start + _PAIRS_AT_ONCE)
        shares[part] = containment(signatures, left[part], right[part])
    likely = np.flatnonzero(shares >= LIKELY)
    likely = likely[np.argsort(-shares[likely], kind="stable")]
    needed, numbers = np.unique([left[likely], right[likely]], return_inverse=True)
    words = _Words([articles[places[at]].text for at in needed.tolist()])
    for i, j in numbers.reshape(2, -1).T.tolist():
        yield places[needed[i]], places[needed[j]], (words[i], words[j])


class _Words:
    """The word hashes of texts, kept as few arrays."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._parts = [hash_words(texts[n : n + CHUNK]) for n in range(0, len(texts), CHUNK)]

    def __getitem__(self, at: int) -> U32:
        words, begins = self._parts[at // CHUNK]
        return words[begins[at % CHUNK] : begins[at % CHUNK + 1]]


def _join_excerpts(
    articles: Sequence[Article], groups: Groups, excerpts: Mapping[tuple[int, int], Overlap]
) -> dict[tuple[int, int], Overlap]:
    """Join each group to the one that holds most of an excerpt in it, once and in no circle."""
    ranked = []
    for pair, found in excerpts.items():
        short, long = sorted(pair, key=lambda at: (articles[at].words, at))
        ranked.append((groups.find(short), -found.share, -articles[long].words, long, pair))
    placed: set[int] = set()
    known: dict[tuple[int, int], Overlap] = {}
    for own, _, _, long, pair in sorted(ranked):
        if own not in placed and not groups.joined(own, long):
            placed.add(own)
            groups.join(own, long)
            known[pair] = excerpts[pair]
    return known
