"""What the tests of the command line share: how it is run, and what it is run on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import main

Run = Callable[..., Result]

HEAD = '[publication]\ntitle = "Mine"\n'
FOLDER = HEAD + '[[source]]\nfolder = "saved"\nname = "Saved"\n'
DATED = (
    "---\ntitle: Karpenter 1.2 is out\ndate: 2025-01-28\n---\n\nKarpenter reached version 1.2.\n"
)


def invoked(*args: str) -> Result:
    """What `digest ARGS` gave; a traceback is the test's."""
    result = CliRunner().invoke(main, args)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def refused(result: Result, status: int, *parts: str) -> None:
    """One line on stderr says what is wrong, and there is no traceback."""
    assert status == result.exit_code
    assert "Traceback" not in result.output
    error = [line for line in result.stderr.splitlines() if "error:" in line.lower()]
    assert 1 == len(error), result.stderr
    for part in parts:
        assert part in error[0]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `digest ARGS` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1738497600")  # 2025-02-02T12:00Z
    return invoked


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    """A publication with one saved article of 2025-W05."""
    (tmp_path / "digest.toml").write_text(FOLDER, encoding="utf-8")
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "karpenter.md").write_text(DATED, encoding="utf-8")
    return tmp_path
