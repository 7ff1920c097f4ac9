"""An angle: the one sentence in which another source adds something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from digest.blurb.candidates import Candidate, candidates
from digest.blurb.choose import stands
from digest.blurb.options import Options
from digest.blurb.standing import CONTRARY
from digest.blurb.weights import Weights, terms
from digest.model import Article, Sentence
from digest.text import names, numbers, stem, words

_NEW = 0.6  # the share of its words that were not said yet
_ABOUT = 2  # words that it has in common with what was said: else it is of something else
_ENOUGH = 0.6  # of `_adds`
_ACRONYM = 3  # letters: AI and API are names of nothing in particular
# Names that tell nothing new: days and months.
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(slots=True)
class Said:
    """What the reader was told: stems and numbers."""

    stems: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    def add(self, text: str) -> None:
        """The reader has read this too."""
        self.stems |= terms(text).one
        self.numbers |= numbers(text)


def angle(article: Article, weights: Weights, said: Said, options: Options) -> Sentence | None:
    """The sentence of another source that adds most to what is already said, if any does."""
    said_of_it = {stem(word) for word in words(article.outlet)}
    best: tuple[float, Candidate] | None = None
    for candidate in candidates(article, weights):
        if candidate.words > options.angle or not stands((candidate,), frozenset(said.stems)):
            continue
        new = candidate.terms.one - said.stems
        if len(new) < _NEW * len(candidate.terms.one):
            continue
        if len(candidate.terms.one & said.stems) < _ABOUT:
            continue
        adds = _adds(candidate.span.text, said, said_of_it)
        if adds < _ENOUGH:
            continue
        gain = (
            candidate.score
            - candidate.loose
            + adds
            + sum(weights.one.get(t, 0.0) for t in new) / max(8, len(new))
        )
        if best is None or gain > best[0]:
            best = (gain, candidate)
    return best[1].sentence if best else None


def _adds(text: str, said: Said, known: Iterable[str]) -> float:
    """New names and numbers, a contrary view."""
    known = said.stems | set(known) | _CALENDAR
    fresh = {
        name
        for name in names(text)
        if len(name) > _ACRONYM and any(stem(w) not in known for w in words(name))
    }
    figures = {n for n in numbers(text) - said.numbers if not _YEAR.fullmatch(n)}
    return min(len(fresh), 2) * 0.6 + min(len(figures), 2) * 0.6 + bool(CONTRARY.search(text)) * 0.6
