"""What the store remembers, as frozen data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A good answer of a server: its body after decompression, and what to ask with next time."""

    url: str
    fetched_at: datetime
    body: bytes
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    confirmed_at: datetime | None = None  # when the server last said that it still holds

    @cached_property
    def sha256(self) -> str:
        """The hexadecimal digest of the body."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def valid_at(self) -> datetime:
        """When the server last vouched for it."""
        return max(self.fetched_at, self.confirmed_at or self.fetched_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A snapshot without its body: when it was fetched, and when last confirmed."""

    id: int
    url: str
    fetched_at: datetime
    confirmed_at: datetime
    sha256: str
    content_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a URL fares: `failures` counts runs in a row, `moved_seen` sightings in a row."""

    url: str
    last_success: datetime | None = None
    failures: int = 0
    problem: str = ""
    gone_at: datetime | None = None
    wait_until: datetime | None = None
    moved_to: str = ""
    moved_seen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """When an entry was first seen, and the date that it said then."""

    entry: str
    first_seen: datetime
    dated: datetime | None = None
