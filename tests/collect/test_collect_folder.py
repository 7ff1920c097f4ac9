import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.collect import collect
from digest.collect.folder import list_folder, read_documents
from digest.errors import SourceError
from digest.model import Source

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder


def source(folder: Path) -> Source:
    return Source(id="s", name="S", kind="folder", location=str(folder))


def test_what_lies_in_a_folder_is_sorted_by_kind_and_name(seeds: Path) -> None:
    (seeds / "sub").mkdir()
    (seeds / "page_files").mkdir()
    (seeds / ".git").mkdir()
    for name in (
        *("b.txt", "a.md", "page.html", "x.xml", "feed.json", "sub/c.TXT", "page_files/d.txt"),
        *(".hidden.txt", ".git/e.txt", "README.md", "readme", "a.toml", "b.txt.meta.toml"),
        *("stray.toml", "photo.png", "list.opml", "rows.jsonl"),
    ):
        (seeds / name).write_text("x")
    listing = list_folder(source(seeds))
    assert [f.name for f in listing.documents] == ["a.md", "b.txt", "page.html", "sub/c.TXT"]
    assert [f.where for f in listing.feeds] == ["seeds/feed.json", "seeds/x.xml"]
    refused = dict(listing.refused)
    assert sorted(refused) == [
        f"seeds/{n}" for n in ("list.opml", "photo.png", "rows.jsonl", "stray.toml")
    ]
    assert "`opml = ...`" in refused["seeds/list.opml"]
    assert "unknown kind of file '.png'" in refused["seeds/photo.png"]
    assert listing.count == 10


def test_links_never_lead_out(seeds: Path, tmp_path: Path) -> None:
    (tmp_path / "seeds-secret").mkdir()
    (tmp_path / "seeds-secret" / "x.txt").write_text("secret")
    (seeds / "in.txt").write_text("fine")
    (seeds / "same.txt").symlink_to("in.txt")
    (seeds / "out.txt").symlink_to("../seeds-secret/x.txt")
    (seeds / "folder").symlink_to("../seeds-secret", target_is_directory=True)
    (seeds / "loop").symlink_to(".", target_is_directory=True)
    (seeds / "gone.txt").symlink_to("nowhere.txt")
    (seeds / "in.toml").symlink_to("../seeds-secret/x.txt")
    listing = list_folder(source(seeds))
    assert [file.name for file in listing.documents] == ["in.txt", "same.txt"]
    assert {name for name, _ in listing.refused} >= {
        f"seeds/{n}" for n in ("out.txt", "folder", "gone.txt", "loop")
    }
    reading = read_documents(source(seeds), listing.documents, NOW, 1000)
    assert all("secret" not in entry.title + entry.body for entry in reading.entries)


def test_a_fifo_is_no_document(seeds: Path) -> None:
    os.mkfifo(seeds / "x.txt")
    assert list_folder(source(seeds)).refused == (("seeds/x.txt", "not a regular file"),)


def test_documents_are_read_and_the_unreadable_named(seeds: Path) -> None:
    (seeds / "good.txt").write_text("Good")
    (seeds / "good.toml").write_text('title = "T"\ndate = 2026-02-05\nsource = "Paper"\n')
    (seeds / "late.txt").write_text("Late")
    (seeds / "late.txt.toml").write_text("title = \n")
    (seeds / "nul.txt").write_bytes(b"\0")
    (seeds / "big.txt").write_text("x" * 101)
    (seeds / "bad.md").write_text("---\na: [\n---\n")
    listing = list_folder(source(seeds))
    reading = read_documents(source(seeds), listing.documents, NOW, 100)
    assert [(e.where, e.title, e.outlet) for e in reading.entries] == [
        ("seeds/good.txt", "T", "Paper"),
        ("seeds/late.txt", "", ""),
    ]
    assert [outcome.reason.partition(" YAML")[0] for outcome in reading.outcomes] == [
        "seeds/bad.md:3: front matter is not valid",
        "seeds/big.txt: larger than 100 bytes",
        "seeds/nul.txt: binary (it has NUL bytes)",
    ]
    assert reading.warnings == ("seeds/late.txt.toml:1: not valid TOML: Invalid value",)


def test_ids_do_not_depend_on_where_the_folder_lies(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (seeds / "x.txt").write_text("x")
    copy = tmp_path / "elsewhere" / "seeds"
    copy.mkdir(parents=True)
    (copy / "x.txt").write_text("x")
    monkeypatch.chdir(copy)
    one, two = (
        read_documents(source(f), list_folder(source(f)).documents, NOW, 100).entries[0]
        for f in (seeds, copy)
    )
    assert (one.id, one.where) == (two.id, two.where)


def test_a_missing_folder_says_what_to_mend(seeds: Path) -> None:
    with pytest.raises(SourceError, match=r"gone: no such folder .*mend `folder`"):
        list_folder(source(seeds / "gone"))
    (seeds / "file").write_text("x")
    with pytest.raises(SourceError, match="not a folder"):
        list_folder(source(seeds / "file"))


def test_an_edited_file_is_the_same_entry_with_new_words(tmp_path: Path) -> None:
    source = Source(id="s", name="S", kind="folder", location=str(tmp_path))
    (tmp_path / "a.md").write_text("Before.")
    (before,) = collect([source], now=NOW).entries
    (tmp_path / "a.md").write_text("After.")
    (after,) = collect([source], now=NOW).entries
    assert (before.id, "After.") == (after.id, after.body)
