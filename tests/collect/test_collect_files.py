from __future__ import annotations

import os
from pathlib import Path

import pytest

from digest.collect.files import file_of, read_bytes, shown
from digest.errors import InputError, SourceError
from digest.model import Source


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"0123456789")
    assert b"0123456789" == read_bytes(tmp_path / "x", "x", 10)
    with pytest.raises(InputError, match="x: larger than 9 bytes"):
        read_bytes(tmp_path / "x", "x", 9)


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="x: No such file or directory"):
        read_bytes(tmp_path / "gone", "x", 10)


def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x")
    with pytest.raises(InputError, match="x: not a regular file"):
        read_bytes(tmp_path / "x", "x", 10)


def test_a_message_names_a_file_wherever_it_lies() -> None:
    assert "saved/oaks.txt" == shown(Path("/home/ada/saved/oaks.txt"))
    assert "saved/oak?.txt" == shown(Path("/saved/oak\udcff.txt"))


def test_a_source_that_names_no_file_says_what_to_mend(tmp_path: Path) -> None:
    source = Source(id="s", name="S", kind="feed", location=str(tmp_path / "gone.xml"))
    with pytest.raises(SourceError, match=r"gone\.xml: no such file \(mend `feed` of source 'S'\)"):
        file_of(source)
    (tmp_path / "gone.xml").mkdir()
    with pytest.raises(SourceError, match=r"gone\.xml: a folder, not a file .*folder ="):
        file_of(source)
    (tmp_path / "gone.xml").rmdir()
    (tmp_path / "gone.xml").write_text("x")
    assert tmp_path / "gone.xml" == file_of(source)
