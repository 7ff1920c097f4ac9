"""Strip from blocks what is no part of the article; the rows are in `rules` and `lines`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from digest.extract import date
from digest.extract.blocks import Block
from digest.extract.lines import LINES
from digest.extract.rules import CLIPS, TAILS, Line, Tail, Where
from digest.text import clean

START_BLOCKS = 10  # how far a masthead can reach
LONG = 25  # words: a paragraph of the text itself ends the masthead
END_BLOCKS = 8  # how far a footer can reach back
LONGEST = 330  # characters: longer blocks are prose, no pattern is tried on them
TAIL_WORDS = 9
BEFORE_TAIL = 40  # words an article has before a list of teasers can begin
TEASER_WORDS = 80  # a longer block is a chapter, not a teaser
CRUMBS = 5
LINKED = 0.5
# Crumbs that name a shelf, not an outlet.
SHELVES = frozenset("home start posts blog articles news archive all startseite".split())


@dataclass(frozen=True, slots=True)
class Stripped:
    """The blocks of the article, and what its surroundings said about it, or ""."""

    blocks: tuple[Block, ...]
    outlet: str = ""
    author: str = ""
    url: str = ""


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})", re.IGNORECASE | re.DOTALL)


def _united(rows: Sequence[Line | Tail]) -> re.Pattern[str]:
    """One pattern that says whether any row can match at all."""
    return _compiled(re.sub(r"\?P<\w+>", "?:", "|".join(f"(?:{r.pattern})" for r in rows)))


_LINES = tuple((row, _compiled(row.pattern)) for row in LINES)
_ANY_LINE = _united(LINES)
_TAILS = tuple((row, _compiled(row.pattern)) for row in TAILS)
_ANY_TAIL = _united(TAILS)
_CLIPS = tuple((row, _compiled(row.pattern)) for row in CLIPS)
_EDGE = re.compile(r"\A[^\w(\[«‹←<©#]+|[\s:]+\Z")  # an emoji or a dash before a heading, its colon


def strip(blocks: Sequence[Block], *, titled: bool = False, teasers: bool = False) -> Stripped:
    """The article's own blocks. A document that is all boilerplate gives none.

    Without `titled` the first block may be the title. With `teasers` lists of other articles stay:
    the issue of a newsletter is made of them.
    """
    kept, said = _without_lines(blocks if teasers else without_teasers(blocks), titled=titled)
    kept, outlet = _without_crumbs(kept)
    clipped = [block for block in map(clip, kept) if any(map(str.isalnum, block.text))]
    unique = [b for at, b in enumerate(clipped) if not at or b.text != clipped[at - 1].text]
    return Stripped(
        blocks=tuple(unique),
        outlet=outlet or said.get("outlet", ""),
        author=said.get("author", ""),
        url=said.get("url", ""),
    )


def without_teasers(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks before a heading that announces other articles."""
    before = 0
    kept = []
    for at, block in enumerate(blocks):
        row = _tail(block)
        if row and not (row.teasers and _is_chapter(blocks[at + 1 :])):
            if before >= BEFORE_TAIL:
                break
            continue
        before += len(block.text.split())
        kept.append(block)
    return tuple(kept)


def matching(text: str) -> Iterator[tuple[Line, re.Match[str]]]:
    """The rows whose pattern matches the whole text."""
    folded = _folded(text)
    if len(folded) <= LONGEST and _ANY_LINE.fullmatch(folded):
        for row, pattern in _LINES:
            if match := pattern.fullmatch(folded):
                yield row, match


def clip(block: Block) -> Block:
    """The block without an end that is none of its own."""
    if block.kind == "code":
        return block
    # Only the end is searched: a footer is short, and a paragraph may be a whole book.
    at = max(0, len(block.text) - LONGEST)
    end = block.text[at:]
    lower = end.lower()
    for row, pattern in _CLIPS:
        if any(hint in lower for hint in row.hints):
            end = pattern.sub(row.left, end)
    text = block.text[:at] + end
    if text == block.text:
        return block
    text = clean(text)
    links = tuple(link for link in block.links if link.end <= len(text))
    return replace(block, text=text, links=links, bold=min(block.bold, len(text)))


def _folded(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'")


def _tail(block: Block) -> Tail | None:
    if block.kind in ("code", "quote") or len(block.text.split()) > TAIL_WORDS:
        return None
    words = _EDGE.sub("", _folded(block.text))
    if not _ANY_TAIL.fullmatch(words):
        return None
    return next((row for row, pattern in _TAILS if pattern.fullmatch(words)), None)


def _is_chapter(following: Sequence[Block]) -> bool:
    return any(len(block.text.split()) >= TEASER_WORDS for block in following)


def _without_crumbs(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], str]:
    """Drop list lines before a title that repeats the last of them; the first names the outlet."""
    crumbs = 0
    while crumbs < min(CRUMBS, len(blocks)) and blocks[crumbs].kind == "item":
        crumbs += 1
    following = [block.text.casefold() for block in blocks[crumbs : crumbs + 2]]
    if not crumbs or blocks[crumbs - 1].text.casefold() not in following:
        return tuple(blocks), ""
    names = [b.text for b in blocks[: crumbs - 1] if b.text.casefold() not in SHELVES]
    return tuple(blocks[crumbs:]), names[0] if names else ""


def _without_lines(
    blocks: Sequence[Block], *, titled: bool
) -> tuple[tuple[Block, ...], dict[str, str]]:
    start, said = _start(blocks), dict[str, str]()
    kept: list[Block] = []
    for at, block in enumerate(blocks):
        zones = _zones(at, start, len(blocks), first=not kept and not titled)
        found = _dropped(block, zones)
        if found:
            for name, value in found.groupdict().items():
                if value:
                    said.setdefault(name, value.strip())
        elif not ("below" in zones and _is_dateline(block)):
            kept.append(block)
    return tuple(kept), said


def _dropped(block: Block, zones: frozenset[Where]) -> re.Match[str] | None:
    if block.kind == "code":
        return None
    linked = _is_link(block) and block.kind != "heading"  # a heading is no link in mid-text
    found = (m for row, m in matching(block.text) if row.where in zones and linked >= row.linked)
    return next(found, None)


def _start(blocks: Sequence[Block]) -> int:
    for at, block in enumerate(blocks[:START_BLOCKS]):
        if len(block.text.split()) >= LONG:
            return at
    return min(START_BLOCKS, len(blocks))


def _zones(at: int, start: int, total: int, *, first: bool) -> frozenset[Where]:
    zones: set[Where] = {"anywhere"}
    if at < start:
        zones.add("start")
        if not first:
            zones.add("below")
    if at >= total - END_BLOCKS and not first:
        zones.add("end")
    return frozenset(zones)


def _is_dateline(block: Block) -> bool:
    return len(block.text) < 80 and date.is_dateline(block.text)


def _is_link(block: Block) -> bool:
    return sum(link.end - link.start for link in block.links) >= LINKED * len(block.text)
