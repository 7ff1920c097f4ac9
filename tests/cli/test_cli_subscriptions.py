"""`digest sources add`, `import` and `export`."""

from __future__ import annotations

import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cli_plugin import Run, invoked

from digest.collect.parts import Bodies, Fetched
from digest.collect.store.records import Snapshot
from digest.errors import SourceError

Pages = dict[str, bytes]

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "feeds" / "opml"
CONFIG = """\
# Mine.
[publication]
title = "Mine"

[[source]]
feed = "https://a.example/feed"  # the first
name = "A"

# Sections.
[[topic]]
name = "Cloud"
keywords = ["eks"]
"""
NOW = datetime(2025, 2, 2, tzinfo=UTC)


def feed(title: str) -> bytes:
    return f"<rss version='2.0'><channel><title>{title}</title></channel></rss>".encode()


def page(*links: str) -> bytes:
    return f"<!doctype html><html><head></head><body>{''.join(links)}</body></html>".encode()


def declared(href: str) -> str:
    return f"<link rel=alternate type=application/rss+xml href='{href}'>"


@pytest.fixture
def publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "digest.toml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


@pytest.fixture
def run(publication: Path) -> Run:
    return partial(invoked, "sources")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Pages by URL, in the place of the network."""
    pages: dict[str, bytes] = {}

    def fetch_all(urls: Sequence[str], *_: Any) -> Bodies:
        return {
            url: Fetched(snapshot=Snapshot(url=url, fetched_at=NOW, body=pages[url]))
            if url in pages
            else SourceError(f"{url}: answers 404 Not Found")
            for url in urls
        }

    monkeypatch.setattr("digest.collect.http.fetch_all", fetch_all)
    return pages


def sources(path: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(path.read_text("utf-8")).get("source", [])
    return found


def test_add_a_feed_and_keep_the_file(run: Run, web: Pages, publication: Path) -> None:
    web["https://b.example/feed"] = feed("Field &amp; Notes")
    result = run("add", "https://b.example/feed")
    assert 0 == result.exit_code, result.output
    assert "added Field & Notes (https://b.example/feed)" in result.stderr
    added = '\n[[source]]\nfeed = "https://b.example/feed"\nname = "Field & Notes"\n'
    assert CONFIG.replace("\n# Sections", added + "\n# Sections") == publication.read_text("utf-8")
    assert [publication] == list(publication.parent.iterdir())


def test_add_what_a_page_declares(run: Run, web: Pages, publication: Path) -> None:
    web["https://b.example"] = page(declared("/f.xml"), "<a href='/rss'>RSS</a>")
    web["https://b.example/f.xml"] = feed("B")
    web["https://b.example/rss"] = feed("Other")
    assert 0 == run("add", "b.example").exit_code
    assert {"feed": "https://b.example/f.xml", "name": "B"} == sources(publication)[-1]


def test_a_dead_declaration_falls_back_to_links(
    run: Run, web: dict[str, bytes], publication: Path
) -> None:
    web["https://b.example/"] = page(
        "<base href='https://c.example/x/'>", declared("/gone"), "<a href='atom.xml'>Feed</a>"
    )
    web["https://c.example/x/atom.xml"] = feed("")
    assert 0 == run("add", "https://b.example/").exit_code
    assert {"feed": "https://c.example/x/atom.xml", "name": "c.example"} == sources(publication)[-1]


def test_several_feeds_are_listed(run: Run, web: Pages, publication: Path) -> None:
    web["https://b.example"] = page(*(declared(f"/{n}") for n in range(9)))
    web.update({f"https://b.example/{n}": feed(f"F{n}") for n in range(9)})
    result = run("add", "https://b.example")
    assert (1, 5) == (result.exit_code, len(result.stdout.splitlines()))
    assert "https://b.example/0  F0" in result.stdout
    assert "offers 5 feeds (name one" in result.stderr
    assert CONFIG == publication.read_text("utf-8")


@pytest.mark.parametrize(
    ("url", "body", "said"),
    [
        ("https://b.example/", page("<p>Hello"), "no feed found there"),
        ("https://b.example/", b"words", "no feed found there"),
        ("https://b.example/l", b"<opml><outline xmlUrl='https://c.example/f'/></opml>", "a list"),
        ("https://gone.example/", None, "answers 404"),
    ],
)
def test_no_feed(run: Run, web: dict[str, bytes], url: str, body: bytes | None, said: str) -> None:
    if body is not None:
        web[url] = body
    result = run("add", url)
    assert 1 == result.exit_code
    assert said in result.stderr
    assert 1 == result.stderr.count("error:")


def test_a_feed_that_is_there_is_not_added_again(
    run: Run, web: dict[str, bytes], publication: Path
) -> None:
    web["http://www.a.example/feed/"] = feed("A")
    result = run("add", "http://www.a.example/feed/")
    assert 0 == result.exit_code
    assert "is already there: A" in result.stderr
    assert CONFIG == publication.read_text("utf-8")


def test_names_are_made_unique_or_given(run: Run, web: Pages, publication: Path) -> None:
    web["https://b.example/1"] = web["https://b.example/2"] = feed("A")
    run("add", "https://b.example/1")
    run("add", "https://b.example/2", "--name", 'Two "2"')
    assert ["A", "A (b.example)", 'Two "2"'] == [source["name"] for source in sources(publication)]


def test_a_broken_config_is_not_touched(run: Run, web: Pages, publication: Path) -> None:
    inline = 'source = [{ feed = "https://a.example/" }]\n[publication]\ntitle = "T"\n'
    publication.write_text(inline, encoding="utf-8")
    web["https://b.example/f"] = feed("B")
    result = run("add", "https://b.example/f")
    assert 1 == result.exit_code
    assert "add the source by hand" in result.stderr
    assert inline == publication.read_text("utf-8")


def test_options_before_the_command_are_refused(run: Run) -> None:
    result = run("--offline", "add", "https://b.example/")
    assert 2 == result.exit_code
    assert "put the options behind 'add'" in result.stderr


# --- lists -----------------------------------------------------------------------------------

LIST = (
    "<opml><body><outline text='cloud'>"
    "<outline text='B' xmlUrl='https://b.example/f?a=1&b=2'/>"
    "<outline text='A again' xmlUrl='http://a.example/feed/'/></outline>"
    "<outline text='B' xmlUrl='https://c.example/f'/><outline text='L' xmlUrl='feeds/l.xml'/>"
    "<outline text='bad' xmlUrl='file:///etc/passwd'/></body></opml>"
)


def test_import(run: Run, publication: Path) -> None:
    (publication.parent / "l.opml").write_text(LIST, encoding="utf-8")
    result = run("import", "l.opml")
    assert (0, "l.opml: 4 feeds found, 3 new\n") == (result.exit_code, result.stdout)
    assert "not a web or local address: file:///etc/passwd" in result.stderr
    assert [
        {"feed": "https://b.example/f?a=1&b=2", "name": "B", "topic": "Cloud"},
        {"feed": "https://c.example/f", "name": "B (c.example)"},
        {"feed": "feeds/l.xml", "name": "L"},
    ] == sources(publication)[1:]
    assert "l.opml: 4 feeds found, 0 new\n" == run("import", "l.opml").stdout


def test_import_of_what_is_no_list(run: Run, publication: Path) -> None:
    (publication.parent / "x.opml").write_text("words")
    assert "no list of feeds" in run("import", "x.opml").stderr
    assert 1 == run("import", "nowhere.opml").exit_code
    (publication.parent / "e.opml").write_text("<opml/>")
    assert "e.opml: 0 feeds found, 0 new\n" == run("import", "e.opml").stdout


def test_export_and_back(run: Run, publication: Path) -> None:
    (publication.parent / "l.opml").write_text(LIST, encoding="utf-8")
    run("import", "l.opml")
    with publication.open("a", encoding="utf-8") as file:
        file.write('\n[[source]]\nopml = "l.opml"\nname = "List"\n')
        file.write('[[source]]\nopml = "https://z.example/l.opml"\nname = "Z"\n')
    result = run("export")
    assert "left out, because they are on this disk alone: 2" in result.stderr
    root = ET.fromstring(result.stdout)
    addresses = [node.get("xmlUrl") for node in root.iter("outline") if node.get("xmlUrl")]
    expected = [s["feed"] for s in sources(publication) if s.get("feed", "").startswith("http")]
    assert expected == addresses
    assert ["Cloud"] == [node.get("text") for node in root.findall("body/outline") if len(node)]
    assert "https://z.example/l.opml" in [node.get("url") for node in root.iter("outline")]
    (publication.parent / "out.opml").write_text(result.stdout, encoding="utf-8")
    publication.write_text(CONFIG, encoding="utf-8")
    assert "3 feeds found, 2 new" in run("import", "out.opml").stdout


@pytest.mark.skipif(not SHARED.is_dir(), reason="the collections are not here")
def test_every_list_of_the_collection_imports(run: Run, publication: Path) -> None:
    paths = [p for p in sorted(SHARED.rglob("*")) if p.suffix in (".opml", ".xml")]
    assert 170 == len(paths)
    for path in paths:
        publication.write_text(CONFIG, encoding="utf-8")
        result = run("import", str(path))
        assert 0 == result.exit_code, result.output
        new = int(result.stdout.split(" found, ")[1].split()[0])
        assert new == len(sources(publication)) - 1
        if path.suffix == ".opml":
            assert new > 0


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("", "'' is no address (write it as https://example.org/)"),
        ("../feed.xml", "'../feed.xml' is no address"),
        ("seen.xml", 'seen.xml: a file, not an address (write feed = "seen.xml" below'),
    ],
)
@pytest.mark.usefixtures("web")
def test_what_is_no_address_is_not_asked(
    run: Run, publication: Path, given: str, says: str
) -> None:
    (publication.parent / "seen.xml").write_bytes(feed("B"))
    result = run("add", given)
    assert (1, True) == (result.exit_code, f"digest: error: {says}" in result.stderr)
