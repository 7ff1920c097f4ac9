from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.errors import InputError
from digest.week import Cadence, Calendar, label_of, monday_of, parse_day

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2025, 2, 12, 12, tzinfo=UTC)


def calendar(cadence: Cadence = "weekly", first: str = "2025-W01") -> Calendar:
    return Calendar(zone=BERLIN, cadence=cadence, first_number=10, first_week=first)


@pytest.mark.parametrize(
    ("cadence", "text"),
    [
        ("weekly", "2025-W05: Mon 27 Jan - Sun 2 Feb 2025, Europe/Berlin"),
        ("fortnightly", "2025-W05: Mon 20 Jan - Sun 2 Feb 2025, Europe/Berlin"),
        ("monthly", "2025-W05: Wed 1 Jan - Fri 31 Jan 2025, Europe/Berlin"),
    ],
)
def test_window(cadence: Cadence, text: str) -> None:
    assert text == str(calendar(cadence).window("2025-W05"))


def test_window_over_new_year_names_both_years() -> None:
    text = "2025-W01: Mon 30 Dec 2024 - Sun 5 Jan 2025, Europe/Berlin"
    assert text == str(calendar().window("2025-W01"))


def test_window_is_half_open_and_zoned() -> None:
    window = calendar().window("2025-W05")
    assert datetime(2025, 1, 26, 23, 0, tzinfo=UTC) in window
    assert datetime(2025, 1, 26, 22, 59, tzinfo=UTC) not in window
    assert datetime(2025, 2, 2, 22, 59, tzinfo=UTC) in window
    assert datetime(2025, 2, 2, 23, 0, tzinfo=UTC) not in window


def test_window_across_daylight_saving() -> None:
    window = calendar().window("2025-W13")
    assert datetime(2025, 3, 30, 21, 59, tzinfo=UTC) in window
    assert datetime(2025, 3, 30, 22, 0, tzinfo=UTC) not in window


@pytest.mark.parametrize(
    ("cadence", "week", "number"),
    [
        ("weekly", "2025-W05", 14),
        ("weekly", "2026-W01", 62),
        ("fortnightly", "2025-W05", 12),
        ("monthly", "2025-W05", 10),
        ("monthly", "2025-W06", 11),
        ("weekly", "2020-W01", 1),
    ],
)
def test_number(cadence: Cadence, week: str, number: int) -> None:
    assert number == calendar(cadence).number(week)


def test_number_without_a_first_week() -> None:
    assert 10 == calendar(first="").number("2025-W05")
    assert 4 == calendar(first="").number("2025-W05", after=3)
    assert calendar().number("2025-W05") == calendar().number("2025-W05", after=3)


@pytest.mark.parametrize(
    ("cadence", "day"),
    [
        ("weekly", date(2025, 2, 7)),
        ("fortnightly", date(2025, 2, 14)),
        ("monthly", date(2025, 2, 28)),
    ],
)
def test_next_day(cadence: Cadence, day: date) -> None:
    assert date(2025, 1, 31) == calendar(cadence).publication_day("2025-W05")
    assert day == calendar(cadence).next_day("2025-W05")


def test_next_day_of_a_month_with_five_fridays() -> None:
    assert date(2025, 6, 6) == calendar("monthly").next_day("2025-W18")


@pytest.mark.parametrize(
    ("wanted", "label"),
    [
        ("2025-W05", "2025-W05"),
        ("2025-w5", "2025-W05"),
        ("2025W05", "2025-W05"),
        ("2025-01-31", "2025-W05"),
        ("this", "2025-W07"),
        ("last", "2025-W06"),
        (None, "2025-W04"),
        ("", "2025-W04"),
    ],
)
def test_choose(wanted: str | None, label: str) -> None:
    dates = [
        datetime(2025, 1, 20, tzinfo=UTC),
        datetime(2025, 1, 26, 12, tzinfo=UTC),
        datetime(2099, 1, 1, tzinfo=UTC),
    ]
    assert label == calendar().choose(wanted, dates, NOW)


def test_choose_without_dates_is_this_week() -> None:
    assert "2025-W07" == calendar().choose(None, [], NOW)


def test_choose_reads_dates_in_the_publications_zone() -> None:
    sunday_night = datetime(2025, 1, 26, 23, 30, tzinfo=UTC)
    assert "2025-W05" == calendar().choose(None, [sunday_night], NOW)


@pytest.mark.parametrize("wrong", ["2025-W54", "2025-W00", "next", "2025-02-30", "05", "W05"])
def test_no_week(wrong: str) -> None:
    with pytest.raises(InputError, match=r"is not an ISO week|neither a week nor a date"):
        parse_day(wrong)


def test_labels() -> None:
    assert "2020-W53" == label_of(date(2021, 1, 3))
    assert date(2020, 12, 28) == monday_of("2020-W53")
