"""Sources -> Entries: everything the configured places give, and how each of them fared.

A source that fails never stops the others. Only `http` reaches the network.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from digest.collect.files import file_of, read_bytes, shown
from digest.collect.fulltext import with_full_text
from digest.collect.history import Span
from digest.collect.jsonl import MOST, read_jsonl, read_rows
from digest.collect.live import known, live_part, read_live, remember, with_history
from digest.collect.options import Options
from digest.collect.parsing import Result, parse_all
from digest.collect.parts import Bodies, Fetched, Part, failed, finish, part_of
from digest.collect.reading import Reading
from digest.collect.store import Store
from digest.collect.store.records import Health, Seen, Snapshot
from digest.errors import DigestError, SourceError
from digest.model import (
    Collected,
    Entry,
    Progress,
    Reporter,
    Source,
    SourceReport,
    Visit,
    silent,
)
from digest.text import fingerprint
from digest.urls import is_web, redacted

__all__ = [
    "MOST",
    "Health",
    "Options",
    "Reading",
    "Snapshot",
    "Span",
    "Store",
    "collect",
    "read_jsonl",
    "read_rows",
    "with_full_text",
]


def collect(
    sources: Sequence[Source],
    *,
    now: datetime,
    store: Store | None = None,
    online: bool = True,
    options: Options = Options(),
    span: Callable[[Collected], Span] | None = None,
    reporter: Reporter = silent,
) -> Collected:
    """Read every source, in the order given. Offline, URLs come from the store alone.

    Live feeds give what they say now; with `span`, which chooses a time span after a look at that,
    they give what they said of it whenever they were fetched. There is one report for each source,
    or for each feed of an OPML list; entry ids are unique. Raises `DigestError` only when the store
    itself cannot be used.
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
    parts = [_part(item, feeds, now, options) for item in plan]
    done = _read(parts, now, options, store, reporter)
    if span is None:
        return _merged(done)
    wanted = span(_merged(done))
    if store is None:
        return _merged(done)
    live = {at: part for at, part in enumerate(parts) if isinstance(part, Part) and part.live}
    told = with_history(tuple(live.values()), store, wanted, now)
    for at, collected in zip(live, _read(told, now, options, store, reporter), strict=True):
        done[at] = collected
    return _merged(done)


def _read(
    parts: Sequence[Part | Collected],
    now: datetime,
    options: Options,
    store: Store | None,
    reporter: Reporter,
) -> list[Collected]:
    """Parse the feeds of all parts together, and finish each part."""
    jobs = [job for part in parts if isinstance(part, Part) for job in part.jobs]
    results = iter(parse_all(jobs, now, options, store, reporter))
    taken = [[next(results) for _ in part.jobs] if isinstance(part, Part) else [] for part in parts]
    live = [
        result
        for part, some in zip(parts, taken, strict=True)
        if isinstance(part, Part) and part.live
        for result in some
    ]
    seen, fresh, done = known(store, live), dict[str, Seen](), []
    for number, (part, some) in enumerate(zip(parts, taken, strict=True), 1):
        if isinstance(part, Collected):
            done.append(part)
        elif part.live is None:
            done.append(finish(part, some))
        else:
            done.append(_finished(part, some, seen, fresh))
        reporter(Progress(stage="collect", done=number, total=len(parts)))
    remember(store, fresh)
    return done


def _part(
    item: Source | Collected, feeds: Bodies, now: datetime, options: Options
) -> Part | Collected:
    if isinstance(item, Collected):
        return item
    if item.kind != "feed" or not is_web(item.location):
        return part_of(item, now, options)
    try:
        return live_part(item, feeds)
    except SourceError as error:
        return Part(source=item, error=error)


def _finished(
    part: Part, results: Sequence[Result], seen: Mapping[str, Seen], fresh: dict[str, Seen]
) -> Collected:
    """A live part's entries; what is new of them goes into `fresh`."""
    assert part.live is not None
    try:
        reading, found = read_live(part, results, seen)
    except SourceError as error:
        return failed(part.source, error)
    fresh.update(found)
    collected = finish(replace(part, jobs=(), reading=reading), ())
    visit = Visit(
        source=part.source.name, how=part.live.how, entries=len(reading.entries), new=len(found)
    )
    return replace(collected, visits=(visit,))


def _stored(url: str, store: Store | None) -> Fetched | SourceError:
    snapshot = store.latest(url) if store is not None else None
    if snapshot is not None:
        return Fetched(snapshot=snapshot)
    known = store.health().get(url) if store is not None else None
    if known is not None and known.problem:
        return SourceError(f"{redacted(url)}: never answered, at last: {known.problem}")
    return SourceError(
        f"{redacted(url)}: never fetched", hint="run once without --offline to fetch it"
    )


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
        path = file_of(source)
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
        visits=tuple(visit for part in parts for visit in part.visits),
    )
