"""Titles in capitals, set as the article's own text spells their words."""

from __future__ import annotations

import re
from collections import Counter

from digest.text import STOPWORDS, sentences

_WORD = re.compile(r"[^\W\d_][\w'’\-]*")
LEAST_WORDS = 3  # fewer are a name, or a product that is spelt so
LEAST_KNOWN = 2 / 3  # share of the words that the text must spell; below, a guess is worse
ACRONYM = 4  # letters up to which an unknown word may be one or not: OPEC or HATE?
AMBIGUOUS = frozenset(("IT", "US", "WHO"))  # in capitals nobody knows which word it is
_READ = 60  # sentences

_I = frozenset("i i'd i'll i'm i've".split())


def unshouted(title: str, text: str) -> str:
    """The title in sentence case, or as it is: not in capitals, or the text does not tell.

    Names and acronyms keep the form that the text gives them.
    """
    words = _WORD.findall(title)
    if any(c.islower() for c in title) or len(words) < LEAST_WORDS or AMBIGUOUS & {*words}:
        return title
    forms = _forms(text)
    content = [word for word in words if word.lower() not in STOPWORDS]
    known = sum(word.lower() in forms for word in content)
    doubtful = any(len(w) <= ACRONYM and w.lower() not in forms for w in content)
    if not content or doubtful or known < LEAST_KNOWN * len(content):
        return title
    quiet = _WORD.sub(lambda match: _spelt(match[0], forms), title)
    return quiet[:1].upper() + quiet[1:]


def _spelt(word: str, forms: dict[str, str]) -> str:
    lower = word.lower()
    if lower in forms:
        return forms[lower]
    return lower if lower in STOPWORDS - _I else word.capitalize()


def _forms(text: str) -> dict[str, str]:
    """How a text spells each word, by its lower case: most often, and not at a sentence's start."""
    inside: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    for number, sentence in enumerate(sentences(text)):
        if number >= _READ:
            break
        if sentence.text.upper() == sentence.text:
            continue  # it shouts too
        for at, word in enumerate(_WORD.findall(sentence.text)):
            (inside if at else starts)[word] += 1
    forms: dict[str, str] = {}
    for counted in (inside, starts):
        for word, _ in sorted(counted.items(), key=lambda found: (-found[1], found[0])):
            forms.setdefault(word.lower(), word)
    return forms
