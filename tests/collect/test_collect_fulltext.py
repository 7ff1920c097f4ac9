from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from web_plugin import serving

from digest.collect import Options, Snapshot, Store, with_full_text
from digest.collect.fulltext import _NO_RULES, SHORT, _Cache, linked_pages, needs_page
from digest.collect.http import fetch_all
from digest.collect.parts import Bodies, Fetched
from digest.errors import SourceError
from digest.model import Collected, Entry, Source, SourceReport

NOW = datetime(2025, 2, 2, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="S", kind="feed", location="https://a.example/feed", full_text=True)
PAGE = b"<!doctype html><html><body><p>All of it.</p></body></html>"
URL = "https://a.example/post"


class Web:
    """Answers by URL, and what was asked."""

    def __init__(self, **pages: bytes | str) -> None:
        self.asked: list[str] = []
        self.pages = {"robots": b"", "post": PAGE, **pages}

    def __call__(self, urls: Sequence[str]) -> Bodies:
        self.asked.extend(urls)
        return {url: self.answer(url) for url in urls}

    def answer(self, url: str) -> Fetched | SourceError:
        found = self.pages["robots" if url.endswith("robots.txt") else "post"]
        if isinstance(found, str):
            return SourceError(f"{url}: {found}")
        return Fetched(snapshot=Snapshot(url=url, fetched_at=NOW, body=found))


def entry(**fields: Any) -> Entry:
    return Entry(**{"id": "1", "source": SOURCE, "where": "w", "url": URL, **fields})


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"body": "<p>A teaser.</p>"}, True),
        ({"body": "<i>word </i>" * SHORT}, False),
        ({"body": "<p class='" + "x " * SHORT + "'>A teaser."}, True),
        ({"url": ""}, False),
        ({"url": "ftp://a.example/"}, False),
        ({"media": "page"}, False),
        ({"source": Source(id="s", name="S", kind="feed", location="x")}, False),
    ],
)
def test_only_short_entries_of_sources_that_ask(fields: dict[str, Any], wanted: bool) -> None:
    assert wanted is needs_page(entry(**fields))


def test_a_page_is_fetched_once_and_kept(tmp_path: Path) -> None:
    web = Web()
    with Store(tmp_path) as store:
        first = linked_pages([URL], _Cache(store, NOW), web)
        much_later = _Cache(store, NOW + timedelta(days=99))
        again = linked_pages([URL], much_later, web)
        offline = linked_pages([URL], much_later, None)
    assert ["https://a.example/robots.txt", URL] == web.asked
    assert first == again == offline
    assert "All of it." in first.found[URL]


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (b"", True),
        (b"User-agent: *\nDisallow: /", False),
        (b"User-agent: *\nDisallow: /\nAllow: /post", True),
        (b"User-agent: *\nDisallow: /*st$", False),
        (b"User-agent: newsletter-digest\nDisallow: /post\n\nUser-agent: *\nAllow: /", False),
        (b"User-agent: other\nDisallow: /", True),
        (b"<html>not found</html>", True),
        (b"\xff\xfe\0", True),
        ("answers 404 Not Found", True),
        ("the answer is empty", True),
        ("answers 503 Service Unavailable", False),
        ("no complete answer within 20 s", False),
    ],
)
def test_robots_txt_decides(robots: bytes | str, allowed: bool) -> None:
    web = Web(robots=robots)
    pages = linked_pages([URL], _Cache(None, NOW), web)
    assert allowed is (URL in pages.found) is (URL in web.asked)
    assert allowed or "robots.txt forbids it" == pages.missing[URL]


def test_a_failure_is_not_asked_for_again_at_once(tmp_path: Path) -> None:
    web = Web(post="answers 500 Internal Server Error")
    with Store(tmp_path) as store:
        linked_pages([URL], _Cache(store, NOW), web)
        soon = linked_pages([URL], _Cache(store, NOW + timedelta(hours=2)), web)
        assert 1 == web.asked.count(URL)
        assert {URL: "could not be read lately"} == soon.missing
        web.pages["post"] = PAGE
        assert URL in linked_pages([URL], _Cache(store, NOW + timedelta(days=2)), web).found


@pytest.mark.parametrize("body", [b"%PDF-1.7", b"\x89PNG", b"<rss></rss>", b"{}"])
def test_what_is_no_page_is_left_alone(body: bytes) -> None:
    assert {URL: "no web page"} == linked_pages([URL], _Cache(None, NOW), Web(post=body)).missing


def test_the_report_says_what_is_missing() -> None:
    collected = Collected(
        entries=(entry(), entry(id="2", url="")), reports=(SourceReport(name="S", entries=2),)
    )
    found = with_full_text(collected, lambda _: True, now=NOW, store=None, online=False)
    assert collected.entries == found.entries
    assert ("warning", f"1 linked page not read: {URL}: never fetched") == (
        found.reports[0].status,
        found.reports[0].message,
    )


def test_entries_outside_the_window_cost_nothing() -> None:
    collected = Collected(entries=(entry(),))
    assert collected is with_full_text(collected, lambda _: False, now=NOW, store=None)


def test_the_fetcher_says_what_a_missing_robots_txt_is() -> None:
    with serving() as web:
        url = web.page("/robots.txt", b"", 404)
        port = int(url.split(":")[2].partition("/")[0])
        wanted = {"timeout": 5.0, "allow": ["127.0.0.1"], "ports": [port]}
        known = {name: value for name, value in wanted.items() if hasattr(Options(), name)}
        options = msgspec.convert(known, Options)
        web.page("/empty/robots.txt", b"")
        asked = [url, url.replace("/robots", "/empty/robots")]
        missing, empty = fetch_all(asked, None, options, NOW).values()
    for error in (missing, empty):
        assert isinstance(error, SourceError)
        assert _NO_RULES.search(error.message), error.message
