"""Which entries of one feed are the same entry, and which of them stay.

A wrong merge hides an entry, a missed one only shows it twice: a guid alone does not make two
entries one, because some feeds give every entry the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from digest.collect.reading import Reading
from digest.model import Entry, Outcome, outcome_of
from digest.text import fingerprint

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Raw:
    """An entry without its final id, and the guid its feed gave ("" for none)."""

    entry: Entry
    guid: str


def settle(raws: Iterable[Raw], scope: str, limit: int) -> Reading:
    """Give ids within `scope`, merge copies, keep the `limit` newest; feed order is kept.

    Of two versions the newer stays, in the place of the first. All else becomes an outcome.
    """
    kept: dict[str, Entry] = {}
    outcomes: list[Outcome] = []
    for raw in raws:
        entry = _named(raw, scope, kept)
        older = kept.get(entry.id)
        if older is not None:
            entry, older = (entry, older) if _when(entry) > _when(older) else (older, entry)
            copy = replace(older, id=fingerprint(entry.id, str(len(outcomes))))
            reason = f"{entry.id}: the feed gives this entry more than once"
            outcomes.append(outcome_of(copy, "copy of", reason))
        kept[entry.id] = entry
    entries, dropped = _newest(tuple(kept.values()), limit)
    reason = f"older than the newest {limit} entries of its feed"
    outcomes.extend(outcome_of(entry, "outside the window", reason) for entry in dropped)
    return Reading(entries=entries, outcomes=tuple(outcomes))


def _named(raw: Raw, scope: str, kept: dict[str, Entry]) -> Entry:
    """The entry with the first id that is free, or taken by this very entry."""
    entry = raw.entry
    content = (entry.title, entry.body)
    candidates = (
        (raw.guid or entry.url or fingerprint(*content),),
        (raw.guid, entry.url, entry.title),
        (raw.guid, entry.url, *content, str(entry.published)),
    )
    for candidate in candidates:
        name = fingerprint(scope, *candidate)
        other = kept.get(name)
        if other is None or _same(entry, other, guided=bool(raw.guid)):
            break
    return replace(entry, id=name)


def _same(entry: Entry, other: Entry, *, guided: bool) -> bool:
    if guided and (entry.title, entry.url) != (other.title, other.url):
        return (entry.title or None) == other.title or (entry.url or None) == other.url
    return guided or (entry.title, entry.url, entry.body) == (other.title, other.url, other.body)


def _when(entry: Entry) -> datetime:
    return max(entry.published or _NEVER, entry.updated or _NEVER)


def _newest(entries: Sequence[Entry], limit: int) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Split into the newest and the rest; without dates, feeds list the newest first."""
    if len(entries) <= limit:
        return tuple(entries), ()
    order = sorted(range(len(entries)), key=lambda at: (_when(entries[at]), -at), reverse=True)
    chosen = set(order[:limit])
    return (
        tuple(entry for at, entry in enumerate(entries) if at in chosen),
        tuple(entry for at, entry in enumerate(entries) if at not in chosen),
    )
