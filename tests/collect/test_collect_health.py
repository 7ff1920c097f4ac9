from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from digest.collect.health import SourceHealth, advice, health_of, per_week, usage
from digest.collect.store.records import Health
from digest.model import Entry, Outcome, OutcomeKind, Source, SourceReport

NOW = datetime(2025, 2, 2, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="S", kind="feed", location="https://a.example/feed")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, ""),
        ({"gone": True, "failures": 9}, "remove it"),
        ({"moved_to": "https://b.example/"}, "write https://b.example/ instead"),
        ({"status": "failed", "message": "why", "failures": 2}, "why"),
        ({"status": "failed", "message": "why", "failures": 3}, "failed 3 times in a row"),
        ({"entries": 0}, "gives nothing"),
        ({"newest": datetime(2024, 9, 1, tzinfo=UTC)}, "silent since 2024-09-01"),
        ({"newest": datetime(2024, 12, 1, tzinfo=UTC)}, ""),
        ({"judged": 20}, "none of 20 entries was used"),
        ({"judged": 19}, ""),
        ({"judged": 20, "used": 1}, ""),
    ],
)
def test_what_to_do(facts: dict[str, Any], said: str) -> None:
    found = advice(SourceHealth(**{"name": "S", "entries": 3, **facts}), NOW)
    assert (said in found) if said else ("" == found)


def entries(*days: float) -> list[Entry]:
    return [
        Entry(id=str(day), source=SOURCE, where="", published=NOW - timedelta(days=day))
        for day in days
    ]


@pytest.mark.parametrize(
    ("days", "rate"),
    [
        ((), None),
        ((1,), 1.0),
        ((0, 7, 14), 1.5),
        ((0, 7, 14, 21, 28, 35, 42, 49, 56, 400), 9 / 8),
        ((400,), 0.0),
        ((-1,), 0.0),
    ],
)
def test_entries_a_week(days: tuple[float, ...], rate: float | None) -> None:
    assert rate == per_week(entries(*days), NOW)


def test_an_entry_without_a_date_counts_for_nothing() -> None:
    assert per_week([Entry(id="1", source=SOURCE, where="")], NOW) is None


def health(known: Health | None, location: str = "https://a.example/feed") -> SourceHealth:
    report = SourceReport(name="S", entries=1)
    return health_of(report, location, known=known, entries=entries(1), used=(4, 2), now=NOW)


def test_what_the_store_remembers_is_put_beside_what_a_source_gives() -> None:
    known = Health(url="https://a.example/feed", last_success=NOW, failures=2, gone_at=NOW)
    found = health(known)
    assert (True, NOW, 2, True) == (found.live, found.last_success, found.failures, found.gone)
    assert (1, 1.0, 4, 2) == (found.entries, found.per_week, found.judged, found.used)


def test_what_nobody_remembers_is_not_known() -> None:
    found = health(None, "/saved")
    assert (False, None, None, False) == (
        found.live,
        found.last_success,
        found.failures,
        found.gone,
    )


@pytest.mark.parametrize(("sightings", "target"), [(2, ""), (3, "https://b.example/")])
def test_a_redirect_is_believed_when_it_was_seen_often(sightings: int, target: str) -> None:
    known = Health(
        url="https://a.example/feed", moved_to="https://b.example/", moved_seen=sightings
    )
    assert target == health(known).moved_to


def test_usage_counts_what_issues_decided() -> None:
    kinds: tuple[OutcomeKind, ...] = (
        *("used", "merged into", "copy of", "below the line"),
        *("outside the window", "unreadable"),
    )
    found = usage(Outcome(id=kind, outcome=kind, source="S") for kind in kinds)
    assert {"S": (4, 2)} == found
    assert SourceHealth(name="S", judged=4, used=2).share == 0.5
    assert SourceHealth(name="S").share is None
