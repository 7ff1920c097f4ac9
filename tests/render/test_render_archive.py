from __future__ import annotations

import json
import re
from html import unescape

import pytest
from msgspec.structs import replace
from rendered_files import links
from sample_issue import ESSAY_ISSUE, ISSUE, QUIET_ISSUE
from sample_stories import story, told_by

from digest.check.markup import Document
from digest.model import Issue, IssueSection
from digest.render import load_theme, render_site
from digest.render.site.archive import archive, related
from digest.render.view import view

THEME = load_theme()


def issue(number: int, *sections: IssueSection) -> Issue:
    """An issue with these sections."""
    return replace(ISSUE, week=f"2025-W{number:02}", number=number, sections=sections, lead=None)


def section(name: str, *titles: str, source: str = "S", own: bool = False) -> IssueSection:
    stories = tuple(story(n, title, source) for n, title in enumerate(titles, 1))
    return IssueSection(name=name, own=own, stories=stories)


def pages(*issues: Issue, search: bool = False) -> dict[str, str]:
    made = render_site(issues, THEME, search=search)
    return {a.path.removeprefix("site/"): a.content.decode() for a in made}


def test_a_topic_lists_its_stories_newest_issue_first() -> None:
    made = pages(
        issue(1, section("Cloud", "Old")), issue(2, section("Cloud", "New"), section("Data", "D"))
    )
    page = made["topics/cloud/index.html"]
    assert [t for t, url in links(page) if "stories" in url] == ["New", "Old"]
    assert ["Cloud", "Data"] == [
        t for t, url in links(made["topics/index.html"]) if re.match(r"\w+/index", url)
    ]


def test_own_work_is_no_topic_but_has_its_source() -> None:
    made = pages(issue(1, section("What We've Shared", "Ours", source="We", own=True)))
    assert "sources/we/index.html" in made
    assert not [path for path in made if path.startswith("topics/what")]


def test_a_source_lists_what_it_led_and_what_it_covered() -> None:
    lead = story(1, "Lead", "One", coverage=(told_by("Two"), told_by("Three", relation="copy")))
    made = pages(issue(1, IssueSection(name="T", stories=(lead,))))
    assert "Lead" in made["sources/one/index.html"]
    assert ("Two on the same thing", "https://two.example/story") in links(
        made["sources/two/index.html"]
    )
    assert "sources/three/index.html" in made


def test_names_that_differ_in_case_are_one_and_names_of_one_slug_are_two() -> None:
    issues = [
        issue(2, section("C++", "b"), section("cloud", "c")),
        issue(1, section("C", "a"), section("Cloud", "d")),
    ]
    shown = [view(each, THEME.words_for("en")) for each in issues]
    topics = {shelf.name: shelf.slug for shelf in archive(issues, shown).topics}
    assert "c" == topics["C"]  # who came first keeps the plain address
    assert re.fullmatch(r"c-[0-9a-f]{6}", topics["C++"])
    assert {"C", "C++", "cloud"} == set(topics)


def test_related_issues_share_what_is_rare() -> None:
    sets = [frozenset(s.split()) for s in ("a x", "a b", "a c", "a x d", "a b")]
    assert [[3], [4], [], [0], [1]] == related(sets)
    # What all share says nothing, and neighbours are linked anyway.
    assert [[], [], []] == related([frozenset("a")] * 3)
    assert [[], []] == related([frozenset("ab"), frozenset("ab")])


def test_an_issue_page_links_its_topics_sources_and_related_issues() -> None:
    made = pages(
        issue(1, section("Rust", "a")), issue(2, section("Go", "b")), issue(3, section("Rust", "c"))
    )
    page = made["2025-W03/index.html"]
    hrefs = [url for _text, url in links(page)]
    assert "../topics/rust/index.html" in hrefs
    assert "../sources/s/index.html" in hrefs
    assert page.index("Related issues") < page.index("../2025-W01/index.html")
    assert "Related issues" not in made["2025-W02/index.html"]


def test_search_is_offered_only_when_there_is_one() -> None:
    assert "search/index.html" not in pages(ISSUE)
    assert "search/index.html" not in pages(ISSUE)["index.html"]
    made = pages(ISSUE, search=True)
    assert "search/index.html" in made["index.html"]
    assert "<noscript>" in made["search/index.html"]


def test_the_index_of_the_search_holds_issues_alone() -> None:
    made = pages(QUIET_ISSUE, ISSUE, ESSAY_ISSUE, search=True)
    marked = [path for path, text in made.items() if "data-pagefind-body" in text]
    assert [f"2025-W0{n}/index.html" for n in (4, 5, 6)] == marked
    page = made["2025-W05/index.html"]
    assert 'data-pagefind-sort="date[datetime]"' in page
    assert 4 == page.count('data-pagefind-filter="topic"')
    assert 'data-pagefind-filter="source">Cluster Notes<' in page


def test_sitemap_names_every_page_that_has_an_address() -> None:
    made = pages(QUIET_ISSUE, ISSUE, ESSAY_ISSUE, search=True)
    found = {unescape(loc) for loc in re.findall("<loc>(.*?)</loc>", made["sitemap.xml"])}
    root = "https://example.org/dispatch/"
    wanted = {
        root + path.removesuffix("index.html")
        for path, text in made.items()
        if path.endswith(".html") and "noindex" not in text and not path.startswith("search/")
    }
    assert wanted == found
    assert "Sitemap: https://example.org/dispatch/sitemap.xml" in made["robots.txt"]
    bare = pages(QUIET_ISSUE)
    assert "sitemap.xml" not in bare
    assert "Sitemap" not in bare["robots.txt"]


@pytest.mark.parametrize("title", ["</script><script>alert(1)</script>", '"]}{{ x }}', "日本 & Co"])
def test_json_ld_is_the_issue_as_an_article(title: str) -> None:
    page = pages(replace(ESSAY_ISSUE, title=title))["2025-W06/index.html"]
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert 1 == len(found) == len(Document(page).all("script"))
    data = json.loads(found[0])
    assert ("Article", title) == (data["@type"], data["headline"])
    assert {"@type": "Person", "name": "Ann Author"} == data["author"]
    assert "6" == data["isPartOf"]["issueNumber"]
    assert "image" not in data


def test_og_data_names_topics_and_no_picture_without_one() -> None:
    page = pages(ISSUE)["2025-W05/index.html"]
    assert '<meta property="article:tag" content="Kubernetes &amp; Cloud">' in page
    assert '<meta name="twitter:card" content="summary">' in page
    assert "og:image" not in page
