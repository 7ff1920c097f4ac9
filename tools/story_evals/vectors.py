"""Vectors kept on disk between runs of a tool, by encoder and fingerprint of the passage."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from digest import encoders
from digest.encoders import Cached

DEFAULT = Path(tempfile.gettempdir()) / "digest-eval-vectors.sqlite"
BATCH = 500  # questions in one statement


class DiskCache:
    """What `digest.encoders.Cached` asks, kept in one SQLite file; no text is in it."""

    def __init__(self, path: Path = DEFAULT) -> None:
        self._path = path
        with closing(sqlite3.connect(path)) as known:
            known.execute(
                "CREATE TABLE IF NOT EXISTS vectors"
                " (encoder TEXT, key TEXT, vector BLOB, PRIMARY KEY (encoder, key))"
            )

    def vectors(self, encoder: str, keys: Sequence[str]) -> Mapping[str, bytes]:
        """What is known of these keys."""
        found: dict[str, bytes] = {}
        with closing(sqlite3.connect(self._path)) as known:
            for start in range(0, len(keys), BATCH):
                some = keys[start : start + BATCH]
                marks = ",".join("?" * len(some))
                asked = f"SELECT key, vector FROM vectors WHERE encoder = ? AND key IN ({marks})"
                found.update(known.execute(asked, (encoder, *some)))
        return found

    def keep_vectors(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Remember these."""
        rows = [(encoder, key, vector) for key, vector in vectors.items()]
        with closing(sqlite3.connect(self._path)) as known, known:
            known.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)


def cached_encoder(name: str) -> Cached | None:
    """The encoder of this name behind the cache; None for `lexical`."""
    encoder = encoders.load(name)
    return Cached(encoder, DiskCache()) if encoder else None
