"""The editor's page: its frames, and that the buttons really fill the clipboard."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_pages import write_all
from looking import Look, looking

from digest.serve import Server, stamp

if TYPE_CHECKING:
    from playwright.sync_api import Browser

READ = """async () => {
  const found = {};
  for (const item of await navigator.clipboard.read())
    for (const type of item.types) found[type] = await (await item.getType(type)).text();
  return found;
}"""
BUTTONS = {
    "Copy HTML source": "issue.html",
    "Copy Markdown": "issue.md",
    "Copy plain text": "issue.txt",
}
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_all(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def server(pages: Path) -> Iterator[Server]:
    with Server(pages, port=0, start="2025-W05/preview.html") as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 700, 1200])
@pytest.mark.parametrize("week", ["2025-W05", "2025-W08"])
def test_the_page_fits_and_is_accessible(
    browser: Browser, pages: Path, axe: str, week: str, width: int, scheme: str
) -> None:
    with looking(browser, width, scheme) as look:
        faults: list[str] = []
        look.page.on("pageerror", lambda error: faults.append(str(error)))
        look.page.on("dialog", lambda _: pytest.fail("a script of a feed ran"))
        look.page.goto((pages / week / "preview.html").as_uri())
        look.page.locator("summary").click()
        assert look.fits()
        assert [] == look.violations(axe)
        assert ([], []) == (faults, look.remote)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_frames_show_the_mail_at_both_widths_in_both_schemes(
    browser: Browser, pages: Path, scheme: str
) -> None:
    other = "dark" if scheme == "light" else "light"
    with looking(browser, 1200, scheme) as look:
        look.page.goto((pages / "2025-W05" / "preview.html").as_uri())
        assert {scheme: [600, 375], other: []} == shown(look)
        look.page.get_by_label("Both").check()
        assert {scheme: [600, 375], other: [600, 375]} == shown(look)
        grounds = {s: background(look, s) for s in ("light", "dark")}
        assert grounds["light"] == "rgb(252, 251, 248)"
        assert grounds["dark"] == "rgb(27, 26, 24)"
        for frame in look.page.frames[1:]:
            assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")


def shown(look: Look) -> dict[str, list[int]]:
    """The widths of the frames that can be seen, by scheme."""
    look.page.wait_for_timeout(50)
    found: dict[str, list[int]] = look.page.evaluate(
        """Object.fromEntries([...document.querySelectorAll('.pair')].map(pair =>
          [pair.dataset.scheme, [...pair.querySelectorAll('iframe')]
            .filter(f => f.checkVisibility() && f.srcdoc).map(f => f.clientWidth)]))"""
    )
    return found


def background(look: Look, scheme: str) -> str:
    """The ground of the mail in the first frame of a scheme."""
    handle = look.page.query_selector(f".pair[data-scheme={scheme}] iframe")
    assert handle
    frame = handle.content_frame()
    assert frame
    frame.wait_for_load_state()
    colour: str = frame.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


@pytest.mark.parametrize("served", [False, True], ids=["file", "served"])
def test_the_buttons_fill_the_clipboard(
    browser: Browser, pages: Path, server: Server, *, served: bool
) -> None:
    with looking(browser, 1200, permissions=CLIPBOARD) as look:
        page = pages / "2025-W05"
        look.page.goto(server.address if served else (page / "preview.html").as_uri())
        for button, name in BUTTONS.items():
            look.page.get_by_role("button", name=button).click()
            look.page.get_by_text(f"{button.removeprefix('Copy ')} copied.").wait_for()
            copied = look.page.evaluate(READ)
            assert (page / name).read_text(encoding="utf-8") == copied["text/plain"]
        look.page.get_by_role("button", name="Copy rich text").click()
        look.page.get_by_text("Rich text copied.").wait_for()
        copied = look.page.evaluate(READ)
        assert (page / "issue.txt").read_text(encoding="utf-8") == copied["text/plain"]
        assert '<h2><a href="https://example.org/stories/1"' in copied["text/html"]
        assert "<table" not in copied["text/html"]


def test_without_the_clipboard_api_the_old_way_is_taken(browser: Browser, pages: Path) -> None:
    gone = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
    heard = "addEventListener('copy', e => { window.heard = [...e.clipboardData.types] })"
    with looking(browser, 1200) as look:
        look.page.add_init_script(gone)
        look.page.goto((pages / "2025-W05" / "preview.html").as_uri())
        look.page.evaluate(heard)
        look.page.get_by_role("button", name="Copy rich text").click()
        look.page.get_by_text("Rich text copied.").wait_for()
        assert ["text/plain", "text/html"] == look.page.evaluate("window.heard")


def test_where_nothing_may_copy_the_text_is_selected(browser: Browser, pages: Path) -> None:
    gone = """Object.defineProperty(navigator, 'clipboard', {value: undefined});
      document.execCommand = () => false"""
    with looking(browser, 1200) as look:
        look.page.add_init_script(gone)
        look.page.goto((pages / "2025-W05" / "preview.html").as_uri())
        look.page.get_by_role("button", name="Copy Markdown").click()
        area = look.page.get_by_label("The text to copy")
        expected = (pages / "2025-W05" / "issue.md").read_text(encoding="utf-8")
        assert expected == area.input_value()
        chosen = "e => e.value.slice(e.selectionStart, e.selectionEnd)"
        assert expected == area.evaluate(chosen)


def test_the_message_is_downloaded(browser: Browser, pages: Path, tmp_path: Path) -> None:
    with looking(browser, 1200) as look:
        look.page.goto((pages / "2025-W05" / "preview.html").as_uri())
        with look.page.expect_download() as download:
            look.page.get_by_role("button", name="Download .eml").click()
        assert "2025-W05.eml" == download.value.suggested_filename
        saved = tmp_path / "saved.eml"
        download.value.save_as(saved)
        assert (pages / "2025-W05" / "issue.eml").read_bytes() == saved.read_bytes()


def test_a_page_reloads_when_a_file_changes(browser: Browser, pages: Path, server: Server) -> None:
    with looking(browser, 1200) as look:
        look.page.goto(server.address)
        look.page.evaluate("window.old = true")
        look.page.wait_for_timeout(1200)
        assert look.page.evaluate("window.old")
        server.state.problem = "digest.toml:1: <b>no</b>"
        look.page.get_by_text("digest.toml:1: <b>no</b>").wait_for()
        (pages / "2025-W05" / "new.txt").write_text("new", encoding="utf-8")
        with look.page.expect_event("load"):
            server.state.stamp = stamp([pages])
        assert not look.page.evaluate("window.old")
