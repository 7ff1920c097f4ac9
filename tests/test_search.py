"""Pagefind over a written site, and in a browser where there is one."""

from __future__ import annotations

import functools
import http.server
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "render"))

from sample_issue import ESSAY_ISSUE, ISSUE, QUIET_ISSUE

from digest import search
from digest.errors import OutputError
from digest.model import Artifact
from digest.output import write_site
from digest.render import load_theme, render_site

pytestmark = pytest.mark.skipif(
    not search.available(), reason="the extra `search` is not installed"
)
BROWSER = shutil.which("chromium-headless-shell") or shutil.which("chrome-headless-shell")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Artifact, ...]]:
    out = tmp_path_factory.mktemp("out")
    made = render_site((QUIET_ISSUE, ISSUE, ESSAY_ISSUE), load_theme(), search=True)
    write_site(made, out)
    search.index(out, made)
    return out, made


def test_an_index_of_the_same_pages_is_left_alone(
    site: tuple[Path, tuple[Artifact, ...]],
) -> None:
    out, made = site
    entry = out / "site" / "pagefind" / "pagefind-entry.json"
    before = entry.stat().st_mtime_ns
    search.index(out, made)
    assert before == entry.stat().st_mtime_ns
    assert [] == list(out.glob(".tmp-*"))


def test_another_site_gets_another_index(tmp_path: Path) -> None:
    for issues in ((ISSUE,), (ISSUE, ESSAY_ISSUE)):
        made = render_site(issues, load_theme(), search=True)
        write_site(made, tmp_path)
        search.index(tmp_path, made)
        fragments = list((tmp_path / "site" / "pagefind" / "fragment").iterdir())
        assert len(issues) == len(fragments)


def test_a_failure_names_what_pagefind_says_and_keeps_the_old_index(tmp_path: Path) -> None:
    old = tmp_path / "site" / "pagefind" / "pagefind.js"
    old.parent.mkdir(parents=True)
    old.write_text("old", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        search.index(tmp_path / "site" / "nothing", ())
    assert "search = false" in caught.value.hint
    assert "old" == old.read_text(encoding="utf-8")


@pytest.fixture
def address(site: tuple[Path, tuple[Artifact, ...]], tmp_path: Path) -> Iterator[str]:
    """The site below a folder of a server, as on GitHub Pages."""
    shutil.copytree(site[0] / "site", tmp_path / "letters" / "archive")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(tmp_path))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/letters/archive/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.browser
@pytest.mark.skipif(not BROWSER, reason="no headless Chromium shell")
def test_the_search_finds_a_story_and_leads_to_it(address: str) -> None:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=BROWSER)
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}search/index.html")
        page.fill(".pagefind-ui__search-input", "karpenter")
        link = page.locator(".pagefind-ui__result-nested a").first
        link.wait_for(timeout=20_000)
        assert "What Karpenter v1.2 means for node churn" in link.inner_text()
        assert page.locator(".pagefind-ui__filter-name").all_inner_texts() == ["Source", "Topic"]
        link.click()
        page.wait_for_url("**/2025-W0*/#story-s006")
        assert page.locator("#story-s006").is_visible()
        assert [] == [url for url in asked if not url.startswith((address, "blob:", "data:"))]
        browser.close()
