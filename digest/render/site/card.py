"""The picture that a link to an issue shows in chats and social networks: 1200 x 630, drawn.

Needs Pillow, the extra `card`. The font is the style's site/card.ttf. What it cannot write makes no
card: a picture with boxes in place of letters is worse than none.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from digest.render.view import IssueView

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SIZE = (1200, 630)
MARGIN = 84
WIDTH = SIZE[0] - 2 * MARGIN
PAPER, INK, ACCENT = (0xFC, 0xFB, 0xF8), (0x26, 0x22, 0x1D), (0x96, 0x33, 0x1D)
# Drawn in shades from ink (0) to paper (255), which a palette then colours: cheap, and few bytes.
BLACK, SOFT, WHITE = 0, 80, 255
STEPS = 16  # shades that the smooth edges of letters need
SMALL = 30
TITLE_SIZES = (72, 64, 56, 48, 42)  # the largest in which the title has room
TITLE_TOP, TITLE_HEIGHT = 176, 316
LEADING = 1.24
BAR = 14


@dataclass(frozen=True, slots=True)
class _Layout:
    """A title broken into lines of one size."""

    size: int
    lines: tuple[str, ...]


def available() -> bool:
    """Say whether Pillow is installed."""
    return find_spec("PIL") is not None


def draw(issue: IssueView, font: Path | None) -> bytes | None:
    """The card of an issue as PNG; None when the font lacks its letters."""
    if font is None or not available():
        return None
    rtl = issue.direction == "rtl"
    title, name, day = (
        _writable(text, str(font)) for text in (issue.title, issue.masthead, issue.long_date)
    )
    if title is None or name is None or not title or (rtl and not _shapes()):
        return None
    return _drawn(
        _fitted(title, str(font)),
        f"{name} #{issue.number}".strip(),
        day or issue.week,
        str(font),
        rtl,
    )


def _drawn(title: _Layout, name: str, day: str, font: str, rtl: bool) -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("L", SIZE, WHITE)
    draw = ImageDraw.Draw(picture)
    start, anchor = (SIZE[0] - MARGIN, "rs") if rtl else (MARGIN, "ls")
    small = _font(font, SMALL)
    draw.text((start, MARGIN + SMALL), _shortened(name, small), BLACK, small, anchor)
    large = _font(font, title.size)
    for number, line in enumerate(title.lines):
        top = TITLE_TOP + round(title.size * (1 + number * LEADING))
        draw.text((start, top), line, BLACK, large, anchor)
    draw.text((start, SIZE[1] - MARGIN), day, SOFT, small, anchor)
    shades = picture.point([round(shade / 255 * STEPS) for shade in range(256)])
    ImageDraw.Draw(shades).rectangle((0, SIZE[1] - BAR, *SIZE), STEPS + 1)
    shades.putpalette([channel for colour in _palette() for channel in colour])
    out = io.BytesIO()
    shades.save(out, "PNG", bits=8)
    return out.getvalue()


def _palette() -> list[tuple[int, ...]]:
    """The colours of the shades, and the accent after them."""
    steps = [step / STEPS for step in range(STEPS + 1)]
    mixed = [
        tuple(round(ink + (paper - ink) * step) for ink, paper in zip(INK, PAPER, strict=True))
        for step in steps
    ]
    return [*mixed, ACCENT]


def _fitted(title: str, font: str) -> _Layout:
    for size in TITLE_SIZES:
        lines = _broken(title, _font(font, size))
        if size * LEADING * len(lines) <= TITLE_HEIGHT:
            return _Layout(size, lines)
    room = int(TITLE_HEIGHT / (size * LEADING))
    face = _font(font, size)
    return _Layout(size, (*lines[: room - 1], _shortened(" ".join(lines[room - 1 :]), face)))


def _broken(text: str, face: FreeTypeFont) -> tuple[str, ...]:
    """Lines no wider than the card; a word that is wider is cut."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= WIDTH:
            lines[-1] = longer
        else:
            lines.append(_shortened(word, face))
    return tuple(lines)


def _shortened(text: str, face: FreeTypeFont) -> str:
    if face.getlength(text) <= WIDTH:
        return text
    while text and face.getlength(f"{text}…") > WIDTH:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _writable(text: str, font: str) -> str | None:
    """The text without the pictures that the font lacks, such as emoji; None without a letter."""
    kept = ""
    for char in text:
        if char.isspace() or _has(font, char):
            kept += char
        elif unicodedata.category(char)[0] in "LN":
            return None
    return " ".join(kept.split())


@lru_cache(maxsize=4096)
def _has(font: str, char: str) -> bool:
    """Say whether the font draws something of its own for a character."""
    face = _font(font, SMALL)
    return bytes(face.getmask(char)) != bytes(face.getmask("\uffff"))


@lru_cache(maxsize=16)
def _font(font: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(font, size)


def _shapes() -> bool:
    """Say whether this Pillow orders and joins the letters of right-to-left scripts."""
    from PIL import features

    return bool(features.check("raqm") and features.check("fribidi"))
