"""What must hold for any mail that we make. The numbers are those of docs/email.md."""

from __future__ import annotations

import itertools
import re
import time

import pytest
from mailcheck import Document, Element, for_word, links, styles
from msgspec.structs import replace
from sample_issue import ESSAY_ISSUE, ISSUE, LONG_WORD, QUIET_ISSUE, busy_issue, story

from digest.model import Issue, IssueSection, Masthead
from digest.render import load_theme, render
from digest.render.mail import breakable, finished, folded

THEME = load_theme("dispatch")
ARABIC = replace(
    ISSUE, masthead=Masthead(title="النشرة", language="ar", url="https://example.org/a/")
)
ISSUES = {
    "lead": ISSUE,
    "essay": ESSAY_ISSUE,
    "quiet": QUIET_ISSUE,
    "arabic": ARABIC,
    "busy": busy_issue(),
}


def flavour(issue: Issue, name: str) -> str:
    """The file of this name."""
    [found] = [a for a in render(issue, THEME) if a.path == f"{issue.week}/{name}"]
    return found.content.decode()


@pytest.fixture(params=ISSUES)
def issue(request: pytest.FixtureRequest) -> Issue:
    return ISSUES[request.param]


@pytest.fixture
def html(issue: Issue) -> str:
    return flavour(issue, "issue.html")


@pytest.fixture
def page(html: str) -> Document:
    return Document(html)


def test_is_small_enough_not_to_be_clipped(html: str) -> None:
    assert len(html.encode()) <= 90_000


def test_style_blocks_are_small_and_flat(html: str) -> None:
    blocks = styles(html)
    assert len(blocks) == 3
    assert sum(map(len, blocks)) <= 8_192
    for block in blocks:
        assert not re.search(r"@[^{}]*\{[^{}]*@", block)
        assert not re.search(r"@(?!media\b)", block)


def test_charset_comes_first(html: str) -> None:
    head = html.encode().index(b"<head>") + len(b"<head>")
    assert html.encode()[head:].lstrip().startswith(b'<meta charset="utf-8">')
    assert html.encode().index(b"charset") < 1024


def test_characters_are_those_that_mail_survives(html: str) -> None:
    assert max(map(ord, html)) > 0xFF
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffd]", html)


def test_lines_are_short(html: str) -> None:
    assert "\r" not in html
    assert max(map(len, html.split("\n"))) < 800
    assert max(len(line.encode()) for line in html.split("\n")) <= 998


def test_doctype_comes_first(html: str) -> None:
    assert html.startswith("<!DOCTYPE html>")


def test_language_and_direction_stand_on_html_and_on_the_wrapper(
    issue: Issue, page: Document
) -> None:
    language = issue.masthead.language
    direction = "rtl" if language == "ar" else "ltr"
    for element in (page.all("html")[0], page.all("div")[0]):
        assert element.attributes["lang"] == language
        assert element.attributes["dir"] == direction
    for cell in (e for e in page.all("td") if "font" in e.style):
        own = cell.attributes.get("dir", "")
        side = {"rtl": "right", "ltr": "left" if own else None}[own or direction]
        assert cell.attributes.get("align") == side


def test_head_says_what_clients_ask_for(issue: Issue, page: Document) -> None:
    assert page.all("title")[0].text == issue.subject
    named = {m.attributes.get("name"): m.attributes.get("content") for m in page.all("meta")}
    assert named["viewport"] == "width=device-width, initial-scale=1"
    assert named["color-scheme"] == named["supported-color-schemes"] == "light dark"
    assert "x-apple-disable-message-reformatting" in named
    assert "telephone=no" in str(named["format-detection"])


def test_tags_are_balanced_for_everybody_and_for_word(html: str) -> None:
    assert Document(html).faults == []
    assert Document(for_word(html)).faults == []
    assert html.count("<!--[if") == html.count("<![endif]-->") > 0


def test_nothing_runs_loads_or_submits(html: str, page: Document) -> None:
    forbidden = "script form iframe video object embed svg input button link base main nav section"
    assert page.all(*forbidden.split()) == []
    assert not re.search(r"@import|@font-face|url\(", html)
    names = {name for element in page.elements for name in element.attributes}
    assert [name for name in names if name.startswith("on")] == []
    assert [e.attributes["src"] for e in page.elements if "src" in e.attributes] == []


