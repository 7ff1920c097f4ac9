"""What must hold for any mail that we make. The numbers are those of docs/rendering.md."""

from __future__ import annotations

import re

import pytest
from msgspec.structs import replace
from rendered_files import files_of, links
from sample_issue import ESSAY_ISSUE, ISSUE, LONG_WORD, QUIET_ISSUE, busy_issue
from sample_stories import story

from digest.check import RULES, check
from digest.check.markup import Document
from digest.model import Issue, IssueSection, Masthead
from digest.render import load_theme, render
from digest.render.mail import LONGEST_LINE, breakable, finished, folded

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


@pytest.fixture(params=ISSUES)
def issue(request: pytest.FixtureRequest) -> Issue:
    return ISSUES[request.param]


@pytest.fixture
def html(issue: Issue) -> str:
    return files_of(issue)["issue.html"]


@pytest.fixture
def page(html: str) -> Document:
    return Document(html)


def test_nothing_is_wrong_with_any_file(issue: Issue) -> None:
    """The rules of digest.check; those of the words and links are for the editor."""
    ours = {rule.id for rule in RULES if rule.group not in ("editorial", "links")}
    known = {"address"} if not issue.masthead.address else set()
    known |= {"markdown-braces"} if "{{" in issue.essay else set()
    assert {f.rule for f in check(issue, render(issue, THEME)) if f.rule in ours} == known


def test_is_small_enough_not_to_be_clipped(html: str) -> None:
    assert len(html.encode()) <= 90_000


def test_lines_are_short(html: str) -> None:
    assert "\r" not in html
    assert max(map(len, html.split("\n"))) < 800
    assert max(len(line.encode()) for line in html.split("\n")) <= 998


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
    assert [a for a in page.all("a") if a.attributes["href"].startswith("#")] == []


def test_colours_are_six_digits_and_agree(html: str, page: Document) -> None:
    for value in re.findall(r"(?:color|background|border)[\w-]*:\s*([^;}\"]+)", html):
        if value.strip() not in ("light dark", "collapse", "0"):
            assert re.search(r"#[0-9a-f]{6}(?![0-9a-f])", value), value
    for element in page.elements:
        if "bgcolor" in element.attributes:
            assert element.attributes["bgcolor"] == element.style["background-color"]
            assert "color" in element.style


def test_fonts_end_in_a_generic_family_and_are_readable(page: Document) -> None:
    fonts = [e.style[n] for e in page.elements for n in ("font", "font-family") if n in e.style]
    assert fonts
    for font in fonts:
        assert re.split("[, ]", font)[-1] in ("serif", "sans-serif", "monospace")
    short = [re.search(r"(\d+)px/(\d+)px ", font) for font in fonts]
    sizes = [int(m[1]) for m in short if m]
    sizes += [int(e.style["font-size"][:-2]) for e in page.elements if "font-size" in e.style]
    heights = [int(m[2]) for m in short if m]
    heights += [int(e.style["line-height"][:-2]) for e in page.elements if "line-height" in e.style]
    assert min(sizes) >= 13
    assert all(value % 2 == 0 for value in [*sizes, *heights])


@pytest.mark.parametrize("style", ["brief", "dispatch", "links"])
def test_every_cell_gets_font_and_colour_inside_the_table(issue: Issue, style: str) -> None:
    """From itself or its table: webmail and Word, which have a rule of their own, read ours."""
    html = files_of(issue, style)["issue.html"]
    cells = Document(html).all("td")
    written = [c for c in cells if c.text.strip() and "table" not in {e.tag for e in c.children}]
    assert len(written) > 5
    for cell in written:
        assert "padding" in cell.style, cell
        table = cell
        while table.tag != "table":
            assert table.parent
            table = table.parent
        assert "color" in cell.style or "color" in table.style
        if "font" not in cell.style:
            said = f"td{{font:{table.style['font']}}}"
            assert html.index("<style>") < html.index(said) < html.index("@media")
            assert html.index("<!--[if mso]><style>") < html.rindex(said)


def test_every_cell_of_a_fragment_names_its_font(issue: Issue) -> None:
    cells = Document(files_of(issue)["issue.fragment.html"]).all("td")
    assert [] == [cell for cell in cells if not {"font", "padding"} <= set(cell.style)] != cells


def test_images_of_an_essay_have_an_alternative() -> None:
    essay = "![A graph](https://example.org/g.png)\n\n![](javascript:alert(1))"
    images = Document(files_of(replace(ISSUE, essay=essay))["issue.html"]).all("img")
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
    page = files_of(ISSUE)["issue.html"]
    assert "Example Press, 1 Sample Street" in page
    assert ("View online", "https://example.org/dispatch/2025-W05/") in links(page)
    assert ("Unsubscribe or change your address", "https://example.org/dispatch/") in links(page)
    assert "reply to this mail" in files_of(QUIET_ISSUE)["issue.html"]


