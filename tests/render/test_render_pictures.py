"""Pictures of stories: none unless asked for, and then as mail programs can draw them."""

from __future__ import annotations

import re

import markdown
import pytest
from msgspec.structs import replace
from rendered_files import files_of
from sample_issue import ISSUE, busy_issue

from digest.check import RULES, check
from digest.check.markup import Document
from digest.model import Image, Issue
from digest.render import Options, builtin_styles, load_theme, render, render_site
from digest.render.budget import HARD
from digest.render.pictures import COLUMN, Wanted, only, picture

STYLES = builtin_styles()
WIDE = Image(url="https://pictures.example/wide.jpg?v=1&w=2", width=1600, height=900)
SMALL = Image(
    url="https://pictures.example/small.png", alt='A "plan" & more', width=240, height=135
)
OURS = ("issue.html", "issue.fragment.html", "issue.paste.html")


def pictured(issue: Issue = ISSUE, **images: Image | None) -> Issue:
    """The issue with these pictures, by the ids of its stories."""
    return issue.with_each(lambda s: replace(s, image=images.get(s.id, s.image)))


TWO = pictured(s001=WIDE, s004=SMALL)


def showing(issue: Issue, images: Wanted, style: str = "dispatch") -> dict[str, str]:
    """The files of an issue with these pictures."""
    return files_of(issue, style, Options(images=images))


def shown(page: str) -> list[dict[str, str]]:
    return [e.attributes for e in Document(page).all("img")]


@pytest.mark.parametrize("style", STYLES)
def test_a_mail_shows_no_picture_unless_asked(style: str) -> None:
    without = showing(ISSUE, "none", style)
    for name, text in showing(TWO, "none", style).items():
        assert text == without[name] or name == "issue.json"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(("images", "count"), [("lead", 1), ("all", 2)])
def test_every_flavour_but_plain_text_shows_what_is_asked_for(
    style: str, images: Wanted, count: int
) -> None:
    made = showing(TWO, images, style)
    for name in OURS:
        tags = shown(made[name])
        assert [tag["src"] for tag in tags] == [WIDE.url, SMALL.url][:count], name
        assert [tag["alt"] for tag in tags] == ["", SMALL.alt][:count]
        sizes = [(tag["width"], tag["height"]) for tag in tags]
        assert sizes == [("552", "310"), ("240", "135")][:count]
    assert "pictures.example" not in made["issue.txt"]
    assert "pictures.example" in made["issue.eml"].replace("=\r\n", "")
    page = markdown.markdown(made["issue.md"].split("---\n", 2)[2])
    assert [tag["src"] for tag in shown(page)] == [WIDE.url, SMALL.url][:count]
    assert [tag["alt"] for tag in shown(page)] == ["", SMALL.alt][:count]


@pytest.mark.parametrize("style", STYLES)
def test_a_picture_of_the_mail_stays_inside_and_has_a_ground_where_it_may_be_clear(
    style: str,
) -> None:
    pictures = Document(showing(TWO, "all", style)["issue.html"]).all("img")
    assert 2 == len(pictures)
    for element in pictures:
        assert element.style["display"] == "block"
        assert element.style["width"] == "100%"
        assert element.style["max-width"] == f"{element.attributes['width']}px"
        assert element.style["height"] == "auto"
        clear = element.attributes["src"] == SMALL.url  # a PNG: dark lines on a dark page vanish
        assert clear == ("background-color" in element.style) == ("color" in element.style)
        assert element.parents[-1] == "p"  # no link of its own beside that of the title


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("images", ["lead", "all"])
def test_the_checks_find_nothing(style: str, images: Wanted) -> None:
    ours = {rule.id for rule in RULES if rule.group not in ("editorial", "links")}
    options = Options(images=images)
    found = check(TWO, render(TWO, load_theme(style), options))
    assert {f.rule for f in found} & ours == set()


@pytest.mark.parametrize(("images", "count"), [("none", 0), ("lead", 1), ("all", 2)])
def test_the_site_has_a_choice_of_its_own(images: Wanted, count: int) -> None:
    made = {a.path: a.content for a in render_site([TWO], load_theme(), images=images)}
    page = made["site/2025-W05/index.html"].decode()
    assert len(shown(page)) == count
    assert all(tag["loading"] == "lazy" for tag in shown(page))
    assert made["site/feed.xml"].decode().count("&lt;img ") == count
    assert made["site/feed.json"].decode().count("<img ") == count


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (None, None),
        (WIDE, (COLUMN, 310)),
        (SMALL, (240, 135)),
        (Image(url="https://a.example/x.png", width=4000, height=1), (COLUMN, 1)),
        (Image(url="https://a.example/x.png"), None),
        (Image(url="http://a.example/x.png", width=300, height=200), None),
        (Image(url="javascript:alert(1)//x.png", width=300, height=200), None),
        (Image(url="data:image/png;base64,x", width=300, height=200), None),
        (Image(url="/x.png", width=300, height=200), None),
        (Image(url="https://a.example/x.png", width=-5, height=200), None),
    ],
)
def test_size_and_scheme(image: Image | None, expected: tuple[int, int] | None) -> None:
    found = picture(image)
    assert (found and (found.width, found.height)) == expected


def test_an_address_and_a_text_that_want_out_of_their_attributes() -> None:
    evil = Image(
        url="https://a.example/\"onerror='x'<b>{{y}}.png",
        alt="\" onerror=alert(1) x='> {{ name }} *|FNAME|*\x00\u202e ](javascript:x)",
        width=300,
        height=200,
    )
    made = showing(pictured(s001=evil), "all")
    for page in (*(made[name] for name in OURS), markdown.markdown(made["issue.md"])):
        [tag] = shown(page)
        assert not [name for name in tag if name.startswith("on")]
        assert tag["src"].startswith("https://a.example/%22onerror=")
        assert re.search(r"^\" onerror=alert\(1\) x='> .*\]\(javascript:x\)$", tag["alt"])
        assert "\x00" not in page
        assert "\u202e" not in page
    assert "{{ name }}" not in made["issue.html"]


def test_pictures_are_the_first_to_go_when_a_mail_is_too_long() -> None:
    busy = busy_issue(100)
    long = {
        s.id: Image(url=f"https://a.example/{'x' * 350}.png", width=300, height=200)
        for s in busy.stories
    }
    issue = pictured(busy, **long)
    made = render(issue, load_theme(), Options(images="all"))
    assert made.notes[1].startswith("no pictures: ")
    assert len(next(a.content for a in made if a.path.endswith("issue.html"))) <= HARD
    assert "pictures" not in str(render(issue, load_theme()).notes)


def test_only_the_lead_of_an_issue_that_has_one() -> None:
    def kept(issue: Issue) -> list[str]:
        return [s.id for s in issue.stories if s.image]

    assert kept(only(TWO, "none")) == []
    assert kept(only(TWO, "lead")) == ["s001"]
    assert kept(only(replace(TWO, lead=None), "lead")) == []
    assert kept(only(TWO, "all")) == ["s001", "s004"]
