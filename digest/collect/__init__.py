"""Sources -> Entries: everything the configured places give, and how each of them fared.

A source that fails never stops the others. Only `http` reaches the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from digest.collect.folder import read_bytes
from digest.collect.fulltext import with_full_text
from digest.collect.jobs import parse_all
from digest.collect.jsonl import read_jsonl
from digest.collect.parts import Bodies, Fetched, failed, finish, local_feed, part_of
from digest.collect.reading import Options, Reading, shown
from digest.collect.store import Snapshot, Store
from digest.errors import DigestError, SourceError
from digest.model import (
    Collected,
    Entry,
    Progress,
    Reporter,
    Source,
    SourceReport,
    silent,
)
from digest.text import fingerprint
from digest.urls import is_web, redacted

__all__ = ["Options", "Reading", "Snapshot", "Store", "collect", "read_jsonl", "with_full_text"]


def collect(
    sources: Sequence[Source],
    *,
    now: datetime,
    store: Store | None = None,
    online: bool = True,
    options: Options = Options(),  # noqa: B008 - frozen
    reporter: Reporter = silent,
) -> Collected:
    """Read every source, in the order given. Offline, URLs come from the store alone.

    There is one report for each source, or for each feed of an OPML list; entry ids are unique.
    Raises `DigestError` only when the store itself cannot be used.
    """

    def bodies(wanted: Iterable[Source]) -> Bodies:
        urls = tuple(dict.fromkeys(s.location for s in wanted if is_web(s.location)))
        if online and urls:
            from digest.collect.http import fetch_all

            return fetch_all(urls, store, options, now, reporter)
        return {url: _stored(url, store) for url in urls}

    lists = bodies(source for source in sources if source.kind == "opml")
    plan = tuple(_expanded(sources, lists, options))
    feeds = bodies(item for item in plan if isinstance(item, Source))
    parts = [part_of(s, feeds, now, options) if isinstance(s, Source) else s for s in plan]
    jobs = [job for part in parts if not isinstance(part, Collected) for job in part.jobs]
    results = parse_all(jobs, now, options)
    done: list[Collected] = []
    for number, part in enumerate(parts, 1):
        if isinstance(part, Collected):
            done.append(part)
        else:
            done.append(finish(part, [next(results) for _ in part.jobs]))
        reporter(Progress(stage="collect", done=number, total=len(parts)))
    results.close()
    return _merged(done)


def _stored(url: str, store: Store | None) -> Fetched | SourceError:
    snapshot = store.latest(url) if store is not None else None
    if snapshot is None:
        return SourceError(
            f"{redacted(url)}: never fetched", hint="run once without --offline to fetch it"
        )
    return Fetched(snapshot=snapshot)


def _expanded(
    sources: Sequence[Source], lists: Bodies, options: Options
) -> Iterator[Source | Collected]:
    """Each source, or the feeds of a list; a feed that is configured itself is not taken twice."""
    seen = {source.location for source in sources if source.kind == "feed"}
    for source in sources:
        if source.kind != "opml":
            yield source
            continue
        try:
            children, warnings = _children(source, lists, options)
        except DigestError as error:
            yield failed(source, error)
            continue
        if warnings:
            message = "; ".join(warnings)
            report = SourceReport(name=source.name, status="warning", message=message)
            yield Collected(reports=(report,))
        yield from (child for child in children if child.location not in seen)
        seen.update(child.location for child in children)


def _children(
    source: Source, lists: Bodies, options: Options
) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    from digest.collect.opml import expand

    if not is_web(source.location):
        path = local_feed(source, "opml")
        return expand(read_bytes(path, shown(path), options.max_bytes), source, shown(path))
    body = lists[source.location]
    if isinstance(body, SourceError):
        raise body
    children, warnings = expand(body.snapshot.body, source, redacted(source.location))
    return children, (body.warning, *warnings) if body.warning else warnings


def _merged(parts: Sequence[Collected]) -> Collected:
    """All parts in order. Two JSON Lines files may use one id: the later entry gets another."""
    entries: dict[str, Entry] = {}
    for part in parts:
        for found in part.entries:
            entry = found
            while entry.id in entries:
                entry = replace(entry, id=fingerprint(entry.source.id, entry.where, entry.id))
            entries[entry.id] = entry
    return Collected(
        entries=tuple(entries.values()),
        reports=tuple(report for part in parts for report in part.reports),
        outcomes=tuple(outcome for part in parts for outcome in part.outcomes),
    )
