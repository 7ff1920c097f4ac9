"""Whatever feeds hold: every flavour shows it as text, in the same order, and runs none of it."""

from __future__ import annotations

import json
import re
from email import message_from_string, policy
from functools import cache
from html import unescape
from urllib.parse import unquote

import markdown
import pytest
import yaml
from lxml import etree
from msgspec.structs import replace
from rendered_files import files_of, links
from sample_issue import ISSUE, busy_issue
from sample_stories import story, told_by

from digest.check.markup import Document, for_word
from digest.model import Issue, IssueSection, IssueStory
from digest.render import builtin_styles, load_theme, render, render_site
from digest.render.essay import cleaned
from digest.text import one_line
from digest.urls import is_web

STYLES = builtin_styles()
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
TITLES = {
    "markup": "</td></table><script>alert(1)</script><style>*{display:none}</style><!-- x",
    "quotes": '" onmouseover="alert(1)" x=\'y\' `z` \\ & &amp; &#60;b&#62;',
    "comment": "--> <![endif]--> <!--[if mso]> ]]> ?>",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 👍🏽 ✉️",
    "long word": "W" * 300,
    "long emoji": "👩‍👩‍👧‍👦" * 60,
    "rtl": "مرحبا بالعالم (Latin) שלום",
    "bidi controls": "abc\u202egnp.exe\u202c \u2066x\u2069 \u200e\u200f",
    "controls": "a\x00b\x07c\x1b[31md\x85e\x92f\ufffe g",
    "line breaks": "one\r\ntwo\u2028three\u2029four\x0b",
    "markdown": "# [x](javascript:alert(1)) **b** _e_ ![i](data:x) | a | b |\n---\n> q",
    "yaml": "--- : # {a: b} !!python/object:os.system [x]",
    "signature": "-- ",
    "nothing": "",
}
LINKS = {
    "javascript": "javascript:alert(1)",
    "Javascript": " JaVaScRiPt:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "file": "file:///etc/passwd",
    "relative": "/path",
    "missing": "",
    "quoted": "https://a.example/\"onclick='x'<b>?q=a b&c={{d}}",
    "brackets": "https://a.example/wiki/C_(x)[1]|*",
    "plain": "https://a.example/x?a=1&b=2#c",
}


def hostile() -> Issue:
    """Every title with every kind of link, blurb, source and coverage somewhere."""
    urls = list(LINKS.values())
    stories = []
    for number, title in enumerate(TITLES.values(), 1):
        text = title if number % 3 else ""
        bad = told_by(title or "S", text, url=urls[number % len(urls)])
        made = story(number, title, title, text, url=urls[number % len(urls)], coverage=(bad,))
        stories.append(made if number % 2 else replace(made, published=None))
    for number, url in enumerate(urls, 50):
        stories.append(story(number, f"Link {number}", "S", "Blurb.", url=url))
    masthead = replace(ISSUE.masthead, address=TITLES["markup"], greeting=TITLES["quotes"])
    return replace(
        ISSUE,
        title=TITLES["quotes"],
        subject="".join(TITLES.values()),
        author=TITLES["bidi controls"],
        essay="<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![x](data:x)\n\n"
        + "E" * 300
        + f"\n\n{TITLES['controls']} {TITLES['bidi controls']} one\u2028two\u2029three",
        lead="s001",
        masthead=masthead,
        sections=(IssueSection(name=TITLES["markup"], stories=tuple(stories)),),
    )


ISSUES = {
    "hostile": hostile(),
    "sample": ISSUE,
    "empty": replace(ISSUE, sections=(), lead=None, title="", subject="", stats={}),
    "huge": busy_issue(500),
}


@cache
def made_of(style: str, name: str) -> dict[str, str]:
    """The files of one of the issues by their names."""
    return files_of(ISSUES[name], style)


@pytest.fixture(
    params=[(s, i) for s in STYLES for i in ISSUES if i != "huge" or s == "dispatch"],
    ids=lambda p: f"{p[0]} {p[1]}",
)
def made(request: pytest.FixtureRequest) -> dict[str, str]:
    return made_of(*request.param)


def test_html_is_whole_and_runs_nothing(made: dict[str, str]) -> None:
    for name in ("issue.html", "issue.fragment.html", "issue.paste.html"):
        page = made[name]
        for read in (page, for_word(page)):
            document = Document(read)
            assert document.faults == [], name
            assert document.all("script", "iframe", "object", "form", "svg", "base") == []
            attributes = {n for e in document.elements for n in e.attributes}
            assert not [n for n in attributes if n.startswith("on")]
            for _, href in links(read):
                assert re.match(r"https?://|mailto:", href), (name, href)
        assert len(Document(page).all("style")) == (3 if name == "issue.html" else 0)


def test_no_control_or_direction_mark_is_left(made: dict[str, str]) -> None:
    for name, content in made.items():
        if name in ("issue.json", "issue.eml"):
            continue
        found = CONTROLS.search(content)
        assert not found, (name, found)


