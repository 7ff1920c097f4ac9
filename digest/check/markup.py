"""HTML taken apart for the rules: elements, what they stand in, and their text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "wbr", "base", "embed"})
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


@dataclass(slots=True, eq=False)
class Element:
    """One element; `parents` are the names of the open elements around it, outermost first.

    `pieces` are all texts of the document, of which those from `start` to `end` stand in here.
    """

    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    parent: Element | None = None
    line: int = 0
    children: list[Element] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list, repr=False)
    start: int = 0
    end: int | None = None

    @property
    def text(self) -> str:
        """All text inside."""
        return "".join(self.pieces[self.start : self.end])

    @property
    def style(self) -> dict[str, str]:
        """The declarations of the style attribute."""
        pairs = (part.partition(":") for part in self.attributes.get("style", "").split(";"))
        return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}

    @property
    def classes(self) -> set[str]:
        """The names in the class attribute."""
        return set(self.attributes.get("class", "").split())

    @property
    def words(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())


class Document(HTMLParser):
    """Every element of a page in order; `faults` names tags that do not match."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.comments: list[str] = []
        self.faults: list[str] = []
        self._open: list[Element] = []
        self._pieces: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{e.tag}> of line {e.line} is never closed" for e in self._open]

    def all(self, *tags: str) -> list[Element]:
        """The elements of these names, in order."""
        return [element for element in self.elements if element.tag in tags]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        parent = self._open[-1] if self._open else None
        element = Element(
            tag=tag,
            attributes={name: value or "" for name, value in attrs},
            parents=tuple(e.tag for e in self._open),
            parent=parent,
            line=self.getpos()[0],
            pieces=self._pieces,
            start=len(self._pieces),
        )
        self.elements.append(element)
        if parent:
            parent.children.append(element)
        if tag in VOID:
            element.end = element.start
        else:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open and close an element."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, or note that something else is open."""
        if tag in VOID:
            return
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> of line {self.getpos()[0]} closes something else")
            return
        self._open.pop().end = len(self._pieces)

    def handle_data(self, data: str) -> None:
        """Keep a text, which stands in every element that is open."""
        self._pieces.append(data)

    def handle_comment(self, data: str) -> None:
        """Keep a comment."""
        self.comments.append(data)


def for_word(html: str) -> str:
    """The page as classic Outlook reads it: conditional comments are open."""
    return re.sub(r"<!--\[if mso\]>|<!\[endif\]-->", "", html)


def styles(html: str) -> list[str]:
    """The text of the <style> blocks that every client reads."""
    return _STYLE.findall(_COMMENT.sub("", html))


def without_styles(html: str) -> str:
    """The page without its <style> blocks, those for Outlook too."""
    return _STYLE.sub("", html)