def test_ids_are_unique_and_no_link_stays_inside(page: Document) -> None:
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    assert [href for _, href in links_of(page) if href.startswith("#")] == []


def test_layout_tables_are_marked_and_shallow(html: str) -> None:
    expected = {"role": "presentation", "border": "0", "cellpadding": "0", "cellspacing": "0"}
    tables = Document(for_word(html)).all("table")
    for table in tables:
        assert {name: table.attributes.get(name) for name in expected} == expected
        assert table.parents.count("table") < 4


def test_container_is_fluid_with_one_ghost_table(html: str, page: Document) -> None:
    sheet = [t for t in page.all("table") if t.style.get("max-width") == "600px"]
    assert [table.attributes["width"] for table in sheet] == ["100%"]
    ghosts = [t for t in Document(for_word(html)).all("table") if t.attributes["width"] == "600"]
    assert len(ghosts) == 1


def test_inline_styles_hold_only_what_word_and_gmail_know(page: Document) -> None:
    odd = r"flex|grid|position|float|var\(|calc\(|\drem|rgba?\(|hsl|#[0-9a-fA-F]{7,8}\b"
    for element in page.elements:
        assert not re.search(odd, element.attributes.get("style", ""))


def test_padding_stands_on_cells_and_margins_are_never_negative(page: Document) -> None:
    for element in page.elements:
        for name, value in element.style.items():
            if name.startswith("padding"):
                assert element.tag in ("td", "th")
            if name.startswith("margin"):
                assert "-" not in value


def test_important_is_written_as_outlook_wants_it(html: str, page: Document) -> None:
    assert [e for e in page.elements if "!" in e.attributes.get("style", "")] == []
    assert re.findall(r"(?i)!\s*important", html) == re.findall(r"(?<= )!important", html)


def test_colours_are_six_digits_and_agree(html: str, page: Document) -> None:
    for value in re.findall(r"(?:color|background|border)[\w-]*:\s*([^;}\"]+)", html):
        if value.strip() not in ("light dark", "collapse", "0"):
            assert re.search(r"#[0-9a-f]{6}(?![0-9a-f])", value), value
    for element in page.elements:
        if "bgcolor" in element.attributes:
            assert element.attributes["bgcolor"] == element.style["background-color"]
            assert "color" in element.style


def test_every_styled_link_has_a_colour(page: Document) -> None:
    for link in page.all("a"):
        assert "color" in link.style, link


def test_fonts_end_in_a_generic_family_and_are_readable(page: Document) -> None:
    fonts = [e.style[n] for e in page.elements for n in ("font", "font-family") if n in e.style]
    assert fonts
    for font in fonts:
        assert font.rpartition(",")[2].strip() in ("serif", "sans-serif", "monospace")
    short = [re.search(r"(\d+)px/(\d+)px ", font) for font in fonts]
    sizes = [int(m[1]) for m in short if m]
    sizes += [int(e.style["font-size"][:-2]) for e in page.elements if "font-size" in e.style]
    heights = [int(m[2]) for m in short if m]
    heights += [int(e.style["line-height"][:-2]) for e in page.elements if "line-height" in e.style]
    assert min(sizes) >= 13
    assert all(value % 2 == 0 for value in [*sizes, *heights])


def test_every_cell_names_its_font_and_colour(page: Document) -> None:
    for cell in page.all("td"):
        if cell.text.strip() and not [e for e in cell.children if e.tag == "table"]:
            assert {"font", "color", "padding"} <= set(cell.style), cell


def test_dark_rules_have_their_outlook_twin(html: str) -> None:
    _, dark, outlook = styles(html)
    inner = dark[dark.index("@media") :].partition("{")[2]
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", inner):
        for selector in map(str.strip, selectors.split(",")):
            for name, value in re.findall(r"([\w-]*color):\s*(#\w{6})", body):
                mark = "[data-ogsb]" if "background" in name else "[data-ogsc]"
                twin = (
                    rf"{re.escape(f'{mark} {selector}')}(?![\w-])[^{{}}]*\{{[^{{}}]*{name}: {value}"
                )
                assert re.search(twin, outlook), (selector, name)


def test_headings_go_down_one_level_at_a_time(page: Document) -> None:
    levels = [int(element.tag[1]) for element in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))


