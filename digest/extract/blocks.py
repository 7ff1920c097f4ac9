"""Blocks: the one shape that HTML, Markdown and plain text are read into.

A document is a tuple of `Block`s in reading order. Everything later (boilerplate, titles, dates,
newsletters) works on blocks and never sees markup again.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from digest.model import Media
from digest.text import clean
from digest.urls import is_web

Kind = Literal["heading", "paragraph", "item", "quote", "code", "row"]

# More than this is a book or an accident, and comparing it with anything costs seconds.
MAX_TEXT = 200_000
# Markup may be many times longer than the text in it.
MAX_RAW: dict[Media, int] = {
    "html": 3_000_000,
    "page": 5_000_000,
    "text": 300_000,
    "markdown": 300_000,
}

_TAG = re.compile(r"<[a-zA-Z/!?]")
# HTML that was escaped once too often begins and ends with a tag; a text about tags does not.
_TWICE = re.compile(
    r"\s*<(?:p|div|h[1-6]|ul|ol|figure|article|section|blockquote)\b.*</\w+>\s*",
    re.IGNORECASE | re.DOTALL,
)
_BULLET = re.compile(r"(?:[-*•‣◦·–]|\d{1,3}[.)])\s+(?=\S)")
_DAY = re.compile(r"\d{1,2}\. [^\W\d]+ \d{4}\b")  # "27. Januar 2025" is no list
_URL = re.compile(r"https?://[^\s<>\"'“”\]]+")
_URL_TAIL = ".,;:!?)'’*_"
_STOP = re.compile(r"[.,;…。!?][\"'”’»)]*\Z")

WRAPPED = (45, 90)  # the width of hard-wrapped mail: shorter lines are lists, longer are paragraphs
HEADING_WORDS = 14  # the longest heading seen in the samples has 12
HEADING_CHARS = 110


@dataclass(frozen=True, slots=True)
class Link:
    """An anchor: its words stand at [start, end) of the block's text."""

    text: str
    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text between two breaks; `bold` counts the characters of a bold beginning."""

    kind: Kind
    text: str
    level: int = 0
    links: tuple[Link, ...] = ()
    bold: int = 0


def read(body: str, media: Media, base: str = "") -> tuple[Block, ...]:
    """The blocks of a body; links are made absolute against `base`. Never raises."""
    body = body[: MAX_RAW[media]]
    if media == "text":
        return text_blocks(body)
    if media == "markdown":
        from digest.extract.marked import markdown_blocks

        return markdown_blocks(body, base)
    if not _TAG.search(body):
        body = html.unescape(body)
        if not _TWICE.fullmatch(body):
            return text_blocks(body)
    from digest.extract.markup import html_blocks

    return html_blocks(body, base)


def text_blocks(body: str) -> tuple[Block, ...]:
    """Plain text: a block for each line, or for each paragraph where lines are hard-wrapped."""
    text = clean(body)[:MAX_TEXT]
    lines = list(_unwrapped(text.split("\n")))
    return tuple(
        _line_block(line, lines[at + 1] if at + 1 < len(lines) else "")
        for at, line in enumerate(lines)
    )


def capped(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks up to `MAX_TEXT` characters; the one that crosses the line is cut."""
    left = MAX_TEXT
    for block in blocks:
        if left <= 0:
            return
        if len(block.text) > left:
            yield Block(block.kind, clean(block.text[:left]), block.level)
            return
        left -= len(block.text) + 1
        yield block


def prose(blocks: Iterable[Block]) -> str:
    """The text of an article: one block a line; code and bare table rows are not for reading."""
    kept = [b for b in blocks if b.kind not in ("code", "row") or _is_prose(b)]
    return "\n".join(block.text for block in capped(kept))


def find_links(text: str) -> tuple[Link, ...]:
    """The bare URLs of a plain text, as links whose words are the URL itself."""
    found = []
    for match in _URL.finditer(text):
        url = match.group().rstrip(_URL_TAIL)
        if url.count("(") > url.count(")") and match.group()[len(url) : len(url) + 1] == ")":
            url += ")"
        if is_web(url):
            found.append(Link(url, url, match.start(), match.start() + len(url)))
    return tuple(found)


def ends_sentence(text: str) -> bool:
    """Say whether a line ends as prose does."""
    return bool(_STOP.search(text))


def _is_prose(block: Block) -> bool:
    return block.kind == "row" and len(block.text.split()) >= 8 and ends_sentence(block.text)


def _unwrapped(lines: list[str]) -> Iterator[str]:
    """Lines without blanks; those of a hard-wrapped paragraph joined."""
    if not _hard_wrapped(lines):
        yield from (line for line in lines if line)
        return
    paragraph: list[str] = []
    for line in [*lines, ""]:
        if paragraph and (not line or _BULLET.match(line) or len(paragraph[-1]) < WRAPPED[0]):
            yield " ".join(paragraph)
            paragraph = []
        if line:
            paragraph.append(line)


def _hard_wrapped(lines: list[str]) -> bool:
    inner = [len(line) for line, after in pairwise(lines) if line and after]
    if len(inner) < 3:
        return False
    inner.sort()
    return WRAPPED[0] <= inner[len(inner) // 2] and max(map(len, lines)) <= WRAPPED[1]


def _line_block(line: str, after: str) -> Block:
    bullet = _BULLET.match(line)
    if bullet and not _DAY.match(line):
        text = line[bullet.end() :]
        return Block("item", text, links=find_links(text))
    kind: Kind = "heading" if _is_heading(line, after) else "paragraph"
    return Block(kind, line, level=6 if kind == "heading" else 0, links=find_links(line))


def _is_heading(line: str, after: str) -> bool:
    """A short line that ends no sentence, before something longer."""
    return (
        len(line) <= HEADING_CHARS
        and len(line.split()) <= HEADING_WORDS
        and not (ends_sentence(line) and not line.endswith("?"))
        and not _URL.search(line)
        and any(c.isalpha() for c in line)
        and len(after) > len(line)
    )
