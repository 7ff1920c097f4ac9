from __future__ import annotations

import io
from pathlib import Path

import pytest
from msgspec.structs import replace
from sample_issue import ISSUE, LONG_WORD, QUIET_ISSUE

from digest.model import Masthead
from digest.render import load_theme, render_site
from digest.render.site import card
from digest.render.view import view

pytest.importorskip("PIL", reason="the extra `card` is not installed")
THEME = load_theme()
FONT = THEME.path("site/card.ttf")


def drawn(title: str, font: Path | None = FONT, language: str = "en") -> bytes | None:
    masthead = Masthead(title="The Example Dispatch", language=language)
    issue = replace(ISSUE, title=title, masthead=masthead)
    return card.draw(view(issue, THEME.words_for(language)), font)


@pytest.mark.parametrize(
    "title",
    [
        *("Short", ISSUE.title, "Łódź, Straße, Ωmega, Ж: “quotes” – and 👋🏽 waves", "1"),
        *(LONG_WORD, "word " * 200, ISSUE.title * 3),
    ],
)
def test_a_card_is_a_png_of_the_right_size(title: str) -> None:
    from PIL import Image

    made = drawn(title)
    assert made is not None
    with Image.open(io.BytesIO(made)) as picture:
        assert ("PNG", (1200, 630)) == (picture.format, picture.size)
        edge = picture.convert("RGB").crop((1200 - card.MARGIN + 8, 0, 1200, 600)).getcolors()
    assert edge is not None
    assert 1 == len(edge)  # nothing runs into the margin
    assert len(made) < 60_000
    assert made == drawn(title)


@pytest.mark.parametrize("title", ["日本の電力", "كيف نقيس زمن الاستجابة", "👋"])
def test_what_the_font_cannot_write_makes_no_card(title: str) -> None:
    assert drawn(title) is None


def test_no_font_no_card() -> None:
    assert drawn("Short", None) is None


def test_pages_name_their_card_where_the_address_is_known() -> None:
    made = {a.path: a.content for a in render_site([ISSUE, QUIET_ISSUE], THEME, cards=True)}
    assert made["site/2025-W05/card.png"].startswith(b"\x89PNG")
    page = made["site/2025-W05/index.html"].decode()
    address = "https://example.org/dispatch/2025-W05/card.png"
    assert f'<meta property="og:image" content="{address}">' in page
    assert "summary_large_image" in page
    assert f'"image": "{address}"' in page
    assert "og:image" not in made["site/2025-W04/index.html"].decode()


def test_a_style_brings_its_own_font(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "mine" / "site"
    folder.mkdir(parents=True)
    (folder / "card.ttf").write_bytes(b"font")
    assert folder / "card.ttf" == load_theme("mine", tmp_path).path("site/card.ttf")
    assert load_theme().path("site/nothing.ttf") is None
