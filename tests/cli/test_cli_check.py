"""`digest check` and `digest preview` as an editor runs them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from cli_plugin import Run, invoked
from click.testing import Result

CONFIG = """\
[publication]
title = "Mine"
url = "https://example.org/mine/"
address = "1 Sample Street"
[[source]]
folder = "saved"
name = "Saved"
"""
ARTICLE = """\
---
title: Karpenter 1.2 is out
date: 2025-01-28
url: https://karpenter.example/1.2
---

Karpenter reached version 1.2 on Tuesday, and nodes now stay put during office hours.
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `digest ARGS` in a publication of one article."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1738497600")  # 2025-02-02T12:00Z
    (tmp_path / "digest.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "karpenter.md").write_text(ARTICLE, encoding="utf-8")
    return invoked


def rules(result: Result) -> set[str]:
    return {finding["rule"] for finding in json.loads(result.stdout)["findings"]}


def test_an_issue_that_was_not_built_is_an_error(run: Run) -> None:
    for args in (["check"], ["check", "--week", "2025-W05"], ["preview"]):
        result = run(*args)
        assert 1 == result.exit_code
        assert "run `digest build" in result.stderr
        assert 1 == result.stderr.count("\n")


def test_the_week_may_be_said_in_every_way(run: Run) -> None:
    run("build")
    for week in ([], ["--week"], ["--week", "2025-W05"], ["--week", "2025-01-30"]):
        assert "2025-W05: " in run("check", *week).stdout
    assert "2025-W04" in run("check", "--week", "last").stderr


def test_a_good_issue_passes_with_or_without_warnings(run: Run) -> None:
    run("build")
    result = run("check", "--json")
    report = json.loads(result.stdout)
    assert (0, "2025-W05", 0) == (result.exit_code, report["week"], report["errors"])
    assert {"top-alone"} == rules(result)
    assert ["rule", "severity", "where", "message", "hint"] == list(report["findings"][0])
    assert 3 == run("check", "--strict").exit_code
    text = run("check").stdout
    assert text.startswith("2025-W05: 0 errors, 1 warning\n\nWarnings\n\n  top-alone: ")


def test_an_error_fails(run: Run, tmp_path: Path) -> None:
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "2025-W05.md").write_text(
        "# Bricks\n\nTODO \x1b[31m and [a link](https://a.example/unsubscribe/1f).\n", "utf-8"
    )
    expected = {"left-over", "link-unsubscribe", "top-alone"}  # the control character was taken out
    assert "2 errors, 1 warning: see " in run("build").stderr
    result = run("check", "--json", "--strict")
    assert (1, expected) == (result.exit_code, rules(result))
    text = run("check").stdout
    assert "Errors" in text
    assert "\x1b" not in text


def test_check_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("build")
    out = tmp_path / "out"
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in out.rglob("*") if p.is_file()}
    run("check")
    after = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in out.rglob("*") if p.is_file()}
    assert before == after


def test_a_broken_issue_json_is_an_error(run: Run, tmp_path: Path) -> None:
    run("build")
    (tmp_path / "out" / "2025-W05" / "issue.json").write_text("{", encoding="utf-8")
    result = run("check")
    assert (1, True) == (result.exit_code, "cannot be read" in result.stderr)


def test_the_build_writes_a_preview(run: Run, tmp_path: Path) -> None:
    run("build")
    page = (tmp_path / "out" / "2025-W05" / "preview.html").read_text(encoding="utf-8")
    assert "Karpenter 1.2 is out" in page
    assert "top-alone" in page


def test_a_port_that_is_taken(run: Run) -> None:
    import socket

    run("build")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("preview", "--port", str(taken.getsockname()[1]))
    assert (1, True) == (result.exit_code, "--port 0" in result.stderr)


@pytest.mark.skipif(os.name == "nt", reason="sends a signal")
def test_the_preview_serves_builds_again_and_ends(run: Run, tmp_path: Path) -> None:
    run("build")
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "digest", "preview", "--port", "0"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A job in the background ignores Ctrl-C, and so would its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    with process:
        assert process.stdout
        assert process.stderr
        address = process.stdout.readline().strip()
        assert "Ctrl-C" in process.stderr.readline()
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.url == f"{address}2025-W05/preview.html"
            assert "Karpenter 1.2 is out" in answer.read().decode()
        config = tmp_path / "digest.toml"
        config.write_text(CONFIG.replace("Mine", "Yours"), encoding="utf-8")
        assert "built again: 0 errors, 1 warning" in process.stderr.readline()
        page = (tmp_path / "out" / "2025-W05" / "preview.html").read_text(encoding="utf-8")
        assert "Yours" in page
        config.write_text("[publication", encoding="utf-8")
        assert "digest: error: " in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert 0 == process.wait(timeout=20)
