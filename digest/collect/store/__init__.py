"""What was fetched, in SQLite, and what is worth keeping of it.

Every good answer of a server is a snapshot that never changes. Beside it stand what the next run
must know of each URL, when each entry was first seen, and two caches. The file appears with the
first thing that is kept.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from digest.collect.store.database import Database
from digest.collect.store.records import Health, Seen, Snapshot, Stamp
from digest.collect.store.schema import headers_of
from digest.errors import DigestError

_LEVEL = 1  # of zlib: feeds shrink to a quarter; 6 takes four times as long for a fifth less
_MANY = 500  # values in one query


class Store:
    """The store of a publication, opened at first use; `DigestError` when it cannot be used."""

    def __init__(self, root: Path) -> None:
        self._file = Database(root / ".digest" / "store.sqlite3")

    @property
    def path(self) -> Path:
        """Where the file is."""
        return self._file.path

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

    def close(self) -> None:
        """Close the file; the store opens again when it is used."""
        self._file.close()

    def consistent(self) -> AbstractContextManager[None]:
        """All that is read inside is of one moment, whatever another process writes."""
        return self._file.consistent()

    # --- snapshots ---

    def latest(self, url: str) -> Snapshot | None:
        """The latest good answer for a URL; None when there is none, or it is damaged."""
        rows = self._file.rows(
            "SELECT s.fetched_at, b.data, u.etag, u.last_modified, s.content_type, s.headers,"
            " s.sha256, c.at FROM snapshot s JOIN body b USING (sha256)"
            " LEFT JOIN source u USING (url) LEFT JOIN confirmed c ON c.snapshot = s.id"
            " WHERE s.url = ? ORDER BY s.id DESC LIMIT 1",
            (url,),
        )
        for fetched_at, data, etag, modified, content_type, headers, sha256, at in rows:
            body = _inflated(data, sha256)
            if body is not None:
                return Snapshot(
                    url=url,
                    fetched_at=datetime.fromisoformat(fetched_at),
                    body=body,
                    etag=etag or "",
                    last_modified=modified or "",
                    content_type=content_type,
                    headers=headers_of(headers),
                    confirmed_at=_moment(at),
                )
        return None

    def history(self, url: str) -> tuple[Stamp, ...]:
        """Every snapshot of a URL, oldest first."""
        rows = self._file.rows(
            "SELECT s.id, s.fetched_at, coalesce(c.at, s.fetched_at), s.sha256, s.content_type"
            " FROM snapshot s LEFT JOIN confirmed c ON c.snapshot = s.id"
            " WHERE s.url = ? ORDER BY s.id",
            (url,),
        )
        return tuple(
            Stamp(
                id=number,
                url=url,
                fetched_at=datetime.fromisoformat(fetched),
                confirmed_at=datetime.fromisoformat(confirmed),
                sha256=sha256,
                content_type=content_type,
            )
            for number, fetched, confirmed, sha256, content_type in rows
        )

    def body(self, sha256: str) -> bytes:
        """The bytes of a snapshot; raises `DigestError` when they are damaged."""
        for (data,) in self._file.rows("SELECT data FROM body WHERE sha256 = ?", (sha256,)):
            body = _inflated(data, sha256)
            if body is not None:
                return body
        raise DigestError(
            f"{self.path}: the body {sha256[:12]} is damaged",
            hint="restore the file from a backup, or go on without what it held",
        )

    def save(self, snapshot: Snapshot) -> None:
        """Keep a good answer, in a transaction of its own: a snapshot, unless nothing changed."""
        at, sha256 = _text(snapshot.fetched_at), snapshot.sha256
        packed = zlib.compress(snapshot.body, _LEVEL)
        with self._file.writing() as db:
            last = db.execute(
                "SELECT id, sha256 FROM snapshot WHERE url = ? ORDER BY id DESC LIMIT 1",
                (snapshot.url,),
            ).fetchone()
            if last is not None and last[1] == sha256 and _intact(db, sha256):
                db.execute("INSERT OR REPLACE INTO confirmed VALUES (?, ?)", (last[0], at))
            else:
                db.execute(
                    "INSERT INTO body VALUES (?, ?)"
                    " ON CONFLICT (sha256) DO UPDATE SET data = excluded.data",
                    (sha256, packed),
                )
                db.execute(
                    "INSERT INTO snapshot (url, fetched_at, sha256, content_type, headers)"
                    " VALUES (?, ?, ?, ?, ?)",
                    (snapshot.url, at, sha256, snapshot.content_type, json.dumps(snapshot.headers)),
                )
            _succeeded(db, snapshot.url, at, snapshot.etag, snapshot.last_modified)

    def confirm(self, snapshot: Snapshot, at: datetime) -> None:
        """The server says that the latest snapshot of a URL still holds."""
        with self._file.writing() as db:
            db.execute(
                "INSERT OR REPLACE INTO confirmed"
                " SELECT id, ? FROM snapshot WHERE url = ? ORDER BY id DESC LIMIT 1",
                (_text(at), snapshot.url),
            )
            _succeeded(db, snapshot.url, _text(at), snapshot.etag, snapshot.last_modified)

    # --- health ---

    def failed(
        self,
        url: str,
        problem: str,
        *,
        gone_at: datetime | None = None,
        wait_until: datetime | None = None,
    ) -> None:
        """One more run in a row in which a URL gave nothing."""
        with self._file.writing() as db:
            db.execute(
                "INSERT INTO source (url, failures, problem, gone_at, wait_until)"
                " VALUES (?, 1, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET"
                " failures = failures + 1, problem = excluded.problem,"
                " gone_at = excluded.gone_at, wait_until = excluded.wait_until",
                (url, problem, _text(gone_at), _text(wait_until)),
            )

    def moved(self, url: str, target: str) -> None:
        """Count a sighting of a permanent redirect; "" when the URL answered itself."""
        with self._file.writing() as db:
            db.execute(
                "INSERT INTO source (url, moved_to, moved_seen) VALUES (?1, ?2, ?2 != '')"
                " ON CONFLICT (url) DO UPDATE SET moved_to = ?2, moved_seen ="
                " CASE WHEN ?2 = '' THEN 0 WHEN moved_to = ?2 THEN moved_seen + 1 ELSE 1 END",
                (url, target),
            )

    def health(self) -> Mapping[str, Health]:
        """How every URL fares that was ever asked."""
        rows = self._file.rows(
            "SELECT url, last_success, failures, problem, gone_at, wait_until, moved_to,"
            " moved_seen FROM source ORDER BY url"
        )
        return {
            url: Health(
                url=url,
                last_success=_moment(success),
                failures=failures,
                problem=problem,
                gone_at=_moment(gone),
                wait_until=_moment(wait),
                moved_to=moved_to,
                moved_seen=moved_seen,
            )
            for url, success, failures, problem, gone, wait, moved_to, moved_seen in rows
        }

    # --- what is derived from snapshots ---

    def seen(self, entries: Sequence[str]) -> Mapping[str, Seen]:
        """When each of these entries was first seen, where that is known."""
        found: dict[str, Seen] = {}
        for some in _portions(entries):
            marks = ", ".join("?" * len(some))
            sql = f"SELECT entry, first_seen, dated FROM seen WHERE entry IN ({marks})"  # noqa: S608
            for entry, first, dated in self._file.rows(sql, some):
                found[entry] = Seen(
                    entry=entry,
                    first_seen=datetime.fromisoformat(first),
                    dated=_moment(dated),
                )
        return found

    def see(self, rows: Iterable[Seen]) -> None:
        """Remember entries that are new; what is known of the others stays."""
        values = [(row.entry, _text(row.first_seen), _text(row.dated)) for row in rows]
        if values:
            with self._file.writing() as db:
                db.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", values)

    def readings(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """What parsing gave, by key, where it was kept."""
        found: dict[str, bytes] = {}
        for some in _portions(keys):
            marks = ", ".join("?" * len(some))
            found.update(
                self._file.rows(f"SELECT key, data FROM reading WHERE key IN ({marks})", some)  # noqa: S608
            )
        return found

    def keep_readings(self, rows: Mapping[str, bytes]) -> None:
        """Keep what parsing gave."""
        if rows:
            with self._file.writing() as db:
                db.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?)", rows.items())

    def vectors(self, encoder: str, contents: Sequence[str]) -> Mapping[str, bytes]:
        """The vectors that an encoder of this name gave for contents of these hashes."""
        found: dict[str, bytes] = {}
        for some in _portions(contents):
            marks = ", ".join("?" * len(some))
            sql = f"SELECT content, data FROM vector WHERE encoder = ? AND content IN ({marks})"  # noqa: S608
            found.update(self._file.rows(sql, (encoder, *some)))
        return found

    def keep_vectors(self, encoder: str, rows: Mapping[str, bytes]) -> None:
        """Keep vectors by the hash of what was encoded."""
        if rows:
            values = [(encoder, content, data) for content, data in rows.items()]
            with self._file.writing() as db:
                db.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)", values)


def _succeeded(
    db: sqlite3.Connection, url: str, at: str | None, etag: str, last_modified: str
) -> None:
    db.execute(
        "INSERT INTO source (url, etag, last_modified, last_success) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (url) DO UPDATE SET etag = excluded.etag,"
        " last_modified = excluded.last_modified, last_success = excluded.last_success,"
        " failures = 0, problem = '', gone_at = NULL, wait_until = NULL",
        (url, etag, last_modified, at),
    )


def _intact(db: sqlite3.Connection, sha256: str) -> bool:
    row = db.execute("SELECT data FROM body WHERE sha256 = ?", (sha256,)).fetchone()
    return row is not None and _inflated(row[0], sha256) is not None


def _inflated(data: bytes, sha256: str) -> bytes | None:
    """The body, or None when it is not what was stored."""
    try:
        body = zlib.decompress(data)
    except zlib.error:
        return None
    return body if hashlib.sha256(body).hexdigest() == sha256 else None


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _portions(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(values), _MANY):
        yield values[at : at + _MANY]
