"""Configured topics by keyword: whole words and phrases, in any inflection.

"go" is not "Django", and not the verb either: a keyword of up to three letters, or one of the
everyday words below, counts only where the text writes it with a capital or in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from digest.model import Article, Topic
from digest.text import sentences
from digest.topics.terms import EVERYDAY, TEXT_WORDS, TOKEN, stem_of, stems

OPENING_WORDS, LONG = 60, 100

Place = Literal["title", "tag", "opening", "text", "category"]


@dataclass(frozen=True, slots=True)
class Match:
    """A keyword of topic number `topic` stands in `place`.

    `chosen` is false for the name of a topic that has keywords: it was chosen to head a section.
    """

    topic: int
    keyword: str
    place: Place
    chosen: bool = True


@dataclass(frozen=True, slots=True)
class _Keyword:
    topic: int
    text: str
    stems: tuple[str, ...]
    capital: bool
    last: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands in a place; `lenient` of case, or only where a keyword is the `whole` of it."""

    place: Place
    text: str
    lenient: bool = False
    whole: bool = False


class Matcher:
    """All keywords of all topics, looked up by their first word."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._by_first: dict[str, list[_Keyword]] = {}
        for number, topic in enumerate(topics):
            # A name that says again what a keyword says is no second word.
            distinct = {tuple(stems(text)): text for text in (topic.name, *topic.keywords)}
            chosen = {tuple(stems(text)) for text in topic.keywords if text.strip()}
            for found, text in distinct.items():
                if found:
                    capital = len(found) == 1 and (len(text) <= 3 or text.lower() in EVERYDAY)
                    own = not chosen or found in chosen
                    keyword = _Keyword(number, text, found, capital, _last(text), own)
                    self._by_first.setdefault(found[0], []).append(keyword)

    def matches(self, articles: Sequence[Article]) -> Iterable[Match]:
        """Each keyword once, at the best place where it stands."""
        lead = articles[0]
        tags = [tag for a in articles for tag in a.tags]
        said: tuple[_Said, ...] = (
            _Said("title", "\n".join(a.title for a in articles)),
            *(_Said("tag", tag, lenient=True, whole=True) for tag in tags),
            _Said("opening", opening(lead)),
            _Said("text", " ".join(lead.text.split()[:TEXT_WORDS])),
            *(_Said("category", tag, lenient=True) for tag in tags),
        )
        seen: set[tuple[int, str]] = set()
        for part in said:
            for keyword in self._found(part):
                if (keyword.topic, keyword.text) not in seen:
                    seen.add((keyword.topic, keyword.text))
                    yield Match(keyword.topic, keyword.text, part.place, keyword.chosen)

    def _found(self, part: _Said) -> Iterable[_Keyword]:
        tokens = TOKEN.findall(part.text)
        found = [stem_of(token) for token in tokens]
        until: dict[int, int] = {}  # by topic, where its last match ends
        for at, first in enumerate(found):
            fitting = [
                keyword
                for keyword in self._by_first.get(first, ())
                if tuple(found[at : at + len(keyword.stems)]) == keyword.stems
                and (not part.whole or len(keyword.stems) == len(found))
                and (not keyword.capital or part.lenient or not tokens[at][:1].islower())
                and is_inflection(tokens[at + len(keyword.stems) - 1], keyword.last)
            ]
            for keyword in sorted(fitting, key=lambda k: -len(k.stems)):
                # Of "mental health" and "health" only the longer is said.
                if at >= until.get(keyword.topic, 0):
                    until[keyword.topic] = at + len(keyword.stems)
                    yield keyword


def opening(article: Article) -> str:
    """The first sentence of a text that has more to say; of a short one, nothing."""
    said = article.text.split(maxsplit=LONG)
    if len(said) < LONG:
        return ""
    start = " ".join(said[:OPENING_WORDS])
    return next((span.text for span in sentences(start, article.language)), "")


def _last(text: str) -> str:
    tokens: list[str] = TOKEN.findall(text)
    return tokens[-1].lower() if tokens else ""


# Endings that make another word of a stem, not another form of the word.
_OTHER_WORD = re.compile(r"i[sz](?:e[sdr]?|ing|ation|ational)$")
_QUALITY = re.compile(r"ic(?:al|ally|ity|s)?$")
_FORM_OF_ING = re.compile(r"(?:ings?|ed)$")


def is_inflection(token: str, keyword: str) -> bool:
    """Whether two words of one stem are forms of one word.

    A patient is "hospitalized" in many a story that is not about hospitals, and the "monitor" on
    the wall is not "monitoring", nor an "authentic" meal "authentication".
    """
    word = token.lower().removesuffix("'s").removesuffix("’s")
    if keyword.endswith("ing") and len(keyword) > 5:
        return bool(_FORM_OF_ING.search(word))
    if keyword.endswith("ation"):
        return not _QUALITY.search(word)
    return not _OTHER_WORD.search(word) or bool(_OTHER_WORD.search(keyword)) or word == keyword
