"""When something can have been published. An impossible date is no date."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # before feeds and blogs: a clock that was never set
AHEAD = timedelta(days=2)  # time zones and early embargoes; more is a planned post or a mistake


def plausible(moment: datetime, now: datetime) -> bool:
    """Say whether something can have been published then; both are zone-aware."""
    return EARLIEST <= moment <= now + AHEAD


def aware(moment: datetime) -> datetime:
    """The moment with a zone: UTC where none is given."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
