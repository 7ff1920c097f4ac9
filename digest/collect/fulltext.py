"""The linked page of an entry that says little, where its source asks for `full_text`.

Fetched once and kept, so that a rebuild says the same; asked for only where robots.txt allows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec

from digest.collect.discover import is_page
from digest.collect.document import decode
from digest.collect.options import Options
from digest.collect.parts import Bodies, Fetch
from digest.collect.store import Store
from digest.collect.store.records import Snapshot
from digest.errors import InputError, SourceError
from digest.model import Collected, Entry, Reporter, SourceReport, silent
from digest.text import count_words, counted
from digest.urls import is_web, redacted

SHORT = 150  # words: a longer text tells its story by itself
AGENT = "newsletter-digest"  # our name in robots.txt
_MAX_PAGE = 3_000_000  # bytes
_AGAIN = timedelta(days=1)  # until a robots.txt is read again, and a failed page asked for again
_MAX_ROBOTS = 512_000  # bytes that RFC 9309 wants read
_TAG = re.compile(r"<[^<>]*>")
_NO_RULES = re.compile(r"answers 4\d\d\b|the answer is empty")


@dataclass(frozen=True, slots=True)
class Pages:
    """Linked pages by URL, and why others are missing."""

    found: Mapping[str, str]
    missing: Mapping[str, str]


def with_full_text(
    collected: Collected,
    wanted: Callable[[Entry], bool],
    *,
    now: datetime,
    store: Store | None,
    online: bool = True,
    options: Options = Options(),
    reporter: Reporter = silent,
) -> Collected:
    """The collection, in which each short entry that is `wanted` carries the page it links to.

    A page that cannot be had leaves its entry as it was, and the report of its source says so.
    """
    urls = tuple(dict.fromkeys(e.url for e in collected.entries if needs_page(e) and wanted(e)))
    if not urls:
        return collected
    polite = msgspec.structs.replace(options, per_host=1, max_bytes=_MAX_PAGE)

    def fetch(some: Sequence[str]) -> Bodies:
        from digest.collect.http import fetch_all

        return fetch_all(some, None, polite, now, reporter)

    pages = linked_pages(urls, _Cache(store, now), fetch if online else None)
    entries = tuple(
        replace(e, page=pages.found[e.url])
        if needs_page(e) and e.url in pages.found and wanted(e)
        else e
        for e in collected.entries
    )
    asked = [e for e in collected.entries if e.url in pages.missing and needs_page(e)]
    reports = tuple(_told(report, asked, pages) for report in collected.reports)
    return replace(collected, entries=entries, reports=reports)


def needs_page(entry: Entry) -> bool:
    """Say whether the source asked for the page behind this entry, and its own text is short."""
    if not entry.source.full_text or not is_web(entry.url) or entry.media not in ("html", "text"):
        return False
    return count_words(_TAG.sub(" ", entry.body)) < SHORT


def linked_pages(urls: Sequence[str], cache: _Cache, fetch: Fetch | None) -> Pages:
    """The pages of these URLs: from the cache, or by `fetch` where robots.txt allows it."""
    found, missing = {}, {}
    for url in urls:
        kept = cache.page(url)
        if kept:
            found[url] = kept
        elif kept is not None:
            missing[url] = "could not be read lately"
        elif fetch is None:
            missing[url] = "never fetched"
    unknown = [url for url in urls if url not in found and url not in missing]
    if fetch is None or not unknown:
        return Pages(found, missing)
    rules = _robots(unknown, cache, fetch)
    allowed = [url for url in unknown if _may(rules[_origin(url)], url)]
    missing.update({url: "robots.txt forbids it" for url in unknown if url not in set(allowed)})
    for url, body in (fetch(allowed) if allowed else {}).items():
        page = b"" if isinstance(body, SourceError) else body.snapshot.body
        text = _text(page, url)
        cache.keep_page(url, page if text else b"")
        if text:
            found[url] = text
        else:
            missing[url] = body.message if isinstance(body, SourceError) else "no web page"
    return Pages(found, missing)


def _text(data: bytes, url: str) -> str:
    if not is_page(data):
        return ""
    try:
        return decode(data, url, page=True)
    except InputError:
        return ""


def _robots(urls: Iterable[str], cache: _Cache, fetch: Fetch) -> Mapping[str, bytes | None]:
    """The rules of each site; None where it could not be asked, which forbids (RFC 9309, 2.3.1)."""
    origins = tuple(dict.fromkeys(map(_origin, urls)))
    rules: dict[str, bytes | None] = {origin: cache.rules(origin) for origin in origins}
    unknown = [f"{origin}/robots.txt" for origin in origins if rules[origin] is None]
    for url, body in (fetch(unknown) if unknown else {}).items():
        origin = url.removesuffix("/robots.txt")
        if not isinstance(body, SourceError):
            rules[origin] = body.snapshot.body[:_MAX_ROBOTS]
        elif _NO_RULES.search(body.message):
            rules[origin] = b""
        known = rules[origin]
        if known is not None:
            cache.keep_rules(origin, known)
    return rules


def _may(rules: bytes | None, url: str) -> bool:
    if rules is None:
        return False
    from protego import Protego

    try:
        return bool(Protego.parse(rules.decode("utf-8", "replace")).can_fetch(url, AGENT))
    except ValueError:  # a pattern of theirs that nobody can read forbids nothing
        return True


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _told(report: SourceReport, asked: Sequence[Entry], pages: Pages) -> SourceReport:
    """The report with the pages that its source missed."""
    lost = {entry.url for entry in asked if entry.source.name == report.name}
    if not lost:
        return report
    first = min(lost)
    count = (
        f"{counted(len(lost), 'linked page')} not read: {redacted(first)}: {pages.missing[first]}"
    )
    told = f"{report.message}; {count}" if report.message else count
    status = "warning" if report.status == "ok" else report.status
    return msgspec.structs.replace(report, status=status, message=told)


class _Cache:
    """Pages and robots.txt in the store, under names that no URL has."""

    def __init__(self, store: Store | None, now: datetime) -> None:
        self._store = store
        self._now = now

    def page(self, url: str) -> str | None:
        """The page; "" when it could not be read within a day; None when it must be fetched."""
        kept = self._store.latest(f"page {url}") if self._store is not None else None
        if kept is None or (not kept.body and not self._is_new(kept)):
            return None
        return _text(kept.body, url)

    def rules(self, origin: str) -> bytes | None:
        """The robots.txt of a site, if it was read within a day."""
        kept = self._store.latest(f"robots {origin}") if self._store is not None else None
        return kept.body if kept is not None and self._is_new(kept) else None

    def _is_new(self, kept: Snapshot) -> bool:
        return self._now - kept.valid_at <= _AGAIN

    def keep_page(self, url: str, body: bytes) -> None:
        """Keep a page for good, or that it could not be read."""
        self._keep(f"page {url}", body)

    def keep_rules(self, origin: str, body: bytes) -> None:
        """Keep a robots.txt."""
        self._keep(f"robots {origin}", body)

    def _keep(self, name: str, body: bytes) -> None:
        if self._store is not None:
            self._store.save(Snapshot(url=name, fetched_at=self._now, body=body))
