from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from digest.errors import OutputError
from digest.model import Artifact
from digest.output import MANIFEST, write, write_site


def artifact(path: str, content: bytes = b"new") -> Artifact:
    return Artifact(path=path, content=content)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_writes_everything_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    written = write([artifact("2025-W05/a.txt", b"a"), artifact("site/x/b.txt", b"b")], out)
    assert written == (out / "2025-W05" / "a.txt", out / "site" / "x" / "b.txt")
    assert tree(out) == {"2025-W05/a.txt": b"a", "site/x/b.txt": b"b"}
    assert [path for path in out.iterdir() if path.name.startswith(".")] == []


def test_writes_nothing_when_there_is_nothing(tmp_path: Path) -> None:
    assert write([], tmp_path / "out") == ()


def test_replaces_old_files_and_leaves_the_others(tmp_path: Path) -> None:
    write([artifact("w/a", b"old"), artifact("w/b", b"kept")], tmp_path)
    write([artifact("w/a", b"new")], tmp_path)
    assert tree(tmp_path) == {"w/a": b"new", "w/b": b"kept"}


@pytest.mark.parametrize(
    "path",
    [
        *("/etc/passwd", "../a", "a/../../b", "a/..", "", ".", "a//b", "a/./b", "a/"),
        *("a\\..\\b", "C:/a", "a\0b", ".tmp-1/a"),
    ],
)
def test_refuses_paths_that_lead_elsewhere(tmp_path: Path, path: str) -> None:
    out = tmp_path / "out"
    with pytest.raises(OutputError) as caught:
        write([artifact("fine"), artifact(path)], out)
    assert caught.value.hint
    assert tree(tmp_path) == {}


def test_refuses_one_path_twice(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="written twice"):
        write([artifact("a/b"), artifact("a/b")], tmp_path)


@pytest.mark.parametrize("link", ["w", "w/a"])
def test_refuses_links_that_lead_elsewhere(tmp_path: Path, link: str) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (out / link).parent.mkdir(parents=True)
    (out / link).symlink_to(elsewhere if link == "w" else elsewhere / "victim")
    with pytest.raises(OutputError, match="symbolic link"):
        write([artifact("w/a")], out)
    assert tree(elsewhere) == {}


def test_out_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    write([artifact("a")], tmp_path / "out")
    assert tree(tmp_path / "real") == {"a": b"new"}


def test_out_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError) as caught:
        write([artifact("a")], tmp_path / "out")
    assert "file stands where a folder" in caught.value.hint


def test_a_folder_or_a_file_in_the_way_is_met_before_anything_changes(tmp_path: Path) -> None:
    write([artifact("w/a", b"old"), artifact("w/b/c", b"old")], tmp_path)
    before = tree(tmp_path)
    for path in ("w/b", "w/a/deep"):
        with pytest.raises(OutputError):
            write([artifact("w/a"), artifact(path)], tmp_path)
        assert tree(tmp_path) == before
        assert list(tmp_path.glob(".tmp-*")) == []


def test_a_full_disk_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write([artifact("w/a", b"old"), artifact("w/b", b"old")], tmp_path)
    synced: list[int] = []

    def full(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError) as caught:
        write([artifact("w/a"), artifact("w/b")], tmp_path)
    assert "disk is full" in caught.value.hint
    assert tree(tmp_path) == {"w/a": b"old", "w/b": b"old"}


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError) as caught:
        write([artifact("a")], tmp_path)
    assert "writable" in caught.value.hint


def test_sweeps_what_a_killed_run_left_behind(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    alive = os.getppid()
    for name in (str(dead.pid), "odd", str(os.getpid()), str(alive)):
        (tmp_path / f".tmp-{name}").mkdir()
        (tmp_path / f".tmp-{name}" / "0").write_bytes(b"half")
    write([artifact("a")], tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [f".tmp-{alive}", "a"]


# --- the site: what a build before wrote and this one does not make is removed -----------------


def lasting(path: str) -> Artifact:
    return Artifact(path=path, content=b"moved", lasting=True)


def test_stale_pages_are_removed_with_their_folders(tmp_path: Path) -> None:
    write_site([artifact("site/a"), artifact("site/topics/old/index.html")], tmp_path)
    assert write_site([artifact("site/a")], tmp_path) == (tmp_path / "site" / "a",)
    assert not (tmp_path / "site" / "topics").exists()
    assert {"site/a", MANIFEST} == set(tree(tmp_path))


def test_what_others_put_or_changed_there_stays(tmp_path: Path) -> None:
    write_site([artifact("site/t/a"), artifact("site/t/b"), artifact("site/c")], tmp_path)
    (tmp_path / "site" / "CNAME").write_bytes(b"example.org")
    (tmp_path / "site" / "t" / "mine").write_bytes(b"mine")
    (tmp_path / "site" / "t" / "b").write_bytes(b"edited")
    write_site([artifact("site/c")], tmp_path)
    assert {"site/CNAME", "site/c", "site/t/b", "site/t/mine", MANIFEST} == set(tree(tmp_path))


def test_an_address_that_was_given_out_stays(tmp_path: Path) -> None:
    write_site([artifact("site/a"), lasting("site/old-title-5/index.html")], tmp_path)
    write_site([artifact("site/a"), lasting("site/new-title-5/index.html")], tmp_path)
    assert (tmp_path / "site" / "old-title-5" / "index.html").is_file()


@pytest.mark.parametrize(
    "manifest",
    [
        *("not json", "[]", "null", '{"site/a": 5}', '{"2025-W05/issue.html": "x"}', "\\ud800"),
        *('{"site/../2025-W05/issue.html": "H"}', '{"/etc/passwd": "H"}', '{"site/": "H"}'),
        *('{"site/link/issue.html": "H"}', '{"site/gone": "H"}', '{"site": "H"}'),
    ],
)
def test_a_manifest_that_lies_removes_nothing_outside(tmp_path: Path, manifest: str) -> None:
    write([artifact("2025-W05/issue.html"), artifact("site/a")], tmp_path)
    (tmp_path / "site" / "link").symlink_to(tmp_path / "2025-W05")
    known = hashlib.sha256(b"new").hexdigest()[:32]
    (tmp_path / MANIFEST).write_text(manifest.replace("H", known), encoding="utf-8")
    write_site([artifact("site/b")], tmp_path)
    assert (tmp_path / "2025-W05" / "issue.html").is_file()
    assert (tmp_path / "site" / "a").is_file()


def test_a_failed_build_removes_nothing(tmp_path: Path) -> None:
    write_site([artifact("site/a"), artifact("site/b")], tmp_path)
    with pytest.raises(OutputError):
        write_site([artifact("site/a/deeper")], tmp_path)
    assert {"site/a", "site/b", MANIFEST} == set(tree(tmp_path))
