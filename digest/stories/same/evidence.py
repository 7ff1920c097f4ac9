"""What speaks for and against two articles telling one story, for people to read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digest.stories.same.judge import Judgement
from digest.stories.same.terms import Tokens, term
from digest.text import counted

_MOST = 5  # names, words or numbers that are told


@dataclass(frozen=True, slots=True)
class Evidence:
    """`probability` is what the engine makes of it all; 0 for a pair it never thought likely."""

    probability: float
    names: tuple[str, ...]
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    days: float | None
    same_source: bool

    def __str__(self) -> str:
        """One line: "both name Geneva, Araghchi; 1 day apart; 0.93"."""
        parts = [
            f"both name {', '.join(self.names)}" if self.names else "",
            f"both say {', '.join(self.words)}" if self.words else "",
            f"both give {', '.join(self.numbers)}" if self.numbers else "",
            "" if self.names or self.words or self.numbers else "no telling word in common",
            "" if self.days is None else _apart(self.days),
            "one source" if self.same_source else "",
            f"{self.probability:.2f}",
        ]
        return "; ".join(filter(None, parts))


def evidence(judgement: Judgement, one: int, other: int, text: str, other_text: str) -> Evidence:
    """Collect it for two articles by their places in the pool; the texts spell the words."""
    rows = judgement.rows
    shared = rows.text[[one]].multiply(rows.text[[other]]).tocsr()
    order = shared.indices[np.argsort(-rows.idf[shared.indices], kind="stable")].tolist()
    spelled = _spellings(f"{text}\n{other_text}")
    said = {term: spelled.get(rows.words[term], rows.words[term]) for term in order}
    names = [said[t] for t in order if rows.name[t] and not rows.number[t]]
    numbers = [said[t] for t in order if rows.number[t]]
    words = [said[t] for t in order if not rows.name[t] and not rows.number[t]]
    days = abs(float(rows.day[one] - rows.day[other]))
    return Evidence(
        probability=near(judgement, one).get(other, 0.0),
        names=tuple(names[:_MOST]),
        words=tuple(words[: _MOST - min(len(names), 3)]),
        numbers=tuple(numbers[:3]),
        days=None if np.isnan(days) else days,
        same_source=bool(rows.source[one] >= 0 and rows.source[one] == rows.source[other]),
    )


def near(judgement: Judgement, one: int) -> dict[int, float]:
    """The probability of each pair that an article is in, by the other's place."""
    pairs = judgement.pairs
    left, right = pairs.left == one, pairs.right == one
    others = np.concatenate([pairs.right[left], pairs.left[right]])
    chances = np.concatenate([judgement.probability[left], judgement.probability[right]])
    return dict(zip(others.tolist(), chances.tolist(), strict=True))


def _spellings(text: str) -> dict[str, str]:
    """How the text first writes each term."""
    tokens = Tokens()
    tokens.of(text)
    found: dict[str, str] = {}
    for token in tokens:
        found.setdefault(term(token), token)
    return found


def _apart(days: float) -> str:
    whole = round(days)
    return "the same day" if whole == 0 else f"{counted(whole, 'day')} apart"
