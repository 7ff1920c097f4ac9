"""What the tests of rendered files read HTML with: what the checks read it with, and its links."""

from __future__ import annotations

from digest.check.markup import Document, for_word

__all__ = ["Document", "for_word", "links"]


def links(html: str) -> list[tuple[str, str]]:
    """(text, address) of every link, in order, with single spaces."""
    return [(a.words, a.attributes.get("href", "")) for a in Document(html).all("a")]
