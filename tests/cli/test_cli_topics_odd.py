"""Odd topics and odd texts, through `digest topics` and a whole build."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli import main

HEAD = """\
[publication]
title = "Odd"
[stories]
encoder = "lexical"
[[source]]
jsonl = "rows.jsonl"
"""
TEXTS = {
    "one sentence": ("PostgreSQL 18 is out", "A new database is here."),
    "a long sentence": ("On and on", "the heron stood in the marsh and a loaf lay by it " * 420),
    "a list": ("Shopping", "- a loaf\n- two herons\n- three databases\n- four"),
    "code": ("A listing", "```python\nimport sqlite3\nfor x in range(9):\n    print(x)\n```"),
    "German": ("Der Hund schläft", "Der Hund schläft im Garten. Es regnet seit gestern."),
    "Japanese": ("池の鴨", "鴨は池で泳いでいます。とても静かです。"),
    "Arabic": ("البط في البركة", "البط يسبح في البركة منذ أمس."),
    "a duck": ("🦆🦆", "🦆"),
    "a number": ("42", "42"),
}
TOPICS = {
    "none": [],
    "the same keywords": [("One", ["database"]), ("Two", ["database"])],
    "empty keywords": [("Nothing", []), ("Blank", ["", " ", "-"]), ("Data", ["database"])],
    "nobody fits": [("Bees", ["bee", "hive"]), ("Honey", ["honey"])],
    "200": [(f"Topic {n}", [f"word{n}", f"other{n}"]) for n in range(199)] + [("Data", ["sql"])],
    "other languages": [("Hunde", ["hund"]), ("鴨", ["鴨"]), ("البط", ["البط"])],
}


@pytest.fixture(params=TOPICS, ids=lambda name: name.replace(" ", "-"))
def home(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    topics = "".join(
        f"[[topic]]\nname = {json.dumps(name)}\nkeywords = {json.dumps(keywords)}\n"
        for name, keywords in TOPICS[request.param]
    )
    (tmp_path / "digest.toml").write_text(HEAD + topics, encoding="utf-8")
    rows = [
        {"id": kind, "title": title, "text": text, "date": "2025-01-28", "source": f"S{number}"}
        for number, (kind, (title, text)) in enumerate(TEXTS.items())
    ]
    lines = "\n".join(json.dumps(row) for row in rows)
    (tmp_path / "rows.jsonl").write_text(lines, encoding="utf-8")
    return tmp_path


def test_every_text_has_a_place_that_has_a_name(home: Path) -> None:
    result = CliRunner().invoke(main, ["topics", "rows.jsonl", "-q"])
    assert 0 == result.exit_code, result.output
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert list(TEXTS) == [row["id"] for row in found]
    place = {row["id"]: row["topic"] for row in found}
    assert all(topic.strip() for topic in place.values())
    assert ("Everything else", "Everything else") == (place["a duck"], place["a number"])


def test_no_section_of_the_issue_is_empty(home: Path) -> None:
    result = CliRunner().invoke(main, ["build", "--week", "2025-W05", "-q"])
    assert 0 == result.exit_code, result.output
    [path] = home.glob("out/**/issue.json")
    sections = json.loads(path.read_text(encoding="utf-8"))["sections"]
    assert sections
    for section in sections:
        assert section["name"].strip(), section
        assert section["stories"], section["name"]
