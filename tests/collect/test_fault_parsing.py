"""Feeds made to hurt a parser: each is read, or fails alone, within its limits."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from web_plugin import serving

from digest.collect import Options, Store, collect
from digest.collect.feed import parse
from digest.collect.parsing import Job, Result, parse_all
from digest.collect.reading import Reading
from digest.errors import SourceError
from digest.model import Collected, Source

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="S", kind="feed", location="https://a.org/feed")
SECRET = "tell nobody"


def rss(inner: str, head: str = "") -> bytes:
    return f"{head}<rss version='2.0'><channel><title>F</title>{inner}</channel></rss>".encode()


def items(count: int) -> str:
    return "".join(f"<item><title>{n}</title><guid>{n}</guid></item>" for n in range(count))


def parsed(data: bytes, **options: float) -> Result:
    """Parse as a build does: in a worker."""
    padded = data + b"\n" * 9000  # too much for this process
    job = Job(source=SOURCE, where="https://a.org/feed", data=padded)
    return parse_all([job], NOW, Options(**options))[0]  # type: ignore[arg-type]


def titles(result: Result) -> list[str]:
    assert isinstance(result, Reading), str(result)
    return [entry.title for entry in result.entries]


LAUGHS = "<!DOCTYPE r [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
)
QUADRATIC = f"<!DOCTYPE r [<!ENTITY a '{'a' * 50_000}'>]>"


# In a process of its own: a child's peak counts what its parent held when it was started.
BOMB = """
import resource, sys
from test_fault_parsing import parsed
from digest.collect.reading import Reading
result = parsed(sys.stdin.buffer.read())
used = resource.getrusage(resource.RUSAGE_CHILDREN)
entries = result.entries if isinstance(result, Reading) else ()
print(used.ru_utime, used.ru_maxrss, sum(len(e.title) + len(e.body) for e in entries))
"""


@pytest.mark.parametrize(
    ("head", "title"), [(LAUGHS, "&a9;"), (QUADRATIC, "&a;" * 2000)], ids=["laughs", "quadratic"]
)
def test_fault_20_entity_bombs_are_bounded(head: str, title: str) -> None:
    data = rss(f"<item><title>{title}</title><link>https://a.org/</link></item>", head)
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", BOMB],
        input=data,
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": paths},
    )
    seconds, kibibytes, characters = map(float, done.stdout.split())
    assert seconds < 4  # of the worker, its start included
    assert 0 < kibibytes <= 200 * 1024
    assert characters < 1_000_000


def test_fault_26_what_came_before_the_cut_is_kept() -> None:
    items = [f"<item><title>t{n}</title><link>https://a.org/{n}</link></item>" for n in range(9)]
    whole = rss("".join(items))
    result = parsed(whole[: whole.index(b"<title>t7")])
    assert isinstance(result, Reading)
    assert [f"t{n}" for n in range(7)] == [entry.title for entry in result.entries if entry.title]
    assert any("ends in the middle" in warning for warning in result.warnings)


def test_fault_21_no_file_is_read_and_nobody_is_asked_for_an_entity(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    with serving() as web:
        for system in ((tmp_path / "secret").as_uri(), web.page("/x", SECRET.encode())):
            head = f"<!DOCTYPE r SYSTEM '{web.url}/dtd' [<!ENTITY x SYSTEM '{system}'>]>"
            result = parsed(rss("<item><title>t &x;</title></item>", head))
            assert SECRET not in repr(result)
        assert web.asked == []


def hostile(pairs: int) -> bytes:
    """feedparser#562: an author that is almost an address."""
    return rss(f"<item><title>t</title><author>a@{'a.' * pairs}!</author></item>" * 8)


def test_fault_22_a_feed_that_never_ends_is_killed_and_the_others_go_on(tmp_path: Path) -> None:
    sources = []
    for name, data in (("bad", hostile(16_000)), ("good", rss(items(3)))):
        (tmp_path / f"{name}.xml").write_bytes(data)
        location = str(tmp_path / f"{name}.xml")
        sources.append(Source(id=name, name=name, kind="feed", location=location))
    start = time.monotonic()
    with Store(tmp_path) as store:
        found = collect(sources, now=NOW, store=store, options=Options(parse_timeout=1.0))
    assert time.monotonic() - start < 20
    assert [(r.name, r.entries, r.status) for r in found.reports] == [
        ("bad", 0, "failed"),
        ("good", 3, "ok"),
    ]
    assert "bad.xml: not parsed within 1 s" in found.reports[0].message


def test_fault_23_of_20000_items_the_newest_500_stay() -> None:
    result = parsed(rss(items(20_000)), parse_timeout=60.0)
    assert titles(result) == [str(n) for n in range(500)]
    assert isinstance(result, Reading)
    assert len(result.outcomes) == 19_500


