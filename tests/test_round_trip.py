"""Our own pages, mails, Markdown and feeds, read as input, give their stories and nothing else."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parent / "render"))

from sample_issue import ESSAY_ISSUE, ISSUE, QUIET_ISSUE

from digest.collect import collect
from digest.extract import extract
from digest.model import Article, Issue, Source
from digest.render import load_theme, render, render_site
from digest.text import one_line
from digest.urls import canonical, is_web

NOW = datetime(2025, 2, 20, tzinfo=UTC)
THEME = load_theme()
FILES = {
    "page": "site/{week}/index.html",
    "mail": "{week}/issue.html",
    "markdown": "{week}/issue.md",
    "atom": "site/feed.xml",
    "json": "site/feed.json",
}
# What a link needs in order to be found again: a page and a mail tell a story without one from
# prose by nothing, and a title of one word of 300 letters is cut.
ODD = ("s009",)
LEAD = ISSUE.lead_story
assert LEAD is not None
ELSEWHERE = replace(LEAD, url="https://opentofu.example/blog/1-9")
HEADLINED = replace(
    ISSUE,
    title=LEAD.title,
    sections=tuple(
        replace(s, stories=tuple(ELSEWHERE if each is LEAD else each for each in s.stories))
        for s in ISSUE.sections
    ),
)


def read_back(issue: Issue, flavour: str, folder: Path) -> tuple[Article, ...]:
    """The articles that a folder with this one file of an issue gives."""
    made = {a.path: a.content for a in (*render(issue, THEME), *render_site([issue], THEME))}
    path = FILES[flavour].format(week=issue.week)
    (folder / Path(path).name).write_bytes(made[path])
    source = Source(id="ours", name="Ours", kind="folder", location=str(folder), newsletter=True)
    collected = collect([source], now=NOW)
    assert () == collected.outcomes
    return extract(collected.entries, None, now=NOW).articles


@pytest.mark.parametrize("issue", [ISSUE, HEADLINED, QUIET_ISSUE], ids=["lead", "headlined", "own"])
@pytest.mark.parametrize("flavour", FILES)
def test_the_stories_come_back_and_nothing_else(issue: Issue, flavour: str, tmp_path: Path) -> None:
    wanted = {
        canonical(story.url): (one_line(story.title), one_line(story.blurb))
        for story in issue.printed
        if is_web(story.url) and story.id not in ODD
    }
    unlinked = {story.title for story in issue.printed if not is_web(story.url)}
    odd = {canonical(story.url) for story in issue.printed if story.id in ODD}
    found = read_back(issue, flavour, tmp_path)
    linked = {a.canonical: (a.title, a.text) for a in found if a.canonical}
    assert wanted == {url: told for url, told in linked.items() if url not in odd}
    assert unlinked >= {article.title for article in found if not article.canonical}


@pytest.mark.parametrize("flavour", FILES)
def test_the_essay_comes_back_as_an_article(flavour: str, tmp_path: Path) -> None:
    essay, *stories = read_back(ESSAY_ISSUE, flavour, tmp_path)
    assert "Should We Switch?" == essay.title
    assert "https://example.org/dispatch/2025-W06/" == essay.url
    assert essay.text.startswith("Over the past few days everybody has asked us the same thing")
    assert essay.text.endswith("Will we follow our own advice? Probably not.")
    assert "The Example Dispatch" not in essay.text
    assert len(stories) >= 11