def test_links_are_absolute_and_say_where_they_lead(page: Document) -> None:
    found = links_of(page)
    for text, href in found:
        assert re.match(r"https?://|mailto:", href), href
        assert len(text) > 1
        assert text.lower() not in ("click here", "read more", "here", "more")
    hrefs = [href for _, href in found]
    assert all(a != b for a, b in itertools.pairwise(hrefs))


def test_images_of_an_essay_have_an_alternative() -> None:
    essay = "![A graph](https://example.org/g.png)\n\n![](javascript:alert(1))"
    images = Document(flavour(replace(ISSUE, essay=essay), "issue.html")).all("img")
    assert [image.attributes["alt"] for image in images] == ["A graph"]
    assert [image.attributes["src"] for image in images] == ["https://example.org/g.png"]


def test_preheader_is_the_first_text_and_hidden_four_ways(issue: Issue, page: Document) -> None:
    [hidden] = [e for e in page.all("div") if e.style.get("display") == "none"]
    expected = {"display": "none", "max-height": "0", "overflow": "hidden", "mso-hide": "all"}
    assert hidden.style == expected
    visible = " ".join(re.sub("[\u034f\u200c\u00a0]", "", hidden.text).split())
    assert 40 <= len(visible) <= 90
    assert visible != issue.title
    assert hidden.text.count("\u034f\u200c\u00a0") == 50
    assert page.all("body")[0].text.strip().startswith(hidden.text.strip())


def test_footer_has_address_archive_and_a_way_out() -> None:
    page = flavour(ISSUE, "issue.html")
    assert "Example Press, 1 Sample Street" in page
    assert ("View online", "https://example.org/dispatch/2025-W05/") in links(page)
    assert ("Unsubscribe or change your address", "https://example.org/dispatch/") in links(page)
    assert "reply to this mail" in flavour(QUIET_ISSUE, "issue.html")


def test_no_merge_tag_is_live(html: str) -> None:
    text = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    assert not re.search(r"\{\{|\{%|\{#|\*\||%%|\[\[", text)


def test_hostile_text_is_shown_as_text() -> None:
    page = Document(flavour(ISSUE, "issue.html"))
    body = " ".join(page.all("body")[0].text.split())
    assert '<img src=x onerror=alert(1)> "quoted" & <script>alert(2)</script>' in body
    assert "Using {{ jinja }} and *|FNAME|*, {% raw %} and {{< figure >}}" in body
    assert "家族 👩‍👩‍👧‍👦 and the four-day week" in body
    assert ("javascript:alert(1)") not in body


def test_an_endless_word_has_places_to_break_and_keeps_its_letters() -> None:
    page = flavour(ISSUE, "issue.html")
    assert f">{LONG_WORD[:30]}<wbr>{LONG_WORD[30:60]}<wbr>" in page
    assert LONG_WORD[:300] in Document(page).elements[0].text
    assert breakable(f"<a title='{'x' * 50}'>{'家' * 50}</a>") == (
        f"<a title='{'x' * 50}'>{'家' * 50}</a>"
    )


def test_only_classes_that_a_style_names_are_paid_for(html: str, page: Document) -> None:
    used = {name for element in page.elements for name in element.classes}
    assert used == {"paper", "soft", "accent", "dgst"} & used
    assert {"paper", "soft"} <= used


def test_sixty_stories_are_far_from_the_limit() -> None:
    size = len(flavour(busy_issue(60), "issue.html").encode())
    frame = len(flavour(replace(QUIET_ISSUE, sections=()), "issue.html").encode())
    assert size < 62_000
    assert (size - frame) / 60 <= 950


def test_each_story_is_a_heading_that_runs_into_its_text(page: Document) -> None:
    runs = [e for e in page.all("h3", "h4") if e.style.get("display") == "inline"]
    assert all(heading.parents[-1] == "td" for heading in runs)
    assert len(runs) > 1


def test_a_title_of_the_other_direction_is_set_apart() -> None:
    rtl = [e for e in Document(flavour(ISSUE, "issue.html")).all("td") if e.attributes.get("dir")]
    assert [(e.attributes["dir"], e.attributes["align"]) for e in rtl] == [("rtl", "right")]
    ltr = [e for e in Document(flavour(ARABIC, "issue.html")).all("td") if e.attributes.get("dir")]
    assert {(e.attributes["dir"], e.attributes["align"]) for e in ltr} == {("ltr", "left")}


def test_direction_is_said_with_an_element_that_gmail_keeps(page: Document) -> None:
    assert page.all("bdi") == []


