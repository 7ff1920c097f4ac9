import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.collect.store import VERSION, Snapshot, Store
from digest.errors import DigestError

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
URL = "https://a.org/feed"


def snapshot(body: bytes = b"body", url: str = URL) -> Snapshot:
    return Snapshot(
        url=url, fetched_at=NOW, body=body, etag='"1"', last_modified="Thu", content_type="text/xml"
    )


def test_what_was_saved_is_there_after_reopening(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.save(snapshot(b"old"))
        store.save(snapshot(b"new"))
        store.save(snapshot(url="https://b.org/"))
        assert store.latest(URL) == snapshot(b"new")
    with Store(tmp_path) as store:
        assert store.latest(URL) == snapshot(b"new")
        assert store.latest("https://c.org/") is None


def test_reading_makes_no_file(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        assert store.latest(URL) is None
    assert list(tmp_path.iterdir()) == []


def test_the_store_keeps_its_version_and_journal(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.save(snapshot())
        path = store.path
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


def test_a_newer_store_is_refused_unchanged(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.save(snapshot())
        path = store.path
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with Store(tmp_path) as store, pytest.raises(DigestError, match=r"newer version .*upgrade"):
        store.save(snapshot(b"x"))
    db = sqlite3.connect(path)
    assert db.execute("SELECT count(*) FROM snapshot").fetchone() == (1,)
    db.close()


def test_a_file_that_is_no_store_is_an_error(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.path.parent.mkdir()
    store.path.write_bytes(b"this is not a database" * 99)
    with pytest.raises(DigestError, match=r"store\.sqlite3: cannot be used: .* delete it"):
        store.latest(URL)
    store.close()


def test_a_damaged_body_counts_as_never_fetched(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.save(snapshot())
        store.close()
        db = sqlite3.connect(store.path)
        db.execute("UPDATE body SET data = x'00'")
        db.commit()
        db.close()
        assert store.latest(URL) is None


def test_two_stores_share_a_file(tmp_path: Path) -> None:
    with Store(tmp_path) as one, Store(tmp_path) as two:
        one.save(snapshot(b"1"))
        two.save(snapshot(b"2"))
        assert one.latest(URL) == two.latest(URL)
