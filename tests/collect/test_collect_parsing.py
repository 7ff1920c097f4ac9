import os
import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.collect import parsing as parsing_module
from digest.collect.options import Options
from digest.collect.parsing import Job, parse_all
from digest.collect.parsing.questions import Question, packed
from digest.collect.parsing.workers import Worker, processors, working
from digest.collect.reading import Reading
from digest.collect.store import Store
from digest.errors import SourceError
from digest.model import Source

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="S", kind="feed", location="x.xml")
FEED = b"<rss version='2.0'><channel><title>F</title></channel></rss>"


def job(where: str, data: bytes | Path = FEED) -> Job:
    return Job(source=SOURCE, where=where, data=data)


def test_a_file_too_large_or_gone_is_a_value(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_bytes(FEED)
    jobs = [job(n, tmp_path / n) for n in ("x.xml", "gone.xml")]
    results = [str(result) for result in parse_all(jobs, NOW, Options(max_bytes=10))]
    assert results == [
        "x.xml: larger than 10 bytes",
        "gone.xml: No such file or directory",
    ]


def test_nothing_to_parse_gives_nothing() -> None:
    assert parse_all([], NOW, Options()) == ()


def test_what_was_parsed_once_is_not_parsed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(tmp_path) as store:
        first = parse_all([job("x.xml"), job("y.xml")], NOW, Options(), store)
        monkeypatch.setattr(parsing_module, "answered", lambda _: pytest.fail("parsed again"))
        assert parse_all([job("x.xml"), job("y.xml")], NOW, Options(), store) == first


def test_a_damaged_or_unwritable_cache_costs_only_time(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        first = parse_all([job("x.xml")], NOW, Options(), store)
        with store._file.writing() as db:
            db.execute("UPDATE reading SET data = x'2b00'")
        assert parse_all([job("x.xml")], NOW, Options(), store) == first
        store.close()
        store.path.write_bytes(b"")
        for ending in ("-wal", "-shm"):
            store.path.with_name(store.path.name + ending).unlink(missing_ok=True)
        assert parse_all([job("x.xml")], NOW, Options(), store) == first


def test_a_date_is_judged_when_it_is_read_not_when_it_is_kept(tmp_path: Path) -> None:
    item = "<item><title>t</title><pubDate>Wed, 25 Feb 2026 12:00:00 GMT</pubDate></item>"
    data = FEED.replace(b"</channel>", item.encode() + b"</channel>")
    with Store(tmp_path) as store:
        for moment, known in ((NOW, False), (NOW.replace(month=3), True), (NOW, False)):
            (reading,) = parse_all([job("x.xml", data)], moment, Options(), store)
            assert isinstance(reading, Reading)
            assert (reading.entries[0].published is not None) is known


def test_a_worker_that_takes_too_long_is_killed_and_another_one_starts() -> None:
    worker = Worker()
    try:
        assert worker.ask(b"no question", 30) is None  # breaks the worker
        with working(1, 30) as pool:
            pool.give(7, packed(question()))
            [(number, answer)] = pool.take().items()
        assert 7 == number
        assert answer is not None
    finally:
        worker.close()


def question() -> Question:
    return Question(source=SOURCE, where="x.xml", limit=9, data=FEED)


def test_a_worker_that_is_killed_from_outside_costs_one_feed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parsing_module, "_WORTH_IT", 0)
    worker = Worker()
    assert worker.ask(packed(question()), 30) is not None
    assert worker._process is not None
    os.kill(worker._process.pid, signal.SIGKILL)
    assert worker.ask(packed(question()), 30) is None
    assert worker.ask(packed(question()), 30) is not None
    worker.close()
    worker.close()


def test_there_is_a_processor() -> None:
    assert processors() >= 1


def test_failures_in_workers_are_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing_module, "_WORTH_IT", 0)
    (tmp_path / "x.xml").write_bytes(FEED)
    results = parse_all([job("x.xml", tmp_path / "x.xml"), job("bad", b"no feed")], NOW, Options())
    assert isinstance(results[0], Reading)
    assert isinstance(results[1], SourceError)
    assert str(results[1]).startswith("bad: not a feed")
