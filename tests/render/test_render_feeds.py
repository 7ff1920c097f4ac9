"""Feeds against their definitions: RFC 4287 for Atom, a schema of JSON Feed 1.1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from lxml import etree
from msgspec.structs import replace
from sample_issue import ESSAY_ISSUE, ISSUE, QUIET_ISSUE, busy_issue

from digest.model import Issue, Masthead
from digest.render import load_theme, render_site
from digest.render.site.feeds import NEWEST

DATA = Path(__file__).parents[1] / "data"
ATOM = etree.RelaxNG(etree.parse(DATA / "atom.rng"))
SCHEMA = json.loads((DATA / "jsonfeed.schema.json").read_text(encoding="utf-8"))
THEME = load_theme()
SPACE = {"a": "http://www.w3.org/2005/Atom"}
SETS = {
    "three": (QUIET_ISSUE, ISSUE, ESSAY_ISSUE),
    "busy": (busy_issue(),),
    "no url": (QUIET_ISSUE,),
    "no date": (replace(ISSUE, date="soon"),),
    "no name": (replace(ISSUE, masthead=Masthead(title="")),),
    "empty": (replace(ISSUE, sections=(), lead=None),),
    "german": (replace(ISSUE, masthead=replace(ISSUE.masthead, language="de-AT")),),
    "arabic": (replace(ISSUE, masthead=replace(ISSUE.masthead, language="ar")),),
}


def feed(issues: tuple[Issue, ...], name: str) -> bytes:
    return next(a.content for a in render_site(issues, THEME) if a.path == f"site/{name}")


@pytest.mark.parametrize("name", SETS)
def test_atom_is_valid(name: str) -> None:
    raw = feed(SETS[name], "feed.xml")
    parsed = feedparser.parse(raw)
    assert not parsed.bozo
    assert len(SETS[name]) == len(parsed.entries)
    document = etree.fromstring(raw)
    assert ATOM.validate(document), ATOM.error_log
    # The rules of RFC 4287 that a grammar cannot say: an author, and a summary where it is due.
    for entry in document.findall("a:entry", SPACE):
        assert entry.findtext("a:author/a:name", None, SPACE)
        assert entry.find("a:link[@rel='alternate']", SPACE) is not None


def test_the_grammar_refuses_what_is_wrong() -> None:
    head = '<feed xmlns="http://www.w3.org/2005/Atom"><id>a</id><title>x</title>'
    good = f"{head}<updated>2025-01-01T00:00:00Z</updated></feed>"
    assert ATOM.validate(etree.fromstring(good))
    for bad in (
        f"{head}</feed>",
        f"{head}<updated>soon</updated></feed>",
        good.replace("</feed>", "<bogus/></feed>"),
        good.replace("<title>", '<title type="markdown">'),
    ):
        assert not ATOM.validate(etree.fromstring(bad))


@pytest.mark.parametrize("name", SETS)
def test_json_feed_is_valid(name: str) -> None:
    found: dict[str, Any] = json.loads(feed(SETS[name], "feed.json"))
    jsonschema.validate(found, SCHEMA)
    assert len(SETS[name]) == len(found["items"])


def test_both_feeds_say_the_same() -> None:
    atom = feedparser.parse(feed(SETS["three"], "feed.xml"))
    found = json.loads(feed(SETS["three"], "feed.json"))
    assert [e.id for e in atom.entries] == [i["id"] for i in found["items"]]
    assert [e.title for e in atom.entries] == [i["title"] for i in found["items"]]
    assert [e.published for e in atom.entries] == [i["date_published"] for i in found["items"]]
    assert "What We&#39;ve Discovered" in found["items"][0]["content_html"]
    assert "https://example.org/dispatch/feed.json" == found["feed_url"]


def test_feeds_hold_the_newest_issues_and_stay_small() -> None:
    issues = tuple(replace(QUIET_ISSUE, week=f"2025-W{n:02}", number=n) for n in range(1, 40))
    found = json.loads(feed(issues, "feed.json"))["items"]
    assert NEWEST == len(found) == len(feedparser.parse(feed(issues, "feed.xml")).entries)
    assert "tag:localhost,2025:digest/2025-W39" == found[0]["id"]
