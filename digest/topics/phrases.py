"""The names and noun phrases of a week: which story says them, and how they are written."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.model import Story
from digest.text import STOPWORDS
from digest.topics.headings import Phrase, Usage, is_stop, is_vague
from digest.topics.terms import TOKEN, stem_of

Term = tuple[str, ...]

# Words of a text that may name its subject: later ones wander.
_TEXT_WORDS = 120
_MOST_ARTICLES = 4
_LONGEST = 3
_BREAK = re.compile(r"[.,;:!?()\[\]\"“”–—|/]+(?:\s|$)|[\"“”‘()\[\]]|\n|\s[-–]\s")
# "U.S." and "A.I." are written "US" and "AI", so that they meet those who write them so.
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_ADDRESS = re.compile(r"(?:https?://|www\.|[@#])\S+")
_POSSESSIVE = re.compile(r"['’]s$")
# A line in which more of the words have a capital says nothing of names.
_TITLED = 0.6


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a week says.

    `weight` and `spelled` are by story: a term's weight, 1 in a title and less in a text, and its
    form. `words` tells by stem how words are used, `stories` which of them say a term.
    """

    weight: tuple[Mapping[Term, float], ...]
    spelled: tuple[Mapping[Term, str], ...]
    words: Mapping[str, Usage]
    stories: Mapping[Term, frozenset[int]]

    def spelling(self, term: Term, rows: Iterable[int]) -> Phrase:
        """A term as most of these stories write it."""
        forms = Counter(self.spelled[row][term] for row in rows if term in self.spelled[row])
        best = min(forms, key=lambda form: (-forms[form], form)).split()
        proper = all(self._is_proper(word, stem) for word, stem in zip(best, term, strict=True))
        words = (
            best
            if proper
            else [
                w if self._is_proper(w, s) else w.lower() for w, s in zip(best, term, strict=True)
            ]
        )
        return Phrase(tuple(words), proper, self.words[term[-1]])

    def _is_proper(self, word: str, stem: str) -> bool:
        if word == "of" or any(c.isupper() for c in word[1:]):
            return True
        use = self.words[stem]
        return use.capital > 2 * use.small


# A text that mentions is worth less than a title that says.
_MENTION = 0.6


def read_phrases(stories: Sequence[Story]) -> Phrases:
    """Read every story once."""
    words: dict[str, Usage] = defaultdict(Usage)
    weights: list[Mapping[Term, float]] = []
    spelled: list[Mapping[Term, str]] = []
    where: dict[Term, set[int]] = defaultdict(set)
    for row, story in enumerate(stories):
        weight: dict[Term, float] = {}
        forms: dict[Term, str] = {}
        for text, value in _texts(story):
            for run in _runs(text, words):
                for term, form in _grams(run):
                    weight[term] = max(value, weight.get(term, 0.0))
                    forms.setdefault(term, form)
        weights.append(weight)
        spelled.append(forms)
        for term in weight:
            where[term].add(row)
    found = {term: frozenset(rows) for term, rows in where.items()}
    return Phrases(tuple(weights), tuple(spelled), words, found)


def _texts(story: Story) -> Iterator[tuple[str, float]]:
    for article in story.articles[:_MOST_ARTICLES]:
        yield article.title, 1.0
        yield " ".join(article.text.split()[:_TEXT_WORDS]), _MENTION


def _runs(text: str, words: Mapping[str, Usage]) -> Iterator[list[str]]:
    """Tokens between marks, noting how each word is used."""
    plain = _DOTTED.sub(lambda m: m.group().replace(".", ""), _ADDRESS.sub(" | ", text))
    for line in re.split(r"(?<=[.!?])\s|\n", plain):
        runs = [
            [_POSSESSIVE.sub("", t) for t in TOKEN.findall(part)] for part in _BREAK.split(line)
        ]
        content = [t for run in runs for t in run if t.lower() not in STOPWORDS]
        titled = sum(t[0].isupper() for t in content) > _TITLED * len(content)
        for number, run in enumerate(runs):
            lower = ["", *(t.lower() for t in run), ""]
            for at, token in enumerate(run):
                word = words[_stem(token)]
                word.note(lower[at], lower[at + 2])
                if not titled and (at or number):
                    word.capital += token[0].isupper()
                    word.small += token[0].islower()
            yield run


def _grams(run: Sequence[str]) -> Iterator[tuple[Term, str]]:
    """Up to three neighbours that could stand in a heading together."""
    for first in range(len(run)):
        if is_stop(run[first]):
            continue
        for end in range(first + 1, min(first + _LONGEST, len(run)) + 1):
            last, between = run[end - 1], end - first == _LONGEST
            if is_stop(last):
                if last != "of" or not run[first][0].isupper():
                    break
                continue
            if between and run[first + 1] == "of" and not last[0].isupper():
                break
            tokens = run[first:end]
            if not all(map(_vague, tokens)):
                yield tuple(map(_stem, tokens)), " ".join(tokens)


@lru_cache(maxsize=65536)
def _stem(token: str) -> str:
    return stem_of(token)


@lru_cache(maxsize=65536)
def _vague(token: str) -> bool:
    return is_vague(token)
