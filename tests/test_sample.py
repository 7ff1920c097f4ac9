"""The sample publication and, where they are, the five founding documents: from end to end."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from digest import pipeline
from digest.config import load
from digest.model import Issue
from digest.render import load_theme, render
from digest.text import count_words

ROOT = Path(__file__).parents[1]
FOUNDING = ROOT.parent / "shared" / "seeds"
NOW = datetime(2025, 2, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample() -> Issue:
    return pipeline.build(load(ROOT / "digest.toml"), now=NOW)


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    path = ROOT / "tests" / "data" / "seed_stories.json"
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_the_newest_week_is_the_week_of_the_sample(sample: Issue) -> None:
    assert ("2025-W05", 5, "2025-02-07") == (sample.week, sample.number, sample.next.date)


def test_every_article_has_one_outcome(sample: Issue) -> None:
    ids = Counter(o.id for o in sample.outcomes)
    assert [] == [i for i, n in ids.items() if n > 1]
    assert all(o.reason for o in sample.outcomes)


def test_the_counts_add_up(sample: Issue) -> None:
    stats = sample.stats
    parts = ("chosen", "merged", "cut", "outside", "unreadable", "unpacked")
    assert stats["collected"] == sum(stats[part] for part in parts)
    assert stats["chosen"] == sum(len(s.stories) for s in sample.sections)


def test_the_mail_pays_little_for_a_story(sample: Issue) -> None:
    """Words and links included, and an angle to two stories in five."""
    [mail] = [a for a in render(sample, load_theme()) if a.path.endswith("/issue.html")]
    assert len(mail.content) <= 950 * sample.stats["chosen"]


def test_titles_kinds_and_the_brief_are_told_with_their_origin(sample: Issue) -> None:
    stories = {s.id: s for section in sample.sections for s in section.stories}
    [film] = [s for s in stories.values() if s.kind == "video"]
    assert f"Watch: {film.title}" == film.original
    assert "the label says “Video”" == film.retitled
    assert all(bool(s.original) == bool(s.retitled) for s in stories.values())
    assert sample.brief is not None
    assert sample.brief.tldr is not None
    assert sample.lead == sample.brief.tldr.story
    points = sample.brief.key_points
    assert 3 <= len(points) == len({p.story for p in points}) <= 5
    assert len(points) == len({p.sentence.source for p in points})
    assert all(p.sentence.text in stories[p.story].blurb for p in points)


def test_told_stories_are_whole(sample: Issue, gold: list[dict[str, Any]]) -> None:
    """No two stories of the gold standard share one of ours, and none is split in two."""
    story_of = {o.title: o.story for o in sample.outcomes if o.story}
    found: dict[str, set[str | None]] = {}
    for group in gold:
        titles = [m["title"] for m in group["members"] if m.get("title") in story_of]
        found[group["story"]] = {story_of[title] for title in titles}
    split = {name for name, stories in found.items() if len(stories) > 1}
    used = Counter(story for stories in found.values() for story in stories)
    assert [] == [story for story, n in used.items() if n > 1]
    # A newsletter's essay and an untitled one tell these sideways: missed, not wrong.
    assert split <= {"deepseek-shock", "lets-encrypt-expiry-mail", "ai-act-first-duties"}


def test_at_least_eight_stories_have_two_to_five_sources(gold: list[dict[str, Any]]) -> None:
    assert 8 <= sum(1 for group in gold if not group.get("copy") and len(group["members"]) >= 2)


def test_every_printed_sentence_stands_in_its_source(sample: Issue) -> None:
    for section in sample.sections:
        for story in section.stories:
            assert story.blurb == " ".join(s.text for s in story.sentences)
            assert count_words(story.blurb) <= 60
            for sentence in story.sentences:
                assert sentence.end - sentence.start == len(sentence.text)


def test_own_work_stands_in_its_own_section(sample: Issue) -> None:
    shared, *discovered = sample.sections
    assert ("What We've Shared", True) == (shared.name, shared.own)
    assert {"The Runbook"} == {story.source for story in shared.stories}
    assert not any(section.own for section in discovered)


def test_far_future_and_impossible_dates_choose_no_week(sample: Issue) -> None:
    assert "2099" not in sample.window.text


DIRT = ("appeared first on", "Unsubscribe with one", "Sponsored by", "Read more", "View in browser")


def test_no_dirt_is_printed(sample: Issue) -> None:
    for artifact in render(sample, load_theme()):
        if artifact.path.endswith((".html", ".md", ".txt")):
            text = artifact.content.decode()
            assert [] == [dirt for dirt in DIRT if dirt in text], artifact.path


# --- the five founding documents -------------------------------------------------------------

CONFIG = """
[publication]
title = "Founding"
timezone = "Europe/Berlin"
[[source]]
folder = "{folder}"
name = "Seeds"
[[topic]]
name = "AI"
keywords = ["deepseek", "ai"]
[[topic]]
name = "Kubernetes & Cloud"
keywords = ["kubernetes", "eks", "karpenter"]
[[topic]]
name = "Infrastructure as Code"
keywords = ["terraform"]
"""
BOILERPLATE = (
    "Recent Blog Posts",
    "Related Posts",
    "in your inbox",
    "If you like this",
    "Yorumlar",
    "Deekseek Satellite",
    "Shumer",
    "Craigslist",
    "Dwarkesh",
    "Llama 2",
    "Claude Code",
    "See you next time! The",
    "- Posts",
)


@pytest.fixture(scope="module")
def founding(tmp_path_factory: pytest.TempPathFactory) -> Issue:
    if not FOUNDING.is_dir():
        pytest.skip("the founding documents are not here")
    home = tmp_path_factory.mktemp("founding")
    (home / "digest.toml").write_text(CONFIG.format(folder=FOUNDING.as_posix()), encoding="utf-8")
    return pipeline.build(load(home / "digest.toml"), now=NOW, week="2025-W05")


def test_one_story_carries_all_five_documents(founding: Issue) -> None:
    lead = founding.lead_story
    assert lead is not None
    assert 4 == len(lead.coverage)
    assert {"same story"} == {c.relation for c in lead.coverage}
    assert 5 == len({lead.title, *(c.title for c in lead.coverage)})
    assert all(c.angle for c in lead.coverage)
    assert {"mkdev dispatch", "Reels, Thrills, and Bills", "SIGNAL/NOISE"} <= {
        lead.source,
        *(c.source for c in lead.coverage),
    }


def test_the_nine_linked_items_are_stories_of_their_own(founding: Issue) -> None:
    others = [
        (section.name, story)
        for section in founding.sections
        for story in section.stories
        if story.id != founding.lead
    ]
    assert 9 == len(others)
    assert all(not story.coverage for _, story in others)
    topics = Counter(name for name, _ in others)
    assert {"Kubernetes & Cloud": 4, "Infrastructure as Code": 2} == {
        name: topics[name] for name in ("Kubernetes & Cloud", "Infrastructure as Code")
    }


def test_no_boilerplate_and_no_teaser_is_in_any_output(founding: Issue) -> None:
    for artifact in render(founding, load_theme()):
        text = artifact.content.decode()
        assert [] == [line for line in BOILERPLATE if line in text], artifact.path
        assert not re.search(r"\bFeb(?:ruary)? (?:9|12), 2026", text), artifact.path


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name == "href" and tag == "a"]


def test_what_has_no_link_is_printed_without_one(founding: Issue) -> None:
    page = {a.path: a.content.decode() for a in render(founding, load_theme())}
    links = _Links()
    links.feed(page["2025-W05/issue.html"])
    assert [] == links.found
