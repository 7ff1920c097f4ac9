import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from web_plugin import serving

from digest.collect import Options, Snapshot, Store, collect
from digest.collect.parsing import Job, parse_all
from digest.collect.reading import Reading
from digest.model import Collected, Progress, Source, SourceKind

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
URL = "http://127.0.0.1:1/feed"


def feed(title: str, *items: str) -> bytes:
    inner = "".join(
        f"<item><title>{item}</title><guid isPermaLink='false'>{item}</guid></item>"
        for item in items
    )
    return f"<rss version='2.0'><channel><title>{title}</title>{inner}</channel></rss>".encode()


def source(kind: SourceKind, location: object, name: str = "S") -> Source:
    return Source(id=name.lower(), name=name, kind=kind, location=str(location))


def told(collected: Collected) -> list[tuple[str, int, str]]:
    return [(report.name, report.entries, report.status) for report in collected.reports]


def test_every_kind_in_order_and_failures_stop_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "a.txt").write_text("Text")
    (tmp_path / "x.xml").write_bytes(feed("X", "x1", "x2"))
    (tmp_path / "r.jsonl").write_text('{"id": "1", "title": "t"}\n')
    (tmp_path / "l.opml").write_text(
        "<opml><body><outline text='One' xmlUrl='x.xml'/>"
        "<outline text='Two' xmlUrl='y.xml'/></body></opml>"
    )
    (tmp_path / "y.xml").write_bytes(feed("Y", "y1"))
    progress: list[Progress] = []
    collected = collect(
        [
            source("feed", tmp_path / "gone.xml", "Gone"),
            source("jsonl", tmp_path / "r.jsonl", "Rows"),
            source("feed", tmp_path / "x.xml", "X"),
            source("feed", folder, "Wrong"),
            source("opml", tmp_path / "l.opml", "List"),
            source("folder", folder, "Docs"),
            source("folder", tmp_path / "nowhere", "None"),
            source("opml", tmp_path / "x.xml", "No list"),
            source("jsonl", tmp_path / "gone.jsonl", "No rows"),
        ],
        now=NOW,
        reporter=progress.append,
    )
    assert told(collected) == [
        ("Gone", 0, "failed"),
        ("Rows", 1, "ok"),
        ("X", 2, "ok"),
        ("Wrong", 0, "failed"),
        ("Two", 1, "ok"),
        ("Docs", 1, "ok"),
        ("None", 0, "failed"),
        ("No list", 0, "failed"),
        ("No rows", 0, "failed"),
    ]
    assert [entry.title for entry in collected.entries] == ["t", "x1", "x2", "y1", ""]
    assert [outcome.outcome for outcome in collected.outcomes] == ["source failed"] * 5
    assert 'use folder = "' in collected.reports[3].message
    assert progress[-1] == Progress(stage="collect", done=9, total=9)
    assert not (tmp_path / ".digest").exists()