@pytest.mark.parametrize("tag", ["div", "item"])
def test_fault_24_deep_nesting_is_no_recursion(tag: str) -> None:
    deep = f"<{tag}>" * 20_000 + "x" + f"</{tag}>" * 20_000
    for data in (
        rss(f"<item><title>t</title><description><![CDATA[{deep}]]></description></item>"),
        rss(f"<item><title>t</title>{deep}</item>"),
    ):
        result = parsed(data)
        assert isinstance(result, (Reading, SourceError))
        assert "Recursion" not in str(result)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (rss("<item><title>Äöü – 日</title></item>").decode().encode("utf-16"), ""),
        (rss("<item><title>Äöü – 日</title></item>").decode().encode("utf-32"), ""),
        (b"\xef\xbb\xbf" + rss("<item><title>Äöü – 日</title></item>"), ""),
        (rss("<item><title>Äöü – 日</title></item>"), "text/xml; charset=iso-8859-1"),
        (rss("<item><title>Äöü – 日</title></item>"), "application/xml; charset=utf-8"),
    ],
    ids=["utf-16", "utf-32", "bom", "wrong-header", "right-header"],
)
def test_fault_25_encodings(data: bytes, content_type: str) -> None:
    reading = parse(data, SOURCE, "https://a.org/feed", NOW, content_type)
    (entry,) = reading.entries
    assert entry.title == "Äöü – 日"


def test_fault_25_windows_1252_that_says_it_is_utf_8() -> None:
    head = "<?xml version='1.0' encoding='utf-8'?>"
    data = rss("<item><title>caf\u00e9 \u2013 x</title></item>", head).decode().encode("cp1252")
    assert titles(parsed(data)) == ["café – x"]


def test_fault_30_one_guid_twice_is_one_entry_and_two_feeds_are_two(tmp_path: Path) -> None:
    double = "<item><title>t</title><guid>1</guid><link>https://a.org/1</link></item>" * 2
    found = of_files(tmp_path, one=rss(double), two=rss(double))
    assert len(found.entries) == 2
    assert len({entry.id for entry in found.entries}) == 2
    assert [outcome.outcome for outcome in found.outcomes] == ["copy of"] * 2


def of_files(folder: Path, **feeds: bytes) -> Collected:
    sources = []
    for name, data in feeds.items():
        (folder / f"{name}.xml").write_bytes(data)
        location = str(folder / f"{name}.xml")
        sources.append(Source(id=name, name=name, kind="feed", location=location))
    return collect(sources, now=NOW)


def test_fault_31_an_item_without_anything_has_an_id_of_its_content() -> None:
    body = "<item><description>Only words.</description></item>"
    other = "<item><description>Other words.</description></item>"
    first, again = (parse(rss(body + other), SOURCE, "x", NOW).entries for _ in range(2))
    assert first == again
    assert len({entry.id for entry in first}) == 2
    assert parse(rss(other), SOURCE, "x", NOW).entries[0].id == first[1].id


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        *(("2026-02-30", None), ("0000-00-00", None), ("Mon, 01 Jan 2999 00:00:00 GMT", None)),
        *(("", None), ("1767607200", "2026-01-05 10:00"), ("yesterday", None)),
        ("Wed, 18 Feb 2026 01:00:00 CEST", "2026-02-17 23:00"),
        ("Wed, 18 Feb 2026 24:00:00 GMT", "2026-02-19 00:00"),
    ],
)
def test_fault_32_dates_are_right_or_none(raw: str, day: str | None) -> None:
    data = rss(f"<item><title>t</title><pubDate>{raw}</pubDate></item>")
    result = parsed(data)
    assert isinstance(result, Reading)
    (entry,) = result.entries
    found = entry.published or entry.updated
    assert (f"{found:%Y-%m-%d %H:%M}" if found else None) == day


@pytest.mark.parametrize("depth", [10, 5000])
def test_fault_39_lists_of_any_depth(tmp_path: Path, depth: int) -> None:
    (tmp_path / "x.xml").write_bytes(rss(items(2)))
    inner = "<outline text='X' xmlUrl='x.xml'/>" * 2 + "<outline text='no address'/>"
    nested = "<outline text='f'>" * depth + inner + "</outline>" * depth
    (tmp_path / "l.opml").write_text(f"<opml version='2.0'><body>{nested}</body></opml>")
    source = Source(id="l", name="L", kind="opml", location=str(tmp_path / "l.opml"))
    found = collect([source], now=NOW)
    assert len(found.entries) == 2


@pytest.mark.parametrize("data", [b"", b"<opml><body/></opml>", LAUGHS.encode() + b"<opml/>"])
def test_fault_39_lists_of_nothing_and_bombs(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "l.opml").write_bytes(data)
    source = Source(id="l", name="L", kind="opml", location=str(tmp_path / "l.opml"))
    found = collect([source], now=NOW)
    assert found.entries == ()
    assert [report.status for report in found.reports if report.status != "ok"]
