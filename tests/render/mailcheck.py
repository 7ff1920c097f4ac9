"""HTML taken apart for the property tests: elements, what they stand in, and their text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "wbr"})


@dataclass(slots=True)
class Element:
    """One element; `parents` are the names of the open elements around it."""

    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    @property
    def style(self) -> dict[str, str]:
        """The declarations of the style attribute."""
        pairs = (part.partition(":") for part in self.attributes.get("style", "").split(";"))
        return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}

    @property
    def classes(self) -> set[str]:
        """The names in the class attribute."""
        return set(self.attributes.get("class", "").split())


class Document(HTMLParser):
    """Every element of a page in order; `faults` names tags that do not match."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.comments: list[str] = []
        self.faults: list[str] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{element.tag}> is never closed" for element in self._open]

    def all(self, *tags: str) -> list[Element]:
        """The elements of these names, in order."""
        return [element for element in self.elements if element.tag in tags]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        parents = tuple(e.tag for e in self._open)
        element = Element(tag=tag, attributes=attributes, parents=parents)
        self.elements.append(element)
        if self._open:
            self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> at {self.getpos()} closes something else")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


def for_word(html: str) -> str:
    """The page as classic Outlook reads it: conditional comments are open."""
    return re.sub(r"<!--\[if mso\]>|<!\[endif\]-->", "", html)


def links(html: str) -> list[tuple[str, str]]:
    """(text, address) of every link, in order, with single spaces."""
    return [
        (" ".join(element.text.split()), element.attributes.get("href", ""))
        for element in Document(html).all("a")
    ]


def styles(html: str) -> list[str]:
    """The text of the <style> blocks that every client reads."""
    bare = re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL)
    return re.findall(r"<style[^>]*>(.*?)</style>", bare, flags=re.DOTALL)
