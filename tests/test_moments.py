from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.moments import EARLIEST, aware, plausible

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (EARLIEST, True),
        (EARLIEST - timedelta(seconds=1), False),
        (NOW + timedelta(days=2), True),
        (NOW + timedelta(days=2, seconds=1), False),
    ],
)
def test_what_is_plausible_lies_between_1995_and_two_days_ahead(
    moment: datetime, expected: bool
) -> None:
    assert expected == plausible(moment, NOW)


def test_a_moment_without_a_zone_is_utc() -> None:
    assert NOW == aware(NOW.replace(tzinfo=None)) == aware(NOW)
