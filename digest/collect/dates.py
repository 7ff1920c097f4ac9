"""Dates as feeds and people write them. Refused rather than guessed: a wrong week hides a story.

What names no zone is UTC. A day without a time becomes noon UTC, which is the same day in every
zone from -12 to +11 hours.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from time import struct_time

from digest.moments import plausible

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
# Names beyond RFC 822 that feeds use, in hours; ambiguous ones (IST, BST of Bangladesh) follow the
# reading that feeds mean.
_ZONES = {
    **dict.fromkeys(("", "z", "ut", "utc", "gmt", "wet"), 0.0),
    "est": -5.0,
    "edt": -4.0,
    "cst": -6.0,
    "cdt": -5.0,
    "mst": -7.0,
    "mdt": -6.0,
    "pst": -8.0,
    "pdt": -7.0,
    "akst": -9.0,
    "akdt": -8.0,
    "hst": -10.0,
    "bst": 1.0,
    "west": 1.0,
    "cet": 1.0,
    "met": 1.0,
    "mez": 1.0,
    "cest": 2.0,
    "mest": 2.0,
    "mesz": 2.0,
    "eet": 2.0,
    "eest": 3.0,
    "msk": 3.0,
    "ist": 5.5,
    "jst": 9.0,
    "kst": 9.0,
    "aest": 10.0,
    "aedt": 11.0,
    "nzst": 12.0,
    "nzdt": 13.0,
}
_TIME = r"(?:(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?\s*(?P<ampm>[ap]\.?m\.?)?)"
_ZONE = r"(?P<zone>[a-z]{1,5}|(?:gmt|utc)?\s*[+-]\d{1,2}:?(?:\d{2})?)"
_CLOCK = rf"(?:(?:\s*,|\s+at|t)?\s*{_TIME}\s*{_ZONE}?\s*(?:\([^)]*\))?)?"
_NAME = r"(?P<m>[a-z]{3,9})"
_NTH = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_DAYS = (
    r"(?P<y>\d{4})(?P<sep>[-/.]?)(?P<m>\d{2})(?P=sep)(?P<d>\d{2})",  # ISO 8601
    rf"(?:[a-z]+\.?,?\s*)?{_NTH}[\s-]+{_NAME}\.?,?[\s-]+(?P<y>\d{{4}}|\d{{2}})",  # RFC 822
    rf"(?:[a-z]+\.?,?\s+)??{_NAME}\.?\s+{_NTH},?\s+(?P<y>\d{{4}})",  # January 5, 2026
)
_FORMS = tuple(re.compile(day + _CLOCK + r"\s*\Z", re.IGNORECASE) for day in _DAYS)
_ASCTIME = re.compile(
    rf"[a-z]{{3}}\s+(?P<m>[a-z]{{3}})\s+(?P<d>\d{{1,2}})\s+{_TIME}\s+{_ZONE}?\s*(?P<y>\d{{4}})\s*\Z",
    re.IGNORECASE,
)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?\Z")
_LONGEST = 80  # characters of a raw date


def read_date(raw: str, now: datetime, guess: struct_time | None = None) -> datetime | None:
    """The moment in UTC that `raw` names, or None when it is unclear, impossible or implausible.

    `guess` is what another parser made of it (UTC); it counts only where `raw` names that day.
    """
    text = " ".join(raw[: _LONGEST + 1].split())
    if not text or len(text) > _LONGEST:
        return None
    try:
        moment = _own(text) or (_vouched(text, guess) if guess else None)
    except (ValueError, OverflowError):
        return None
    return moment if moment is not None and plausible(moment, now) else None


def noon(day: date) -> datetime:
    """A day without a time."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def _own(text: str) -> datetime | None:
    """Raises ValueError for a date in a known form that no calendar has."""
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    for form in (*_FORMS, _ASCTIME):
        found = form.match(text)
        if found:
            fields = found.groupdict()
            day = _day(fields)
            return _moment(day, fields) if day else None
    return None


def _day(fields: Mapping[str, str | None]) -> date | None:
    month, year = fields["m"] or "", int(fields["y"] or 0)
    # Prefixes of the English names alone: Finnish "marraskuu" is November.
    names = [name for name in _MONTHS if name.startswith(month.lower())]
    if not month.isdecimal() and not names:
        return None
    number = int(month) if month.isdecimal() else _MONTHS.index(names[0]) + 1
    if year < 100:
        year += 2000 if year < 70 else 1900
    return date(year, number, int(fields["d"] or 0))


def _moment(day: date, fields: Mapping[str, str | None]) -> datetime | None:
    if fields["h"] is None:
        return noon(day)
    offset = _offset((fields["zone"] or "").lower().replace(" ", ""))
    if offset is None:
        return None
    hour, half = int(fields["h"]), (fields["ampm"] or "")[:1].lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    midnight = hour == 24 and fields["min"] == "00"  # the end of that day
    second = min(int(fields["s"] or 0), 59)  # a leap second
    zone = timezone(offset)
    moment = datetime(
        day.year,
        day.month,
        day.day,
        0 if midnight else hour,
        int(fields["min"] or 0),
        second,
        0,
        zone,
    )
    return (moment + timedelta(days=midnight)).astimezone(UTC)


def _offset(zone: str) -> timedelta | None:
    """The distance from UTC; None for a name that nobody knows."""
    if zone in _ZONES:
        return timedelta(hours=_ZONES[zone])
    found = re.match(r"(?:gmt|utc)?([+-])(\d{1,2}):?(\d{2})?\Z", zone)
    if found is None:
        return None
    distance = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return -distance if found[1] == "-" else distance


def _vouched(text: str, guess: struct_time) -> datetime | None:
    """The guess, if the text names its year and a day at most one off (the zone)."""
    moment = datetime.fromtimestamp(timegm(guess), UTC)
    named = {int(number) for number in re.findall(r"\d+", text)}
    days = [moment + timedelta(days=shift) for shift in (-1, 0, 1)]
    return moment if any({day.year, day.day} <= named for day in days) else None
