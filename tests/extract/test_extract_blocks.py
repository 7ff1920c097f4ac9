from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.extract import blocks
from digest.extract.blocks import MAX_TEXT, Block, read
from digest.extract.elements import DROPPED, DROPPED_CLASSES
from digest.extract.marked import PORTION, portions
from digest.model import Media
from digest.text import clean

BASE = "https://example.org/garden/"
MEDIA: tuple[Media, ...] = ("html", "page", "text", "markdown")


def texts(body: str, media: Media = "html") -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read(body, media, BASE)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One</p><p>Two</p>", [("paragraph", "One"), ("paragraph", "Two")]),
        ("One<br>Two", [("paragraph", "One"), ("paragraph", "Two")]),
        # Escaped once too often; what is written about tags stays as it is.
        ("&lt;p&gt;One &lt;b&gt;oak&lt;/b&gt;&lt;/p&gt;", [("paragraph", "One oak")]),
        ("<p>One&amp;nbsp;oak</p>", [("paragraph", "One oak")]),
        ("&lt;p&gt; begins a paragraph.", [("paragraph", "<p> begins a paragraph.")]),
        ("the oak grows<br>on a hill", [("paragraph", "the oak grows on a hill")]),
        (
            "the oak grows<br><br>on a hill",
            [("paragraph", "the oak grows"), ("paragraph", "on a hill")],
        ),
        ("<h2>Oaks</h2>text", [("heading", "Oaks"), ("paragraph", "text")]),
        ("<ul><li>a<li>b</ul>", [("item", "a"), ("item", "b")]),
        ("<ul><li>a<p>why</p></li></ul>", [("item", "a"), ("paragraph", "why")]),
        ("<blockquote><p>said</p></blockquote>", [("quote", "said")]),
        ("<pre>a\n  b</pre>", [("code", "a\nb")]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", [("row", "a b")]),
        (
            "<p><b>Oaks in May</b></p><p>text</p>",
            [("heading", "Oaks in May"), ("paragraph", "text")],
        ),
        ("<p><b>Oaks are old.</b></p>", [("paragraph", "Oaks are old.")]),
        ("<p>Oak &amp;amp; elm &lt;b&gt;</p>", [("paragraph", "Oak &amp; elm <b>")]),
        ("<p>a <!-- hidden --> b</p>", [("paragraph", "a b")]),
        ("<p>a<sup><a href='#fn1'>1</a></sup>.</p>", [("paragraph", "a.")]),
        ("<p>a<a href='#fn1'><sup>1</sup></a>.</p>", [("paragraph", "a.")]),
        (
            "<ul><li><a href='#oaks'>Oaks</a></li><li><a href='/elms'>Elms</a></ul>",
            [("item", "Elms")],
        ),
        (f"<li><a href='{BASE}#oaks'>Oaks</a></li>x", [("paragraph", "x")]),
        ("<p hidden>a</p><p style='display:none'>b</p>c", [("paragraph", "c")]),
        ("<p>a<img src=x width=1>b</p>", [("paragraph", "ab")]),
        ("Oak &amp; elm\nAsh.", [("paragraph", "Oak & elm"), ("paragraph", "Ash.")]),
        ("", []),
        ("<", [("paragraph", "<")]),
    ],
)
def test_html_becomes_blocks(body: str, expected: list[tuple[str, str]]) -> None:
    assert texts(body) == expected


@pytest.mark.parametrize(
    "tag", [tag for tag in DROPPED if tag not in {"head", "img", "input", "embed"}]
)
def test_elements_that_hold_no_text_are_dropped(tag: str) -> None:
    if tag in {"script", "style", "textarea", "title", "noscript", "iframe", "template"}:
        body = f"<p>before</p><{tag}>hidden</{tag}><p>after</p>"
    else:
        body = f"<p>before</p><{tag}><p>hidden</p></{tag}><p>after</p>"
    assert "hidden" not in str(texts(body)), DROPPED[tag]
    assert ("paragraph", "after") in texts(body)


@pytest.mark.parametrize("name", DROPPED_CLASSES)
def test_classes_that_hold_no_text_are_dropped(name: str) -> None:
    assert texts(f"<p>a</p><div class='x {name}'>hidden</div>") == [("paragraph", "a")]


def test_links_are_absolute_and_stand_where_they_say() -> None:
    (block,) = read("<p>See  <a href='oak'> the <b>oak</b> </a>\u200b, now.</p>", "html", BASE)
    (link,) = block.links
    assert (link.text, link.url) == ("the oak", "https://example.org/garden/oak")
    assert block.text[link.start : link.end] == link.text


