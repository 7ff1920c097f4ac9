"""What a live feed said over time: which snapshots count for a span, and their entries as one.

A span closes, for one feed, with the first answer of its server at or after the span's end. What
the feed says later changes nothing in it, so that an old issue can be built again to the same
bytes. An entry keeps the date it was first stored with: docs/decisions/0007-past-weeks.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digest.collect.reading import Reading
from digest.collect.store.records import Seen, Stamp
from digest.model import Entry
from digest.moments import AHEAD

Span = tuple[datetime, datetime]  # [start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The snapshots that count for a span, oldest first.

    `closed` says that nothing can be added any more; `opened_at` is when the snapshot was fetched
    with which the span before closed.
    """

    stamps: tuple[Stamp, ...]
    closed: bool = False
    opened_at: datetime | None = None


def chapter(history: Sequence[Stamp], span: Span, now: datetime) -> Chapter:
    """Choose from a feed's whole history, oldest first; a clock that ran ahead leaves the first."""
    known = [stamp for stamp in history if stamp.fetched_at <= now] or list(history[:1])
    start, end = span
    closing, opening = _closing(known, end), _closing(known, start)
    upto = known if closing is None else known[: closing + 1]
    # What was superseded before the span began, with room for dates ahead, holds nothing of it.
    first = max((at for at, s in enumerate(upto) if s.fetched_at < start - AHEAD), default=0)
    return Chapter(
        stamps=tuple(upto[first:]),
        closed=closing is not None,
        opened_at=known[opening].fetched_at if opening is not None else None,
    )


def _closing(stamps: Sequence[Stamp], end: datetime) -> int | None:
    """Which snapshot the first answer at or after `end` gave or confirmed."""
    for at, stamp in enumerate(stamps):
        if max(stamp.fetched_at, stamp.confirmed_at) >= end:
            return at
    return None


def merged(versions: Sequence[tuple[datetime, Reading]]) -> Reading:
    """The entries of several snapshots, oldest first: the newest version of each entry wins.

    The order is that of the newest snapshot, then what scrolled out, the later the earlier. A text
    that changed marks its entry as updated.
    """
    latest: dict[str, Entry] = {}
    for fetched_at, reading in versions:
        for entry in reversed(reading.entries):
            before = latest.pop(entry.id, None)
            latest[entry.id] = _revised(before, entry, fetched_at)
    newest = versions[-1][1]
    return replace(newest, entries=tuple(reversed(latest.values())))


def _revised(before: Entry | None, entry: Entry, at: datetime) -> Entry:
    if before is None:
        return entry
    changed = (before.title, before.body, before.url) != (entry.title, entry.body, entry.url)
    own = entry.updated if entry.updated != before.updated else None
    updated = (own or at) if changed else _later(before.updated, entry.updated)
    return replace(entry, updated=updated)


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment), default=None)


def sightings(versions: Sequence[tuple[datetime, Reading]]) -> Mapping[str, Seen]:
    """When each entry stood in a snapshot first, and the date that it said then."""
    found: dict[str, Seen] = {}
    for fetched_at, reading in versions:
        for entry in reading.entries:
            if entry.id not in found:
                dated = entry.published or entry.updated
                found[entry.id] = Seen(entry=entry.id, first_seen=fetched_at, dated=dated)
    return found


def dated(
    reading: Reading, seen: Mapping[str, Seen], span: Span | None, opened_at: datetime | None
) -> Reading:
    """The reading with the dates by which its entries belong to a week."""
    entries = tuple(_dated(entry, seen[entry.id], span, opened_at) for entry in reading.entries)
    return replace(reading, entries=entries)


def _dated(entry: Entry, seen: Seen, span: Span | None, opened_at: datetime | None) -> Entry:
    """An entry keeps its first date; without one, or too late for its week, it is when it came."""
    if seen.dated is None or _late(seen, span, opened_at):
        return replace(entry, published=None, updated=None, first_seen=seen.first_seen)
    if seen.dated == (entry.published or entry.updated):
        return entry
    return replace(entry, published=seen.dated, updated=_later(entry.updated, entry.published))


def _late(seen: Seen, span: Span | None, opened_at: datetime | None) -> bool:
    """Of the span before, but not in the answer with which that one closed."""
    if span is None or opened_at is None or seen.dated is None:
        return False
    start, end = span
    return (
        start - (end - start) <= seen.dated < start
        and opened_at < seen.first_seen
        and start <= seen.first_seen < end
    )
