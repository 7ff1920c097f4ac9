"""`digest stories` and `digest topics` on JSON Lines files: what comes in, and who told it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import main

ROWS = b'{"id": 1, "title": "Ducks return to the pond"}\n{"id": 2, "title": "Oaks are older"}\n'
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `digest stories ARGS` beside a.jsonl, b.jsonl with the same ids, and both packed."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(ROWS)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(ROWS))

    def invoke(*args: str, stdin: bytes = b"") -> Result:
        return CliRunner().invoke(main, ["stories", *args], input=stdin)

    return invoke


def ids(result: Result) -> set[str]:
    assert 0 == result.exit_code, result.stderr
    return {json.loads(line)["id"] for line in result.stdout.splitlines()}


def test_a_file_a_packed_one_and_a_pipe_say_the_same(run: Run) -> None:
    plain = run("a.jsonl")
    assert {"1", "2"} == ids(plain)
    assert plain.stdout == run("a.jsonl.gz").stdout == run("-", stdin=ROWS).stdout
    assert plain.stdout == run("--json", "a.jsonl").stdout


def test_ids_that_two_files_have_are_told_apart(run: Run) -> None:
    result = run("a.jsonl", "b.jsonl")
    assert {"1", "2", "b:1", "b:2"} == ids(result)
    assert "b.jsonl: ids that an earlier file has (2) become b:ID" in result.stderr


def test_a_file_is_no_outlet(run: Run, tmp_path: Path) -> None:
    """One outlet seldom tells one story twice, so rows without a source must not share one."""
    titles = (
        "Crane strikes Harbour Bridge pylon in Lisbon",
        "Harbour Bridge pylon in Lisbon struck by crane",
    )
    rows = [{"id": str(at), "title": title} for at, title in enumerate(titles)]
    (tmp_path / "c.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = [json.loads(line) for line in run("c.jsonl").stdout.splitlines()]
    assert [("0", ""), ("0", "")] == [(row["story"], row["source"]) for row in found]


def test_a_row_with_a_link_alone_comes_from_its_host(run: Run, tmp_path: Path) -> None:
    row = {"id": 1, "title": "Ducks return", "url": "https://www.pond.example/ducks"}
    (tmp_path / "c.jsonl").write_text(json.dumps(row), encoding="utf-8")
    [found] = [json.loads(line) for line in run("c.jsonl").stdout.splitlines()]
    assert "pond.example" == found["source"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (".", None, "a folder, not a file"),
        ("gone.jsonl", None, "No such file"),
        ("bad.jsonl", b"no json\n", "no line can be read"),
        ("bad.jsonl.gz", b"\x1f\x8bno gzip", "damaged gzip data"),
    ],
)
def test_what_cannot_be_read(
    run: Run, tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = run("a.jsonl", name) if content is None else run(name)
    assert (1, "") == (result.exit_code, result.stdout)
    assert f"digest: error: {name}: {says}" in result.stderr


def test_an_empty_file_holds_no_stories(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_bytes(b"\n\n")
    assert set() == ids(run("empty.jsonl"))
