"""HTML -> blocks: one iterative walk over an lxml tree, so that depth costs no stack."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml import etree

from digest.extract.blocks import MAX_TEXT, Block, Kind, Link, text_blocks
from digest.extract.elements import BREAKS, DROPPED, DROPPED_CLASSES, HEADINGS, KINDS
from digest.text import clean
from digest.urls import is_web

_HIDDEN = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px)?\s*(?:;|\Z)|"
    r"max-height\s*:\s*0)",
    re.IGNORECASE,
)
_MAX_DEPTH = 2000  # libxml2 gives up on what lies deeper than 2048
_ANY_TAG = re.compile(r"<(/?\w*)[^<>]*>")
_BOLD_HEADING = 100  # longer bold paragraphs shout, they head nothing


def html_blocks(body: str, base: str) -> tuple[Block, ...]:
    """The blocks of an HTML fragment or document. Never raises; depth and size do no harm."""
    root = parse(body)
    if root is None:
        return ()
    builder = walk(root, base)
    if builder.deepest >= _MAX_DEPTH:
        return text_blocks(html.unescape(_ANY_TAG.sub(_spaced, body)))
    return tuple(builder.blocks)


def parse(body: str) -> etree._Element | None:
    """A forgiving parse without comments and network; None when there is nothing to read."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    raw = body.replace("\x00", "").encode("utf-8", "replace")
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def walk(root: etree._Element, base: str) -> _Builder:
    """Visit every element once, in document order."""
    builder = _Builder(base)
    depth = 0
    walker = etree.iterwalk(root, events=("start", "end"))
    skipped: etree._Element | None = None
    for event, node in walker:
        if event == "start":
            depth += 1
            builder.deepest = max(builder.deepest, depth)
            if _is_dropped(node):
                skipped = node
                walker.skip_subtree()
                continue
            builder.open(node)
            builder.add(node.text)
            continue
        depth -= 1
        if node is skipped:
            skipped = None
        else:
            builder.close(node)
        if node is not root:
            builder.add(node.tail)
        if builder.total > MAX_TEXT:
            break
    builder.flush()
    return builder


def _spaced(match: re.Match[str]) -> str:
    tag = (match[1] or "").strip("/").lower()
    return "\n" if tag in BREAKS or tag in KINDS or tag == "br" else ""


def _is_dropped(node: etree._Element) -> bool:
    tag = node.tag
    if not isinstance(tag, str) or tag in DROPPED:
        return True
    if tag == "sup" and _is_footnote(node):
        return True
    if not node.attrib:
        return False
    style, classes = node.get("style"), node.get("class")
    return (
        bool(style and _HIDDEN.search(style))
        or node.get("hidden") is not None
        or node.get("aria-hidden") == "true"
        or bool(classes and any(name in DROPPED_CLASSES for name in classes.split()))
    )


def _is_footnote(node: etree._Element) -> bool:
    """Say whether a raised text is the number of a footnote: a link, or inside one."""
    parent = node.getparent()
    return bool(len(node) and node[0].tag == "a") or (parent is not None and parent.tag == "a")


