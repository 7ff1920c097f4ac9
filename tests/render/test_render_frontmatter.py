"""One exporter for each program: the same issue, in the words that it reads."""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

import pytest
import yaml
from msgspec.structs import replace
from sample_issue import ISSUE

from digest.config.tables import Site
from digest.render import load_theme, render
from digest.render.frontmatter import KINDS

TITLE = 'A "quoted": title # with {{ braces }} & \\ 日本'
ODD = replace(ISSUE, title=TITLE, author="Ann: Author")


def page(kind: str) -> str:
    theme = load_theme(front_matter=kind)
    return next(a for a in render(ODD, theme) if a.path.endswith(".md")).content.decode()


def head(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(page(kind).split("---\n")[1])
    return found


def test_the_configuration_knows_every_kind() -> None:
    assert set(KINDS) == set(get_args(get_type_hints(Site)["frontmatter"]))


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"pelican"}))
def test_yaml_keeps_every_character(kind: str) -> None:
    found = head(kind)
    assert (TITLE, "Ann: Author") == (found["title"], found["author"])
    assert "a-quoted-title-with-braces-5" == found["slug"]
    assert "Kubernetes & Cloud" in found["tags"]


def test_each_program_gets_what_it_alone_reads() -> None:
    assert ["/5/"] == head("hugo")["aliases"]
    assert {"issue", "week", "canonical_url"} == set(head("hugo")["params"])
    assert head("hugo")["lastmod"] == head("hugo")["date"]
    assert ("post", ["/5/"]) == (head("jekyll")["layout"], head("jekyll")["redirect_from"])
    assert "/a-quoted-title-with-braces-5/" == head("eleventy")["permalink"]
    assert "layout" not in head("eleventy")  # a layout that is not there stops its build


def test_pelican_reads_lines_without_brackets_and_quotes() -> None:
    lines, _, text = page("pelican").partition("\n\n")
    found = dict(line.split(": ", 1) for line in lines.split("\n"))
    assert TITLE == found["Title"]
    assert "2025-01-31T12:00:00Z" == found["Date"]
    assert found["Tags"].startswith("Infrastructure as Code, Kubernetes & Cloud")
    assert "{" not in found["Summary"]
    assert text.startswith("Hey!")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_text_is_the_same_for_all(kind: str) -> None:
    assert page(kind).endswith(page("yaml").split("---\n", 2)[2])


def test_code_in_a_feeds_text_shows_its_braces() -> None:
    import markdown

    section = replace(
        ISSUE.sections[1],
        stories=(replace(ISSUE.sections[1].stories[1], title="`{{ x }}` or `{%`"),),
    )
    made = render(replace(ISSUE, sections=(section,), lead=None), load_theme())
    text = next(a for a in made if a.path.endswith(".md")).content.decode().split("---\n", 2)[2]
    assert "{" not in text
    assert "`{{ x }}` or `{%`" in markdown.markdown(text).replace("&#123;", "{").replace(
        "&#125;", "}"
    )
