"""One HTML file with what its rules ask of it, read once."""

from __future__ import annotations

from dataclasses import dataclass

from digest.check.markup import Document, Element, for_word, styles


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`document` is the page as most clients read it, `word` as classic Outlook does."""

    name: str
    html: str
    document: Document
    word: Document
    styles: tuple[str, ...]

    @classmethod
    def of(cls, name: str, html: str) -> Page:
        """Read the page."""
        return cls(
            name=name,
            html=html,
            document=Document(html),
            word=Document(for_word(html)),
            styles=tuple(styles(html)),
        )

    def at(self, element: Element | int) -> str:
        """The place of an element, or a line: `issue.html:12`."""
        line = element if isinstance(element, int) else element.line
        return f"{self.name}:{line}"


def is_data(table: Element) -> bool:
    """Say whether this table holds data, as one in an essay does, and is no scaffold."""
    return any(cell.tag == "th" for cell in _descendants(table))


def _descendants(element: Element) -> list[Element]:
    return [e for child in element.children for e in (child, *_descendants(child))]
