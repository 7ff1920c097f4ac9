from __future__ import annotations

from pathlib import Path

import pytest
from cli_plugin import Run

from digest.config import load


def test_init_then_build(run: Run, tmp_path: Path) -> None:
    assert 0 == run("init", "my-letter").exit_code
    result = run("build", "--config", "my-letter")
    assert 0 == result.exit_code, result.stderr
    page = (tmp_path / "my-letter" / "out" / "2025-W05" / "issue.html").read_text("utf-8")
    assert "My Letter" in page
    assert "Your first saved article" in page


def test_init_overwrites_nothing(run: Run) -> None:
    assert 0 == run("init").exit_code
    result = run("init")
    assert (1, True) == (result.exit_code, "is already there" in result.stderr)


def test_init_says_how_to_build_from_here(run: Run) -> None:
    assert "run `digest build --config letter`" in run("init", "letter").stderr
    assert "run `digest build`" in run("init").stderr
    assert "there is no style 'x': not built in (choose " in run("init", "--style", "x").stderr


@pytest.mark.parametrize(("pack", "least"), [("tech", 12), ("news", 8), ("none", 0)])
def test_init_writes_a_pack(run: Run, tmp_path: Path, pack: str, least: int) -> None:
    assert 0 == run("init", "mine", "--topics", pack).exit_code
    topics = load(tmp_path / "mine" / "digest.toml").topics
    assert least <= len(topics)
    assert (pack == "none") == (not topics)