def test_a_folder_of_feeds_names_each_outlet_and_what_failed(tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    folder.mkdir()
    (folder / "a.xml").write_bytes(feed("Feed A", "same"))
    (folder / "b.xml").write_bytes(
        b'{"version": "https://jsonfeed.org/version/1", "title": "Feed B",'
        b'"items": [{"id": "same", "title": "same"}]}'
    )
    (folder / "c.xml").write_bytes(b"<html>no feed")
    (folder / "d.png").write_bytes(b"\0")
    collected = collect([source("folder", folder)], now=NOW)
    assert [(e.outlet, e.title, e.where) for e in collected.entries] == [
        ("Feed A", "same", "feeds/a.xml"),
        ("Feed B", "same", "feeds/b.xml"),
    ]
    assert len({entry.id for entry in collected.entries}) == 2
    (report,) = collected.reports
    assert (report.entries, report.status) == (2, "warning")
    assert report.message.startswith("2 of 4 files read: feeds/d.png: unknown kind of file '.png'")
    assert "feeds/c.xml: not a feed but a web page" in report.message
    assert [outcome.outcome for outcome in collected.outcomes] == ["unreadable"] * 2


def test_many_failures_are_counted_not_listed(tmp_path: Path) -> None:
    for number in range(9):
        (tmp_path / f"{number}.txt").write_text("")
    (report,) = collect([source("folder", tmp_path)], now=NOW).reports
    assert report.status == "failed"
    assert report.message.endswith("; and 4 more")


def test_an_empty_folder_warns(tmp_path: Path) -> None:
    (report,) = collect([source("folder", tmp_path)], now=NOW).reports
    assert (report.status, report.message) == ("warning", "0 of 0 files read")


def test_offline_only_the_store_is_asked(tmp_path: Path) -> None:
    never = collect([source("feed", URL)], now=NOW, online=False)
    assert told(never) == [("S", 0, "failed")]
    assert "run once without --offline" in never.reports[0].message
    with Store(tmp_path) as store:
        store.save(Snapshot(url=URL, fetched_at=NOW - timedelta(days=9), body=feed("F", "a")))
        found = collect([source("feed", URL)], now=NOW, store=store, online=False)
    assert told(found) == [("S", 1, "ok")]
    assert (found.entries[0].where, found.entries[0].title) == (URL, "a")


def test_online_a_failure_uses_the_stored_copy_and_warns(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.save(Snapshot(url=URL, fetched_at=NOW - timedelta(days=9), body=feed("F", "a")))
        found = collect([source("feed", URL)], now=NOW, store=store)
    assert told(found) == [("S", 1, "warning")]
    assert "using the copy of 2026-02-09 12:00 UTC" in found.reports[0].message


def test_a_list_from_the_web_and_its_feeds_are_fetched(tmp_path: Path) -> None:
    with serving() as web, Store(tmp_path) as store:
        one = web.page("/1", gzip.compress(feed("One", "a")), Content_Encoding="gzip")
        outline = f"<outline text='One' xmlUrl='{one}'/><outline text='Bad' xmlUrl='x.xml'/>"
        url = web.page("/l", f"<opml><body>{outline}</body></opml>".encode())
        found = collect([source("opml", url)], now=NOW, store=store, options=web.options())
        assert told(found) == [("S", 0, "warning"), ("One", 1, "ok")]
        again = collect([source("opml", url)], now=NOW, store=store, online=False)
        assert (again.entries, again.reports) == (found.entries, found.reports)
        assert len(web.asked) == 2


def test_a_list_that_cannot_be_fetched_fails(tmp_path: Path) -> None:
    assert told(collect([source("opml", URL)], now=NOW)) == [("S", 0, "failed")]


def test_two_files_with_one_id_keep_both_rows(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_text(f'{{"id": "1", "title": "{name}"}}')
    found = collect([source("jsonl", tmp_path / f"{n}.jsonl", n) for n in "ab"], now=NOW)
    assert [entry.title for entry in found.entries] == ["a", "b"]
    assert found.entries[0].id == "1" != found.entries[1].id


def test_secrets_in_a_feeds_address_are_not_told(tmp_path: Path) -> None:
    address = "http://me:pw@127.0.0.1:1/feed?token=abc"
    with Store(tmp_path) as store:
        store.save(Snapshot(url=address, fetched_at=NOW, body=feed("F", "a")))
        found = collect([source("feed", address)], now=NOW, store=store, online=False)
    assert found.entries[0].where == "http://127.0.0.1:1/feed?…"
    failed = collect([source("feed", address)], now=NOW, online=False)
    assert not any(secret in repr((failed.outcomes, failed.reports)) for secret in ("pw", "abc"))


def test_the_same_from_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{number}.xml" for number in range(4)]
    for number, name in enumerate(names):
        items = [f"{number}-{item}" for item in range(number + 1)]
        (tmp_path / name).write_bytes(feed(f"F{number}", *items))
    (tmp_path / "bad.xml").write_bytes(b"no feed")
    jobs = [Job(source=source("feed", n), where=n, data=tmp_path / n) for n in (*names, "bad.xml")]
    alone = list(parse_all(jobs, NOW, Options()))
    monkeypatch.setattr("digest.collect.parsing._WORTH_IT", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    together = list(parse_all(jobs, NOW, Options()))
    assert together[:4] == alone[:4]
    assert isinstance(together[0], Reading)
    assert str(together[4]) == str(alone[4])
    assert str(alone[4]).startswith("bad.xml: not a feed")


def test_a_feed_that_never_answered_says_why_offline(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        store.failed(URL, "answers 404 Not Found")
        found = collect([source("feed", URL)], now=NOW, store=store, online=False)
    assert found.reports[0].message == f"{URL}: never answered, at last: answers 404 Not Found"