def test_hostile_text_is_shown_as_text() -> None:
    page = Document(files_of(ISSUE)["issue.html"])
    body = " ".join(page.all("body")[0].text.split())
    assert '<img src=x onerror=alert(1)> "quoted" & <script>alert(2)</script>' in body
    assert "Using {{ jinja }} and *|FNAME|*, {% raw %} and {{< figure >}}" in body
    assert "家族 👩‍👩‍👧‍👦 and the four-day week" in body
    assert ("javascript:alert(1)") not in body


def test_an_endless_word_has_places_to_break_and_keeps_its_letters() -> None:
    page = files_of(ISSUE)["issue.html"]
    assert f">{LONG_WORD[:14]}<wbr>{LONG_WORD[14:28]}<wbr>" in page
    assert LONG_WORD[:300] in Document(page).elements[0].text
    assert breakable(f"<a title='{'x' * 50}'>{'家' * 50}</a>") == (
        f"<a title='{'x' * 50}'>{'家' * 50}</a>"
    )


def test_only_classes_that_a_style_names_are_paid_for(page: Document) -> None:
    used = {name for element in page.elements for name in element.classes}
    assert used == {"paper", "accent", "dgst", "dgst-a"} & used
    assert {"paper", "dgst"} <= used


def test_sixty_stories_are_far_from_the_limit() -> None:
    size = len(files_of(busy_issue(60))["issue.html"].encode())
    frame = len(files_of(replace(QUIET_ISSUE, sections=()))["issue.html"].encode())
    assert size < 62_000
    assert (size - frame) / 60 <= 950


def test_each_story_is_a_heading_that_runs_into_its_text(page: Document) -> None:
    runs = [e for e in page.all("h3", "h4") if e.style.get("display") == "inline"]
    assert all(heading.parents[-1] == "td" for heading in runs)
    assert len(runs) > 1


def test_a_title_of_the_other_direction_is_set_apart() -> None:
    rtl = [e for e in Document(files_of(ISSUE)["issue.html"]).all("td") if e.attributes.get("dir")]
    assert [(e.attributes["dir"], e.attributes["align"]) for e in rtl] == [("rtl", "right")]
    first = rtl[0].children[0]
    assert (first.tag, first.attributes["dir"], first.attributes["align"]) == ("h3", "ltr", "left")
    ltr = [e for e in Document(files_of(ARABIC)["issue.html"]).all("td") if e.attributes.get("dir")]
    assert {(e.attributes["dir"], e.attributes["align"]) for e in ltr} == {("ltr", "left")}


def test_direction_is_said_with_an_element_that_gmail_keeps(page: Document) -> None:
    assert page.all("bdi") == []


def test_the_lead_is_told_once() -> None:
    page = files_of(ISSUE)["issue.html"]
    assert page.count('href="https://example.org/stories/1"') == 1
    only_lead = replace(
        ISSUE, sections=(IssueSection(name="Alone", stories=ISSUE.sections[1].stories[:1]),)
    )
    assert "What We've Discovered" not in files_of(only_lead)["issue.html"]
    assert "Alone" not in files_of(only_lead)["issue.html"]


def test_fragment_is_one_table_with_inline_styles_only(issue: Issue) -> None:
    page = files_of(issue)["issue.fragment.html"]
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
        page = Document(files_of(replace(ISSUE, sections=(odd,)))[name])
        assert title in [link.text for link in page.all("a")]


def test_paste_holds_semantic_tags_only(issue: Issue) -> None:
    document = Document(files_of(issue)["issue.paste.html"])
    assert document.faults == []
    allowed = {"h2", "h3", "p", "ul", "li", "a", "strong", "em", "bdi", "code"}
    assert {element.tag for element in document.elements} <= allowed
    assert {n for e in document.elements for n in e.attributes} <= {"href", "dir"}


def test_two_builds_are_equal(issue: Issue) -> None:
    assert render(issue, THEME) == render(issue, load_theme("dispatch"))


def test_an_issue_of_nothing_but_an_essay_has_no_empty_headings() -> None:
    bare = replace(ESSAY_ISSUE, sections=(), lead=None)
    page = Document(files_of(bare)["issue.html"])
    assert [e.text for e in page.all("h1", "h2")] == [
        "Should We Switch?",
        "The Upgrade Nobody Planned",
        "What We Would Do",
    ]


def test_long_lines_break_at_spaces_of_the_text_only() -> None:
    attribute = f'<a title="{"a b " * 400}">'
    text = "word " * 780
    result = folded(f"<p>{attribute}{text}</a></p>")
    assert attribute in result
    assert result.replace("\n", " ") == f"<p>{attribute}{text}</a></p>"
    assert max(len(line) for line in result.split("\n")[1:]) <= LONGEST_LINE
    code = f"<pre>{text}</pre>"
    assert folded(code) == code


def test_code_keeps_its_lines() -> None:
    assert finished("<p> a\n\n  b</p>\n<pre>x\n\n  y</pre>\n") == (
        "<p> a\nb</p>\n<pre>x\n\n  y</pre>\n"
    )
