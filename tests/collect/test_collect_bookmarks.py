from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.collect import collect
from digest.collect.bookmarks import read_bookmarks
from digest.errors import SourceError
from digest.model import Entry, Source

NOW = datetime(2025, 2, 2, 12, tzinfo=UTC)
SOURCE = Source(id="b", name="B", kind="bookmarks", location="/b.html")
FILE = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE><H1>Bookmarks Menu</H1>
<DL><p>
  <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Leiste</H3>
  <DL><p>
    <DT><H3>Garden</H3>
    <DL><p>
      <DT><A HREF="https://oaks.example/a"
      ADD_DATE="1738051200" TAGS="trees,slow">Oaks &amp; ash</A>
      <DD>How they grow.
      <DT><A HREF="javascript:alert(1)">Run</A>
    </DL><p>
    <DT><A HREF="https://pond.example/" ADD_DATE="1738051200000">Pond</A>
  </DL><p>
  <DT><H3>Later</H3>
  <DL><p>
    <DT><A HREF="place:sort=8">Recent</A>
    <DT><A HREF="https://ducks.example/" ADD_DATE="99999999999">Ducks</A>
  </DL><p>
</DL>"""


def read(text: str) -> tuple[Entry, ...]:
    return read_bookmarks(text.encode(), SOURCE, "b.html", NOW).entries


def test_a_bookmark_file() -> None:
    oaks, pond, ducks = read(FILE)
    assert ("Oaks & ash", "https://oaks.example/a", "How they grow.") == (
        oaks.title,
        oaks.url,
        oaks.body,
    )
    assert ("trees", "slow", "Garden") == oaks.tags
    assert datetime(2025, 1, 28, 8, tzinfo=UTC) == oaks.published == pond.published
    assert () == pond.tags
    assert (("Later",), None) == (ducks.tags, ducks.published)


def test_an_address_twice_is_one_entry() -> None:
    reading = read_bookmarks((FILE + FILE).encode(), SOURCE, "b.html", NOW)
    assert 3 == len(reading.entries) == len(reading.outcomes)


@pytest.mark.parametrize("date", ["", "soon", "-1", "0", "9" * 40, "²"])
def test_dates_that_are_none(date: str) -> None:
    (entry,) = read(f"<DT><A HREF='https://a.example' ADD_DATE='{date}'>A</A>")
    assert entry.published is None


@pytest.mark.parametrize("text", ["", "words", "<html><a href='https://a.example'>A</a></html>"])
def test_what_is_no_bookmark_file_says_so(text: str) -> None:
    with pytest.raises(SourceError, match="no bookmarks in it"):
        read(text)


@pytest.mark.parametrize("text", ["<DT><A>A", "<DT><A HREF=x>", "<DT><H3></DL>" * 99, "<DT><A <!["])
def test_broken_files_break_nothing(text: str) -> None:
    assert () == read(text)


def test_as_a_source(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text(FILE, encoding="utf-8")
    source = Source(id="b", name="B", kind="bookmarks", location=str(tmp_path / "b.html"))
    (report,) = collect([source], now=NOW).reports
    assert ("ok", 3) == (report.status, report.entries)
