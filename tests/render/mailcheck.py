"""What the tests of rendered files read HTML with: the product's own, under the name they use."""

from __future__ import annotations

from digest.check.markup import Document, Element, for_word, links, styles

__all__ = ["Document", "Element", "for_word", "links", "styles"]
