from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from digest.collect.health import Health, advice, moved_for_good, per_week, usage
from digest.model import Entry, Outcome, OutcomeKind, Source

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
    found = advice(Health(**{"name": "S", "entries": 3, **facts}), NOW)
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


def test_a_redirect_is_believed_when_it_was_seen_often() -> None:
    assert ["", "https://b.example/"] == [moved_for_good("https://b.example/", n) for n in (2, 3)]


def test_usage_counts_what_issues_decided() -> None:
    kinds: tuple[OutcomeKind, ...] = (
        *("used", "merged into", "copy of", "below the line"),
        *("outside the window", "unreadable"),
    )
    found = usage(Outcome(id=kind, outcome=kind, source="S") for kind in kinds)
    assert {"S": (4, 2)} == found
    assert Health(name="S", judged=4, used=2).share == 0.5
    assert Health(name="S").share is None
