"""What was fetched, in SQLite: the latest good body of each URL.

The file appears with the first `save`; a publication without URLs never gets one.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from digest.errors import DigestError

VERSION = 1
_SCHEMA = """
CREATE TABLE snapshot (
    url TEXT PRIMARY KEY,
    fetched_at TEXT NOT NULL,      -- ISO 8601, UTC: when the server last confirmed it
    sha256 TEXT NOT NULL,          -- of the body before compression
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    content_type TEXT NOT NULL,
    body BLOB NOT NULL             -- zlib
) STRICT
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A good answer of a server: its body after decompression, and what to ask with next time."""

    url: str
    fetched_at: datetime
    body: bytes
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""

    @property
    def sha256(self) -> str:
        """The hexadecimal digest of the body."""
        return hashlib.sha256(self.body).hexdigest()


class Store:
    """The store of a publication, opened at first use; `DigestError` when it cannot be used."""

    def __init__(self, root: Path) -> None:
        self.path = root / ".digest" / "store.sqlite3"
        self._db: sqlite3.Connection | None = None

    def __enter__(self) -> Store:
        """Use as a context manager to close it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    def latest(self, url: str) -> Snapshot | None:
        """The latest good answer for a URL, if there ever was one."""
        if self._db is None and not self.path.exists():
            return None
        with self._guarded() as db:
            row = db.execute(
                "SELECT url, fetched_at, body, etag, last_modified, content_type, sha256"
                " FROM snapshot WHERE url = ?",
                (url,),
            ).fetchone()
        if row is None:
            return None
        try:
            snapshot = Snapshot(
                url=row[0],
                fetched_at=datetime.fromisoformat(row[1]),
                body=zlib.decompress(row[2]),
                etag=row[3],
                last_modified=row[4],
                content_type=row[5],
            )
        except (zlib.error, ValueError):
            return None
        return snapshot if snapshot.sha256 == row[6] else None

    def save(self, snapshot: Snapshot) -> None:
        """Keep this answer instead of the one before, in a transaction of its own."""
        values = (
            snapshot.url,
            snapshot.fetched_at.astimezone(UTC).isoformat(),
            snapshot.sha256,
            snapshot.etag,
            snapshot.last_modified,
            snapshot.content_type,
            zlib.compress(snapshot.body, 6),
        )
        with self._guarded() as db, db:
            db.execute("INSERT OR REPLACE INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def close(self) -> None:
        """Close the file; the store opens again when it is used."""
        if self._db is not None:
            self._db.close()
            self._db = None

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection]:
        """The open database; SQLite's errors become ours."""
        try:
            if self._db is None:
                self._db = _open(self.path)
            yield self._db
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise DigestError(
                f"{self.path}: cannot be used: {error}",
                hint="if the file is damaged, delete it and run `digest collect`",
            ) from error


def _open(path: Path) -> sqlite3.Connection:
    """Open or create; raises `DigestError` for a store of a newer program."""
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=10.0)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")  # a cache: a lost last second is fetched again
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version == 0:
            version = _create(db)
    except BaseException:
        db.close()
        raise
    if version <= VERSION:
        return db
    db.close()
    raise DigestError(
        f"{path}: written by a newer version of digest (schema {version})",
        hint="upgrade newsletter-digest, or delete the file and run `digest collect`",
    )


def _create(db: sqlite3.Connection) -> int:
    """Make the tables unless another process comes first; the schema version that is there now."""
    with db:
        db.execute("BEGIN IMMEDIATE")
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version:
            return int(version)
        db.execute(_SCHEMA)
        db.execute(f"PRAGMA user_version = {VERSION}")
    return VERSION
