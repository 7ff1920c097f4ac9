"""The mail as a browser lays it out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_pages import endless, write_all
from looking import looking

from digest.output import write
from digest.render import load_theme, render

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MAILS = ["2025-W04", "2025-W05", "2025-W06", "2025-W07", "2025-W08"]
# A mail has no <main>, and no landmarks: clients would drop them.
NO_LANDMARKS = ("region", "landmark-one-main")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_all(tmp_path_factory.mktemp("pages"))


@pytest.mark.parametrize("width", [320, 375, 600])
@pytest.mark.parametrize("week", MAILS)
def test_a_mail_fits_the_screen(browser: Browser, pages: Path, week: str, width: int) -> None:
    with looking(browser, width, java_script_enabled=False) as look:
        look.page.goto((pages / week / "issue.html").as_uri())
        assert width == look.page.evaluate("innerWidth")
        assert look.fits()
        assert "CSS1Compat" == look.page.evaluate("document.compatMode")
        # Classic Outlook tears rows that are taller than a page.
        cells = "[...document.querySelectorAll('td:not(:has(td))')]"
        assert look.page.evaluate(f"Math.max(...{cells}.map(e => e.offsetHeight))") <= 1800
        assert [] == look.remote


@pytest.mark.parametrize("width", [320, 600])
@pytest.mark.parametrize("week", ["2025-W05", "2025-W06", "2025-W07"])
def test_a_mail_without_its_styles_says_the_same_and_fits(
    browser: Browser, pages: Path, week: str, width: int
) -> None:
    words = "document.body.innerText.split(/\\s+/).join(' ')"
    with looking(browser, width, java_script_enabled=False) as look:
        look.page.goto((pages / week / "issue.html").as_uri())
        whole = look.page.evaluate(words)
        look.page.goto((pages / week / "bare.html").as_uri())
        assert look.fits()
        assert whole == look.page.evaluate(words)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 600])
@pytest.mark.parametrize("week", MAILS)
def test_a_mail_is_accessible(
    browser: Browser, pages: Path, axe: str, week: str, width: int, scheme: str
) -> None:
    with looking(browser, width, scheme) as look:
        look.page.goto((pages / week / "issue.html").as_uri())
        assert [] == look.violations(axe, *NO_LANDMARKS)


def test_axe_finds_what_is_wrong(browser: Browser, axe: str) -> None:
    with looking(browser) as look:
        look.page.set_content("<p style='color:#bbbbbb'>Dim</p><img src='data:,'>")
        found = {violation.partition(":")[0] for violation in look.violations(axe, *NO_LANDMARKS)}
        assert {"color-contrast", "image-alt"} <= found


def test_the_dark_is_dark(browser: Browser, pages: Path) -> None:
    colours = """[...document.querySelectorAll('body, h1, h2, h3, p, td, a')].map(e =>
      [getComputedStyle(e).backgroundColor, getComputedStyle(e).color, e.innerText.trim()])"""
    seen = {}
    for scheme in ("light", "dark"):
        with looking(browser, 600, scheme, java_script_enabled=False) as look:
            look.page.goto((pages / "2025-W06" / "issue.html").as_uri())
            seen[scheme] = look.page.evaluate(colours)
    assert len(seen["light"]) == len(seen["dark"]) > 20
    for light, dark in zip(seen["light"], seen["dark"], strict=True):
        if light[2]:
            assert light[1] != dark[1], f"the colour of {light[2][:40]!r} stays in the dark"
    assert seen["light"][0][0] != seen["dark"][0][0]


def test_nothing_of_a_feed_runs(browser: Browser, pages: Path) -> None:
    with looking(browser) as look:
        look.page.on("dialog", lambda _: pytest.fail("a script of a feed ran"))
        for name in ("issue.html", "issue.paste.html", "issue.fragment.html", "preview.html"):
            look.page.goto((pages / "2025-W08" / name).as_uri())
            look.page.wait_for_timeout(100)
        assert [] == look.remote


@pytest.mark.parametrize("name", ["issue.html", "issue.fragment.html"])
@pytest.mark.parametrize("style", ["brief", "dispatch", "links"])
def test_an_endless_address_or_word_breaks_on_a_phone(
    browser: Browser, tmp_path: Path, style: str, name: str
) -> None:
    write(render(endless(), load_theme(style)), tmp_path)
    with looking(browser, 320, java_script_enabled=False) as look:
        look.page.goto((tmp_path / "2025-W05" / name).as_uri())
        assert look.fits()
