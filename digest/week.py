"""Windows: the half-open, zone-aware time span that an issue covers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from digest.errors import InputError

Cadence = Literal["weekly", "fortnightly", "monthly"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)
NAMED = ("last", "this")  # weeks that are named by where they lie from now
_LABEL = re.compile(r"(\d{4})-?[Ww](\d{1,2})")
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """[start, end) of an issue, named by its (last) ISO week, as in "2025-W05"."""

    label: str
    start: datetime
    end: datetime
    zone: ZoneInfo

    def __contains__(self, moment: datetime) -> bool:
        """Say whether a zone-aware moment falls inside."""
        return self.start <= moment < self.end

    def __str__(self) -> str:
        """One line for people: "2025-W05: Mon 27 Jan - Sun 2 Feb 2025, Europe/Berlin"."""
        first, last = self.start.date(), self.end.date() - timedelta(days=1)
        year = "" if first.year == last.year else f" {first.year}"
        return f"{self.label}: {_short(first)}{year} - {_short(last)} {last.year}, {self.zone.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When a publication appears: zone, cadence, weekday, and its first issue."""

    zone: ZoneInfo
    cadence: Cadence = "weekly"
    publish_on: Weekday = "friday"
    first_number: int = 1
    first_week: str = ""

    def window(self, label: str) -> Window:
        """The window that ends with this ISO week; a month is the one its Thursday lies in."""
        monday = monday_of(label)
        first, last = monday, monday + _WEEK
        if self.cadence == "fortnightly":
            first = monday - _WEEK
        elif self.cadence == "monthly":
            first, last = _month_of(monday)
        return Window(
            label=label_of(monday),
            start=datetime.combine(first, time.min, self.zone),
            end=datetime.combine(last, time.min, self.zone),
            zone=self.zone,
        )

    def number(self, label: str, after: int = 0) -> int:
        """The continuous issue number; weeks before the first issue count down to 1.

        Where no first week is named, it is one more than `after`, the number of the issue before.
        """
        if not self.first_week:
            return after + 1 if after else self.first_number
        here, first = monday_of(label), monday_of(self.first_week)
        steps = (here - first) // _WEEK
        if self.cadence == "fortnightly":
            steps //= 2
        elif self.cadence == "monthly":
            steps = _months(_thursday(here)) - _months(_thursday(first))
        return max(1, self.first_number + steps)

    def publication_day(self, label: str) -> date:
        """The day this issue appears: the weekday in the last week of its window."""
        return monday_of(label) + timedelta(days=WEEKDAYS.index(self.publish_on))

    def next_day(self, label: str) -> date:
        """The day the next issue appears."""
        day = self.publication_day(label)
        if self.cadence != "monthly":
            return day + _WEEK * (1 if self.cadence == "weekly" else 2)
        following = day + _WEEK * 4
        return following if _months(following) != _months(day) else following + _WEEK

    def choose(self, wanted: str | None, dates: Iterable[datetime], now: datetime) -> str:
        """The ISO week that `--week` means: a label, a date, `last`, `this`; None is the newest.

        The newest is the last week, not after `now`, in which any of `dates` falls; without one it
        is the week of `now`. Raises `InputError` for what is no week.
        """
        today = now.astimezone(self.zone).date()
        if wanted == "this":
            return label_of(today)
        if wanted == "last":
            return label_of(today - _WEEK)
        if wanted:
            return label_of(parse_day(wanted))
        past = [moment for moment in dates if moment <= now]
        return label_of(max(past).astimezone(self.zone).date()) if past else label_of(today)


def label_of(day: date) -> str:
    """The ISO week of a date: "2025-W05"."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(label: str) -> date:
    """The Monday of an ISO week; raises `InputError` when the year has no such week."""
    match = _LABEL.fullmatch(label.strip())
    try:
        if match:
            return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        pass
    raise InputError(f"{label!r} is not an ISO week", hint="write it as 2025-W05")


def parse_day(text: str) -> date:
    """A date, or the Monday of a week label."""
    if _LABEL.fullmatch(text.strip()):
        return monday_of(text)
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            f"{text!r} is neither a week nor a date",
            hint="use 2025-W05, a date such as 2025-01-31, last, or this",
        ) from None


def _short(day: date) -> str:
    # Not strftime: its names follow the locale, and an issue must not.
    names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{names[day.weekday()]} {day.day} {months[day.month - 1]}"


def _month_of(monday: date) -> tuple[date, date]:
    first = _thursday(monday).replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


def _thursday(monday: date) -> date:
    # ISO 8601: a week belongs to the year, and so to the month, of its Thursday.
    return monday + timedelta(days=3)


def _months(day: date) -> int:
    return day.year * 12 + day.month
