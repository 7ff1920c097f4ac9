from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main
from digest.config import load

HEAD = '[publication]\ntitle = "Mine"\n'
DATA = '[[topic]]\nname = "Databases"\nkeywords = ["postgresql"]\n'
WORDS = '[stories]\nencoder = "lexical"\n'  # the answers must not depend on what is installed
ROWS = ({"id": 1, "title": "PostgreSQL 18"}, {"id": 2, "title": "Ducks", "tags": ["postgresql"]},
        {"id": 3, "title": "Ducks"})  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "digest.toml").write_text(HEAD + DATA + WORDS, encoding="utf-8")
    rows = "\n".join(json.dumps(row) for row in ROWS)
    (tmp_path / "rows.jsonl").write_text(rows, encoding="utf-8")
    return tmp_path


def run(*args: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(main, ["topics", *args])
    assert 0 == result.exit_code, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_each_article_gets_its_topic(home: Path) -> None:
    found = run("rows.jsonl")
    assert ["1", "2", "3"] == [row["id"] for row in found]
    assert ["Databases", "Databases", "Everything else"] == [row["topic"] for row in found]
    assert ["id", "topic", "score", "reasons"] == list(found[0])
    assert "'postgresql' in the tag" in str(found[1]["reasons"])


def test_force_leaves_nothing_over(home: Path) -> None:
    assert {"Databases"} == {row["topic"] for row in run("rows.jsonl", "--force")}


def test_a_publications_week(home: Path) -> None:
    (home / "saved").mkdir()
    (home / "saved" / "a.md").write_text(
        "---\ntitle: PostgreSQL 18\ndate: 2025-01-28\n---\n\nA text on it.\n", encoding="utf-8"
    )
    config = HEAD + DATA + WORDS + '[[source]]\nfolder = "saved"\n'
    (home / "digest.toml").write_text(config, encoding="utf-8")
    assert ["Databases"] == [row["topic"] for row in run("--week", "2025-W05")]


def test_a_file_that_is_not_there(home: Path) -> None:
    assert 1 == CliRunner().invoke(main, ["topics", "none.jsonl"]).exit_code


@pytest.mark.parametrize(("pack", "least"), [("tech", 12), ("news", 8), ("none", 0)])
def test_init_writes_a_pack(
    pack: str, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert 0 == CliRunner().invoke(main, ["init", "mine", "--topics", pack]).exit_code
    topics = load(tmp_path / "mine" / "digest.toml").topics
    assert least <= len(topics)
    assert (pack == "none") == (not topics)


@pytest.mark.parametrize(
    ("topics", "line", "problem"),
    [
        (DATA + DATA, 6, "taken by the topic in line 3"),
        (DATA.replace("Databases", "everything else"), 3, "a section which is always there"),
        ('[[topic]]\nname = " "\n', 3, "has no name"),
        ('[[topic]]\nname = "A"\nmax = -1\n', 3, "max = -1"),
        ('[[topic]]\nname = "A"\nexamples = ["ducks"]\n', 3, "no link"),
        ('[[topic]]\nname = "A"\nkind = "duck"\n', 5, "'duck' is none of article"),
    ],
)
def test_mistakes_are_named_by_line(home: Path, topics: str, line: int, problem: str) -> None:
    (home / "digest.toml").write_text(HEAD + topics, encoding="utf-8")
    result = CliRunner().invoke(main, ["topics", "rows.jsonl"])
    assert 1 == result.exit_code
    assert f"digest.toml:{line}:" in result.stderr
    assert problem in result.stderr
