import sqlite3
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.collect.store import Store, schema
from digest.collect.store.records import Health, Seen, Snapshot
from digest.collect.store.schema import _STEPS, VERSION, _statements, version_of
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


# --- history, health, caches -----------------------------------------------------------------


def later(body: bytes, hours: int) -> Snapshot:
    return replace(snapshot(body), fetched_at=NOW + timedelta(hours=hours))


def test_snapshots_never_change_and_never_go(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for hours, body in enumerate((b"1", b"2", b"2", b"1")):
            store.save(later(body, hours))
        history = store.history(URL)
        assert [store.body(stamp.sha256) for stamp in history] == [b"1", b"2", b"1"]
        assert history[1].confirmed_at == NOW + timedelta(hours=2)
        with (
            pytest.raises(DigestError, match="snapshots never change"),
            store._file.writing() as db,
        ):
            db.execute("UPDATE snapshot SET fetched_at = ''")


def test_a_confirmation_needs_no_new_body(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.save(snapshot())
        store.confirm(replace(snapshot(), etag='"2"'), NOW + timedelta(hours=3))
        (stamp,) = store.history(URL)
        assert (stamp.fetched_at, stamp.confirmed_at) == (NOW, NOW + timedelta(hours=3))
        kept = store.latest(URL)
        assert kept is not None
        assert (kept.etag, kept.valid_at) == ('"2"', NOW + timedelta(hours=3))


def test_health_counts_failures_in_a_row(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        assert store.health() == {}
        store.failed(URL, "answers 500")
        store.failed(URL, "answers 502", wait_until=NOW)
        assert store.health()[URL] == Health(
            url=URL, failures=2, problem="answers 502", wait_until=NOW
        )
        store.save(snapshot())
        assert store.health()[URL] == Health(url=URL, last_success=NOW)
        store.failed(URL, "answers 410", gone_at=NOW)
        assert (store.health()[URL].failures, store.health()[URL].gone_at) == (1, NOW)


def test_moves_are_counted_in_a_row(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for target in ("https://b.org/", "https://b.org/", "https://c.org/"):
            store.moved(URL, target)
        assert (store.health()[URL].moved_to, store.health()[URL].moved_seen) == (
            "https://c.org/",
            1,
        )
        store.moved(URL, "")
        assert store.health()[URL].moved_seen == 0


def test_first_seen_stays(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.see([Seen(entry="a", first_seen=NOW), Seen(entry="b", first_seen=NOW, dated=NOW)])
        store.see([Seen(entry="a", first_seen=NOW + timedelta(days=1), dated=NOW)])
        assert store.seen(["a", "b", "c"]) == {
            "a": Seen(entry="a", first_seen=NOW),
            "b": Seen(entry="b", first_seen=NOW, dated=NOW),
        }
        many = [str(number) for number in range(1200)]
        store.see(Seen(entry=name, first_seen=NOW) for name in many)
        assert len(store.seen(many)) == 1200
        store.see([])


def test_vectors_are_kept_by_encoder_and_content(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.keep_vectors("one", {"h1": b"\1", "h2": b"\2"})
        store.keep_vectors("two", {"h1": b"\3"})
        store.keep_vectors("two", {})
        assert store.vectors("one", ["h1", "h2", "h3"]) == {"h1": b"\1", "h2": b"\2"}
        assert store.vectors("two", ["h1", "h2"]) == {"h1": b"\3"}


def test_a_reader_sees_one_moment(tmp_path: Path) -> None:
    with Store(tmp_path) as one, Store(tmp_path) as two:
        with one.consistent():
            assert one.history(URL) == ()  # no file yet
        one.save(snapshot(b"1"))
        with one.consistent():
            assert len(one.history(URL)) == 1
            two.save(later(b"2", 1))
            assert len(one.history(URL)) == 1
        assert len(one.history(URL)) == 2


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.save(snapshot())

        def half() -> None:
            with store._file.writing() as db:
                db.execute("DELETE FROM source")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            half()
        assert store.health()[URL].last_success == NOW


# --- fault 45: older, newer, damaged ---------------------------------------------------------


def old_store(root: Path) -> Path:
    """A store as version 1 wrote it."""
    path = Store(root).path
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.executescript(_STEPS[0])
        packed, sha = zlib.compress(b"body"), snapshot().sha256
        for url in (URL, "https://b.org/"):
            row = (url, NOW.isoformat(), sha, '"1"', "Thu", "text/xml", packed)
            db.execute("INSERT INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        db.execute("PRAGMA user_version = 1")
        db.commit()
    return path


def test_fault_45_an_older_store_is_migrated_beside_a_backup(tmp_path: Path) -> None:
    path = old_store(tmp_path)
    with Store(tmp_path) as store:
        assert store.latest(URL) == snapshot()
        assert store.health()[URL].last_success == NOW
        assert len(store.history("https://b.org/")) == 1
    with closing(sqlite3.connect(path)) as db:
        assert version_of(db) == VERSION
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    with closing(sqlite3.connect(path.with_name(path.name + ".v1.bak"))) as db:
        assert version_of(db) == 1
        assert db.execute("SELECT count(*) FROM snapshot").fetchone() == (2,)


def test_fault_45_a_migration_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = old_store(tmp_path)
    monkeypatch.setattr(schema, "_STEPS", (*_STEPS, "CREATE TABLE broken (;"))
    monkeypatch.setattr(schema, "_statements", lambda step: [*_statements(step), "NONSENSE"])
    with Store(tmp_path) as store, pytest.raises(DigestError, match="cannot be used"):
        store.latest(URL)
    with closing(sqlite3.connect(path)) as db:
        assert version_of(db) == 1
        assert db.execute("SELECT count(*) FROM snapshot").fetchone() == (2,)


def test_fault_45_a_store_whose_middle_is_damaged_is_a_clear_error(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        for number in range(40):
            store.save(later(bytes(range(256)) * 40 + bytes([number]), number))
    data = bytearray(store.path.read_bytes())
    data[4096 : len(data) - 4096] = b"\xff" * (len(data) - 8192)
    store.path.write_bytes(data)
    with Store(tmp_path) as store, pytest.raises(DigestError, match=r"cannot be used: .*delete it"):
        store.save(snapshot(b"new"))
