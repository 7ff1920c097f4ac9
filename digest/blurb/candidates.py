"""The sentences of a text that can be printed, each with what it is worth by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from digest.blurb.lead_ins import LEAD_INS
from digest.blurb.rules import ASIDES, BEFORE_CREDIT, END, refusal, refused_by
from digest.blurb.standing import (
    BEARER,
    COMMON,
    FAULTS,
    HINTS,
    INTRODUCES,
    KNOWN,
    OF_TITLE,
    OPENS_WITH,
    SECOND,
    SINGULAR,
    SPEAKER,
    leans,
)
from digest.blurb.weights import Terms, Weights, terms
from digest.model import Article, Sentence
from digest.text import STOPWORDS, Span, count_words, names, numbers, sentences, stem, words

_READ = 30  # sentences of a text that are read at all: news stands on top
_SHORTEST = 6  # words of one sentence
_CURT = 3  # words of a text's first
_LONGEST = 600  # characters of a sentence that is read; no blurb has as many
_TIRING = 35  # words from which a sentence costs the reader breath
_MIDST = 0.3  # a paragraph's first sentence needs less of what went before than its others
_LENGTH = 0.4  # how far a long sentence is held back: its weight by the words to this power


_NEXT_QUOTE = re.compile(r"\s+[“\"]\Z")  # sentences are cut behind the mark that opens the next
_NUMBERED = re.compile(r"^\(?\d{1,2}[.)]\Z")  # what stands behind it is an item of a list


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence without its lead-in; `leans` on the one before.

    `number` counts all sentences of its text from 0, `place` those that can be printed and do
    not speak of their author.
    """

    article: Article
    span: Span
    number: int
    place: float
    terms: Terms
    words: int
    weight: float
    score: float
    leans: bool
    loose: float  # what it loses where the sentence before it is not printed
    refers: frozenset[
        str
    ]  # stems of what the text spoke of before, and the sentence takes as known
    personal: bool  # speaks of its author

    @property
    def sentence(self) -> Sentence:
        """The sentence with its source."""
        return Sentence(
            text=self.span.text,
            article=self.article.id,
            source=self.article.outlet,
            start=self.span.start,
            end=self.span.end,
        )


def candidates(article: Article, weights: Weights) -> Iterator[Candidate]:
    """The printable sentences of an article, in order."""
    title = terms(article.title)
    place, known = 0.0, _Known()
    begun = False  # with a sentence; headings are none
    told = False  # something that speaks of somebody else than the author
    before = ""  # the line or sentence before, printable or not
    for number, found in enumerate(sentences(article.text, article.language)):
        if number >= _READ:
            return
        item, before = _NUMBERED.search(before), found.text
        if len(found.text) > _LONGEST or _torn(article.text, found):
            continue
        span = _bare(found, article.title)
        refers = known.refers(span.text)
        size = count_words(span.text)
        opening = not begun
        begun = begun or _begins(span.text)
        if size < (_CURT if opening else _SHORTEST) or item:
            continue
        if not _printable(article, found, span, opening=opening):
            continue
        said = terms(span.text)
        if _repeats(said, title):
            continue
        personal = bool(SINGULAR.search(span.text))
        yield Candidate(
            article,
            span,
            number,
            place,
            said,
            size,
            weights.of(said),
            _score(span.text, place, said, title),
            leans(span.text, opening=opening) and not (opening and _of_title(span.text, title)),
            0.0 if opening else _looseness(span.text, midst=told and _midst(article, found)),
            refers,
            personal,
        )
        place += 0.5 if personal else 1.0
        told = told or not personal


def _printable(article: Article, found: Span, span: Span, *, opening: bool) -> bool:
    """Say whether no rule refuses a sentence, and no credit stands behind it."""
    text = span.text
    first = text.partition(" ")[0]
    if opening and first.islower() and first.isalpha() and first in words(article.title):
        text = text[0].upper() + text[1:]  # the name of a thing, as in "ltrace traces calls"
    after = article.text[found.end : found.end + 40]
    last = after[:1] in ("", "\n")
    return not (refusal(text, last=last, opening=opening) or BEFORE_CREDIT.match(after))


