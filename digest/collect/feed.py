"""RSS and Atom in every dialect, and JSON Feed: bytes -> Entries. Only this file knows feedparser.

feedparser gets bytes, never a string, which it might open or fetch. Its sanitiser and its repair
of links stay off: they cost most of its time, and what reaches a reader is sanitised at the end.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from digest.collect import enclosure, jsonfeed
from digest.collect.dates import read_date
from digest.collect.discover import feed_links, is_page
from digest.collect.fields import Table, string, tables
from digest.collect.identity import Raw, settle
from digest.collect.images import of_feed
from digest.collect.options import Options
from digest.collect.plain import absolute_links, unescape, untagged, web_url
from digest.collect.reading import Reading, scalar
from digest.errors import SourceError
from digest.model import Entry, Source
from digest.text import counted, one_line
from digest.urls import is_web

_LIMIT = Options().max_entries
_ENDS = (b"</rss>", b"</feed>", b"</rdf:rdf>", b"</channel>")
_CUT = ("no element found", "unclosed", "partial character")  # expat's words
_HARMLESS = ("CharacterEncodingOverride", "NonXMLContentType")
_EMAIL = re.compile(r"[<(]?[^\s@<>()]{1,64}@[^\s@<>()]{1,255}[>)]?")


def parse(
    data: bytes,
    source: Source,
    where: str,
    now: datetime,
    content_type: str = "",
    *,
    scope: str = "",
    limit: int = _LIMIT,
) -> Reading:
    """Read one feed; `where` is its URL or file name, `scope` what makes its ids unique.

    Accepts what is not well-formed as long as it has entries, with a warning. Raises `SourceError`
    for what is no feed, naming the feeds that a web page offers.
    """
    scope = scope or source.id
    if not data.strip(b"\0 \t\r\n"):
        raise SourceError(f"{where}: empty", hint="nothing to read there; try again later")
    if jsonfeed.is_json(data):
        return jsonfeed.parse(data, source, where, now, scope=scope, limit=limit)
    found = _parsed(data, where, content_type)
    entries = found["entries"]
    if not entries and not found["version"]:
        raise _no_feed(data, where)
    feed = found["feed"]
    raws = [
        _raw(entry, feed, found["version"], source, where, now, recording)
        for entry, recording in zip(
            entries, enclosure.of_entries(entries, found["namespaces"]), strict=True
        )
    ]
    reading = settle(raws, scope, limit)
    warning = _warning(data, found, where)
    return Reading(
        entries=reading.entries,
        outcomes=reading.outcomes,
        warnings=(warning,) if warning else (),
        title=_plain_detail(feed, "title", found["version"]),
    )


def warm_up() -> None:
    """Import the parser, and give it our driver; before the clock of the first feed starts."""
    import feedparser.api

    feedparser.api.PREFERRED_XML_PARSERS = ["digest.collect.sax"]


def _parsed(data: bytes, where: str, content_type: str) -> dict[str, Any]:
    import feedparser

    warm_up()
    headers = _headers(data, where, content_type)
    try:
        found = feedparser.parse(
            io.BytesIO(data),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # whatever a feed breaks in it: the border to foreign errors
        raise SourceError(
            f"{where}: unreadable: {type(error).__name__}: {one_line(str(error))[:200]}",
            hint="the feed breaks the parser; tell its publisher",
        ) from error
    # Plain dicts: feedparser's own answer for a missing key with another key's value.
    return {
        "feed": dict(found.get("feed") or {}),
        "entries": [dict(entry) for entry in found.get("entries") or ()],
        "version": found.get("version") or "",
        "namespaces": dict(found.get("namespaces") or {}),
        "problem": found.get("bozo_exception") if found.get("bozo") else None,
    }


def _headers(data: bytes, where: str, content_type: str) -> dict[str, str]:
    """What feedparser is told of the answer.

    It takes headers without a type for Latin-1, and a charset that is wrong at its word; bytes that
    are UTF-8 and more than ASCII are never anything else.
    """
    charset = content_type.lower().rpartition("charset=")[1:]
    if charset[0] and "utf" not in charset[1] and _is_utf_8(data):
        content_type = "application/xml; charset=utf-8"
    headers = {"content-type": content_type} if content_type else {}
    # With a location it joins addresses at every tag, a tenth of its work; only a relative
    # xml:base needs one.
    if is_web(where) and b"xml:base" in data:
        headers |= {"content-type": content_type or "application/xml", "content-location": where}
    return headers


def _is_utf_8(data: bytes) -> bool:
    if data.isascii():
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _no_feed(data: bytes, where: str) -> SourceError:
    links = feed_links(data, where)
    if links:
        return SourceError(
            f"{where}: not a feed but a web page", hint="it offers " + ", ".join(links)
        )
    what = "not a feed but a web page" if is_page(data) else "not a feed"
    return SourceError(f"{where}: {what}", hint="look for the page's RSS, Atom or JSON Feed link")


def _warning(data: bytes, found: Mapping[str, Any], where: str) -> str:
    problem = found["problem"]
    if problem is None or type(problem).__name__ in _HARMLESS:
        return ""
    count = f"{counted(len(found['entries']), 'entry', 'entries')} read"
    reason = one_line(getattr(problem, "getMessage", lambda: str(problem))())[:120]
    if any(sign in reason for sign in _CUT) or not any(end in data.lower() for end in _ENDS):
        return f"{where}: ends in the middle; {count}"
    line = getattr(problem, "getLineNumber", lambda: None)()
    at = f"{where}:{line}" if line else where
    return f"{at}: not well-formed ({reason}); {count}"


def _plain_detail(table: Table, key: str, version: str) -> str:
    """The plain text of a text construct; RSS never says whether it holds markup, Atom does."""
    value = string(table, key)
    detail = table.get(key + "_detail")
    kind = string(detail, "type") if isinstance(detail, Mapping) else ""
    if version.startswith("atom") and kind == "text/plain":
        return one_line(scalar(value))
    return untagged(scalar(value))


def _raw(
    entry: Table,
    feed: Table,
    version: str,
    source: Source,
    where: str,
    now: datetime,
    recording: str,
) -> Raw:
    home = web_url(where, string(feed, "link"))
    url = _link(entry, home or where)
    body, base, language = _body(entry, version)
    if not is_web(base) or base == where:
        base = url or home or where
    found = Entry(
        id="",
        source=source,
        where=where,
        url=scalar(url),
        title=_plain_detail(entry, "title", version),
        body=scalar(absolute_links(body, base)),
        published=_date(entry, ("published", "created"), now),
        updated=_date(entry, ("updated",), now),
        authors=_authors(entry),
        tags=_tags(entry),
        language=scalar(language or string(feed, "language")).strip(),
        outlet=_outlet(entry, source),
        images=of_feed(entry, base),
        enclosure=recording,
    )
    return Raw(found, scalar(string(entry, "id")))


def _date(entry: Table, keys: tuple[str, ...], now: datetime) -> datetime | None:
    for key in keys:
        if key in entry:
            moment = read_date(string(entry, key), now, entry.get(key + "_parsed"))
            if moment is not None:
                return moment
    return None


def _link(entry: Table, base: str) -> str:
    """Where a reader finds the entry: the original before FeedBurner's, a page before a file."""
    links = tables(entry, "links")
    pages = [string(link, "href") for link in links if string(link, "rel") in ("alternate", "")]
    files = [string(link, "href") for link in links if string(link, "rel") == "enclosure"]
    given = (string(entry, "feedburner_origlink"), string(entry, "link"), *pages, *files)
    return next((url for link in given if link and (url := web_url(base, link))), "")


