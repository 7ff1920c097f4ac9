"""The feeds a web page offers, for the hint when someone configured the page."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser

from digest.collect.plain import web_url
from digest.collect.reading import scalar

_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_ENDINGS = ("/feed", "/feed/", "/rss", "/rss/", "rss.xml", "atom.xml", "feed.xml", "feed.json")
_PAGE = 1_000_000  # bytes of the page that are looked at
_MOST = 5
_HEAD = 65_536
_IS_FEED = re.compile(
    rb"""<(?:\w+:)?(?:rss|feed|rdf|channel|opml|outline)\b|jsonfeed\.org|"items"\s*:""",
    re.IGNORECASE,
)
_IS_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>|(?><!--.*?-->)|\s)*+<(?:!doctype\s+)?html\b", re.IGNORECASE | re.DOTALL
)


def is_page(data: bytes) -> bool:
    """Say whether this is an HTML page."""
    return _IS_PAGE.match(data[:4096].removeprefix(codecs.BOM_UTF8)) is not None


def is_subscribable(data: bytes) -> bool:
    """Say whether this may be a feed or a list of feeds, by what stands at its beginning."""
    head = data[:_HEAD].replace(b"\0", b"")  # UTF-16
    return not is_page(data) and _IS_FEED.search(head) is not None


def feed_links(data: bytes, where: str) -> tuple[str, ...]:
    """At most five feed URLs named in a page, declared ones first; relative without a base."""
    declared, likely = candidates(data, where)
    return (*declared, *likely)


def candidates(data: bytes, where: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The feed URLs that a page declares, and those it links to; at most five in all."""
    reader = _Links()
    with suppress(AssertionError, ValueError, RecursionError):  # hostile declarations
        reader.feed(data[:_PAGE].decode("utf-8", "replace"))
    base = web_url(where, reader.base) or where
    declared = tuple(dict.fromkeys(_joined(reader.declared, base)))[:_MOST]
    likely = dict.fromkeys(_joined(reader.likely, base))
    rest = tuple(link for link in likely if link not in declared)
    return declared, rest[: _MOST - len(declared)]


def _joined(links: list[str], base: str) -> Iterator[str]:
    for link in links:
        found = (web_url(base, link) or scalar(link.strip())) if _safe(link) else ""
        if found:
            yield found


def _safe(link: str) -> bool:
    scheme, colon, _ = link.strip().partition(":")
    return not colon or scheme.lower() in ("http", "https") or "/" in scheme


class _Links(HTMLParser):
    """Collects addresses while it reads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.declared: list[str] = []
        self.likely: list[str] = []
        self.base = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See a start tag."""
        values = {name: value or "" for name, value in attrs}
        link = values.get("href", "")
        if not link:
            return
        if tag == "base":
            self.base = self.base or link
        kind = values.get("type", "").strip().lower()
        if tag == "link" and "alternate" in values.get("rel", "").lower() and kind in _TYPES:
            self.declared.append(link)
        elif tag == "a" and link.lower().endswith(_ENDINGS):
            self.likely.append(link)
