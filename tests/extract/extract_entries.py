"""Small entries for the tests of extract."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from digest.model import Entry, Source
from digest.week import Calendar

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
WINDOW = Calendar(zone=ZoneInfo("Europe/Berlin")).window("2025-W05")
SOURCE = Source(
    id="notes", name="Field Notes", kind="feed", location="https://example.org/feed.xml"
)
PROSE = (
    "The oak on the hill is older than the village below it, and nobody knows who planted it "
    "there. It lost a branch last week, and people came to look."
)
ELM = PROSE.replace("oak", "elm")


def entry(identifier: str = "e", **fields: Any) -> Entry:
    return Entry(**{"id": identifier, "source": SOURCE, "where": "here", **fields})
