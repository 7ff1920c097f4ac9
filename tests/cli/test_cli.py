"""What holds for every command."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_plugin import HEAD, Run, refused

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
    refused(run("build", "--week", "2025-W77"), 1, "'2025-W77'", "2025-W05")


def test_no_such_moment(run: Run, publication: Path) -> None:
    refused(run("build", "--now", "noon"), 2, "--now", "'noon'")


def test_no_such_option(run: Run) -> None:
    assert 2 == run("build", "--weak").exit_code


def test_no_command_is_cut_short_in_the_help(run: Run) -> None:
    for group in ([], ["sources"], ["templates"]):
        assert "..." not in run(*group, "--help").stdout.partition("Commands:")[2]


@pytest.mark.parametrize("command", ["check", "preview"])
def test_week_of_what_was_built(run: Run, command: str) -> None:
    assert "the newest week that was built" in " ".join(run(command, "--help").stdout.split())
