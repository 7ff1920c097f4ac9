"""How a source fares over time, and what its editor may do about it. Facts in, words out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.collect.store.records import Health
from digest.model import Entry, Outcome, SourceReport, SourceStatus
from digest.urls import is_web

WEEKS = 8  # over which entries a week are counted
MANY_FAILURES = 3  # runs in a row: a server that is down for an hour fails once
MOVED_FOR_GOOD = 3  # sightings of a permanent redirect, in a row, before it is believed
_SILENT = timedelta(days=120)
_ENOUGH = 20  # entries that issues have seen before their share says anything


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source fares, for its editor; None and "" where nobody knows."""

    name: str
    entries: int = 0
    status: SourceStatus = "ok"
    message: str = ""
    live: bool = False  # fetched from the network
    last_success: datetime | None = None
    failures: int | None = None  # runs in a row
    moved_to: str = ""
    gone: bool = False
    per_week: float | None = None
    newest: datetime | None = None
    judged: int = 0  # entries that past issues decided on
    used: int = 0  # of these, told or mentioned

    @property
    def share(self) -> float | None:
        """The share of its entries that issues used."""
        return self.used / self.judged if self.judged else None


def health_of(
    report: SourceReport,
    location: str,
    *,
    known: Health | None,
    entries: Sequence[Entry],
    used: tuple[int, int],
    now: datetime,
) -> SourceHealth:
    """Put together what is known of one source.

    `known` is what the store remembers of its `location`, `entries` are what it gives now, `used`
    is its pair of `usage`.
    """
    believed = known is not None and known.moved_seen >= MOVED_FOR_GOOD
    return SourceHealth(
        name=report.name,
        entries=report.entries,
        status=report.status,
        message=report.message,
        live=is_web(location),
        last_success=known.last_success if known else None,
        failures=known.failures if known else None,
        moved_to=known.moved_to if known and believed else "",
        gone=known is not None and known.gone_at is not None,
        per_week=per_week(entries, now),
        # An entry without a date says nothing of silence.
        newest=max((e.published or e.updated or now for e in entries), default=None),
        judged=used[0],
        used=used[1],
    )


def advice(health: SourceHealth, now: datetime) -> str:
    """What to do about a source, in one line; "" for one that is well."""
    failures = health.failures or 0
    if health.gone:
        return "it has ended: remove it"
    if health.moved_to:
        return f"it has moved for good: write {health.moved_to} instead"
    if failures >= MANY_FAILURES:
        return f"failed {failures} times in a row: look for its new address, or remove it"
    if health.status != "ok":
        return health.message
    if not health.entries:
        return "gives nothing: look whether it has moved"
    if health.newest is not None and now - health.newest > _SILENT:
        return f"silent since {health.newest.date().isoformat()}: remove it unless you wait for it"
    if health.judged >= _ENOUGH and not health.used:
        return f"none of {health.judged} entries was used: lower its weight, or remove it"
    return ""


def per_week(entries: Sequence[Entry], now: datetime) -> float | None:
    """Dated entries a week of late, over eight weeks or what the feed lists of them."""
    dates = sorted(date for entry in entries if (date := entry.published or entry.updated))
    if not dates:
        return None
    span = min(timedelta(weeks=WEEKS), max(now - dates[0], timedelta(weeks=1)))
    recent = sum(now - span <= date <= now for date in dates)
    return recent / (span / timedelta(weeks=1))


def usage(outcomes: Iterable[Outcome]) -> dict[str, tuple[int, int]]:
    """By the name of an outlet: how many entries issues decided on, and how many they used."""
    counts: dict[str, tuple[int, int]] = {}
    for outcome in outcomes:
        if outcome.outcome in ("used", "merged into", "copy of", "below the line"):
            judged, used = counts.get(outcome.source, (0, 0))
            told = outcome.outcome in ("used", "merged into")
            counts[outcome.source] = (judged + 1, used + told)
    return counts