@dataclass(slots=True)
class _Builder:
    """Collects text into blocks; what stands below `blocks` is the block under way."""

    base: str
    blocks: list[Block] = field(default_factory=list)
    kinds: list[tuple[str, Kind]] = field(default_factory=list)
    total: int = 0
    deepest: int = 0
    raw: list[str] = field(default_factory=list)
    size: int = 0
    links: list[tuple[str, int, int]] = field(default_factory=list)
    anchor: tuple[str, int] | None = None
    jumps: int = 0  # characters of links to places in the same document
    bold_depth: int = 0
    bold_end: int = 0
    bold_open: bool = True  # nothing but bold text so far
    breaks: int = 0

    @property
    def kind(self) -> Kind:
        """What the block under way is."""
        return self.kinds[-1][1] if self.kinds else "paragraph"

    def open(self, node: etree._Element) -> None:
        """An element starts."""
        tag = str(node.tag)
        if tag == "br":
            self._line_break()
        elif tag in KINDS:
            self.flush()
            self.kinds.append((tag, KINDS[tag]))
        elif tag in BREAKS:
            self.flush()
        elif tag == "a":
            self._close_link()
            url = absolute(self.base, node.get("href"))
            self.anchor = (url, self.size) if url or node.get("href") else None
        elif tag in ("b", "strong"):
            self.bold_depth += 1
        elif tag in ("td", "th") and self.raw:
            self.add(" ")

    def close(self, node: etree._Element) -> None:
        """An element ends."""
        tag = str(node.tag)
        if tag in KINDS:
            self.flush()
            if self.kinds and self.kinds[-1][0] == tag:
                self.kinds.pop()
        elif tag in BREAKS:
            self.flush()
        elif tag == "a":
            self._close_link()
        elif tag in ("b", "strong"):
            self.bold_depth = max(0, self.bold_depth - 1)

    def add(self, text: str | None) -> None:
        """Text of the block under way."""
        if not text:
            return
        # `clean` narrows the spaces; only line breaks would mean something to it.
        chunk = text if self.kind == "code" else text.replace("\n", " ").replace("\r", " ")
        chunk = chunk.replace("&nbsp;", " ")  # escaped twice, in many feeds
        blank = not chunk.strip()
        if self.breaks and not blank:
            self._settle_break(chunk)
        self.raw.append(chunk)
        self.size += len(chunk)
        if not blank and self.bold_open:
            self.bold_open = self.bold_depth > 0
            if self.bold_open:
                self.bold_end = self.size

    def flush(self) -> None:
        """The block under way is complete."""
        if self.anchor:
            anchor = self.anchor
            self._close_link()
            self.anchor = (anchor[0], 0)
        raw = "".join(self.raw)
        text = clean(raw)
        if text and not (self.kind == "item" and self.jumps >= len(raw.strip())):
            self.blocks.append(self._block(raw, text))
            self.total += len(text) + 1
            if self.kind == "item":  # what follows in one list item explains its first line
                self.kinds[-1] = (self.kinds[-1][0], "paragraph")
        self.raw, self.size, self.links, self.breaks, self.jumps = [], 0, [], 0, 0
        self.bold_end, self.bold_open = 0, True

    def _block(self, raw: str, text: str) -> Block:
        at = _offsets(raw, text)
        links = []
        for url, start, end in self.links:
            first, last = at(start), at(end)
            words = text[first:last]
            first, last = first + len(words) - len(words.lstrip()), first + len(words.rstrip())
            if first < last:
                links.append(Link(text[first:last], url, first, last))
        kind, bold = self.kind, at(self.bold_end) if self.bold_end else 0
        level = HEADINGS.get(self.kinds[-1][0], 0) if self.kinds else 0
        if kind == "paragraph" and bold >= len(text) and _heads(text):
            kind, level = "heading", 6
        return Block(kind, text, level, tuple(links), bold)

    def _line_break(self) -> None:
        if self.kind == "code":
            self.add("\n")
        else:
            self.breaks += 1

    def _settle_break(self, chunk: str) -> None:
        """A single break in mid-sentence is a line's end, not a paragraph's."""
        before, after = "".join(self.raw[-2:]).rstrip()[-1:], chunk.lstrip()[:1]
        if self.breaks == 1 and after.islower() and (before.islower() or before in (",", "-")):
            self.raw.append(" ")
            self.size += 1
        else:
            self.flush()
        self.breaks = 0

    def _close_link(self) -> None:
        if self.anchor:
            url, start = self.anchor
            if not url or ("#" in url and url.partition("#")[0] == self.base):
                self.jumps += self.size - start
            if url:
                self.links.append((url, start, self.size))
            self.anchor = None


def absolute(base: str, href: str | None) -> str:
    """The web URL that an href means, or ""; `#` alone leads nowhere."""
    if not href or href.strip().startswith("#"):
        return ""
    try:
        url = urljoin(base, href.strip())
    except ValueError:
        return ""
    return url if is_web(url) else ""


def _offsets(raw: str, text: str) -> Callable[[int], int]:
    """Where a position of the raw text lies in the cleaned one."""
    if raw == text:
        return lambda position: min(position, len(text))
    # The sentinel keeps a trailing space, which `clean` would strip, where it will still be.
    return lambda position: min(len(clean(raw[:position] + "x")) - 1, len(text))


def _heads(text: str) -> bool:
    return len(text) <= _BOLD_HEADING and not text.endswith((".", ",", ";", "…"))
