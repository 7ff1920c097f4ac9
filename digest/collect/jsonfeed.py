"""JSON Feed 1.0 and 1.1, which feedparser does not read."""

from __future__ import annotations

import codecs
import html
import json
from datetime import datetime
from typing import Any

from digest.collect import enclosure
from digest.collect.dates import read_date
from digest.collect.fields import Table, tables, text
from digest.collect.identity import Raw, settle
from digest.collect.images import of_json
from digest.collect.plain import absolute_links, untagged, web_url
from digest.collect.reading import Reading, scalar, unreadable
from digest.errors import SourceError
from digest.model import Entry, Outcome, Source
from digest.text import one_line

_VERSION = "jsonfeed.org/version/"


def is_json(data: bytes) -> bool:
    """Say whether these bytes are a JSON object, whatever their name or content type claims."""
    return data[:512].removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{")


def parse(
    data: bytes, source: Source, where: str, now: datetime, *, scope: str, limit: int
) -> Reading:
    """Read a JSON Feed; items that are no objects become outcomes. Raises `SourceError`."""
    feed = _load(data, where)
    items = feed.get("items")
    if not isinstance(items, list) or not (_VERSION in text(feed, "version") or _likely(items)):
        raise SourceError(
            f"{where}: not a feed but other JSON", hint="a JSON Feed names its version and items"
        )
    raws: list[Raw] = []
    outcomes: list[Outcome] = []
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            raws.append(_raw(item, feed, source, where, now))
        else:
            name = f"{where}: item {number}"
            outcomes.append(unreadable(source, name, name, f"{name}: not an object"))
    reading = settle(raws, scope, limit)
    return Reading(
        entries=reading.entries,
        outcomes=(*outcomes, *reading.outcomes),
        title=one_line(text(feed, "title")),
    )


def _load(data: bytes, where: str) -> dict[str, Any]:
    try:
        feed = json.loads(data)
    except (ValueError, RecursionError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)[:120]
        raise SourceError(
            f"{where}: neither a feed nor valid JSON: {reason}", hint="fetch it again, or mend it"
        ) from None
    return feed if isinstance(feed, dict) else {}


def _likely(items: list[Any]) -> bool:
    """A feed that forgot its version: its items have ids and content."""
    return any(
        isinstance(item, dict)
        and "id" in item
        and ("content_html" in item or "content_text" in item)
        for item in items
    )


def _raw(item: Table, feed: Table, source: Source, where: str, now: datetime) -> Raw:
    home = web_url(where, text(feed, "home_page_url")) or where
    guid = text(item, "id")
    given = (text(item, "url"), text(item, "external_url"), guid if "://" in guid else "")
    url = next((found for link in given if link and (found := web_url(home, link))), "")
    entry = Entry(
        id="",
        source=source,
        where=where,
        url=url,
        title=one_line(text(item, "title")),
        body=absolute_links(_body(item), url or home),
        published=read_date(text(item, "date_published"), now),
        updated=read_date(text(item, "date_modified"), now),
        authors=_authors(item),
        tags=_tags(item),
        language=text(item, "language") or text(feed, "language"),
        images=of_json(item, url or home),
        enclosure=enclosure.of_item(item),
    )
    return Raw(entry, guid)


def _body(item: Table) -> str:
    """HTML where given, else the plain text as HTML, else the summary."""
    markup = text(item, "content_html")
    if markup.strip():
        return markup
    plain = text(item, "content_text") or text(item, "summary")
    parts = plain.replace("\r\n", "\n").split("\n\n")
    return "".join(f"<p>{html.escape(part.strip())}</p>" for part in parts if part.strip())


def _authors(item: Table) -> tuple[str, ...]:
    alone = item.get("author")  # version 1.0
    people = (*tables(item, "authors"), *((alone,) if isinstance(alone, dict) else ()))
    names = (untagged(text(person, "name")) for person in people)
    return tuple(dict.fromkeys(name for name in names if name))


def _tags(item: Table) -> tuple[str, ...]:
    tags = item.get("tags")
    plain = (
        (untagged(scalar(tag)) for tag in tags if isinstance(tag, str))
        if isinstance(tags, list)
        else ()
    )
    return tuple(dict.fromkeys(tag for tag in plain if tag))