def _body(entry: Table, version: str) -> tuple[str, str, str]:
    """The longest of content and summary as HTML, its base URL and its language."""
    details = list(tables(entry, "content"))
    summary = entry.get("summary_detail")
    if isinstance(summary, Mapping):
        details.append(summary)
    elif string(entry, "summary"):
        details.append({"value": string(entry, "summary"), "type": "text/html"})
    best: Table = {}
    for detail in details:
        kind = string(detail, "type")
        textual = not kind or kind.startswith("text/") or kind.endswith(("xml", "html"))
        if textual and len(string(detail, "value")) > len(string(best, "value")):
            best = detail
    body = string(best, "value")
    if version.startswith("atom") and string(best, "type") == "text/plain":
        body = "".join(
            f"<p>{html.escape(part.strip())}</p>" for part in body.split("\n\n") if part.strip()
        )
    return body, string(best, "base"), string(best, "language")


def _authors(entry: Table) -> tuple[str, ...]:
    """Names without mail addresses, each once."""
    names = [string(person, "name") for person in tables(entry, "authors")] or [
        string(entry, "author")
    ]
    plain = (one_line(_EMAIL.sub("", untagged(scalar(name)))).strip(" (),") for name in names)
    return tuple(dict.fromkeys(name for name in plain if name))


def _tags(entry: Table) -> tuple[str, ...]:
    tags = tables(entry, "tags")
    plain = (untagged(scalar(string(tag, "label") or string(tag, "term"))) for tag in tags)
    return tuple(dict.fromkeys(tag for tag in plain if tag))


def _outlet(entry: Table, source: Source) -> str:
    """Who wrote it, where an aggregator names the feed it took the entry from."""
    origin = entry.get("source")
    name = (
        untagged(unescape(scalar(string(origin, "title")))) if isinstance(origin, Mapping) else ""
    )
    return "" if name == source.name else name