def _begins(text: str) -> bool:
    """Say whether a text begins with this: no heading, and nothing that comes before a text."""
    aside = refused_by(text)
    return bool(END.search(text)) and not (aside and aside.name in ASIDES)


def _bare(span: Span, title: str = "") -> Span:
    """The sentence without what stands before its first word, or opens the next sentence.

    What the title has too is no label: it is what the text is about.
    """
    text = _NEXT_QUOTE.sub("", span.text)
    end = span.start + len(text)
    for pattern in LEAD_INS:
        match = pattern.match(text)
        if match and match[0].rstrip(" :—–-") not in title:
            text = text[match.end() :]
    return Span(text, end - len(text), end)


def _looseness(text: str, *, midst: bool) -> float:
    """How much a sentence seems to need the one before it; 0 when nothing hints at that."""
    return _MIDST * midst + sum(cost for pattern, cost in HINTS if pattern.search(text))


def _torn(text: str, found: Span) -> bool:
    """Say whether a word goes on at either end, as in ASP.NET; many scripts have no spaces."""
    around = text[: found.start][-1:].strip() + text[found.end : found.end + 1].strip()
    return bool(around) and around.isascii()


def _of_title(text: str, title: Terms) -> bool:
    """Say whether a first sentence begins with what the title names: this jam."""
    found = OF_TITLE.match(text)
    return bool(found and terms(found[1]).one & title.one)


def _midst(article: Article, found: Span) -> bool:
    """Say whether a sentence stands in its paragraph behind another."""
    return article.text[found.start - 1] != "\n"


def _repeats(said: Terms, title: Terms) -> bool:
    """Say whether a sentence is the title again."""
    return len(said.one - title.one) <= 0.15 * len(said.one | title.one)


@dataclass(slots=True)
class _Known:
    """Whom and what a text has introduced so far: surnames as they are, nouns as stems."""

    surnames: set[str] = field(default_factory=set)
    lone: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    second: set[str] = field(default_factory=set)  # words with a capital behind another such

    def refers(self, text: str) -> frozenset[str]:
        """The stems of what a sentence takes as known; then it introduces what it does itself."""
        found = names(text)
        surnames = {name.rpartition(" ")[2] for name in found if " " in name}
        if (bearer := BEARER.match(text)) and bearer[1].lower() not in STOPWORDS:
            surnames.add(bearer[2])
        nouns = {stem(word) for match in INTRODUCES.findall(text) for word in match if word}
        single = {name for name in found if " " not in name}
        if opens := OPENS_WITH.match(text):
            single |= {opens[1]} & self.second
        lone = single & (self.surnames | self.second) - surnames
        self.second |= {
            second for first, second in SECOND.findall(text) if first.lower() not in STOPWORDS
        }
        if (speaker := SPEAKER.match(text)) and self.lone | self.surnames:
            lone |= {speaker[1]} - self.lone
        definite = {stem(noun) for noun in KNOWN.findall(text) if noun not in COMMON}
        known = definite & (self.nouns | self.seen) - nouns
        self.seen |= {stem(word) for word in words(text)}
        self.surnames |= surnames
        self.lone |= single
        self.nouns |= nouns
        return frozenset(stem(word) for name in lone for word in words(name)) | known


def _score(text: str, place: float, said: Terms, title: Terms) -> float:
    """Position, facts, and what it repeats of the title; 1 is the first sentence's place."""
    position = 1.0 / (1.0 + 0.25 * place)
    facts = min(len(numbers(text)), 2) * 0.15 + min(len(names(text)), 3) * 0.1
    echo = len(said.one & title.one) / max(1, len(said.one))
    repeats = 0.8 if echo > 0.7 else 0.0
    faults = sum(cost for pattern, cost in FAULTS if pattern.search(text))
    breath = 0.02 * max(0, len(text.split()) - _TIRING)
    return position + facts - repeats - faults - breath


def density(weight: float, size: int) -> float:
    """What is said of the story in so many words: more is better, but not by length alone."""
    return weight / float(max(1, size) ** _LENGTH)
