from datetime import UTC, date, datetime
from time import struct_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.dates import noon, read_date
from digest.moments import plausible

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Thu, 05 Feb 2026 10:20:30 GMT", "2026-02-05T10:20:30"),
        ("Thu, 05 Feb 2026 10:20:30 +0530", "2026-02-05T04:50:30"),
        ("Thu, 05 Feb 2026 10:20:30 +05:30", "2026-02-05T04:50:30"),
        ("Thu, 05 Feb 2026 10:20:30 -0000", "2026-02-05T10:20:30"),
        ("Thu, 05 Feb 2026 10:20 EST", "2026-02-05T15:20:00"),
        ("Thu, 05 Jun 2025 10:20:00 CEST", "2025-06-05T08:20:00"),
        ("Thu, 05 Feb 2026 10:20:30 GMT+0100", "2026-02-05T09:20:30"),
        ("Thu, 05 Feb 2026 10:20:30 +0000 (UTC)", "2026-02-05T10:20:30"),
        ("5 February 2026", "2026-02-05T12:00:00"),
        ("Thursday, 5 Feb 26 10:20:30 Z", "2026-02-05T10:20:30"),
        ("05-Feb-2026 10:20:30 GMT", "2026-02-05T10:20:30"),
        ("Sat, 31 Jan 2026 24:00:00 GMT", "2026-02-01T00:00:00"),
        ("Wed, 31 Dec 2025 23:59:60 GMT", "2025-12-31T23:59:59"),
        ("2026-02-05", "2026-02-05T12:00:00"),
        ("20260205", "2026-02-05T12:00:00"),
        ("2026/02/05 10:20", "2026-02-05T10:20:00"),
        ("2026-02-05T10:20:30Z", "2026-02-05T10:20:30"),
        ("2026-02-05T10:20:30.123456789+02:00", "2026-02-05T08:20:30"),
        ("2026-02-05 10:20:30 -0500", "2026-02-05T15:20:30"),
        ("2026-02-05 10:20:30 UTC", "2026-02-05T10:20:30"),
        ("February 5, 2026", "2026-02-05T12:00:00"),
        ("Thu, Feb 5th 2026 at 3:20 pm EST", "2026-02-05T20:20:00"),
        ("Feb. 5, 2026 12:05 a.m.", "2026-02-05T00:05:00"),
        ("Thu Feb  5 10:20:30 2026", "2026-02-05T10:20:30"),
        ("Thu Feb  5 10:20:30 PST 2026", "2026-02-05T18:20:30"),
        ("1767607200", "2026-01-05T10:00:00"),
        ("1767607200000", "2026-01-05T10:00:00"),
        ("Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21"),
    ],
)
def test_reads_what_names_a_day(raw: str, expected: str) -> None:
    assert read_date(raw, NOW) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "2026-02-30",
        "2026-02-30T10:00:00Z",
        "Mon, 30 Feb 2026 10:00:00 GMT",
        "0000-00-00 00:00:00",
        "2026-13-01",
        "2999-01-01",
        "1994-12-31",
        "2026-02-21",  # three days ahead
        "05/01/2026",  # a day or a month?
        "2026-02",
        "2026",
        "yesterday",
        "Thu, 05 Feb 2026 25:00:00 GMT",
        "Thu, 05 Feb 2026 10:00:00 XYZ",  # a zone that nobody knows
        "9" * 10,
        "5 Foo 2026",
        "2026-02-05T10:20:30+99:00",
        "x" * 500,
    ],
)
def test_refuses_what_is_unclear_impossible_or_implausible(raw: str) -> None:
    assert read_date(raw, NOW) is None


def test_another_parsers_guess_counts_only_for_the_day_that_is_named() -> None:
    guess = struct_time((2026, 1, 5, 23, 30, 0, 0, 5, 0))
    assert read_date("6 janvier 2026", NOW, guess) == datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
    assert read_date("12 janvier 2026", NOW, guess) is None
    assert read_date("2026", NOW, guess) is None


def test_an_impossible_date_is_not_repaired_by_the_guess() -> None:
    assert read_date("2026-02-30", NOW, struct_time((2026, 3, 2, 0, 0, 0, 0, 61, 0))) is None


@given(st.dates(date(1995, 1, 2), date(2026, 2, 18)))
def test_every_day_survives_its_usual_spellings(day: date) -> None:
    for form in ("%Y-%m-%d", "%a, %d %b %Y", "%d %B %Y", "%B %d, %Y"):
        assert read_date(day.strftime(form), NOW) == noon(day)


@given(st.text(max_size=100))
def test_never_raises(raw: str) -> None:
    moment = read_date(raw, NOW)
    assert moment is None or plausible(moment, NOW)
