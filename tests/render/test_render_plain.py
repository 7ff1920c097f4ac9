from __future__ import annotations

import re

import pytest
from rendered_files import files_of
from sample_issue import ESSAY_ISSUE, ISSUE, LONG_WORD, QUIET_ISSUE

from digest.check.markup import Document
from digest.model import Issue
from digest.render import load_theme
from digest.render.plain import SOFT, flowed, underline, wrap

THEME = load_theme()


@pytest.fixture(params=[ISSUE, ESSAY_ISSUE, QUIET_ISSUE], ids=["lead", "essay", "quiet"])
def text(request: pytest.FixtureRequest) -> str:
    issue: Issue = request.param
    return files_of(issue)["issue.txt"]


def test_lines_are_short_unless_they_are_one_word(text: str) -> None:
    for line in text.split("\n"):
        assert len(line) <= 73 or " " not in line.strip(), line
        assert not line.endswith("  ")
    assert text.count("\n-- \n") == 1


def test_urls_stand_alone_and_whole(text: str) -> None:
    for line in text.split("\n"):
        if "://" in line:
            assert re.fullmatch(r"https?://\S+", line), line


def test_no_tag_or_entity_of_ours(text: str) -> None:
    assert not re.search(r"&(?:#\d+|amp|lt|gt|quot|nbsp);", text)
    assert {e.tag for e in Document(text).elements} <= {"img", "script", "em", "b", "figure"}


def test_hostile_text_stays_literal() -> None:
    text = files_of(ISSUE)["issue.txt"]
    assert "Using {{ jinja }} and *|FNAME|*, {% raw %} and {{< figure >}}:" in text
    assert LONG_WORD[:300] in text
    assert "https://example.org/q?a=1&b=%222%22&c='3'" in text.split("\n")


def test_wrap() -> None:
    assert wrap("aa bb cc", width=5) == f"aa bb{SOFT}cc"
    assert wrap("aa bb cc", width=7, first="* ") == f"* aa bb{SOFT}cc"
    assert wrap("x https://a.example/long-er-path y", width=10) == (
        f"x{SOFT}https://a.example/long-er-path{SOFT}y"
    )
    assert wrap("") == ""


def test_underline_is_as_long_as_the_heading_looks() -> None:
    assert underline("Title") == "Title\n====="
    assert underline("日本", "-") == "日本\n----"
    assert underline("w " * 60, "-").split("\n")[-1] == "-" * 71
    assert underline("") == ""


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"one{SOFT}two\n", "one \ntwo\n"),
        ("blank  \n\n\n\nlines\n\n", "blank\n\nlines\n"),
        ("-- \nname", "-- \nname\n"),
        ("  code\n> quoted\nFrom here\nFromage", "   code\n > quoted\n From here\nFromage\n"),
        (f"a{SOFT}> b", "a \n > b\n"),
    ],
)
def test_flowed(page: str, expected: str) -> None:
    assert flowed(page) == expected


def joined(text: str) -> list[str]:
    """The paragraphs as a mail program shows format=flowed (RFC 3676, section 4)."""
    lines = [line.removeprefix(" ") for line in text.split("\n")]
    found = [""]
    for line in lines:
        found[-1] += line
        if not line.endswith(" ") or line == "-- ":
            found.append("")
    return found


def test_a_mail_program_joins_what_we_wrapped() -> None:
    text = files_of(ISSUE)["issue.txt"]
    paragraphs = joined(text)
    lead = ISSUE.lead_story
    assert lead is not None
    assert lead.blurb in paragraphs
    assert f"* Cluster Notes: {lead.coverage[0].angle}" in paragraphs
    assert lead.url in paragraphs
    assert "-- " in paragraphs
