"""Same input, same bytes: in another zone, language, hash seed and folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
HERE = {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
THERE = {
    "TZ": "Pacific/Kiritimati",
    "LANG": "tr_TR.UTF-8",
    "LC_ALL": "C.UTF-8",
    "PYTHONHASHSEED": "4242",
}


def build(home: Path, cwd: Path, environment: dict[str, str]) -> dict[str, bytes]:
    home.mkdir(parents=True)
    shutil.copy(ROOT / "digest.toml", home)
    shutil.copytree(ROOT / "seeds", home / "seeds")
    subprocess.run(
        [sys.executable, "-m", "digest", "build", "--config", home, "--week", "2025-W05", "-q"],
        cwd=cwd,
        env={**os.environ, **environment},
        check=True,
        timeout=120,
    )
    out = home / "out"
    return {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}


def test_two_builds_are_byte_identical(tmp_path: Path) -> None:
    one = build(tmp_path / "a", tmp_path, HERE)
    other = build(tmp_path / "b" / "deeper" / "down", Path("/"), THERE)
    # Two indexes of the same pages differ: https://github.com/Pagefind/pagefind/issues/638
    ours = {name for name in one if not name.startswith("site/pagefind/")}
    assert ours == {name for name in other if not name.startswith("site/pagefind/")}
    assert "2025-W05/issue.html" in one
    assert [] == sorted(name for name in ours if one[name] != other[name])


def test_a_second_build_changes_nothing(tmp_path: Path) -> None:
    first = build(tmp_path / "a", tmp_path, HERE)
    subprocess.run(
        [sys.executable, "-m", "digest", "build", "--config", tmp_path / "a", "-q"],
        env={**os.environ, **HERE},
        check=True,
        timeout=120,
    )
    out = tmp_path / "a" / "out"
    assert first == {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}
