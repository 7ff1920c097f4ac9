"""A SQLite file that is opened at first use, and whose errors are ours."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from digest.collect.store.schema import open_store
from digest.errors import DigestError

_HINTS = (
    ("full", "make room on the disk, then run it again; nothing that was stored is lost"),
    ("disk I/O error", "make room on the disk, then run it again; nothing that was stored is lost"),
    ("locked", "another program holds the file; wait for it, then run it again"),
    ("readonly", "make the file and its folder writable"),
)
_DAMAGED = "if the file is damaged, restore a backup, or delete it and run `digest collect`"


class Database:
    """The file; reading never makes one, `DigestError` when it cannot be used."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db: sqlite3.Connection | None = None

    def close(self) -> None:
        """Close the file; it opens again when it is used."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """What a query gives; nothing where there is no file."""
        if self._absent:
            return []
        with self._guarded() as db:
            return db.execute(sql, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that holds wholly or not at all."""
        with self._guarded() as db:
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    @contextmanager
    def consistent(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever another process writes."""
        if self._absent:
            yield
            return
        with self._guarded() as db:
            db.execute("BEGIN")
            try:
                yield
            finally:
                if db.in_transaction:
                    db.execute("COMMIT")

    @property
    def _absent(self) -> bool:
        return self._db is None and not self.path.exists()

    @contextmanager
    def _guarded(self) -> Iterator[sqlite3.Connection]:
        """The open database; SQLite's errors become ours."""
        try:
            if self._db is None:
                self._db = open_store(self.path)
            yield self._db
        except (sqlite3.Error, OSError) as error:
            self.close()
            hint = next((hint for sign, hint in _HINTS if sign in str(error)), _DAMAGED)
            raise DigestError(f"{self.path}: cannot be used: {error}", hint=hint) from error
