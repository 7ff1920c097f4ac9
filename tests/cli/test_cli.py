"""What holds for every command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_plugin import FOLDER, HEAD, Run, refused

COMMANDS = (
    "init",
    "collect",
    "build",
    "check",
    "preview",
    "stories",
    "topics",
    "explain",
    "sources",
    "templates",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run: Run, command: str) -> None:
    assert f"  {command} " in run("--help").stdout
    result = run(command, "--help")
    assert (0, "Usage:") == (result.exit_code, result.stdout[:6])


def test_the_config_is_found_in_a_folder_above(
    run: Run, publication: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(publication / "saved")
    assert 0 == run("build").exit_code
    assert (publication / "out" / "2025-W05").is_dir()


def test_collect(run: Run, publication: Path) -> None:
    assert "1 entry from 1 source" in run("collect").stderr


def test_no_config(run: Run) -> None:
    refused(run("build"), 1, "no digest.toml", "digest init")


def test_a_misspelt_key(run: Run, publication: Path) -> None:
    (publication / "digest.toml").write_text(HEAD + 'titel = "x"\n', encoding="utf-8")
    refused(run("build"), 1, "digest.toml:3", "'titel'", "did you mean 'title'?")


def test_no_such_week(run: Run, publication: Path) -> None:
    refused(run("build", "--week", "2025-W77"), 2, "'2025-W77'", "2025-W05")


def test_a_week_may_be_named_in_capitals(run: Run, publication: Path) -> None:
    assert 0 == run("build", "--week", "THIS").exit_code
    assert (publication / "out" / "2025-W05").is_dir()


def test_no_such_moment(run: Run, publication: Path) -> None:
    refused(run("build", "--now", "noon"), 2, "--now", "'noon'")


@pytest.mark.parametrize("epoch", ["abc", "9" * 20, "1.5"])
def test_no_such_epoch(
    run: Run, publication: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    refused(run("build", "--now", "2025-02-02"), 2, "SOURCE_DATE_EPOCH", epoch)


def test_an_empty_epoch_is_none(
    run: Run, publication: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert 0 == run("build", "--now", "2025-02-02").exit_code


def test_a_week_with_nothing_but_undated_repeats_names_others(run: Run, publication: Path) -> None:
    (publication / "saved" / "ducks.md").write_text("# Ducks\n\nNinety came.\n", encoding="utf-8")
    assert 0 == run("build").exit_code
    later = run("build", "--now", "2025-02-12", "--week", "this")
    refused(later, 4, "2025-W07", "no date", "weeks with material: 2025-W05")


def test_what_is_dated_after_now_waits_for_its_week(run: Run, publication: Path) -> None:
    (publication / "saved" / "ducks.md").write_text(
        "---\ndate: 2025-03-01\n---\n# Ducks\n\nNinety came.\n", encoding="utf-8"
    )
    issue = json.loads(run("build", "--json", "--now", "2025-02-02").stdout)
    fates = {
        (o["outcome"], o["reason"])
        for o in issue["outcomes"]
        if o["title"] != "Karpenter 1.2 is out"
    }
    assert {("outside the window", "dated 2025-03-01, which is still to come")} == fates


def test_a_line_that_cannot_be_read_is_told_once(run: Run, publication: Path) -> None:
    rows = '{"id": "1", "title": "Ninety ducks came to town"}\nno json\n'
    (publication / "rows.jsonl").write_text(rows, encoding="utf-8")
    text = FOLDER + '[[source]]\njsonl = "rows.jsonl"\n'
    (publication / "digest.toml").write_text(text, encoding="utf-8")
    assert 1 == run("build", "-q").stderr.count("rows.jsonl:2")


def test_no_such_option(run: Run) -> None:
    assert 2 == run("build", "--weak").exit_code


def test_no_command_is_cut_short_in_the_help(run: Run) -> None:
    for group in ([], ["sources"], ["templates"]):
        assert "..." not in run(*group, "--help").stdout.partition("Commands:")[2]


@pytest.mark.parametrize("command", ["check", "preview"])
def test_week_of_what_was_built(run: Run, command: str) -> None:
    assert "the newest week that was built" in " ".join(run(command, "--help").stdout.split())
