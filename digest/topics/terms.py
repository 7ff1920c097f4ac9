"""The words by which a story is compared: stems and pairs of neighbours, once each."""

from __future__ import annotations

import re
from itertools import pairwise

from digest.model import Story
from digest.text import STOPWORDS, stem

TOKEN = re.compile(r"[^\W_]+(?:['’.\-/][^\W_]+)*(?:\+\+|#)?")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
# Names that are everyday words too: written small, they are those words.
EVERYDAY = frozenset("go rust swift spark flink helm chef puppet salt ray dart elm nim c r".split())
# Later paragraphs of a long text wander.
TEXT_WORDS = 250
_MOST_ARTICLES = 4


def stems(text: str) -> list[str]:
    """Every word of a text as its stem."""
    return [stem_of(token) for token in TOKEN.findall(text)]


def stem_of(token: str) -> str:
    """The stem of a word as it stands in a text; "A.I" is "AI"."""
    if _DOTTED.fullmatch(token):
        token = token.replace(".", "")
    return stem(token.lower().replace("’", "'").removesuffix("'s"))


def terms(text: str, *, names: bool = False) -> frozenset[str]:
    """Content stems, and pairs of neighbours; `names`: "go" is the language, whatever its case."""
    kept = [
        stem_of(token)
        for token in TOKEN.findall(text)
        if token.lower() not in STOPWORDS and (names or token not in EVERYDAY)
    ]
    return frozenset(kept) | {f"{a} {b}" for a, b in pairwise(kept)}


def title_terms(story: Story) -> frozenset[str]:
    """The terms of a story's titles and tags."""
    parts: set[str] = set()
    for article in story.articles[:_MOST_ARTICLES]:
        parts |= terms(article.title).union(*(terms(tag, names=True) for tag in article.tags))
    return frozenset(parts)


def terms_of(story: Story) -> frozenset[str]:
    """The terms of a story's titles, tags and first paragraphs."""
    parts: set[str] = set()
    for article in story.articles[:_MOST_ARTICLES]:
        parts |= terms(" ".join(article.text.split()[:TEXT_WORDS]))
    return title_terms(story) | parts
