from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.extract import items, newsletter, sections
from digest.extract.blocks import Block, Link, read
from digest.extract.items import REFUSALS, Item, split_line
from digest.extract.sections import ISSUE_TITLES, SECTIONS, SectionName

ESSAY = (
    "A storm took the oak last week, and with it the bench that three generations had sat on. "
    "People came to look, and some took a branch. The council wants to plant a lime tree instead."
)
PLAIN = f"""Why We Plant
{ESSAY}
What a Tree Is For
{ESSAY}
What We've Shared
Root Cast #7: Talking to a Forester. Are limes better than oaks? We asked one.
How to Prune an Old Lime? A short film in which a ladder falls over:
And on the site there are two new texts:
Keeping Deer Out: Fences and Other Means
Watering Young Trees on a Slope
What We've Discovered
How cities count their trees: Many of us thought that somebody had a list. Nobody has one.
The Overstory: Notes on Forests and Time. We agree with the half of it.
"""
MARKED = """
A storm took the oak last week, see [the paper](https://news.example.com/oak) for a picture.

## What we have written

- [Keeping Deer Out](https://garden.example.org/deer): fences and other means
- [Watering Trees](https://garden.example.org/water) by Jane Roe

## Found

[How cities count their trees](https://trees.example.com/count?utm_source=x). Nobody has a list.

Read it twice.

[The Overstory](https://books.example.com/o)

**Limes.** They grow fast, as [this study](https://lime.example.com/s) says.

[Follow us](https://twitter.com/garden) or [unsubscribe](https://garden.example.org/unsubscribe?u=1)

## Sponsor

[Buy a saw](https://saw.example.com/now-with-a-discount)
"""


def titles(found: tuple[Item, ...]) -> list[str]:
    return [item.title for item in found]


def test_a_plain_issue_is_unpacked() -> None:
    found = newsletter.unpack(read(PLAIN, "text"), "")
    assert [(item.title, item.own) for item in found.items] == [
        ("Root Cast #7: Talking to a Forester", True),
        ("How to Prune an Old Lime?", True),
        ("Keeping Deer Out: Fences and Other Means", True),
        ("Watering Young Trees on a Slope", True),
        ("How cities count their trees", False),
        ("The Overstory: Notes on Forests and Time", False),
    ]
    assert found.items[1].comment.endswith("a ladder falls over")
    assert found.items[4].comment.startswith("Many of us")
    assert [b.text for b in found.essay].count(ESSAY) == 2


def test_a_linked_issue_is_unpacked() -> None:
    found = newsletter.unpack(read(MARKED, "markdown"), "garden.example.org")
    assert [(item.title, item.comment, item.own) for item in found.items] == [
        ("Keeping Deer Out", "fences and other means", True),
        ("Watering Trees", "", True),
        ("How cities count their trees", "Nobody has a list. Read it twice.", False),
        ("The Overstory", "", False),
        ("Limes", "They grow fast, as this study says.", False),
    ]
    assert found.items[1].authors == ("Jane Roe",)
    assert [b.text[:17] for b in found.essay] == ["A storm took the "]
    assert found.headed == 5


def test_links_to_the_own_site_are_own_work() -> None:
    body = "## Reads\n\n- [Oaks are old](https://garden.example.org/oak)\n- [Elms](https://e.example.org)\n"
    found = newsletter.unpack(read(body, "markdown"), "garden.example.org")
    assert [item.own for item in found.items] == [True, False]
    shared = newsletter.unpack(
        read("- [Oak](https://github.com/a/b)\n" * 3, "markdown"), "github.com"
    )
    assert [item.own for item in shared.items] == [False]


def test_linked_headings_are_items_and_their_text_the_comment() -> None:
    body = "<h3><a href='https://e.example.org/x'>Oaks are old</a></h3><p>So</p><p>it is.</p>"
    (item,) = newsletter.unpack(read(body, "html"), "").items
    assert (item.title, item.comment) == ("Oaks are old", "So it is.")


