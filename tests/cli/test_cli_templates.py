from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import main

CONFIG = '[publication]\ntitle = "Mine"\nstyle = "links"\n[[source]]\nfolder = "saved"\n'


@pytest.fixture
def publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1738497600")
    (tmp_path / "digest.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "a.md").write_text("---\ntitle: One\ndate: 2025-01-28\n---\n\nText.\n")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, args)


def test_list(publication: Path) -> None:
    lines = run("templates", "list").stdout.splitlines()
    assert {"brief", "dispatch", "links", "  links/_rows.html"} <= set(lines)
    assert ["brief", "dispatch", "links"] == run("templates", "list", "-q").stdout.splitlines()
    run("templates", "copy", "links/mail.css")
    assert "yours: links/mail.css" in run("templates", "list").stdout


def test_list_needs_no_publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert 0 == run("templates", "list").exit_code
    assert 1 == run("templates", "list", "--config", "nosuch").exit_code


def test_a_copied_style_makes_the_same_issue(publication: Path) -> None:
    run("build")
    before = (publication / "out" / "2025-W05" / "issue.html").read_bytes()
    result = run("templates", "copy", "links", "-v")
    assert "templates of links copied to" in result.stderr
    assert (publication / "templates" / "links" / "_rows.html").is_file()
    assert 0 == run("build").exit_code
    assert before == (publication / "out" / "2025-W05" / "issue.html").read_bytes()


def test_copy_replaces_nothing_unless_told(publication: Path) -> None:
    run("templates", "copy", "links/mail.css")
    mine = publication / "templates" / "links" / "mail.css"
    mine.write_text("changed", encoding="utf-8")
    result = run("templates", "copy", "links")
    assert (1, True) == (result.exit_code, "is already there (--force" in result.stderr)
    assert ("changed", 1) == (mine.read_text("utf-8"), len(list(mine.parent.iterdir())))
    assert 0 == run("templates", "copy", "links", "--force", "-q").exit_code
    assert mine.read_text("utf-8") != "changed"


def test_copy_of_nothing_known(publication: Path) -> None:
    result = run("templates", "copy", "linkz")
    assert (1, True) == (result.exit_code, "did you mean 'links'?" in result.stderr)


def test_copy_where_nothing_can_be_written(publication: Path) -> None:
    (publication / "templates").write_text("a file", encoding="utf-8")
    assert 1 == run("templates", "copy", "links").exit_code


def test_init_with_a_style(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert 0 == run("init", "mine", "--style", "brief").exit_code
    assert 'style = "brief"' in (tmp_path / "mine" / "digest.toml").read_text("utf-8")
    result = run("init", "other", "--style", "nosuch")
    assert (1, False) == (result.exit_code, (tmp_path / "other").exists())


@pytest.mark.parametrize("name", ["issue.txt", "_rows.html", "preview.html", "site/issue.html"])
def test_a_template_that_fails_leaves_the_old_issue_whole(publication: Path, name: str) -> None:
    assert 0 == run("build").exit_code
    folder = publication / "out"
    before = {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
    (publication / "issues").mkdir(exist_ok=True)
    (publication / "issues" / "2025-W05.md").write_text("# Another title\n", encoding="utf-8")
    broken = publication / "templates" / "links" / name
    broken.parent.mkdir(parents=True)
    broken.write_text("fine\n{{ issue.titel }}\n", encoding="utf-8")
    result = run("build")
    assert 1 == result.exit_code
    assert f"{broken}:2: " in result.stderr
    assert "docs/templates.md" in result.stderr
    assert before == {p: p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_build_says_how_a_mail_was_cut(publication: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.render.budget.HARD", 3_000)
    monkeypatch.setattr("digest.render.budget.WARN", 2_900)
    result = run("build")
    assert "note: the mail had " in result.stderr
    assert "note: left out: " in result.stderr
    page = (publication / "out" / "2025-W05" / "issue.json").read_text("utf-8")
    assert '"left out: 1 weak story' in page