def test_the_lead_is_told_once() -> None:
    page = flavour(ISSUE, "issue.html")
    assert page.count('href="https://example.org/stories/1"') == 1
    only_lead = replace(
        ISSUE, sections=(IssueSection(name="Alone", stories=ISSUE.sections[1].stories[:1]),)
    )
    assert "What We've Discovered" not in flavour(only_lead, "issue.html")
    assert "Alone" not in flavour(only_lead, "issue.html")


def test_fragment_is_one_table_with_inline_styles_only(issue: Issue) -> None:
    page = flavour(issue, "issue.fragment.html")
    document = Document(page)
    assert document.faults == []
    assert document.comments == []
    outer = [element for element in document.elements if not element.parents]
    assert [element.tag for element in outer] == ["table"]
    assert document.all("style", "html", "body", "head") == []
    assert [e for e in document.elements if e.classes] == []
    assert "\u034f" not in page
    assert "nsubscribe" not in page


def test_text_that_looks_like_our_markup_is_kept() -> None:
    title = '<div class="x"><bdi dir="y"><style data-css-inline="ignore">'
    odd = IssueSection(name="Odd", stories=(story(1, title, "S"),))
    for name in ("issue.html", "issue.fragment.html", "issue.paste.html"):
        page = Document(flavour(replace(ISSUE, sections=(odd,)), name))
        assert title in [link.text for link in page.all("a")]


def test_paste_holds_semantic_tags_only(issue: Issue) -> None:
    document = Document(flavour(issue, "issue.paste.html"))
    assert document.faults == []
    allowed = {"h2", "h3", "p", "ul", "li", "a", "strong", "em", "bdi", "code"}
    assert {element.tag for element in document.elements} <= allowed
    assert {n for e in document.elements for n in e.attributes} <= {"href", "dir"}


def test_two_builds_are_equal(issue: Issue) -> None:
    assert render(issue, THEME) == render(issue, load_theme("dispatch"))


def test_sixty_stories_take_less_than_a_third_of_a_second() -> None:
    issue = busy_issue()
    taken = []
    for _ in range(4):
        start = time.process_time()  # the machine may be busy with other things
        render(issue, THEME)
        taken.append(time.process_time() - start)
    assert min(taken) < 0.3


def test_an_issue_of_nothing_but_an_essay_has_no_empty_headings() -> None:
    bare = replace(ESSAY_ISSUE, sections=(), lead=None)
    page = Document(flavour(bare, "issue.html"))
    assert [e.text for e in page.all("h1", "h2")] == [
        "Should We Switch?",
        "The Upgrade Nobody Planned",
        "What We Would Do",
    ]


def test_long_lines_break_at_spaces_of_the_text_only() -> None:
    attribute = f'<a title="{"a b " * 100}">'
    text = "word " * 200
    result = folded(f"<p>{attribute}{text}</a></p>", limit=120)
    assert attribute in result
    assert result.replace("\n", " ") == f"<p>{attribute}{text}</a></p>"
    assert max(len(line) for line in result.split("\n")[1:]) <= 120
    code = f"<pre>{text}</pre>"
    assert folded(code, limit=120) == code


def test_code_keeps_its_lines() -> None:
    assert finished("<p> a\n\n  b</p>\n<pre>x\n\n  y</pre>\n") == (
        "<p> a\nb</p>\n<pre>x\n\n  y</pre>\n"
    )


def links_of(page: Document) -> list[tuple[str, str]]:
    """(text, address) of every link of a page."""
    anchors: list[Element] = page.all("a")
    return [(a.text.strip(), a.attributes["href"]) for a in anchors]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_colours_are_readable_in_light_and_dark(html: str) -> None:
    light = set(re.findall(r"[; \"]color:\s*(#\w{6})", html.partition("<body")[2]))
    dark_block = styles(html)[1]
    [paper] = re.findall(r"background-color:\s*(#\w{6})", dark_block)
    dark = set(re.findall(r"[{ ]color:\s*(#\w{6})", dark_block))
    assert len(light) >= 2
    assert len(dark) >= 3
    assert min(contrast(colour, "#fcfbf8") for colour in light) >= 4.5
    assert min(contrast(colour, paper) for colour in dark) >= 4.5
    assert not {"#000000", "#ffffff"} & {*light, *dark, paper}
