from __future__ import annotations

from datetime import UTC, datetime

from digest.extract import page

NOW = datetime(2025, 2, 3, tzinfo=UTC)
PROSE = (
    "The oak on the hill is older than the village below it, and nobody knows who planted it. " * 4
)
PAGE = f"""<!doctype html><html lang="en-GB"><head><title>Old Trees - Field Notes</title>
<meta property="og:site_name" content="Field Notes"><meta name="author" content="Jane Roe">
<meta property="og:title" content="Old Trees"><link rel="canonical" href="/2025/old-trees">
<meta property="article:published_time" content="2025-01-27T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/about">About</a></nav>
<article><h1>Old Trees</h1><p>{PROSE}</p><h2>And the wind</h2><p>{PROSE}</p>
<ul><li>One storm took the top of it.</li></ul></article>
<footer>All rights reserved</footer></body></html>"""


def test_a_saved_page_says_what_it_is() -> None:
    found = page.read(PAGE, "https://example.org/p?id=1", NOW)
    assert (found.title, found.outlet, found.author) == ("Old Trees", "Field Notes", "Jane Roe")
    assert (found.url, found.language) == ("https://example.org/2025/old-trees", "en-GB")
    assert found.published == datetime(2025, 1, 27, 8, tzinfo=UTC)


def test_the_main_text_keeps_its_shape() -> None:
    found = page.read(PAGE, "", NOW)
    kinds = [(block.kind, block.text[:12]) for block in found.blocks]
    assert ("heading", "And the wind") in kinds
    assert ("item", "One storm to") in kinds
    assert not any("Home" in block.text or "reserved" in block.text for block in found.blocks)


def test_what_the_extractor_refuses_is_read_as_it_stands() -> None:
    found = page.read("<html><body><div>Oak.</div></body></html>", "", NOW)
    assert [block.text for block in found.blocks] == ["Oak."]


def test_the_page_of_a_newsletter_keeps_its_links() -> None:
    body = "<html><body><h2>Reads</h2><ul><li><a href='https://a.example.org/x'>Oaks</a></ul></body></html>"
    assert page.read(body, "", NOW, whole=True).blocks[1].links[0].text == "Oaks"


def test_pages_of_nothing() -> None:
    for body in ("", "<html>", "\x00", "<!-- -->", "<div>" * 20_000):
        assert page.read(body, "", NOW).title == ""
