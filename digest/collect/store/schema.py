"""The store's tables, and how a file of an older version becomes one of this version.

A migration is a row of `_STEPS`. All that a file needs run in one transaction, after a copy of the
file was put beside it. A file of a newer program is refused as it is.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from digest.errors import DigestError

_APPLICATION = 0x64676573  # "dges": what `file` may say of it
_PATIENCE = 10.0  # seconds to wait for another process
_LATEST_ONLY = """
CREATE TABLE snapshot (
    url TEXT PRIMARY KEY,
    fetched_at TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    etag TEXT NOT NULL,
    last_modified TEXT NOT NULL,
    content_type TEXT NOT NULL,
    body BLOB NOT NULL
) STRICT;
"""
_HISTORY = """
CREATE TABLE body (
    sha256 TEXT PRIMARY KEY,       -- of the bytes before compression
    data BLOB NOT NULL             -- zlib
) STRICT;
CREATE TABLE snapshot_2 (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    fetched_at TEXT NOT NULL,      -- ISO 8601, UTC
    sha256 TEXT NOT NULL REFERENCES body,
    content_type TEXT NOT NULL,
    headers TEXT NOT NULL          -- JSON: a list of pairs
) STRICT;
INSERT INTO body SELECT sha256, body FROM snapshot WHERE true ON CONFLICT DO NOTHING;
INSERT INTO snapshot_2 (url, fetched_at, sha256, content_type, headers)
    SELECT url, fetched_at, sha256, content_type, '[]' FROM snapshot ORDER BY fetched_at, url;
CREATE TABLE source (              -- what the next run must know of a URL
    url TEXT PRIMARY KEY,
    etag TEXT NOT NULL DEFAULT '',
    last_modified TEXT NOT NULL DEFAULT '',
    last_success TEXT,
    failures INTEGER NOT NULL DEFAULT 0,   -- in a row
    problem TEXT NOT NULL DEFAULT '',      -- the last one
    gone_at TEXT,                          -- answered 410
    wait_until TEXT,                       -- asked us to come back then
    moved_to TEXT NOT NULL DEFAULT '',     -- by permanent redirects alone
    moved_seen INTEGER NOT NULL DEFAULT 0  -- in a row, to that address
) STRICT;
INSERT INTO source (url, etag, last_modified, last_success)
    SELECT url, etag, last_modified, fetched_at FROM snapshot;
DROP TABLE snapshot;
ALTER TABLE snapshot_2 RENAME TO snapshot;
CREATE INDEX snapshot_of_url ON snapshot (url, id);
CREATE TRIGGER snapshot_stays BEFORE UPDATE ON snapshot
    BEGIN SELECT RAISE(ABORT, 'snapshots never change'); END;
CREATE TABLE confirmed (           -- when a server last said that a snapshot still holds
    snapshot INTEGER PRIMARY KEY REFERENCES snapshot,
    at TEXT NOT NULL
) STRICT;
CREATE TABLE seen (
    entry TEXT PRIMARY KEY,
    first_seen TEXT NOT NULL,
    dated TEXT                     -- the date it said when first seen
) STRICT, WITHOUT ROWID;
CREATE TABLE reading (             -- a cache: what parsing gave
    key TEXT PRIMARY KEY,
    data BLOB NOT NULL
) STRICT;
CREATE TABLE vector (              -- a cache: what an encoder gave
    encoder TEXT NOT NULL,
    content TEXT NOT NULL,         -- the hash of what was encoded
    data BLOB NOT NULL,
    PRIMARY KEY (encoder, content)
) STRICT, WITHOUT ROWID;
"""
_STEPS = (_LATEST_ONLY, _HISTORY)
VERSION = len(_STEPS)


def open_store(path: Path) -> sqlite3.Connection:
    """Open or create; raises `DigestError` for a store of a newer program, `sqlite3.Error`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        version = _known_version(db, path)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")  # a lost last second is fetched again
        db.execute("PRAGMA foreign_keys = ON")
        if version < VERSION:
            if version:
                _back_up(db, path.with_name(f"{path.name}.v{version}.bak"))
            _migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def version_of(db: sqlite3.Connection) -> int:
    """The schema version of a file; 0 for a new one."""
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def _known_version(db: sqlite3.Connection, path: Path) -> int:
    version = version_of(db)
    if version > VERSION:
        raise DigestError(
            f"{path}: written by a newer version of digest (schema {version})",
            hint="upgrade newsletter-digest, or delete the file and run `digest collect`",
        )
    return version


def headers_of(text: str) -> tuple[tuple[str, str], ...]:
    """What `headers` holds."""
    return tuple((str(name), str(value)) for name, value in json.loads(text))


def _back_up(db: sqlite3.Connection, target: Path) -> None:
    """A whole copy, or none: it gets its name when it is complete."""
    partial = target.with_name(target.name + ".part")
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(partial)) as copy:
        db.backup(copy)
    partial.replace(target)


def _migrate(db: sqlite3.Connection) -> None:
    """Run the missing steps; another process that was quicker leaves nothing to do."""
    db.execute("BEGIN IMMEDIATE")
    try:
        for step in _STEPS[version_of(db) :]:
            for statement in _statements(step):
                db.execute(statement)
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute(f"PRAGMA application_id = {_APPLICATION}")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _statements(script: str) -> list[str]:
    """The statements of a script; `executescript` would end the transaction."""
    found: list[str] = []
    rest = ""
    for line in script.splitlines():
        rest += line + "\n"
        if sqlite3.complete_statement(rest):
            found.append(rest)
            rest = ""
    return found
