"""The styles beside dispatch, each with the sample issue."""

from __future__ import annotations

import itertools
import re

import pytest
from msgspec.structs import replace
from rendered_files import files_of, links
from sample_issue import ESSAY_ISSUE, ISSUE, QUIET_ISSUE
from sample_stories import story, told_by

from digest.check.markup import Document
from digest.errors import TemplateError
from digest.model import Issue, IssueSection
from digest.render import builtin_styles, builtin_templates, load_theme
from digest.render.brief import brief
from digest.render.view import view

FIXED = load_theme().words_for("en")


def test_the_styles_there_are() -> None:
    assert builtin_styles() == ("brief", "dispatch", "links")


def test_a_style_or_one_template_can_be_had() -> None:
    assert set(builtin_templates("links")) > {"links/_rows.html", "links/mail.css"}
    assert list(builtin_templates("dispatch/_rows.html")) == ["dispatch/_rows.html"]
    with pytest.raises(TemplateError, match=r"did you mean 'brief'"):
        builtin_templates("breif")
    with pytest.raises(TemplateError, match=r"templates list"):
        builtin_templates("../../etc/passwd")


@pytest.mark.parametrize("style", ["brief", "links"])
@pytest.mark.parametrize("issue", [ISSUE, ESSAY_ISSUE, QUIET_ISSUE], ids=["lead", "essay", "quiet"])
def test_headings_go_down_one_level_at_a_time(style: str, issue: Issue) -> None:
    page = Document(files_of(issue, style)["issue.html"])
    levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_brief_prints_what_was_chosen_with_its_sources() -> None:
    assert ISSUE.brief is not None
    assert ISSUE.brief.tldr is not None
    found = brief(view(ISSUE, FIXED))
    assert found.tldr == ISSUE.brief.tldr.sentence.text
    chosen = [(p.sentence.source, p.url, p.sentence.text) for p in ISSUE.brief.key_points]
    assert [(p.name, p.url, p.text) for p in found.points] == chosen
    assert [p.text for p in found.matters] == [p.sentence.text for p in ISSUE.brief.why]


def test_brief_says_nothing_twice() -> None:
    found = brief(view(ISSUE, FIXED))
    rest = [story for section in found.rest for story in section.stories]
    assert not {story.blurb for story in rest} & {point.text for point in found.points}
    silent = next(story for story in rest if story.title.startswith("What Karpenter"))
    assert (silent.blurb, silent.separator) == ("", "")


def test_brief_without_a_lead_or_of_an_earlier_version() -> None:
    quiet = brief(view(QUIET_ISSUE, FIXED))
    assert (quiet.tldr, quiet.points, quiet.matters) == ("Is on-call work broken?", (), ())
    old = brief(view(replace(ISSUE, brief=None), FIXED))
    assert old.tldr == brief(view(ISSUE, FIXED)).tldr
    nothing = brief(view(replace(ISSUE, sections=(), lead=None, brief=None), FIXED))
    assert (nothing.lead, nothing.tldr, nothing.points, nothing.rest) == (None, "", (), ())


@pytest.mark.parametrize("style", builtin_styles())
def test_no_two_links_side_by_side_lead_to_one_page(style: str) -> None:
    """The lead's own second sentence, a pick of its page, and a point that the rest opens with."""
    lead = story(
        1,
        "A bridge opens",
        "Paper",
        "The bridge opened on Monday. Drivers must expect two closed lanes until May.",
        topic="T",
        coverage=(
            told_by("Letter", "Read it.", relation="pick", url="https://example.org/stories/1"),
        ),
    )
    other = story(2, "A tunnel closes", "Gazette", "The tunnel closed on Tuesday.", topic="T")
    sections = (IssueSection(name="T", stories=(lead, other)),)
    page = files_of(replace(ISSUE, sections=sections, lead=lead.id), style)["issue.html"]
    hrefs = [e.attributes["href"] for e in Document(page).all("a")]
    assert not [one for one, next_one in itertools.pairwise(hrefs) if one == next_one]
    assert {"https://example.org/stories/1", "https://example.org/stories/2"} <= set(hrefs)


@pytest.mark.parametrize("name", ["issue.html", "issue.paste.html", "issue.md", "issue.txt"])
def test_brief_has_its_headings(name: str) -> None:
    page = files_of(ISSUE, "brief")[name]
    at = [page.index(words) for words in ("TL;DR:", "Key Points", "Why It Matters", "Also This")]
    assert at == sorted(at)


def test_links_are_bare() -> None:
    made = files_of(ISSUE, "links")
    own = ("https://example.org/dispatch/", "https://example.org/dispatch/2025-W05/")
    shown = [(t, u) for t, u in links(made["issue.html"]) if u not in own]
    assert len(shown) == 12
    assert all(text == url for text, url in shown)
    for line in made["issue.txt"].split("\n"):
        assert "://" not in line or re.fullmatch(r"https?://\S+", line)


def test_links_prints_the_headline_once() -> None:
    lead = ISSUE.lead_story
    assert lead is not None
    titled = files_of(replace(ISSUE, title=lead.title), "links")
    for name in ("issue.html", "issue.txt"):
        body = titled[name].partition("<body")[2] or titled[name]
        assert body.count("OpenTofu 1.9 ships provider") == 1
