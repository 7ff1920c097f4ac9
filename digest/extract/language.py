"""The language of a text: what the source says, else what the page says, else a classifier."""

from __future__ import annotations

import re

from digest.text import words

ENOUGH = 20  # words; below this the classifier takes names and product words for other languages
SAMPLE = 1_000  # characters are plenty, and keep a long article as cheap as a short one
_TAG = re.compile(r"[A-Za-z]{2,3}(?=[-_]|\Z)")


def of(declared: str, page: str, text: str) -> str:
    """A primary language subtag in lower case such as "en", or "" when nothing is sure."""
    return normal(declared) or normal(page) or guessed(text)


def normal(tag: str) -> str:
    """The primary subtag of a BCP 47 tag: "en" of "en-GB"; "" for what is no tag."""
    match = _TAG.match(tag.strip())
    return match.group().lower() if match else ""


def guessed(text: str) -> str:
    """The classifier's opinion, "" for a short text."""
    sample = text[:SAMPLE]
    if len(words(sample)) < ENOUGH:
        return ""
    import py3langid

    return str(py3langid.classify(sample)[0])
