"""Every kind of page of the site, as a browser lays it out, served as a web server would."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_pages import SITE_ISSUES, pictured, png
from looking import looking

from digest import search
from digest.output import write
from digest.render import builtin_styles, load_theme, render_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

KINDS = {
    "index": "index.html",
    "issue": "2025-W05/index.html",
    "essay": "2025-W06/index.html",
    "right to left": "2025-W07/index.html",
    "hostile": "2025-W08/index.html",
    "topics": "topics/index.html",
    "topic": "topics/databases/index.html",
    "sources": "sources/index.html",
    "source": "sources/cluster-notes/index.html",
    "search": "search/index.html",
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing of each request."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the site is served."""
    folder = tmp_path_factory.mktemp("site")
    made = render_site(SITE_ISSUES, load_theme(), search=True)
    write(made, folder)
    search.index(folder, made)
    handler = partial(_Quiet, directory=str(folder / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_every_style_has_the_same_pages() -> None:
    """So what is looked at in one is seen in all."""
    [first, *others] = [
        {a.path: a.content for a in render_site(SITE_ISSUES, load_theme(style), search=True)}
        for style in builtin_styles()
    ]
    for other in others:
        assert [] == [p for p in first if p.endswith((".html", ".css")) and first[p] != other[p]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1200])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fits_and_is_accessible(
    browser: Browser, address: str, axe: str, kind: str, width: int, scheme: str
) -> None:
    with looking(browser, width, scheme) as look:
        faults: list[str] = []
        look.page.on("pageerror", lambda error: faults.append(str(error)))
        look.page.on("dialog", lambda _: pytest.fail("a script of a feed ran"))
        look.page.goto(address + KINDS[kind])
        if kind == "search":
            look.page.locator("#search input").fill("ingress")
            look.page.locator("#search a", has_text="ingress").first.wait_for()
        assert look.fits()
        assert [] == look.violations(axe)
        assert ([], []) == (faults, look.remote)


@pytest.mark.parametrize("blocked", [False, True], ids=["there", "blocked"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 600])
def test_pictures_keep_their_shape_and_fit(
    browser: Browser, tmp_path: Path, axe: str, width: int, scheme: str, *, blocked: bool
) -> None:
    """In the mail and on the site."""

    def answer(route: Route) -> None:
        if blocked:
            route.abort()
        else:
            route.fulfill(body=png(), content_type="image/png")

    state = "e.complete && !e.naturalWidth" if blocked else "e.naturalWidth"
    for page in pictured(tmp_path):
        with looking(browser, width, scheme) as look:
            look.page.route("https://pictures.example/**", answer)
            look.page.goto(page.as_uri())
            look.page.evaluate("[...document.images].map(e => { e.loading = 'eager' })")
            look.page.wait_for_function(f"[...document.images].every(e => {state})")
            assert look.fits()
            shapes = "[...document.images].map(e => [e.clientWidth, e.clientHeight])"
            [wide, narrow] = look.page.evaluate(shapes)
            assert narrow == [240, 135]
            assert 200 < wide[0] <= 592
            assert abs(wide[0] / wide[1] - 16 / 9) < 0.02
            off = ("region", "landmark-one-main") if page.name == "issue.html" else ()
            assert [] == look.violations(axe, *off)
