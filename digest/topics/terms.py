"""The words by which a story is compared: stems and pairs of neighbours, once each."""

from __future__ import annotations

import re
from itertools import pairwise

from digest.model import Story
from digest.text import STOPWORDS, stem

TOKEN = re.compile(r"[^\W_]+(?:['’.\-/][^\W_]+)*(?:\+\+|#)?")
# Later paragraphs of a long text wander.
TEXT_WORDS = 250
_MOST_ARTICLES = 4


def stems(text: str) -> list[str]:
    """Every word of a text as its stem."""
    return [stem_of(token) for token in TOKEN.findall(text)]


def stem_of(token: str) -> str:
    """The stem of a word as it stands in a text."""
    return stem(token.lower().replace("’", "'").removesuffix("'s"))


def terms(text: str) -> frozenset[str]:
    """Content stems, and pairs of neighbours."""
    kept = [stem_of(t) for t in TOKEN.findall(text) if t.lower() not in STOPWORDS]
    return frozenset(kept) | {f"{a} {b}" for a, b in pairwise(kept)}


def terms_of(story: Story) -> frozenset[str]:
    """The terms of a story's titles, tags and first paragraphs."""
    parts: set[str] = set()
    for article in story.articles[:_MOST_ARTICLES]:
        parts |= terms(article.title) | terms(" ".join(article.text.split()[:TEXT_WORDS]))
        for tag in article.tags:
            parts |= terms(tag)
    return frozenset(parts)
