"""The documentation is run: every `$ digest` command in it works on a copy of the sample."""

from __future__ import annotations

import re
import runpy
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click import Command, Group
from click.testing import CliRunner

from digest.cli import main

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
COMMANDS = re.compile(r"^\$ digest (.+)$", re.MULTILINE)
MAKE = re.compile(r"^\$ make (\w+)$", re.MULTILINE)
LINKS = re.compile(r"\]\(([^)#\s]+?)(?:#[^)]*)?\)")


def interrupted(_server: object) -> None:
    """Whoever reads the page looks at the preview, then presses Ctrl-C."""
    raise KeyboardInterrupt


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_run_in_the_order_of_the_page(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("digest.serve.Server.serve_forever", interrupted)
    shutil.copy(ROOT / "digest.toml", tmp_path)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    for command in COMMANDS.findall(page.read_text(encoding="utf-8")):
        result = CliRunner().invoke(main, command.split())
        assert 0 == result.exit_code, f"{page.name}: digest {command}: {result.output}"


def test_there_are_commands_to_run() -> None:
    assert any(COMMANDS.search(page.read_text(encoding="utf-8")) for page in PAGES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_exist(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in MAKE.findall(page.read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{page.name}: make {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINKS.findall(page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize(
    "page", [p for p in PAGES if p.parent.name == "decisions"], ids=lambda page: page.name
)
def test_a_decision_has_the_number_of_its_file(page: Path) -> None:
    title = page.read_text(encoding="utf-8").splitlines()[0]
    assert title.startswith(f"# {page.name[:4]} "), f"{page.name}: {title}"


def every_command() -> Iterator[tuple[str, Command]]:
    for name, command in main.commands.items():
        yield name, command
        for under, inner in command.commands.items() if isinstance(command, Group) else ():
            yield f"{name} {under}", inner


def test_every_command_and_option_is_in_the_reference() -> None:
    reference = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for name, command in every_command():
        assert f"`digest {name}" in reference
        for parameter in command.params:
            assert any(f"`{o}" in reference for o in parameter.opts if o[0] == "-") or (
                parameter.param_type_name == "argument"
            ), f"{name} {parameter.name}"


def test_the_page_of_checks_is_the_table() -> None:
    program = ROOT / "tools" / "check_docs.py"
    made: str = runpy.run_path(str(program))["page"]()
    page = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")
    assert page == made, "run `python tools/check_docs.py`"


def test_the_tables_of_ranking_are_the_data() -> None:
    program = ROOT / "tools" / "rank_docs.py"
    page = (ROOT / "docs" / "rank.md").read_text(encoding="utf-8")
    made: str = runpy.run_path(str(program))["page"](page)
    assert page == made, "run `python tools/rank_docs.py`"


def test_every_dependency_has_its_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    for requirement in project["dependencies"]:
        name = re.split(r"[<>=; \[]", requirement)[0]
        assert f"`{name}`" in page, name


def test_the_floors_of_the_design_are_those_that_are_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    checked = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    page = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    drawn = page.partition("## The floors\n\n```\n")[2].partition("\n```")[0].splitlines()
    assert [line.replace("digest.", "") for line in checked] == drawn
