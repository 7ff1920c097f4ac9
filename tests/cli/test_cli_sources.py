from __future__ import annotations

import json
from pathlib import Path

from cli_plugin import DATED, Run


def test_sources(run: Run, publication: Path) -> None:
    heads, line = run("sources").stdout.splitlines()
    assert ["Source", "Entries", "Last", "success"] == heads.split()[:4]
    assert "Saved   1        on disk" in line
    assert line.endswith("not known  1 of 1 files read")
    [row] = map(json.loads, run("sources", "--json").stdout.splitlines())
    assert ("Saved", 1, "ok", None, "") == (
        row["name"],
        row["entries"],
        row["status"],
        row["used"],
        row["advice"],
    )


def test_sources_know_what_issues_used(run: Run, publication: Path) -> None:
    assert 0 == run("build").exit_code
    [row] = map(json.loads, run("sources", "--json").stdout.splitlines())
    assert 1.0 == row["used"]


def test_a_folder_whose_documents_name_their_outlets_was_used(run: Run, publication: Path) -> None:
    named = DATED.replace("---\ntitle", "---\nsource: Cluster Notes\ntitle")
    (publication / "saved" / "karpenter.md").write_text(named, encoding="utf-8")
    issue = json.loads(run("build", "--json").stdout)
    assert "Cluster Notes" == issue["sections"][0]["stories"][0]["source"]
    [row] = map(json.loads, run("sources", "--json").stdout.splitlines())
    assert ("Saved", 1.0) == (row["name"], row["used"])
