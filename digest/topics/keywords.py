"""Configured topics by keyword: whole words and phrases, in any inflection.

"go" is not "Django", and not the verb either: a keyword of up to three letters, or one of the
everyday words below, counts only where the text writes it with a capital or in capitals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from digest.model import Article, Topic
from digest.topics.terms import TEXT_WORDS, TOKEN, stem_of, stems

# Names that are everyday words too.
EVERYDAY = frozenset("go rust swift spark flink helm chef puppet salt ray dart elm nim c r".split())

Place = Literal["title", "tag", "text"]


@dataclass(frozen=True, slots=True)
class Match:
    """A keyword of topic number `topic` stands in `place`."""

    topic: int
    keyword: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Keyword:
    topic: int
    text: str
    stems: tuple[str, ...]
    capital: bool


class Matcher:
    """All keywords of all topics, looked up by their first word."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._by_first: dict[str, list[_Keyword]] = {}
        for number, topic in enumerate(topics):
            for text in dict.fromkeys((*topic.keywords, topic.name)):
                found = tuple(stems(text))
                if found:
                    capital = len(found) == 1 and (len(text) <= 3 or text.lower() in EVERYDAY)
                    keyword = _Keyword(number, text, found, capital)
                    self._by_first.setdefault(found[0], []).append(keyword)

    def matches(self, articles: Sequence[Article]) -> Iterable[Match]:
        """Each keyword once, at the best place where it stands."""
        lead = articles[0]
        places: tuple[tuple[Place, str], ...] = (
            ("title", "\n".join(a.title for a in articles)),
            ("tag", "\n".join(tag for a in articles for tag in a.tags)),
            ("text", " ".join(lead.text.split()[:TEXT_WORDS])),
        )
        seen: set[tuple[int, str]] = set()
        for place, text in places:
            for keyword in self._found(text, lenient=place == "tag"):
                if (keyword.topic, keyword.text) not in seen:
                    seen.add((keyword.topic, keyword.text))
                    yield Match(keyword.topic, keyword.text, place)

    def _found(self, text: str, *, lenient: bool) -> Iterable[_Keyword]:
        tokens = TOKEN.findall(text)
        found = [stem_of(token) for token in tokens]
        for at, first in enumerate(found):
            for keyword in self._by_first.get(first, ()):
                end = at + len(keyword.stems)
                if tuple(found[at:end]) != keyword.stems:
                    continue
                if keyword.capital and not lenient and tokens[at][:1].islower():
                    continue
                yield keyword
