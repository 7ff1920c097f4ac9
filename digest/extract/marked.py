"""Markdown -> blocks, by way of HTML.

Python-Markdown needs the square of its input's length on hostile text, so a long document is
converted in portions; what no blank line divides for pages on end is read as plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.extract.blocks import Block, text_blocks
from digest.extract.markup import html_blocks

PORTION = 8_000  # characters: a chapter, and at most half a second
UNDIVIDED = 3 * PORTION  # a paragraph this long was not written as one
EXTENSIONS = ("fenced_code", "tables", "sane_lists")

_FENCE = re.compile(r" {0,3}(```|~~~)")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]{1,80}\]:[ \t]*\S{1,2000}.{0,200}$", re.MULTILINE)


def markdown_blocks(body: str, base: str) -> tuple[Block, ...]:
    """The blocks of a Markdown text. Never raises."""
    import markdown

    converter = markdown.Markdown(extensions=list(EXTENSIONS))
    references = "\n".join(_REFERENCE.findall(body)[:500])
    found: list[Block] = []
    for portion in portions(body.replace("\r\n", "\n")):
        if len(portion) > UNDIVIDED:
            found.extend(text_blocks(portion))
            continue
        try:
            made = converter.reset().convert(f"{portion}\n\n{references}")
        except (RecursionError, ValueError, IndexError, AttributeError):
            found.extend(text_blocks(portion))
        else:
            found.extend(html_blocks(made, base))
    return tuple(found)


def portions(body: str) -> Iterator[str]:
    """A text in parts of about `PORTION` characters, divided where no construct goes on."""
    lines: list[str] = []
    size, fence = 0, ""
    for line in body.split("\n"):
        divides = bool(lines) and not lines[-1].strip() and line[:1] not in ("", " ", "\t")
        if size >= PORTION and divides and not fence:
            yield "\n".join(lines)
            lines, size = [], 0
        mark = _FENCE.match(line)
        if mark:
            fence = "" if fence == mark[1] else fence or mark[1]
        lines.append(line)
        size += len(line) + 1
    yield "\n".join(lines)
