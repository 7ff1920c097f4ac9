"""JSON Lines: one article a line, `id` and `title`, and what else is known of it."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from digest.collect.dates import read_date
from digest.collect.fields import Table, text
from digest.collect.files import read_bytes, shown
from digest.collect.plain import web_url
from digest.collect.reading import NO_CLOCK, Reading, as_of, unreadable
from digest.errors import InputError
from digest.model import Entry, Outcome, Source, outcome_of
from digest.text import fingerprint, one_line

MOST = 1_000_000_000  # bytes of a file that the user chose to read
_GZIP = b"\x1f\x8b"


def read_jsonl(path: Path, source: Source, now: datetime) -> Reading:
    """Read the rows of a file, plain or gzipped. Raises `InputError` when it cannot be read."""
    where = shown(path)
    return read_rows(read_bytes(path, where, MOST), source, where, now)


def read_rows(data: bytes, source: Source, where: str, now: datetime) -> Reading:
    """Read `{"id", "title", "text"?, "url"?, "published"|"date"?, "source"?, "tags"?}` rows.

    An entry keeps its row's id as text; a second row with it, and a line that cannot be read,
    become outcomes. Raises `InputError` for gzipped data that is damaged.
    """
    data = _unpacked(data, where)
    kept: dict[str, Entry] = {}
    outcomes: list[Outcome] = []
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        place = f"{where}:{number}"
        try:
            entry = _entry(_row(line, place), source, place)
        except InputError as error:
            outcomes.append(unreadable(source, place, place, str(error)))
            continue
        if entry.id in kept:
            reason = f"{place}: the id {entry.id!r} is taken by {kept[entry.id].where}"
            copy = replace(entry, id=fingerprint(source.id, place))
            outcomes.append(outcome_of(copy, "copy of", reason))
        else:
            kept[entry.id] = entry
    return as_of(Reading(entries=tuple(kept.values()), outcomes=tuple(outcomes)), now)


def _unpacked(data: bytes, where: str) -> bytes:
    """The data, without the gzip around it."""
    if not data.startswith(_GZIP):
        return data
    try:
        plain = gzip.GzipFile(fileobj=BytesIO(data)).read(MOST + 1)
    except (OSError, EOFError, zlib.error):
        raise InputError(f"{where}: damaged gzip data", hint="pack it again") from None
    if len(plain) > MOST:
        raise InputError(f"{where}: larger than {MOST:,} bytes when unpacked")
    return plain


def _row(line: bytes, place: str) -> Table:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: not valid JSON: {_why(error)}") from None
    if not isinstance(row, dict):
        raise InputError(f'{place}: not an object such as {{"id": "1", "title": "..."}}')
    return row


def _why(error: Exception) -> str:
    """What is wrong with a line, and in which column; the line's number stands before it."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.removesuffix(' at').lower()} at column {error.colno}"
    return "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)[:120]


def _entry(row: Table, source: Source, place: str) -> Entry:
    identifier = text(row, "id").strip()
    if not identifier:
        raise InputError(f"{place}: no id")
    title, body = one_line(text(row, "title")), text(row, "text")
    if not title and not body.strip():
        raise InputError(f"{place}: neither title nor text")
    return Entry(
        id=identifier,
        source=source,
        where=place,
        url=web_url("", text(row, "url")),
        title=title,
        body=body,
        media="text",
        published=read_date(text(row, "published") or text(row, "date"), NO_CLOCK),
        language=text(row, "language"),
        outlet=one_line(text(row, "source")),
        tags=_tags(row),
    )


def _tags(row: Table) -> tuple[str, ...]:
    """A list of tags, or one string with commas."""
    given = row.get("tags")
    found = given.split(",") if isinstance(given, str) else given if isinstance(given, list) else ()
    return tuple(tag for tag in (one_line(t) for t in found if isinstance(t, str)) if tag)
