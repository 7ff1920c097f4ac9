"""What every kind of source hands back: read without a clock, then judged by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from digest.model import Entry, Outcome, Source
from digest.moments import AHEAD, plausible
from digest.text import fingerprint

NO_CLOCK = datetime(9000, 1, 1, tzinfo=UTC)  # a `now` before which every date is possible


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one file or feed gave. `title` is its own name; a warning is one line for people."""

    entries: tuple[Entry, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    warnings: tuple[str, ...] = ()
    title: str = ""


def as_of(reading: Reading, now: datetime) -> Reading:
    """The reading without dates that were impossible then.

    What is dated days ahead is marked as planned: a post of a later week, or a pin that sticks to
    the top of its feed.
    """
    if all(_possible(entry, now) for entry in reading.entries):
        return reading
    entries = tuple(
        entry
        if _possible(entry, now)
        else replace(
            entry,
            published=_judged(entry.published, now),
            updated=_judged(entry.updated, now),
            planned=_ahead(entry.published, now),
        )
        for entry in reading.entries
    )
    return replace(reading, entries=entries)


def _possible(entry: Entry, now: datetime) -> bool:
    return all(date is None or plausible(date, now) for date in (entry.published, entry.updated))


def _judged(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment is not None and plausible(moment, now) else None


def _ahead(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment is not None and now + AHEAD < moment < NO_CLOCK else None


def scalar(text: str) -> str:
    """The text without lone surrogates, which no encoder accepts."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def unreadable(source: Source, name: str, where: str, reason: str) -> Outcome:
    """Say that one document or entry could not be read; `name` identifies it in its source."""
    return Outcome(
        id=fingerprint(source.id, name),
        outcome="unreadable",
        reason=reason,
        title=where,
        source=source.name,
    )
