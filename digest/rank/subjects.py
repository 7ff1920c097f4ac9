"""What a story is about, in a few rare words, and how much of that two stories share.

A saga shows in its names. A word counts by how rare it is in the week (inverse document frequency,
Spärck Jones 1972), by where it stands, and by whether the week's running text writes it as a name.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from digest.model import Story
from digest.text import CALENDAR, STOPWORDS, stem

# The best so many stories of a week are compared with each other: no issue reaches further down,
# and to compare all with all would grow with the square of the week.
COMPARED = 300

_OPENING = 400  # characters of each text: a long text wanders
_MOST_ARTICLES = 4
_LEAST_LETTERS = 3
_IN_TITLE, _IN_TEXT = 1.0, 0.5  # a title says what a story is about; both sides multiply
# Everyday words are shared by chance: each counts little, all together no more than that.
_WORD, _MOST_WORDS = 0.3, 0.3
# Shared worth that is chance (a country, a president), and that is surely one subject. 1.0 is a
# name of no third story in both titles; chosen by reading the 500 likest pairs of 2026-W08.
_CHANCE, _SAME = 0.8, 1.4
_TELLING = 0.15  # worth of a name that may be printed as the subject
_PRINTED = 2  # names are enough to say what a subject is
_EMPTY = STOPWORDS | CALENDAR  # words that say nothing of what a text is about
_MOSTLY = 0.8  # of its uses inside a sentence have a capital: a name
_TOKEN = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*(?:\+\+|#)?")
_INSIDE = frozenset(" ,;()-/'’&")  # between words of one sentence


class Use(NamedTuple):
    """How a story uses a word: in what place (0 to 1, the mean of its articles), spelled how."""

    place: float
    spelling: str


class Subjects:
    """The words of a week's stories, to compare some of them by (`compared`, their ids)."""

    def __init__(self, stories: Sequence[Story], compared: Collection[str]) -> None:
        self.compared = frozenset(compared)
        found: dict[str, Mapping[str, Use]] = {}
        usual: Counter[str] = Counter()
        spelled = _Spelled()
        for story in stories:
            uses = _uses(story, spelled)
            usual.update(uses.keys())
            if story.id in self.compared:
                found[story.id] = uses
        size, most = math.log(len(stories) + 1), math.log(2)
        # 1.0 for a word of two stories, 0 for one of all; a word of one story is never shared.
        self._rarity = {
            word: (size - math.log(count)) / max(size - most, 1e-9)
            for word, count in usual.items()
            if count > 1
        }
        self._uses = {
            identifier: {word: use for word, use in uses.items() if word in self._rarity}
            for identifier, uses in found.items()
        }
        self._names = spelled.names()
        self._named: dict[str, set[str]] = defaultdict(set)
        for identifier, uses in self._uses.items():
            for word in uses.keys() & self._names:
                self._named[word].add(identifier)

    def near(self, story: str) -> tuple[str, ...]:
        """The stories that share a name with this one: no other can be of its subject."""
        words = self._uses[story].keys() & self._names
        return tuple(sorted(set[str]().union(*(self._named[word] for word in words)) - {story}))

    def same(self, one: str, other: str) -> tuple[float, dict[str, float]]:
        """How surely two stories (ids) are of one subject, 0 to 1, and the names that say so.

        The names are spelled as in a title, with their worth.
        """
        few, many = sorted((self._uses[one], self._uses[other]), key=len)
        worth = {
            word: use.place * many[word].place * self._rarity[word]
            for word, use in few.items()
            if word in many
        }
        named = {word: worth[word] for word in worth if word in self._names}
        rest = _WORD * math.fsum(worth[word] for word in worth if word not in named)
        total = math.fsum(named.values()) + min(rest, _MOST_WORDS)
        sure = min(max((total - _CHANCE) / (_SAME - _CHANCE), 0.0), 1.0)
        return sure, {few[w].spelling: worth[w] for w in named if worth[w] >= _TELLING}

    def headed(self, story: str) -> dict[str, tuple[str, float]]:
        """The names at the head of a story: how each is spelled, and what it is worth there."""
        return {
            word: (use.spelling, use.place * self._rarity[word])
            for word, use in self._uses[story].items()
            if word in self._names and use.place > _IN_TEXT
        }


def on_subject(names: Mapping[str, float], otherwise: str) -> str:
    """The subject by the most telling of `names` (with their worth); else in other words."""
    best = sorted(names, key=lambda name: (-names[name], name))[:_PRINTED]
    return f"on {', '.join(best)}" if best else otherwise


class _Spelled:
    """Which words the week's texts write with a capital where no sentence begins: names."""

    def __init__(self) -> None:
        self._inside: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()

    def add(self, word: str, spelling: str) -> None:
        self._inside[word] += 1
        if spelling != spelling.lower():
            self._capital[word] += 1

    def names(self) -> frozenset[str]:
        return frozenset(w for w, n in self._capital.items() if n >= _MOSTLY * self._inside[w])


def _uses(story: Story, spelled: _Spelled) -> Mapping[str, Use]:
    articles = story.articles[:_MOST_ARTICLES]
    places: dict[str, float] = defaultdict(float)
    spelling: dict[str, str] = {}
    for article in articles:
        found: dict[str, float] = {}
        for word, printed, _ in _content(article.title):
            found[word] = _IN_TITLE
            spelling.setdefault(word, printed)
        for word, printed, first in _content(article.text[:_OPENING]):
            found.setdefault(word, _IN_TEXT)
            spelling.setdefault(word, printed)
            if not first:
                spelled.add(word, printed)
        for word, place in found.items():
            places[word] += place
    return {word: Use(place / len(articles), spelling[word]) for word, place in places.items()}


def _content(text: str) -> Iterator[tuple[str, str, bool]]:
    """Stem, spelling, and whether a sentence begins with it."""
    end = 0
    for match in _TOKEN.finditer(text):
        gap, end = text[end : match.start()], match.end()
        known = _stemmed(match[0])
        if known:
            yield *known, end == len(match[0]) or not _INSIDE.issuperset(gap)


@lru_cache(maxsize=65536)
def _stemmed(token: str) -> tuple[str, str] | None:
    """The stem of a word and its spelling without 's; None where it says nothing."""
    spelling = token.replace("’", "'").removesuffix("'s")
    if len(spelling) < _LEAST_LETTERS or spelling.lower() in _EMPTY:
        return None
    return stem(spelling.lower()), spelling
