"""Unpack a newsletter issue: its essay, and the links that its editor chose.

Where there are links, a link section is a heading whose blocks are mostly links with a comment.
Where a plain text lost them, only headings with a known name (`sections`) open one, and each line
is an item: title and comment are told apart by the separator rule of `split_line`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.extract.blocks import Block, ends_sentence
from digest.extract.items import (
    Item,
    heading_item,
    is_entry,
    item_of,
    refused,
    split_line,
    with_more,
)
from digest.extract.sections import use_of
from digest.text import words
from digest.urls import host

ENOUGH = 3  # items of a document that is to be taken for an issue unasked
NAME_WORDS = 5  # the longest name of a source among the samples has 4
BOLD_TITLE_WORDS = 5  # "Why it matters" and "The big picture" open paragraphs of a comment
LEAD_IN_WORDS = 16  # a line that only announces the next ones is short


# The words that open every issue of some newsletters, and tell about the newsletter itself.
_WELCOME = re.compile(
    r"\A(?:hello,? (?:and )?|hi,? )?welcome (?:back )?to (?:another|this|the|our|issue|edition)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"in your inbox\?|"
    r"(?:archives?|errors?).{0,60}(?:can be (?:viewed|found)|pull request|submit a pr)|"
    r"\bcurated by\b|want (?:something|your .{2,20}) (?:mentioned|included|featured)\?",
    re.IGNORECASE | re.DOTALL,
)
SIGNATURE_WORDS = 3
STANDING = 130  # words: a longer welcome goes on to say something

# Hosts that many publications share: a link there is not the newsletter's own.
SHARED_HOSTS = frozenset(
    "github.com gitlab.com medium.com dev.to youtube.com youtu.be substack.com linkedin.com "
    "twitter.com x.com reddit.com news.ycombinator.com google.com docs.google.com wordpress.com "
    "mastodon.social bsky.app tumblr.com hashnode.com beehiiv.com buttondown.com".split()
)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """An issue in its parts; `headed` counts the items that stood under a heading."""

    essay: tuple[Block, ...]
    items: tuple[Item, ...]
    headed: int = 0


@dataclass(frozen=True, slots=True)
class _Section:
    heading: Block | None
    path: tuple[str, ...]
    blocks: tuple[Block, ...]


def unpack(blocks: Sequence[Block], site: str) -> Unpacked:
    """The essay and the items of an issue; `site` is the newsletter's own host, or ""."""
    linked = _is_linked(blocks)
    sections = list(_sections(blocks, linked=linked))
    essay: list[Block] = []
    items: list[Item] = []
    headed = 0
    for at, section in enumerate(sections):
        found = list(_items(section, linked=linked, site=site, begun=bool(items)))
        if found:
            items.extend(found)
            headed += len(found) if section.heading else 0
            essay.extend(_before_first(section) if at == 0 and not _headed_item(section) else ())
        elif not items and "skip" not in map(use_of, section.path):
            essay.extend([section.heading] if section.heading else [])
            essay.extend(section.blocks)
    return Unpacked(tuple(_essay(essay)), tuple(_unique(items)), headed)


def _is_linked(blocks: Sequence[Block]) -> bool:
    """Say whether the links are still there: an address in the footer of a plain text is none."""
    count = sum(len(block.links) for block in blocks)
    bare = sum(link.text == link.url for block in blocks for link in block.links)
    return count >= ENOUGH or (
        count > bare
        and any(
            heading_item(block) if block.kind == "heading" else is_entry(block, named=False)
            for block in blocks
        )
    )


def _sections(blocks: Sequence[Block], *, linked: bool) -> Iterator[_Section]:
    heading: Block | None = None
    path: list[tuple[int, str]] = []
    body: list[Block] = []
    for block in blocks:
        opens = block.kind == "heading" or (not linked and bool(use_of(block.text)))
        if not opens or (not linked and items_follow(path) and not use_of(block.text)):
            body.append(block)
            continue
        if heading or body:
            yield _Section(heading, tuple(name for _level, name in path), tuple(body))
        heading, body = block, []
        path = [(level, name) for level, name in path if level < block.level]
        path.append((block.level, block.text))
    if heading or body:
        yield _Section(heading, tuple(name for _level, name in path), tuple(body))


def items_follow(path: Sequence[tuple[int, str]]) -> bool:
    """Say whether we are inside a named section of a text without links: its lines are items."""
    return any(use_of(name) for _level, name in path)


def _items(section: _Section, *, linked: bool, site: str, begun: bool) -> Iterator[Item]:
    """The items of a section; once the links have `begun`, any paragraph with one presents it."""
    uses = [use for name in section.path if (use := use_of(name))]
    if "skip" in uses:
        return
    own = "own" in uses
    if not linked:
        yield from _plain_items(section.blocks, own=own) if uses else ()
        return
    found = _linked_items(section, named=bool(uses) or begun)
    for item in found:
        ours = bool(site) and site not in SHARED_HOSTS and host(item.url) == site
        yield Item(item.title, item.url, item.comment, own or ours, item.authors)


