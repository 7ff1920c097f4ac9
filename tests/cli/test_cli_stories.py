"""`digest stories` and `digest explain`."""

from __future__ import annotations

import json
from pathlib import Path

from cli_plugin import DATED, Run, refused


def test_stories_of_the_publication(run: Run, publication: Path) -> None:
    [line] = run("stories").stdout.splitlines()
    row = json.loads(line)
    assert ["id", "story", "role", "url", "title", "source"] == list(row)
    assert ("lead", "Karpenter 1.2 is out", "Saved") == (row["role"], row["title"], row["source"])


def test_stories_of_files(run: Run, tmp_path: Path) -> None:
    rows = [
        '{"id": 1, "title": "Karpenter 1.2 is out", "url": "https://a.example/k"}',
        "not json",
        '{"id": 2, "title": "Ducks return to the pond"}',
        '{"id": "3", "title": "Karpenter", "url": "https://a.example/k?utm_source=x"}',
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join(rows), encoding="utf-8")
    result = run("stories", "articles.jsonl")
    assert 0 == result.exit_code
    found = {row["id"]: row["story"] for row in map(json.loads, result.stdout.splitlines())}
    assert {"1", "2", "3"} == set(found)
    assert found["1"] == found["3"] != found["2"]
    assert "articles.jsonl:2" in result.stderr


def test_explain_an_article_and_what_was_left_out(run: Run, publication: Path) -> None:
    saved = publication / "saved"
    (saved / "again.md").write_text(DATED.replace("Karpenter 1.2 is", "Version 1.2 is"), "utf-8")
    (saved / "old.md").write_text(DATED.replace("2025-01-28", "2024-01-28"), "utf-8")
    rows = [json.loads(line) for line in run("stories").stdout.splitlines()]
    text = run("explain", rows[0]["id"]).stdout
    assert "joined with" in text or "copy of" in text
    assert "score" in text
    assert "chosen" in text
    assert "  kind release\n" in text
    data = json.loads(run("explain", rows[0]["id"], "--json").stdout)
    assert rows[0]["story"] == data["story"]
    issue = json.loads(run("build", "--json").stdout)
    told = issue["sections"][0]["stories"][0]
    assert (told["id"], told["topic"], told["kind"]) == (
        data["story"],
        data["topic"]["name"],
        data["kind"],
    )
    assert (told["title"], told["retitled"]) == tuple(data["headline"].values())
    assert told["reasons"] == [*data["topic"]["reasons"], *data["reasons"]]
    assert told["score"] == data["score"]
    assert data["fate"] == "chosen: number 1 of 1 in Everything else"
    assert told["sentences"] == [
        {key: value for key, value in sentence.items() if key != "why"}
        for sentence in data["blurb"]
    ]
    assert all(sentence["why"] for sentence in data["blurb"])
    [old] = [o["id"] for o in issue["outcomes"] if o["outcome"] == "outside the window"]
    assert "outside the window: dated 2024-01-28" in run("explain", old).stdout


def test_no_such_article(run: Run, publication: Path) -> None:
    refused(run("explain", "nonsense"), 1, "'nonsense'", "digest stories")
