"""Bookmarks as every browser exports them (the Netscape format): one Entry for each web address."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser

from digest.collect.document import decode
from digest.collect.identity import Raw, settle
from digest.collect.plain import web_url
from digest.collect.reading import Reading
from digest.errors import SourceError
from digest.model import Entry, Source
from digest.moments import plausible
from digest.text import one_line

_IS_BOOKMARKS = re.compile(r"netscape-bookmark-file|<dt>\s*<(?:a|h3)\b", re.IGNORECASE)
# Browsers put everything below these; they say nothing of what is in them.
_ROOTS = frozenset(
    "bookmarks|bookmarks bar|bookmarks menu|bookmarks toolbar|favorites|favorites bar|favourites|"
    "mobile bookmarks|other bookmarks|other favorites|reading list|imported|unsorted".split("|")
)
_ROOT_MARKS = ("personal_toolbar_folder", "unfiled_bookmarks_folder")
_MOST = 100_000  # no limit of feeds applies: a file holds all the years of a person


def read_bookmarks(data: bytes, source: Source, where: str, now: datetime) -> Reading:
    """Read a bookmark file; the folders of a bookmark are tags, and its date is when it was kept.

    What only a browser can open (`javascript:`, `place:`) is no entry. Raises `SourceError` for
    what is no bookmark file.
    """
    text = decode(data, where, page=True)
    if not _IS_BOOKMARKS.search(text[:65_536]):
        raise SourceError(
            f"{where}: no bookmarks in it", hint="export them from your browser as HTML"
        )
    reader = _Reader()
    with suppress(AssertionError):  # of html.parser, on hostile declarations
        reader.feed(text)
        reader.close()
    entries = (_entry(mark, source, where, now) for mark in reader.marks)
    return settle((Raw(entry, "") for entry in entries if entry.url), source.id, _MOST)


@dataclass(slots=True)
class _Mark:
    """One bookmark as the file says it."""

    values: dict[str, str]
    folders: tuple[str, ...]
    title: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)


def _entry(mark: _Mark, source: Source, where: str, now: datetime) -> Entry:
    tags = [one_line(tag) for tag in mark.values.get("tags", "").split(",")]
    return Entry(
        id="",
        source=source,
        where=where,
        url=web_url("", mark.values.get("href", "")),
        title=one_line("".join(mark.title)),
        body=one_line("".join(mark.note)),
        media="text",
        published=_moment(mark.values.get("add_date", ""), now),
        tags=tuple(dict.fromkeys(tag for tag in (*tags, *mark.folders) if tag)),
    )


def _moment(raw: str, now: datetime) -> datetime | None:
    """Seconds since 1970, or their thousandths or millionths, as some exporters write."""
    digits = raw.strip()
    if not digits.isdecimal() or len(digits) > 16:
        return None
    seconds = int(digits)
    while seconds > 10**11:
        seconds //= 1000
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment if plausible(moment, now) else None


class _Reader(HTMLParser):
    """Follows <H3> into folders and collects <A> with the <DD> that follows."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.marks: list[_Mark] = []
        self._folders: list[str] = []
        self._named = ""  # the heading that names the next list
        self._into: list[str] | None = None
        self._heading: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See a start tag."""
        values = {name: value or "" for name, value in attrs}
        self._into = None
        if tag == "a":
            folders = tuple(name for name in self._folders if name)
            self.marks.append(_Mark(values, folders))
            self._into = self.marks[-1].title
        elif tag == "dd" and self.marks:
            self._into = self.marks[-1].note
        elif tag == "h3":
            self._heading = []
            self._into = None if any(mark in values for mark in _ROOT_MARKS) else self._heading
        elif tag == "dl":
            self._folders.append(self._named)
            self._named = ""

    def handle_endtag(self, tag: str) -> None:
        """See an end tag."""
        if tag == "h3":
            name = one_line("".join(self._heading))
            self._named = "" if name.lower() in _ROOTS else name
        elif tag == "dl" and self._folders:
            self._folders.pop()
        if tag in ("a", "h3", "dl"):
            self._into = None

    def handle_data(self, data: str) -> None:
        """See text."""
        if self._into is not None:
            self._into.append(data)
