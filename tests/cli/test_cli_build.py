"""`digest build`: what it writes, says, and refuses."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path
from typing import Any

import pytest
from cli_plugin import DATED, FOLDER, HEAD, Run, refused

from digest.encoders import Encoder, minilm


def test_build_writes_one_issue_and_the_site(run: Run, publication: Path) -> None:
    result = run("build", "--week", "2025-W05")
    assert 0 == result.exit_code, result.stderr
    assert "2025-W05: Mon 27 Jan - Sun 2 Feb 2025, UTC" in result.stderr
    assert "1 collected from 1 source, 0 merged, 1 chosen" in result.stderr
    written = sorted(p.name for p in (publication / "out" / "2025-W05").iterdir())
    assert {"issue.html", "issue.md", "issue.txt", "issue.json"} <= set(written)
    assert (publication / "out" / "site" / "index.html").is_file()


@pytest.mark.parametrize("week", [["--week"], [], ["--week", "2025-01-31"], ["--week", "this"]])
def test_weeks(run: Run, publication: Path, week: list[str]) -> None:
    assert 0 == run("build", *week).exit_code
    assert (publication / "out" / "2025-W05").is_dir()


def test_a_bare_week_may_stand_before_another_option(run: Run, publication: Path) -> None:
    assert 0 == run("build", "--week", "--quiet").exit_code


def test_json_alone_is_on_stdout(run: Run, publication: Path) -> None:
    issue = json.loads(run("build", "--json").stdout)
    assert (1, "2025-W05") == (issue["schema"], issue["week"])


def test_quiet_says_nothing(run: Run, publication: Path) -> None:
    assert "" == run("build", "-q").output


def test_out(run: Run, publication: Path) -> None:
    assert 0 == run("build", "--out", "elsewhere").exit_code
    assert (publication / "elsewhere" / "2025-W05" / "issue.html").is_file()


def test_the_editors_essay_opens_the_issue(run: Run, publication: Path) -> None:
    (publication / "issues").mkdir()
    (publication / "issues" / "2025-W05.md").write_text("# Bricks\n\nMy *own* words.\n", "utf-8")
    assert 0 == run("build").exit_code
    issue = json.loads((publication / "out" / "2025-W05" / "issue.json").read_text("utf-8"))
    assert ("Bricks", "Bricks | ✉️ #1") == (issue["title"], issue["subject"])
    assert "<em>own</em>" in (publication / "out" / "2025-W05" / "issue.html").read_text("utf-8")


@pytest.fixture
def without_minilm(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Encoder:
        raise ImportError("no module", name="onnxruntime")

    monkeypatch.setattr(minilm, "load", missing)


@pytest.mark.usefixtures("without_minilm")
@pytest.mark.parametrize("args", [("build",), ("stories",), ("topics",), ("explain", "karpenter")])
def test_without_minilm_auto_says_once_that_words_decide(
    run: Run, publication: Path, args: tuple[str, ...]
) -> None:
    assert 1 == run(*args).stderr.count("by their words alone; pip install")
    assert "words alone" not in run(*args, "--quiet").stderr
    (publication / "digest.toml").write_text(
        FOLDER + '[stories]\nencoder = "lexical"\n', encoding="utf-8"
    )
    assert "words alone" not in run(*args).stderr


@pytest.mark.usefixtures("publication", "without_minilm")
def test_an_issue_names_its_encoder(run: Run) -> None:
    assert "lexical" == json.loads(run("build", "--json").stdout)["encoder"]


@pytest.mark.usefixtures("publication", "without_minilm")
def test_a_named_encoder_that_is_not_installed_is_an_error(run: Run, publication: Path) -> None:
    text = FOLDER + '[stories]\nencoder = "minilm"\n'
    (publication / "digest.toml").write_text(text, encoding="utf-8")
    refused(run("build"), 1, "'minilm' needs onnxruntime", "newsletter-digest[minilm]")


def test_no_such_encoder(run: Run, publication: Path) -> None:
    text = FOLDER + '[stories]\nencoder = "oracle"\n'
    (publication / "digest.toml").write_text(text, encoding="utf-8")
    refused(run("build"), 1, "'oracle'", "lexical")


def test_an_empty_week_names_the_weeks_that_have_material(run: Run, publication: Path) -> None:
    refused(run("build", "--week", "2024-W01"), 4, "2024-W01", "weeks with material: 2025-W05")


def test_a_missing_folder_is_named_and_fatal_when_it_was_all(run: Run, publication: Path) -> None:
    shutil.rmtree(publication / "saved")
    refused(run("build", "--week", "2025-W05"), 4, "nothing to tell", "digest sources")
    assert "saved" in run("sources").stdout


def test_a_missing_file_does_not_stop_the_others(run: Run, publication: Path) -> None:
    text = FOLDER + '[[source]]\nfeed = "gone.xml"\nname = "Gone"\n'
    (publication / "digest.toml").write_text(text, encoding="utf-8")
    result = run("build")
    assert 0 == result.exit_code
    assert "warning: Gone: " in result.stderr
    assert "gone.xml" in result.stderr
    assert 3 == run("build", "--strict").exit_code


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("binary.txt", b"\x00\x01\x02" * 50),
        ("broken.md", b"---\ntitle: a: b\n---\nText of the document.\n"),
    ],
)
def test_documents_that_cannot_be_read(
    run: Run, publication: Path, name: str, content: bytes
) -> None:
    (publication / "saved" / name).write_bytes(content)
    result = run("build")
    assert 0 == result.exit_code
    assert name in result.stderr
    issue = json.loads((publication / "out" / "2025-W05" / "issue.json").read_text("utf-8"))
    assert ["used", "unreadable"] == [o["outcome"] for o in issue["outcomes"]]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_out_is_not_writable(run: Run, publication: Path) -> None:
    (publication / "out").mkdir()
    (publication / "out").chmod(stat.S_IRUSR | stat.S_IXUSR)
    refused(run("build"), 1, "out")


def test_out_is_a_file(run: Run, publication: Path) -> None:
    (publication / "out").write_text("in the way", encoding="utf-8")
    refused(run("build"), 1, "out")


def test_a_template_that_fails_is_named_with_its_line(run: Run, publication: Path) -> None:
    folder = publication / "templates" / "dispatch"
    folder.mkdir(parents=True)
    (folder / "issue.txt").write_text("line one\n{{ nothing.at.all }}\n", encoding="utf-8")
    refused(run("build"), 1, "issue.txt:2", "nothing")


def test_no_such_style(run: Run, publication: Path) -> None:
    text = HEAD + 'style = "baroque"\n' + FOLDER.removeprefix(HEAD)
    (publication / "digest.toml").write_text(text, encoding="utf-8")
    refused(run("build"), 1, "baroque", "dispatch")


def test_a_draft_that_cannot_be_read(run: Run, publication: Path) -> None:
    (publication / "issues").mkdir()
    (publication / "issues" / "2025-W05.md").write_text("---\ntitel: a\n---\n", "utf-8")
    refused(run("build"), 1, "2025-W05.md:2", "did you mean 'title'?")


def test_what_an_issue_told_is_not_told_again(run: Run, publication: Path) -> None:
    saved = publication / "saved"
    (saved / "undated.md").write_text("# Notes on ducks\n\nNinety came.\n", encoding="utf-8")
    later = DATED.replace("2025-01-28", "2025-02-04").replace("1.2", "1.3")
    (saved / "later.md").write_text(later, encoding="utf-8")
    assert 0 == run("build", "--week", "2025-W05").exit_code
    result = run("build", "--week", "2025-W06", "--now", "2025-02-09")
    assert 0 == result.exit_code, result.stderr
    assert "1 told by earlier issues" in result.stderr
    issue = json.loads((publication / "out" / "2025-W06" / "issue.json").read_text("utf-8"))
    assert ["Karpenter 1.3 is out"] == [s["title"] for t in issue["sections"] for s in t["stories"]]
    explained = run("explain", "--week", "2025-W06", _id(issue, "Notes on ducks")).stdout
    assert explained == "Notes on ducks (Saved)\n  seen in issue: #1 (2025-W05) told it\n"
    data = run("explain", "--week", "2025-W06", "--json", _id(issue, "Notes on ducks")).stdout
    assert ["seen in issue"] == [o["outcome"] for o in json.loads(data)["outcomes"]]
    result = run("build", "--week", "2025-W07", "--now", "2025-02-16")
    assert (4, True) == (result.exit_code, "earlier issues told it all" in result.stderr)


def _id(issue: dict[str, Any], title: str) -> str:
    return next(str(o["id"]) for o in issue["outcomes"] if o["title"] == title)


def test_issues_are_counted_though_no_first_week_is_named(run: Run, publication: Path) -> None:
    (publication / "saved" / "later.md").write_text(
        DATED.replace("1.2", "1.3").replace("2025-01-28", "2025-01-21"), encoding="utf-8"
    )
    for week, number in (("2025-W04", 1), ("2025-W05", 2), ("2025-W05", 2), ("2025-W04", 1)):
        assert f"#{number} is in" in run("build", "--week", week).stderr