@pytest.mark.parametrize("href", ["#top", "javascript:alert(1)", "mailto:a@b.org", "http://[", ""])
def test_what_leads_nowhere_is_no_link(href: str) -> None:
    assert [b.links for b in read(f"<p><a href='{href}'>x</a></p>", "html", BASE)] == [()]


def test_a_link_around_blocks_is_a_link_of_each() -> None:
    made = read("<a href='/x'><h3>Oaks</h3><p>old</p></a>", "html", BASE)
    assert [(b.text, [link.url for link in b.links]) for b in made] == [
        ("Oaks", ["https://example.org/x"]),
        ("old", ["https://example.org/x"]),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Oaks in May\nThey are green, and very old.", ["heading", "paragraph"]),
        ("- one\n* two\n1. three", ["item", "item", "item"]),
        ("Is it May?\nYes it is, and the trees are green.", ["heading", "paragraph"]),
        ("It is May.\nYes it is, and the trees are green.", ["paragraph", "paragraph"]),
    ],
)
def test_lines_of_plain_text(body: str, expected: list[str]) -> None:
    assert [block.kind for block in read(body, "text")] == expected


def test_hard_wrapped_paragraphs_are_joined() -> None:
    line = "the old oak on the hill lost a branch in the storm of May"
    body = "\n".join([line] * 4) + "\n\n" + "\n".join([line] * 3)
    assert [b.text for b in read(body, "text")] == [" ".join([line] * 4), " ".join([line] * 3)]


def test_urls_in_plain_text_are_links() -> None:
    (block,) = read("Oaks (https://example.org/a_(b)), and more.", "text")
    assert [link.url for link in block.links] == ["https://example.org/a_(b)"]


def test_markdown_goes_through_html() -> None:
    made = read("# Oaks\n\n- [one](/x) by me\n\n> said", "markdown", BASE)
    assert [(b.kind, b.text) for b in made] == [
        ("heading", "Oaks"),
        ("item", "one by me"),
        ("quote", "said"),
    ]
    assert made[1].links[0].url == "https://example.org/x"


def test_long_markdown_is_read_in_portions() -> None:
    section = "## Oaks\n\nSee [one][ref].\n\n```\ncode\n\nmore\n```\n\n- a\n\n    why\n\n"
    body = section * 600 + "[ref]: https://example.org/x\n"
    parts = list(portions(body))
    assert "\n".join(parts) == body
    assert len(parts) > 3
    assert max(map(len, parts)) < 2 * PORTION
    made = read(body, "markdown")
    assert [b.kind for b in made] == ["heading", "paragraph", "code", "item", "paragraph"] * 600
    assert {link.url for b in made for link in b.links} == {"https://example.org/x"}


@pytest.mark.parametrize("depth", [300, 1_900, 20_000])
def test_depth_costs_no_stack(depth: int) -> None:
    made = read("<div>" * depth + "deep <b>down</b>" + "</div>" * depth, "html")
    assert [b.text for b in made] == ["deep down"]


@pytest.mark.parametrize("media", MEDIA)
@pytest.mark.parametrize("piece", ["<b>x", "[a](b)", ">", "* ", "`", "<div>", "&", "a b. "])
def test_size_is_capped(media: Media, piece: str) -> None:
    made = read(piece * 20_000, media)
    assert sum(len(block.text) for block in blocks.capped(made)) <= MAX_TEXT


def test_code_and_bare_rows_are_not_for_reading() -> None:
    made = (
        Block("paragraph", "Text."),
        Block("code", "x = 1"),
        Block("row", "Oak 12"),
        Block("row", "This cell is a layout and holds a whole sentence."),
    )
    assert blocks.prose(made) == "Text.\nThis cell is a layout and holds a whole sentence."


PIECES = [
    *"<p> </p> <div> </div> <br> <b> </b> <li> <ul> </ul> <pre> </pre>".split(),
    *"<table> <tr> <td> <h1> </h1>".split(),
    *"</a> &amp; &# text Oak. ] [ ( ) * # > ` ---".split(),
    *("<a href='x'>", " ", "\n", "\x00", "\u200b", "\ud800"),
]
MARKUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=40).map("".join)


@settings(max_examples=150, deadline=None)
@given(body=MARKUP, media=st.sampled_from(MEDIA))
def test_reading_never_raises(body: str, media: Media) -> None:
    for block in read(body, media, BASE):
        assert block.text == clean(block.text)
        assert block.text
        for link in block.links:
            assert block.text[link.start : link.end] == link.text
