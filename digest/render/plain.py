"""Plain text as format=flowed (RFC 3676): wrapped lines, underlined headings, HTML read as text."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from html.parser import HTMLParser

WIDTH = 72
SOFT = "\u2028"  # a line break that a wider window may undo; no text of ours holds one
_HEADINGS = {"h1": "=", "h2": "=", "h3": "-", "h4": "-"}
_BLOCKS = frozenset({"p", "div", "blockquote", "ul", "ol", "table", "tr", "hr", *_HEADINGS})


def wrap(text: str, width: int = WIDTH, first: str = "") -> str:
    """Lines of at most `width` with soft breaks between; a longer word has a line of its own.

    What follows the `first` line is not indented: blanks would stay inside the joined paragraph.
    """
    lines = textwrap.wrap(
        text, width=width, initial_indent=first, break_long_words=False, break_on_hyphens=False
    )
    return SOFT.join(lines)


def flowed(page: str) -> str:
    """A page of wrapped text as format=flowed: soft breaks end in a blank.

    No line looks like a quotation or a mailbox separator, and one alone is the signature's.
    """
    lines = re.sub(r"(?<!^--)[ \t]+$", "", page, flags=re.MULTILINE).replace(SOFT, " \n")
    stuffed = (
        f" {line}" if line.startswith((" ", ">", "From ")) else line
        for line in re.sub(r"\n{3,}", "\n\n", lines).strip("\n").split("\n")
    )
    return "\n".join(stuffed) + "\n"


def underline(text: str, mark: str = "=") -> str:
    """A heading: wrapped, and underlined as far as its longest line."""
    wrapped = wrap(text).replace(SOFT, "\n")
    longest = max((_columns(line) for line in wrapped.split("\n")), default=0)
    return f"{wrapped}\n{mark * min(longest, WIDTH)}" if wrapped else ""


def from_html(html: str) -> str:
    """Clean HTML as plain text; the links of a paragraph follow it, a line each."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.result()


def _columns(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in line)
    marks = sum(unicodedata.category(char) in ("Mn", "Me", "Cf") for char in line)
    return len(line) + wide - marks


class _Reader(HTMLParser):
    """Adds one block after the other to `_text`; `_list` counts the items of the open lists."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._text = ""
        self._in_list = False  # the last block was one of a list
        self._words: list[str] = []
        self._links: list[str] = []
        self._list: list[int | None] = []
        self._bullet: str | None = None
        self._verbatim = False

    def result(self) -> str:
        self._flush()
        return self._text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS or tag in ("li", "pre"):
            self._flush()
        if tag in ("ul", "ol"):
            self._list.append(0 if tag == "ol" else None)
        elif tag == "li" and self._list:
            count = self._list[-1]
            self._list[-1] = None if count is None else count + 1
            self._bullet = "* " if count is None else f"{count + 1}. "
        elif tag == "a":
            self._links += [value for key, value in attrs if key == "href" and value]
        elif tag in ("br", "td", "th"):
            self._words.append(" ")
        elif tag == "pre":
            self._verbatim = True
        elif tag == "img":
            self._words += [value for key, value in attrs if key == "alt" and value]

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS or tag in ("li", "pre"):
            self._flush(_HEADINGS.get(tag, ""))
        if tag in ("ul", "ol") and self._list:
            self._list.pop()
            self._in_list = bool(self._list)
        elif tag == "pre":
            self._verbatim = False

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def _flush(self, mark: str = "") -> None:
        text, links = "".join(self._words), self._links
        self._words, self._links = [], []
        if not text.strip():
            return
        bullet, self._bullet = self._bullet, None
        indent = "  " * (len(self._list) - 1)
        if self._verbatim:
            block = textwrap.indent(text.strip("\n"), "    ")
        elif mark:
            block = underline(_spaced(text), mark)
        else:
            block = wrap(_spaced(text), first=indent + (bullet or ""))
        gap = "\n" if bullet and self._in_list else "\n\n"
        self._text += (gap if self._text else "") + "\n".join([block, *links])
        self._in_list = bool(self._list)


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
