"""Configured topics by keyword: whole words and phrases, in any inflection.

"go" is not "Django", and not the verb either: a keyword of up to three letters, or one of the
everyday words below, counts only where the text writes it with a capital or in capitals.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.model import Article, Reason, Topic
from digest.text import stem

# Names that are everyday words too.
EVERYDAY = frozenset("go rust swift spark flink helm chef puppet salt ray dart elm nim c r".split())

# What a match in each place is worth: a title says what a story is about, a tag is its author's
# own word for it, and a text of hundreds of words mentions much in passing.
TITLE, TAG, TEXT = 3.0, 2.0, 1.0
# One keyword in the text is a mention; a title, a tag, or two different keywords are a subject.
ENOUGH = 2.0
# Later paragraphs of a long text wander: matches there do not count.
_TEXT_WORDS = 250

_TOKEN = re.compile(r"[^\W_]+(?:['’.\-/][^\W_]+)*(?:\+\+|#)?")


@dataclass(frozen=True, slots=True)
class Match:
    """The topic that the evidence speaks for."""

    topic: str
    confidence: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Keyword:
    topic: int
    text: str
    stems: tuple[str, ...]
    capital: bool


class Matcher:
    """All keywords of all topics, looked up by their first word."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._topics = topics
        self._by_first: dict[str, list[_Keyword]] = {}
        for number, topic in enumerate(topics):
            for text in topic.keywords:
                stems = tuple(_stems(text))
                if stems:
                    capital = len(stems) == 1 and (len(text) <= 3 or text.lower() in EVERYDAY)
                    keyword = _Keyword(number, text, stems, capital)
                    self._by_first.setdefault(stems[0], []).append(keyword)

    def best(self, articles: Sequence[Article]) -> Match | None:
        """The topic with the most evidence over a story's articles; ties go to the earlier one."""
        scores: Counter[int] = Counter()
        evidence: dict[int, list[Reason]] = {}
        for number, reason in self._evidence(articles):
            scores[number] += 1
            evidence.setdefault(number, []).append(reason)
        totals = {n: sum(r.value for r in reasons) for n, reasons in evidence.items()}
        strong = {n: total for n, total in totals.items() if total >= ENOUGH}
        if not strong:
            return None
        winner = min(strong, key=lambda n: (-strong[n], n))
        confidence = strong[winner] / sum(totals.values())
        return Match(self._topics[winner].name, round(confidence, 3), tuple(evidence[winner]))

    def _evidence(self, articles: Sequence[Article]) -> Iterable[tuple[int, Reason]]:
        """Each keyword once, at the best place where it stands."""
        lead = articles[0]
        places = (
            ("title", TITLE, "\n".join(a.title for a in articles)),
            ("tag", TAG, "\n".join(tag for a in articles for tag in a.tags)),
            ("text", TEXT, " ".join(lead.text.split()[:_TEXT_WORDS])),
        )
        seen: set[tuple[int, str]] = set()
        for name, worth, text in places:
            for keyword in self._found(text, lenient=name == "tag"):
                if (keyword.topic, keyword.text) not in seen:
                    seen.add((keyword.topic, keyword.text))
                    reason = Reason(name=name, value=worth, text=f"{keyword.text!r} in the {name}")
                    yield keyword.topic, reason

    def _found(self, text: str, *, lenient: bool) -> Iterable[_Keyword]:
        tokens = _TOKEN.findall(text)
        stems = [_stem(token) for token in tokens]
        for at, first in enumerate(stems):
            for keyword in self._by_first.get(first, ()):
                end = at + len(keyword.stems)
                if tuple(stems[at:end]) != keyword.stems:
                    continue
                if keyword.capital and not lenient and tokens[at][:1].islower():
                    continue
                yield keyword


def _stems(text: str) -> list[str]:
    return [_stem(token) for token in _TOKEN.findall(text)]


def _stem(token: str) -> str:
    return stem(token.lower().replace("’", "'").removesuffix("'s"))
