from __future__ import annotations

import itertools
import re
from posixpath import dirname, join, normpath
from xml.etree import ElementTree as ET

import feedparser
import pytest
from msgspec.structs import replace
from rendered_files import files_of, links
from sample_issue import ESSAY_ISSUE, ISSUE, QUIET_ISSUE
from sample_stories import story

from digest.check.markup import Document
from digest.model import IssueSection, Masthead
from digest.render import load_theme, render_site

THEME = load_theme()
ISSUES = (QUIET_ISSUE, ESSAY_ISSUE, ISSUE)
MADE = render_site(ISSUES, THEME, search=True)
PAGES = {a.path: a.content.decode() for a in MADE}
ALIASES = [a.path for a in MADE if a.lasting]
HTML = [path for path in PAGES if path.endswith(".html") and path not in ALIASES]
SCRIPTS = "application/ld+json"


def test_there_is_a_page_for_each_issue() -> None:
    fixed = [p for p in PAGES if not p.startswith(("site/topics/", "site/sources/"))]
    assert [path for path in fixed if path not in ALIASES] == [
        "site/2025-W04/index.html",
        "site/2025-W05/index.html",
        "site/2025-W06/index.html",
        "site/feed.json",
        "site/feed.xml",
        "site/index.html",
        "site/robots.txt",
        "site/search/index.html",
        "site/sitemap.xml",
        "site/style.css",
    ]
    assert render_site([], THEME) == ()


def test_short_and_speaking_addresses_lead_to_the_issue() -> None:
    assert ALIASES == [
        "site/4/index.html",
        "site/5/index.html",
        "site/6/index.html",
        "site/a-quiet-week-in-which-nothing-was-deprecated-4/index.html",
        "site/opentofu-iterates-the-registry-holds-its-breath-5/index.html",
        "site/should-we-switch-6/index.html",
    ]
    for path in ("site/5/index.html", ALIASES[4]):
        assert 'content="0; url=../2025-W05/index.html"' in PAGES[path]
        assert "noindex" in PAGES[path]
        assert Document(PAGES[path]).faults == []


def test_the_order_of_the_issues_does_not_matter() -> None:
    assert render_site(ISSUES[::-1], THEME, search=True) == MADE


@pytest.mark.parametrize("path", HTML)
def test_pages_are_well_formed_and_need_no_script(path: str) -> None:
    document = Document(PAGES[path])
    assert document.faults == []
    assert document.all("img", "iframe", "form") == []
    scripts = [s for s in document.all("script") if s.attributes.get("type") != SCRIPTS]
    assert [] == scripts or path == "site/search/index.html"
    assert [e for e in document.elements if any(n.startswith("on") for n in e.attributes)] == []
    ids = [e.attributes["id"] for e in document.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    levels = [int(e.tag[1]) for e in document.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


@pytest.mark.parametrize("path", HTML)
def test_relative_links_lead_to_files_that_are_there(path: str) -> None:
    anchors = Document(PAGES[path]).all("a", "link")
    hrefs = [a.attributes["href"] for a in anchors if a.attributes.get("rel") != "canonical"]
    inside = [href for href in hrefs if not re.match(r"https?:", href)]
    assert inside
    for href in inside:
        target, _, anchor = href.partition("#")
        there = normpath(join(dirname(path), target))
        assert there in PAGES or there.startswith("site/pagefind/")
        assert not anchor or f'id="{anchor}"' in PAGES[there]


def test_index_lists_the_newest_issue_first() -> None:
    found = [href for _, href in links(PAGES["site/index.html"]) if "W0" in href]
    assert found == [f"2025-W{n:02}/index.html" for n in (6, 5, 4)]
    topic = '<a href="topics/infrastructure-as-code/index.html">Infrastructure as Code</a>'
    assert f"14 stories · {topic}" in PAGES["site/index.html"]
    assert ISSUE.sections[1].stories[0].title in PAGES["site/index.html"]


def test_issue_page_lists_what_the_mail_lists() -> None:
    page = PAGES["site/2025-W05/index.html"]
    outside = [pair for pair in links(page) if re.match(r"https?:", pair[1])]
    expected = links(files_of(ISSUE)["issue.paste.html"])
    # The site says who covered a story before what they add; the mail too, so the order is one.
    assert outside == expected


def test_neighbours_are_linked() -> None:
    page = Document(PAGES["site/2025-W05/index.html"])
    rel = {
        a.attributes["rel"]: a.attributes["href"] for a in page.all("a") if "rel" in a.attributes
    }
    assert rel == {"prev": "../2025-W04/index.html", "next": "../2025-W06/index.html"}


def test_pages_say_where_they_live_when_it_is_known() -> None:
    page = PAGES["site/2025-W05/index.html"]
    assert '<link rel="canonical" href="https://example.org/dispatch/2025-W05/">' in page
    assert '<meta property="og:title" content="OpenTofu Iterates, the Registry' in page
    assert "canonical" not in PAGES["site/2025-W04/index.html"]
    assert "og:" not in PAGES["site/2025-W04/index.html"]


def test_feed_is_atom_with_one_entry_for_each_issue() -> None:
    parsed = feedparser.parse(PAGES["site/feed.xml"])
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert [entry.id for entry in parsed.entries] == [
        "tag:example.org,2025:digest/2025-W06",
        "tag:example.org,2025:digest/2025-W05",
        "tag:localhost,2025:digest/2025-W04",
    ]
    assert parsed.feed.id == "tag:example.org,2025:digest"
    assert parsed.feed.updated == "2025-02-07T12:00:00Z"
    assert parsed.entries[1].title == ISSUE.title
    assert parsed.entries[1].link == "https://example.org/dispatch/2025-W05/"
    assert "What We've Discovered" in parsed.entries[1].content[0].value


def test_feed_content_is_escaped_once() -> None:
    atom = {"a": "http://www.w3.org/2005/Atom"}
    root = ET.fromstring(PAGES["site/feed.xml"])
    content = root.findall("a:entry/a:content", atom)[1]
    assert content.get("type") == "html"
    assert "&lt;img src=x onerror=alert(1)&gt;" in str(content.text)
    assert "<h2>" in str(content.text)


def test_feed_ids_stay_when_titles_change() -> None:
    renamed = replace(
        ISSUE, title="Another", number=99, masthead=replace(ISSUE.masthead, title="X")
    )
    feeds = [
        next(a.content.decode() for a in render_site([issue], THEME) if a.path == "site/feed.xml")
        for issue in (ISSUE, renamed)
    ]
    ids = [re.findall("<id>(.*?)</id>", feed) for feed in feeds]
    assert ids[0] == ids[1]


def test_feed_survives_characters_that_xml_has_not() -> None:
    odd = IssueSection(name="Odd", stories=(story(1, "a\ufffeb \x0c c", "S"),))
    issue = replace(ISSUE, sections=(odd,), lead=None, masthead=Masthead(title="\uffff M"))
    feed = next(a.content for a in render_site([issue], THEME) if a.path == "site/feed.xml")
    assert not feedparser.parse(feed).bozo
