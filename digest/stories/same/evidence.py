"""What speaks for and against two articles telling one story, for people to read.

The weights are log odds that sum to those of the probability: what the pair model adds for each
signal (the way through each tree, split by question; Saabas 2014), what date and source add, what
the company of the two articles adds, and what the pool at large adds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from digest.stories.same import circumstances
from digest.stories.same.candidates import Pairs
from digest.stories.same.judge import Judgement, models
from digest.stories.same.terms import Tokens, term
from digest.text import counted

_MOST = 5  # names, words or numbers that are told
_TOLD = 0.05  # log odds below which a weight is not worth a word

# What each signal of the pair model is called.
SIGNALS: Mapping[str, str] = MappingProxyType(
    {
        "title_cosine": "titles",
        "title_shared": "titles",
        "title_cover": "titles",
        "title_phrases": "phrases of the titles",
        "title_same": "titles",
        "title_repeats": "how often the title occurs",
        "text_cosine": "texts",
        "text_shared": "texts",
        "text_rarest": "rarest word",
        "text_top5": "rarest words",
        "text_cover": "texts",
        "title_in_other": "title in the other's text",
        "title_in_other_weak": "title in the other's text",
        "names_shared": "names",
        "names_cover": "names",
        "numbers_shared": "numbers",
        "numbers_clash": "numbers that differ",
        "title_length": "lengths",
        "text_length": "lengths",
        "length_ratio": "lengths",
        "key_in_other": "main words",
        "key_in_other_weak": "main words",
    }
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`probability` is what the engine makes of it all; 0 for a pair it never thought likely."""

    probability: float
    names: tuple[str, ...]
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    days: float | None
    same_source: bool
    weights: tuple[tuple[str, float], ...] = ()  # log odds by signal, the strongest first

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
        weights=_weights(judgement, one, other),
    )


def _weights(judgement: Judgement, one: int, other: int) -> tuple[tuple[str, float], ...]:
    """What each signal adds to the log odds of a judged pair; nothing for one never judged."""
    left, right = min(one, other), max(one, other)
    pairs = judgement.pairs
    found = np.flatnonzero((pairs.left == left) & (pairs.right == right))
    if not len(found):
        return ()
    at = int(found[0])
    pair = models("lexical").pair
    added: dict[str, float] = {"stories are rare": pair.base}
    for signal, value in pair.contributions(judgement.signals[at]).items():
        added[SIGNALS[signal]] = added.get(SIGNALS[signal], 0.0) + value
    this = Pairs(pairs.left[[at]], pairs.right[[at]])
    when = float(circumstances.log_odds(judgement.rows, this)[0])
    alone, together = _log_odds(judgement.alone[at]), _log_odds(judgement.probability[at])
    added["meaning"] = alone - when - sum(added.values())
    added["dates and source"] = when
    pool = float(judgement.pool[at])
    added["company of both"] = together - alone - pool
    added["stories in this week"] = pool
    told = ((name, round(value, 2)) for name, value in added.items() if abs(value) >= _TOLD)
    return tuple(sorted(told, key=lambda item: (-abs(item[1]), item[0])))


def _log_odds(probability: float) -> float:
    held = min(max(float(probability), 1e-6), 1.0 - 1e-6)
    return float(np.log(held / (1.0 - held)))


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
