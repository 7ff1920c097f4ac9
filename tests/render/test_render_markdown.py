from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import unquote

import markdown
import pytest
import yaml
from msgspec.structs import replace
from rendered_files import files_of, links
from sample_issue import ESSAY_ISSUE, ISSUE, QUIET_ISSUE

from digest.check.markup import Document
from digest.model import Issue
from digest.render import load_theme

THEME = load_theme()


def body(issue: Issue) -> str:
    """The Markdown below the front matter."""
    return files_of(issue)["issue.md"].split("---\n", 2)[2]


def test_front_matter_is_yaml_that_keeps_every_character() -> None:
    title = 'A "quoted": title # with {{ braces }} & \\ 日本'
    page = files_of(replace(ISSUE, title=title, author="Ann: Author"))["issue.md"]
    assert page.startswith("---\n")
    found = yaml.safe_load(page.split("---\n")[1])
    assert found == {
        "title": title,
        "date": datetime(2025, 1, 31, 12, tzinfo=UTC),
        "description": found["description"],
        "slug": "a-quoted-title-with-braces-5",
        "number": 5,
        "canonical_url": "https://example.org/dispatch/2025-W05/",
        "author": "Ann: Author",
        "tags": ["Infrastructure as Code", "Kubernetes & Cloud", "Databases", "People"],
    }


def test_a_date_nobody_can_read_is_left_out() -> None:
    page = files_of(replace(ISSUE, date="soon"))["issue.md"]
    assert "date" not in yaml.safe_load(page.split("---\n")[1])


@pytest.mark.parametrize("issue", [ISSUE, QUIET_ISSUE], ids=["lead", "quiet"])
def test_no_generator_finds_anything_to_run(issue: Issue) -> None:
    assert not re.search(r"[{}]|(?<!\\)<|\*\|", body(issue))


def test_the_editors_words_are_kept_as_they_are() -> None:
    assert ESSAY_ISSUE.essay.strip() in body(ESSAY_ISSUE)


@pytest.mark.parametrize("issue", [ISSUE, QUIET_ISSUE], ids=["lead", "quiet"])
def test_markdown_says_what_the_paste_flavour_says(issue: Issue) -> None:
    made = files_of(issue)
    html = markdown.markdown(body(issue), extensions=["tables"])
    ours, theirs = Document(f"<x>{html}</x>"), Document(f"<x>{made['issue.paste.html']}</x>")
    pasted = theirs.elements[0].text.split()
    assert ours.elements[0].text.split()[: len(pasted)] == pasted  # then only the colophon
    assert [e.tag for e in ours.all("h2", "h3", "li", "a")] == [
        e.tag for e in theirs.all("h2", "h3", "li", "a")
    ]


@pytest.mark.parametrize("issue", [ISSUE, ESSAY_ISSUE, QUIET_ISSUE], ids=["lead", "essay", "quiet"])
def test_every_flavour_lists_the_same_stories_in_the_same_order(issue: Issue) -> None:
    made = files_of(issue)
    expected = links(made["issue.paste.html"])
    titles = [title for title, url in expected if "example.org/stories" in url or "/q?" in url]
    assert len(titles) > 1
    for name in ("issue.html", "issue.fragment.html"):
        own = {"https://example.org/dispatch/", "https://example.org/dispatch/2025-W05/"}
        own |= {"https://example.org/dispatch/2025-W06/"}
        assert [pair for pair in links(made[name]) if pair[1] not in own] == expected
    rendered = links(markdown.markdown(body(issue), extensions=["tables"]))
    assert [(t, unquote(unescape(u))) for t, u in rendered] == [
        (t, unquote(u)) for t, u in expected
    ]
    urls = [line.strip() for line in made["issue.txt"].split("\n") if "://" in line]
    stories = [url for _, url in expected if "example.org/stories" in url]
    assert [url for url in urls if "example.org/stories" in url] == stories
    assert {url for _, url in expected} <= set(urls)


def test_json_is_the_issue() -> None:
    import msgspec

    raw = files_of(ESSAY_ISSUE)["issue.json"]
    assert msgspec.json.decode(raw, type=Issue) == ESSAY_ISSUE
    assert raw.startswith('{\n  "schema": 1,\n  "number": 6,\n')
    assert '"start": "2025-01-27T00:00:00+01:00"' in raw
    assert raw.endswith("}\n")