def test_a_linked_heading_over_a_list_only_names_the_list() -> None:
    body = "## [Oaks](https://e.example.org/all)\n\n- [One oak](https://e.example.org/1)\n"
    found = newsletter.unpack(read(body, "markdown"), "")
    assert titles(found.items) == ["One oak"]


def test_prose_with_links_is_an_essay() -> None:
    body = (
        f"<h2>Why We Plant</h2><p>{ESSAY} <a href='https://a.example.org/'>Here</a></p>"
        f"<h2>And How</h2><p>{ESSAY} <a href='https://b.example.org/'>There</a></p><p>{ESSAY}</p>"
        f"<p>{ESSAY} <a href='https://c.example.org/'>Anywhere</a></p>"
    )
    assert newsletter.unpack(read(body, "html"), "").items == ()


def test_standing_words_are_no_essay() -> None:
    body = (
        f"Welcome to another issue of Garden Notes!\n\n{ESSAY}\n\n"
        + "- [Oak](https://a.example.org)\n" * 3
    )
    found = newsletter.unpack(read(body, "markdown"), "")
    assert [b.text for b in found.essay] == [ESSAY]


@pytest.mark.parametrize("row", SECTIONS, ids=lambda row: row.example)
def test_every_section_name(row: SectionName) -> None:
    assert sections.use_of(row.example) == row.use
    assert sections.use_of(f"📬 {row.example}:") == row.use


@pytest.mark.parametrize(
    "heading", ["The AI Illusion", "Why it matters", "Sharing is hard", "Newspapers"]
)
def test_other_headings_open_no_section(heading: str) -> None:
    assert sections.use_of(heading) == ""


@pytest.mark.parametrize(("pattern", "example"), ISSUE_TITLES, ids=[e for _p, e in ISSUE_TITLES])
def test_every_issue_title(pattern: re.Pattern[str], example: str) -> None:
    assert pattern.search(example)
    assert sections.is_issue(example)


@pytest.mark.parametrize(
    "title", ["Old Trees", "Python 3.12 released", "The C# compiler", "Fixing #12 at last, and why"]
)
def test_other_titles_are_no_issues(title: str) -> None:
    assert not sections.is_issue(title)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("How trees grow: It takes long.", ("How trees grow", "It takes long.")),
        ("How trees grow. It takes long.", ("How trees grow", "It takes long.")),
        ("How do trees grow? It takes long.", ("How do trees grow?", "It takes long.")),
        ("Look at this! It takes long.", ("Look at this!", "It takes long.")),
        (
            "Oaks: How They Grow and Why. Slowly: very.",
            ("Oaks: How They Grow and Why", "Slowly: very."),
        ),
        ("Oaks: Is It Worth It? No.", ("Oaks: Is It Worth It?", "No.")),
        ("What v1.0.0 means for oaks: You saw it.", ("What v1.0.0 means for oaks", "You saw it.")),
        ("Oaks of the U.S. East: It takes long.", ("Oaks of the U.S. East", "It takes long.")),
        ("Oaks: How They Grow", ("Oaks: How They Grow", "")),
        ("Old trees", ("Old trees", "")),
        ("Old trees.", ("Old trees", "")),
    ],
)
def test_the_separator_rule(line: str, expected: tuple[str, str]) -> None:
    assert split_line(line) == expected


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://e.example.org/unsubscribe?u=1", "here"),
        ("https://e.example.org/x", "View this email in your browser"),
        ("https://twitter.com/someone", "Someone Known"),
        ("https://social.example.org/@someone", "Someone Known"),
        ("https://forum.example.org/u/someone", "Someone Known"),
        ("https://twitter.com/intent/tweet?u=x", "say it"),
        ("https://e.example.org/subscribe", "Join the list"),
        ("https://e.example.org/x", "Sponsor this letter"),
        ("https://e.example.org/x", "past issues"),
    ],
)
def test_links_that_are_never_items(url: str, text: str) -> None:
    block = Block("item", text, links=(Link(text, url, 0, len(text)),))
    assert items.refused(block)
    assert not items.is_entry(block, named=True)
    assert all(row.reason for row in REFUSALS)