@pytest.mark.parametrize(
    ("style", "name"),
    [*((s, n) for s in STYLES for n in ("hostile", "sample", "empty")), ("dispatch", "huge")],
)
def test_the_site_is_whole_and_runs_nothing_of_a_feed(style: str, name: str) -> None:
    for artifact in render_site([ISSUES[name]], load_theme(style), search=True):
        text = artifact.content.decode()
        assert not CONTROLS.search(text), artifact.path
        if not artifact.path.endswith(".html"):
            continue
        page = Document(text)
        assert page.faults == [], artifact.path
        assert page.all("iframe", "object", "form", "svg", "base", "img", "style") == []
        runs = [e for e in page.all("script") if e.attributes.get("type") != "application/ld+json"]
        assert len(runs) == (2 if "/search/" in artifact.path else 0), artifact.path
        assert not [n for e in page.elements for n in e.attributes if n.startswith("on")]
        for _, href in links(text):
            assert re.match(r"https?://|\.\./|[\w-]+[./]", href), (artifact.path, href)
            assert not re.match(r"(?i)(?:javascript|data|file):", href)


def test_the_feeds_of_a_hostile_issue_are_xml_and_json_without_controls() -> None:
    made = {a.path: a.content for a in render_site([ISSUES["hostile"]], load_theme())}
    [content] = etree.fromstring(made["site/feed.xml"]).iter("{*}content")
    assert Document(content.text or "").all("script", "style", "img", "iframe") == []
    [item] = json.loads(made["site/feed.json"])["items"]
    assert not CONTROLS.search(item["content_html"])


def test_markdown_has_its_front_matter_and_no_markup(made: dict[str, str]) -> None:
    _, head, body = made["issue.md"].split("---\n", 2)
    assert {"title", "slug", "number"} <= set(yaml.safe_load(head))
    body = body.replace(cleaned(hostile().essay), "")
    page = Document(f"<x>{markdown.markdown(body, extensions=['tables'])}</x>")
    assert page.all("script", "style", "img", "table", "blockquote", "code") == []
    assert all(re.match(r"https?://", e.attributes["href"]) for e in page.all("a"))


def test_the_message_reads_as_one_message(made: dict[str, str]) -> None:
    mail = message_from_string(made["issue.eml"], policy=policy.default)
    types = [part.get_content_type() for part in mail.walk()]
    assert types == ["multipart/alternative", "text/plain", "text/html"]


def ordered(stories: tuple[IssueStory, ...]) -> list[tuple[str, str]]:
    """What every flavour lists: title and address, as they are printed."""
    return [
        (one_line(s.title) or one_line(s.source), s.url.strip() if is_web(s.url.strip()) else "")
        for s in stories
    ]


def published(style: str, name: str) -> dict[str, str]:
    """The issue's page on the site, which all styles share, and what the feeds hold of it."""
    made = {a.path: a.content for a in render_site([ISSUES[name]], load_theme(style))}
    [content] = etree.fromstring(made["site/feed.xml"]).iter("{*}content")
    [item] = json.loads(made["site/feed.json"])["items"]
    page = made[f"site/{ISSUES[name].week}/index.html"].decode()
    feeds = {"atom": content.text or "", "json feed": item["content_html"]}
    return feeds if style == "links" else {**feeds, "site": page}


def plain_url(url: str) -> str:
    return unquote(unescape(url))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["hostile", "sample"])
def test_one_list_of_titles_and_addresses_in_every_flavour(style: str, name: str) -> None:
    issue = ISSUES[name]
    made = made_of(style, name)
    expected = [(t, plain_url(u)) for t, u in ordered(issue.printed) if u]
    mail = message_from_string(made["issue.eml"], policy=policy.default)
    text, html = (part.get_content() for part in mail.iter_parts())
    body = made["issue.md"].split("---\n", 2)[2].replace(cleaned(issue.essay), "")
    pages = {
        "html": made["issue.html"],
        "fragment": made["issue.fragment.html"],
        "paste": made["issue.paste.html"],
        "markdown": markdown.markdown(body, extensions=["tables"]),
        "eml": html,
        **published(style, name),
    }
    if style == "links":  # where the title stands before a link that shows its address
        titles = {url: title for title, url in expected}
        bare = [(u, u) for _, u in expected]
        for flavour, page in pages.items():
            assert [u for pair in bare for u in pair[:1]] == [
                plain_url(u) for _, u in links(page) if plain_url(u) in titles
            ], flavour
        return
    for flavour, page in pages.items():
        found = [(t, plain_url(u)) for t, u in links(page)]
        wanted = [(" ".join(t.split()), u) for t, u in expected]
        assert [pair for pair in found if pair in wanted] == wanted, flavour
    for page in (made["issue.txt"], text):
        lines = [plain_url(line.strip()) for line in page.splitlines()]
        at = 0
        for _, url in expected:
            at = lines.index(url, at) + 1


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("day", ["", "soon", "2025-13-45"])
def test_a_date_that_is_missing_or_odd_breaks_nothing(style: str, day: str) -> None:
    undated = replace(ISSUE, date=day)
    assert len(list(render(undated, load_theme(style)))) == 7
    made = {a.path: a.content for a in render_site([undated], load_theme(style))}
    assert "T12:00:00Z" not in made["site/2025-W05/index.html"].decode()
    assert etree.fromstring(made["site/feed.xml"]).find("{*}entry/{*}updated") is not None
