from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from pathlib import Path

from digest.collect.jobs import Job, _result, parse_all
from digest.collect.reading import Options, Reading
from digest.errors import SourceError
from digest.model import Source

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="S", kind="feed", location="x.xml")
FEED = b"<rss version='2.0'><channel><title>F</title></channel></rss>"


def test_a_broken_pool_is_made_up_for_here() -> None:
    future: Future[Reading | SourceError] = Future()
    future.set_exception(BrokenProcessPool())
    result = _result(future, Job(source=SOURCE, where="x.xml", data=FEED), NOW, Options())
    assert isinstance(result, Reading)
    assert result.title == "F"


def test_a_file_too_large_or_gone_is_a_value(tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_bytes(FEED)
    jobs = [Job(source=SOURCE, where=n, data=tmp_path / n) for n in ("x.xml", "gone.xml")]
    results = [str(result) for result in parse_all(jobs, NOW, Options(max_bytes=10))]
    assert results == [
        "x.xml: larger than 10 bytes",
        "gone.xml: No such file or directory",
    ]
    assert [job.size for job in jobs] == [len(FEED), 0]


def test_nothing_to_parse_gives_nothing() -> None:
    assert list(parse_all([], NOW, Options())) == []
