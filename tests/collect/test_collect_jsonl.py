import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.collect import read_jsonl
from digest.errors import InputError
from digest.model import Source

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="S", kind="jsonl", location="rows.jsonl")

ROWS = b"""\xef\xbb\xbf{"id": 7, "title": " Seven ", "text": "B", "url": "https://a.org/7"}

{"id": "x", "title": "X", "source": "P", "date": "2026-02-05", "url": "javascript:1"}\r
{"id": "7", "title": "again"}
not json
[1]
{"title": "no id"}
{"id": "y"}
{"id": "z", "title": "\\ud800", "published": "2026-02-05T10:00:00Z"}
{"id": "\xff"}
"""


def test_good_rows_are_read_and_bad_ones_named(tmp_path: Path) -> None:
    path = tmp_path / "data" / "rows.jsonl"
    path.parent.mkdir()
    path.write_bytes(ROWS)
    reading = read_jsonl(path, SOURCE, NOW)
    seven, x, z = reading.entries
    assert (seven.id, seven.title, seven.body, seven.media) == ("7", "Seven", "B", "text")
    assert (seven.url, seven.outlet, seven.where) == (
        "https://a.org/7",
        "",
        "data/rows.jsonl:1",
    )
    assert (x.url, x.outlet, x.published) == ("", "P", datetime(2026, 2, 5, 12, tzinfo=UTC))
    assert (z.title, z.published) == ("?", datetime(2026, 2, 5, 10, tzinfo=UTC))
    assert [(o.outcome, o.reason.partition(" (")[0][:48]) for o in reading.outcomes] == [
        ("copy of", "data/rows.jsonl:4: the id '7' is taken by data/r"),
        ("unreadable", "data/rows.jsonl:5: not valid JSON: expecting val"),
        ("unreadable", 'data/rows.jsonl:6: not an object such as {"id": '),
        ("unreadable", "data/rows.jsonl:7: no id"),
        ("unreadable", "data/rows.jsonl:8: neither title nor text"),
        ("unreadable", "data/rows.jsonl:10: not valid JSON: not UTF-8"),
    ]


def test_a_gzipped_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": 1, "title": "Ducks"}\n'))
    [entry] = read_jsonl(path, SOURCE, NOW).entries
    assert "Ducks" == entry.title
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(InputError, match="damaged gzip data"):
        read_jsonl(path, SOURCE, NOW)


def test_a_date_days_ahead_is_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": 1, "title": "Ducks", "date": "2026-03-01"}\n', encoding="utf-8")
    [entry] = read_jsonl(path, SOURCE, NOW).entries
    assert (None, datetime(2026, 3, 1, 12, tzinfo=UTC)) == (entry.published, entry.planned)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.jsonl: No such file"):
        read_jsonl(tmp_path / "gone.jsonl", SOURCE, NOW)


@pytest.mark.parametrize(
    ("given", "tags"),
    [(["go", " eks ", 3, ""], ("go", "eks")), ("go, eks", ("go", "eks")), (None, ()), (7, ())],
)
def test_tags_are_a_list_or_a_line(tmp_path: Path, given: object, tags: tuple[str, ...]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "1", "title": "Ducks", "tags": given}), encoding="utf-8")
    [entry] = read_jsonl(path, SOURCE, NOW).entries
    assert tags == entry.tags