def _linked_items(section: _Section, *, named: bool) -> Iterator[Item]:
    head = _headed_item(section)
    if head:
        others = any(map(_is_listed, section.blocks))  # a list that names more sources
        left_out = ("code", "item") if others else ("code",)
        more = [block for block in section.blocks if block.kind not in left_out]
        if len(more) > 1 and _names(more[-1]):
            more.pop()
        yield with_more(head, [block.text for block in more])
        return
    entries = _entries(section.blocks, named=named)
    if not _is_list(section.blocks, entries, named=named):
        return
    bold = any(block.bold for block in entries)
    current: Item | None = None
    for block in section.blocks:
        started = item_of(block) if block in entries else None
        if bold and _is_title(block):
            started = Item(block.text[: block.bold], "", block.text[block.bold :].lstrip(" .:"))
        if started:
            if current:
                yield current
            current = started
        elif current and _continues(block):
            current = with_more(current, [block.text])
    if current:
        yield current


def _entries(blocks: Sequence[Block], *, named: bool) -> list[Block]:
    """The blocks that present links. Below bold titles, a list names more sources of them."""
    entries = [block for block in blocks if is_entry(block, named=named)]
    if any(b.bold and b.kind == "paragraph" for b in entries) or any(map(_is_title, blocks)):
        return [block for block in entries if block.bold or block.kind != "item"]
    return entries


def _is_title(block: Block) -> bool:
    """Say whether a paragraph starts with a title in bold that has no link: no "Why it matters"."""
    bold = 0 < block.bold < len(block.text) and block.kind == "paragraph" and not block.links
    return bold and len(block.text[: block.bold].split()) >= BOLD_TITLE_WORDS


def _headed_item(section: _Section) -> Item | None:
    """The item that the heading of a section is; a heading over a list of links is none."""
    listed = bool(section.blocks) and _is_listed(section.blocks[0])
    return heading_item(section.heading) if section.heading and not listed else None


def _names(block: Block) -> bool:
    """Say whether a line below an item only names its source."""
    few = len(block.text.split()) <= NAME_WORDS
    return few and block.kind == "paragraph" and not ends_sentence(block.text)


def _is_listed(block: Block) -> bool:
    return block.kind == "item" and is_entry(block, named=False)


def _continues(block: Block) -> bool:
    """Say whether a block goes on with a comment; an address in the footer does not."""
    prose = block.kind == "quote" or (block.kind == "paragraph" and ends_sentence(block.text))
    return prose and not refused(block)


def _is_list(blocks: Sequence[Block], entries: Sequence[Block], *, named: bool) -> bool:
    """Say whether a section presents links: prose that happens to link is none."""
    if not entries or named or len(entries) >= ENOUGH:
        return bool(entries)
    if blocks[0] is entries[0] and blocks[0].kind == "item":
        return True  # a list with one link and a long quotation below it
    others = [b for b in blocks if b not in entries and b.kind in ("paragraph", "item", "row")]
    return sum(len(words(b.text)) for b in others) <= sum(len(words(b.text)) for b in entries)


def _plain_items(blocks: Sequence[Block], *, own: bool) -> Iterator[Item]:
    """The lines of a section that lost its links; after a lead-in each line is a bare title."""
    announced = False
    for block in blocks:
        text = block.text
        if text.endswith(":") and len(text.split()) <= LEAD_IN_WORDS and not _splits(text):
            announced = True
            continue
        if announced and not ends_sentence(text):
            yield Item(text, "", "", own)
            continue
        announced = False
        title, comment = split_line(text)
        if title:
            yield Item(title, "", comment, own)


def _splits(text: str) -> bool:
    return bool(re.search(r"[?!.:]\s", text))


def _essay(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks without the standing words at the head of every issue."""
    for at, block in enumerate(blocks):
        standing = at < 4 and _WELCOME.search(block.text) and len(block.text.split()) < STANDING
        signed = 0 < at == len(blocks) - 1 and _is_signature(block)
        if not standing and not signed and not (at < 6 and _SERVICE.search(block.text)):
            yield block


def _is_signature(block: Block) -> bool:
    return len(block.text.split()) <= SIGNATURE_WORDS and not ends_sentence(block.text)


def _before_first(section: _Section) -> Iterator[Block]:
    """What stands before the first item of a document's first section."""
    for block in section.blocks:
        if is_entry(block, named=False):
            return
        yield block


def _unique(items: Sequence[Item]) -> Iterator[Item]:
    seen: set[str] = set()
    for item in items:
        key = item.url or item.title
        if key not in seen:
            seen.add(key)
            yield item
