"""Feeds of the web: from what was fetched, now and before, to the entries of a span."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from digest.collect.history import Span, chapter, dated, merged, sightings
from digest.collect.parsing import Job, Result
from digest.collect.parts import Bodies, Live, Part
from digest.collect.reading import Reading
from digest.collect.store import Store
from digest.collect.store.records import Seen, Stamp
from digest.errors import DigestError, SourceError
from digest.model import Source
from digest.urls import redacted

_NO_STAMP = -1


def live_part(source: Source, bodies: Bodies) -> Part:
    """A feed with its newest snapshot; raises `SourceError` when there is none."""
    body = bodies[source.location]
    if isinstance(body, SourceError):
        raise body
    snapshot = body.snapshot
    stamp = Stamp(
        id=_NO_STAMP,
        url=snapshot.url,
        fetched_at=snapshot.fetched_at,
        confirmed_at=snapshot.valid_at,
        sha256=snapshot.sha256,
        content_type=snapshot.content_type,
    )
    return Part(
        source=source,
        jobs=(_job(source, stamp, snapshot.body),),
        live=Live(stamps=(stamp,), how=body.how, warning=body.warning),
    )


def with_history(parts: Sequence[Part], store: Store, span: Span, now: datetime) -> list[Part]:
    """The live ones of these parts with every snapshot that counts for the span."""
    with store.consistent():
        histories = {
            part.source.location: store.history(part.source.location)
            for part in parts
            if part.live is not None
        }
    return [
        _extended(part, histories[part.source.location], store, span, now)
        if part.live is not None and histories[part.source.location]
        else part
        for part in parts
    ]


def _extended(
    part: Part, history: Sequence[Stamp], store: Store, span: Span, now: datetime
) -> Part:
    assert part.live is not None
    found = chapter(history, span, now)
    jobs = tuple(
        _job(part.source, stamp, partial(store.body, stamp.sha256)) for stamp in found.stamps
    )
    # A span that is closed does not care how the feed fares today.
    warning = "" if found.closed else part.live.warning
    live = replace(
        part.live, stamps=found.stamps, warning=warning, span=span, opened_at=found.opened_at
    )
    return replace(part, jobs=jobs, live=live)


def _job(source: Source, stamp: Stamp, data: bytes | Callable[[], bytes]) -> Job:
    return Job(
        source=source,
        where=redacted(source.location),
        data=data,
        content_type=stamp.content_type,
        moment=stamp.fetched_at,
        content=stamp.sha256,
    )


def read_live(
    part: Part, results: Sequence[Result], seen: Mapping[str, Seen]
) -> tuple[Reading, dict[str, Seen]]:
    """One reading of all snapshots, and what is new to know of its entries.

    Raises `SourceError` when no snapshot can be read; the newest that can is used, with a warning.
    """
    assert part.live is not None
    pairs = list(zip(part.live.stamps, results, strict=True))
    versions = [(s.fetched_at, r) for s, r in pairs if isinstance(r, Reading)]
    if not versions:
        raise next(r for r in reversed(results) if isinstance(r, SourceError))
    newest = results[-1]
    warnings = [part.live.warning] if part.live.warning else []
    if isinstance(newest, SourceError):
        warnings.append(f"{newest.message}; using an older copy ({newest.hint})")
    fresh = {name: row for name, row in sightings(versions).items() if name not in seen}
    reading = dated(merged(versions), {**fresh, **seen}, part.live.span, part.live.opened_at)
    return replace(reading, warnings=(*warnings, *reading.warnings)), fresh


def known(store: Store | None, results: Iterable[Result]) -> Mapping[str, Seen]:
    """What the store knows of the entries of these readings."""
    if store is None:
        return {}
    ids = {e.id: None for r in results if isinstance(r, Reading) for e in r.entries}
    return store.seen(tuple(ids))


def remember(store: Store | None, fresh: Mapping[str, Seen]) -> None:
    """Keep when entries were first seen; a store that cannot be written learns it next time."""
    if store is None or not fresh:
        return
    try:
        store.see(fresh.values())
    except DigestError:
        return