@pytest.mark.parametrize(
    "text",
    [
        "Buy a saw today (sponsored)",
        "[Ad] Buy a saw today",
        "Sponsor: Buy a saw today",
        "Please submit your own favourite tree",
        "Thanks to Jane Roe for the picture",
        "Let us know what we missed",
        "Every week, the foresters say which trees they fell",
        "Full report here",
        "Triage done by @jane.",
    ],
)
def test_what_is_paid_for_or_an_aside_is_no_item(text: str) -> None:
    link = Link(text, "https://e.example.org/x", 0, len(text))
    assert not items.is_entry(Block("item", text, links=(link,)), named=True)


@pytest.mark.parametrize(
    ("text", "link", "title", "comment"),
    [
        ("Oaks are old: a study", "Oaks are old", "Oaks are old", "a study"),
        ("[video] Oaks are old", "Oaks are old", "Oaks are old", ""),
        ("XY-12: Oaks are accepted. Elms too.", "XY-12", "XY-12: Oaks are accepted", "Elms too."),
        (
            "Jane filed a report on oaks. Read it.",
            "a report",
            "Jane filed a report on oaks",
            "Read it.",
        ),
        (
            "Fixes a rare bug in the old root finder as asked",
            "rare bug in the old root finder",
            "Fixes a rare bug in the old root finder",
            "Fixes a rare bug in the old root finder as asked",
        ),
        (
            "root: finds old roots of an oak, faster than ever",
            "finds old roots of an oak",
            "root: finds old roots of an oak",
            "faster than ever",
        ),
        (
            "[video] how old an oak can get",
            "how old an oak can get",
            "how old an oak can get",
            "",
        ),
        ("Oaks are very old trees and so are elms.", "Oaks are very old trees", "", ""),
        ("Old oaks – https://e.example.org/x – yes", "https://e.example.org/x", "Old oaks", "yes"),
        ("https://e.example.org/x", "https://e.example.org/x", "https://e.example.org/x", ""),
    ],
)
def test_the_title_of_an_item(text: str, link: str, title: str, comment: str) -> None:
    start = text.index(link)
    url = link if link.startswith("http") else "https://e.example.org/x"
    item = items.item_of(Block("item", text, links=(Link(link, url, start, start + len(link)),)))
    assert item is not None
    assert (item.title, item.comment) == (title or link, comment or (text if not title else ""))


@given(st.text(max_size=200))
def test_a_split_line_loses_no_words(line: str) -> None:
    line = " ".join(line.split())
    title, comment = split_line(line)
    joined = re.sub(r"\W", "", title + comment)
    assert joined == re.sub(r"\W", "", line)


@given(
    st.lists(
        st.sampled_from(
            ["# A", "## Links", "- [t](http://a.org/b)", "text.", "What We've Shared", "a: b", "x:"]
        )
        | st.text(max_size=20),
        max_size=20,
    )
)
def test_unpacking_never_raises(lines: list[str]) -> None:
    body = "\n".join(lines)
    for blocks in (read(body, "text"), read(body, "markdown")):
        found = newsletter.unpack(blocks, "a.org")
        assert len({item.url or item.title for item in found.items}) == len(found.items)


def test_below_bold_titles_a_list_names_more_sources() -> None:
    page = """## Links

**[Oaks are back](https://a.example/oak)**: They grow again.

*Field Notes*

- [The Pond](https://b.example/oak): Slowly.

**A talk that nobody ever recorded**: It was about limes.

**Why it matters:** Limes are trees.
"""
    found = newsletter.unpack(read(page, "markdown"), "").items
    assert [(i.title, i.url, i.comment) for i in found] == [
        ("Oaks are back", "https://a.example/oak", "They grow again."),
        (
            "A talk that nobody ever recorded",
            "",
            "It was about limes. Why it matters: Limes are trees.",
        ),
    ]


def test_what_only_names_the_source_below_a_linked_heading_is_no_comment() -> None:
    page = "## [Oaks are back](https://a.example/oak)\n\nThey grow again.\n\n*Field Notes*\n"
    [item] = newsletter.unpack(read(page * 1, "markdown"), "").items
    assert item.comment == "They grow again."
