"""A row of a labelled set: what an article says, and which event it belongs to."""

from __future__ import annotations

import calendar
import hashlib
import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from digest.stories.same.terms import Document

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An article with its gold event; `day` counts from 1970, NaN if unknown."""

    set: str
    id: str
    event: str
    title: str
    text: str = ""
    day: float = math.nan
    source: str = ""
    train: bool = False
    ambiguous: bool = False  # not scored

    def document(self) -> Document:
        """What the engine is given of it."""
        return Document(title=self.title, text=self.text, day=self.day, source=self.source)


def in_training(key: str) -> bool:
    """Whether what has this key belongs to the training half."""
    return hashlib.sha256(key.encode()).digest()[0] < 128


def day_of(date: str | None) -> float:
    """Days since 1970 of an ISO date, to the minute if it says."""
    found = _DATE.match(date or "")
    if not found:
        return math.nan
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    return calendar.timegm((year, month, day, hour, minute, 0)) / 86_400


def by_event(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """The rows of each event, in order."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.event].append(row)
    return found


def titles_only(rows: Iterable[Row]) -> list[Row]:
    """The rows without their texts."""
    return [replace(row, text="") for row in rows]


def undated(rows: Iterable[Row], *, source: bool = True) -> list[Row]:
    """The rows without dates, and without sources unless `source`."""
    return [replace(r, day=math.nan, source=r.source if source else "") for r in rows]
