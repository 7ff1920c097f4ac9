"""Whole collections of feeds and lists, where a checkout has them beside it."""

import csv
import gzip
import io
import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.collect import collect
from digest.collect.feed import parse
from digest.collect.opml import expand, read_list
from digest.errors import SourceError
from digest.model import Source

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "feeds"
NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="S", kind="feed", location="https://a.org/feed")

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the collections are not here")


def counted(data: bytes) -> tuple[int, str]:
    """How many entries feedparser itself sees, and in which version."""
    import feedparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    return len(found.entries), found.version


def ours(data: bytes) -> int:
    """How many entries we account for; -1: refused."""
    try:
        reading = parse(data, SOURCE, "https://a.org/feed", NOW, limit=10_000)
    except SourceError:
        return -1
    return len(reading.entries) + len(reading.outcomes)


def test_each_of_feedparsers_own_feeds_gives_what_feedparser_sees() -> None:
    paths = sorted((DATA / "feedparser").rglob("*.xml"))
    assert len(paths) == 2106
    for path in paths:
        data = path.read_bytes()
        expected, version = counted(data)
        assert ours(data) == (expected if expected or version else -1), path.name


def test_real_feeds_give_what_their_index_says(tmp_path: Path) -> None:
    with (DATA / "real" / "index.tsv").open(encoding="utf-8") as file:
        index = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(index) == 100
    for row in index:
        packed = DATA / "real" / row["file"]
        (tmp_path / packed.stem).write_bytes(gzip.decompress(packed.read_bytes()))
    source = Source(id="real", name="Real", kind="folder", location=str(tmp_path))
    found = collect([source], now=NOW)
    counts = dict.fromkeys((f"{tmp_path.name}/{row['file'][:-3]}" for row in index), 0)
    for entry in found.entries:
        counts[entry.where] += 1
    dropped = sum(
        outcome.outcome in ("copy of", "outside the window") for outcome in found.outcomes
    )
    assert dropped == len(found.outcomes)
    assert sum(counts.values()) + dropped == sum(int(row["entries"]) for row in index)
    for row in index:
        count, entries = counts[f"{tmp_path.name}/{row['file'][:-3]}"], int(row["entries"])
        assert min(entries, 500) - 2 <= count <= entries
    (report,) = found.reports
    assert report.message.startswith("100 of 100 files read")
    assert len({entry.id for entry in found.entries}) == len(found.entries)
    assert not [entry for entry in found.entries if not entry.published and not entry.updated]


def test_all_real_lists_import() -> None:
    paths = sorted((DATA / "opml").rglob("*.opml"))
    assert len(paths) == 61
    for path in paths:
        data = path.read_bytes()
        children, refused = expand(data, SOURCE, path.name)
        named = {item.address for item in read_list(data)}
        assert data.lower().count(b"xmlurl=") >= len(named) > 0
        assert len(children) == len(named)
        assert not refused
        assert len({child.id for child in children}) == len(children)


def test_listparsers_own_lists_never_break() -> None:
    paths = sorted((DATA / "opml" / "listparser").rglob("*.xml"))
    found = [read_list(path.read_bytes()) for path in paths]
    assert (109, 55) == (len(found), sum(1 for feeds in found if feeds))
