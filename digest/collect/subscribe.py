"""From what a person names to the feeds that are meant: a feed, a web page, or a list of feeds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from digest.collect.discover import candidates, is_page
from digest.collect.names import outlet_name
from digest.collect.opml import location_of, read_list
from digest.collect.options import Options
from digest.collect.parsing import Job, parse_all
from digest.collect.parts import Fetch, Fetched
from digest.errors import SourceError
from digest.model import Source
from digest.text import clean, counted
from digest.urls import host, is_web, redacted


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that was found: its address, its own title, and the folder of its list."""

    location: str
    title: str = ""
    folder: str = ""

    @property
    def name(self) -> str:
        """What to call it."""
        site = host(self.location)
        return outlet_name(self.title, site) or site or self.location.rpartition("/")[2]


def find_feeds(url: str, fetch: Fetch, now: datetime, options: Options) -> tuple[Feed, ...]:
    """The feed at this URL, or those that the page there offers: declared ones, else linked ones.

    Raises `SourceError` when there is none; each candidate was fetched and is a feed.
    """
    answer = fetch([url])[url]
    if isinstance(answer, SourceError):
        raise answer
    data = answer.snapshot.body
    if not is_page(data):
        found = _parsed([(url, answer)], now, options)
        if not found:
            raise _no_feed(url, data)
        return found
    for group in candidates(data, url):
        urls = [link for link in group if is_web(link) and link != url]
        bodies = fetch(urls) if urls else {}
        good = [(u, b) for u, b in bodies.items() if isinstance(b, Fetched)]
        if found := _parsed(good, now, options):
            return found
    raise _no_feed(url, data)


def _parsed(
    bodies: Sequence[tuple[str, Fetched]], now: datetime, options: Options
) -> tuple[Feed, ...]:
    jobs = [
        Job(
            source=Source(id=url, name=url, kind="feed", location=url),
            where=redacted(url),
            data=body.snapshot.body,
            content_type=body.snapshot.content_type,
        )
        for url, body in bodies
    ]
    results = list(parse_all(jobs, now, options))
    return tuple(
        Feed(url, result.title)
        for (url, _), result in zip(bodies, results, strict=True)
        if not isinstance(result, SourceError)
    )


def _no_feed(url: str, data: bytes) -> SourceError:
    listed = read_list(data)
    if listed:
        return SourceError(
            f"{redacted(url)}: a list of {counted(len(listed), 'feed')}",
            hint="save it and run `digest sources import FILE.opml`",
        )
    return SourceError(
        f"{redacted(url)}: no feed found there",
        hint="look on the page for RSS, Atom or JSON Feed, and name that address",
    )


def feeds_of(data: bytes, parent: Source) -> tuple[tuple[Feed, ...], tuple[str, ...]]:
    """The feeds of a list, each address once, and the addresses that cannot be used."""
    feeds: dict[str, Feed] = {}
    refused: list[str] = []
    for item in read_list(data):
        location = location_of(item.address, parent)
        if not location:
            refused.append(redacted(item.address)[:100])
        elif location not in feeds:
            feeds[location] = Feed(location, item.title, item.folder)
    return tuple(feeds.values()), tuple(refused)


def to_opml(title: str, feeds: Sequence[Feed], lists: Sequence[Feed]) -> str:
    """An OPML 2.0 list: feeds in folders, in the order given; other lists are included by URL."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = clean(title)
    body = SubElement(root, "body")
    folders: dict[str, Element] = {"": body}
    for feed in feeds:
        if feed.folder not in folders:
            folders[feed.folder] = SubElement(body, "outline", text=clean(feed.folder))
        name = clean(feed.name)
        values = {"type": "rss", "text": name, "title": name, "xmlUrl": feed.location}
        SubElement(folders[feed.folder], "outline", values)
    for item in lists:
        values = {"type": "include", "text": clean(item.name), "url": item.location}
        SubElement(body, "outline", values)
    indent(root)
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return declaration + tostring(root, encoding="unicode") + "\n"
