"""Subscription lists (OPML and its cousins): one Source -> the Sources of its feeds.

Half of the lists in the wild are not well-formed (bare `&`), so nothing here insists on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from digest.collect.reading import scalar
from digest.errors import SourceError
from digest.model import Source
from digest.text import fingerprint, one_line, slug
from digest.urls import host, is_web, redacted

_WARNED = 5  # addresses named in one warning


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed of a list: its title ("" for none), its address as given, the folder it lies in."""

    title: str
    address: str
    folder: str = ""


def expand(data: bytes, parent: Source, where: str) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """The sources of a list, each address once, and warnings for addresses that cannot be used.

    They inherit what the parent says of them. Raises `SourceError` for what is no list.
    """
    found = read_list(data)
    if not found:
        hint = "an OPML list names feeds in outline elements with xmlUrl"
        raise SourceError(f"{where}: no feeds in it", hint=hint)
    children: dict[str, Source] = {}
    ids: set[str] = set()
    refused: list[str] = []
    for subscription in found:
        location = location_of(subscription.address, parent)
        if not location:
            refused.append(redacted(subscription.address)[:100])
        elif location not in children:
            child = _child(subscription, location, parent, ids)
            ids.add(child.id)
            children[location] = child
    if not refused:
        return tuple(children.values()), ()
    more = f" and {len(refused) - _WARNED} more" if len(refused) > _WARNED else ""
    named = ", ".join(refused[:_WARNED]) + more
    return tuple(children.values()), (f"{where}: not a web or local address: {named}",)


def read_list(data: bytes) -> tuple[Subscription, ...]:
    """The feeds a list names, in order; nothing for what is no list."""
    found = tuple(_by_listparser(data)) or tuple(_by_lxml(data))
    return tuple(item for item in found if item.address)


def _by_listparser(data: bytes) -> Iterator[Subscription]:
    import listparser

    try:
        feeds: Sequence[Any] = listparser.parse(data)["feeds"] if data.strip() else ()
    except Exception:  # of the parsers below listparser, on arbitrary bytes: lxml is asked next
        return
    for feed in feeds:
        paths = [path for path in feed.get("categories") or () if path]
        yield _subscription(feed.get("title"), feed.get("url"), paths[0][-1] if paths else "")


def _by_lxml(data: bytes) -> Iterator[Subscription]:
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    for node in root.iter() if root is not None else ():
        values = {str(name).lower(): str(value) for name, value in node.attrib.items()}
        if "xmlurl" in values:
            above = node.getparent()
            folder = above.get("text") if above is not None else ""
            yield _subscription(values.get("text") or values.get("title"), values["xmlurl"], folder)


def _subscription(title: object, address: object, folder: object) -> Subscription:
    name, group = (one_line(scalar(str(text or ""))) for text in (title, folder))
    return Subscription(name, scalar(str(address or "")).strip(), group)


def location_of(address: str, parent: Source) -> str:
    """A URL, or the absolute path of a file in the list's own folder; "" for anything else."""
    address = re.sub(r"\Afeed:(?=https?:)", "", address)
    address = re.sub(r"\Afeed://", "http://", address)
    if is_web(address):
        return address
    if is_web(parent.location) or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address) or "\0" in address:
        return ""
    folder = Path(parent.location).parent.resolve()
    path = (folder / address).resolve()
    return str(path) if path.is_relative_to(folder) else ""


def _child(subscription: Subscription, location: str, parent: Source, taken: set[str]) -> Source:
    name = subscription.title or host(location) or Path(location).name
    identifier = f"{parent.id}-{slug(name)}"
    if identifier in taken:
        identifier += "-" + fingerprint(location)[:6]
    return msgspec.structs.replace(parent, id=identifier, name=name, kind="feed", location=location)
