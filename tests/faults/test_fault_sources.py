"""What is no feed, or lies to us: names, schemes, pages, documents."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from fault_feeds import BODY, SHARED, issue, item, rss, titles
from outputs import build, everything, files

from digest.collect import Options, Snapshot, Store
from digest.config import load
from digest.errors import ConfigError
from digest.text import slug

NAMES = (
    "../../etc/passwd",
    "con",
    "",
    "x" * 300,
    "🎉🎊",
    "nul.txt",
    "a\\b:c",
    "..",
    "/etc/cron.d/x",
)


def test_fault_09_names_that_lead_elsewhere(tmp_path: Path) -> None:
    items = [
        item(f"{name} {at}" if at % 2 else name, f"https://a.example/{at}", f"{BODY} Number {at}.",
             f"<guid isPermaLink='false'>{escape(name)}</guid>")
        for at, name in enumerate(NAMES)
    ]  # fmt: skip
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "f.xml").write_text(rss(*items), encoding="utf-8")
    topics = "".join(
        f"[[topic]]\nname = {json.dumps(n, ensure_ascii=False)}\nkeywords = ['oaks']\n"
        for n in NAMES
        if any(c.isalnum() for c in n)  # what has no letter is no heading, says the config
    )
    build(tmp_path / "p", '[[source]]\nfeed = "f.xml"\nname = "../con"\n' + topics)
    assert ["p"] == [path.name for path in tmp_path.iterdir()]
    assert {".digest", "digest.toml", "f.xml", "out"} >= {
        p.name for p in (tmp_path / "p").iterdir()
    }
    for name in files(tmp_path / "p"):
        for part in name.split("/"):
            assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}", part), name
            assert part.partition(".")[0].lower() not in ("con", "nul", "aux", "prn"), name
    ids = [
        story["id"] for section in issue(tmp_path / "p")["sections"] for story in section["stories"]
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", NAMES)
def test_fault_09_a_slug_is_always_safe(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,80}", slug(name))
    assert slug(name) not in ("con", "nul", "aux", "prn", "com1", "lpt9")


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "gopher://a.example/1", "data:text/xml,<rss/>", "javascript:1"],
)
def test_fault_13_schemes_that_are_no_feed(tmp_path: Path, address: str) -> None:
    path = tmp_path / "digest.toml"
    path.write_text(f'[publication]\ntitle = "T"\n\n[[source]]\nfeed = "{address}"\n')
    with pytest.raises(ConfigError, match=r"digest\.toml:4: source 1: .*scheme") as caught:
        load(path)
    assert "http or https" in caught.value.hint


def test_fault_27_a_page_in_the_place_of_a_feed(tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_text(rss(item("Oaks", "https://a.example/1")))
    (tmp_path / "page.xml").write_text(
        "<!doctype html><html><head><link rel=alternate type='application/rss+xml' "
        "href='https://a.example/feed'></head><body>Hi</body></html>"
    )
    sources = '[[source]]\nfeed = "good.xml"\n[[source]]\nfeed = "page.xml"\n'
    said = build(tmp_path, sources)
    assert "not a feed but a web page (it offers https://a.example/feed)" in said
    assert ["Oaks"] == titles(tmp_path)


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_fault_29_json_feed_served_as_text(tmp_path: Path, version: str) -> None:
    url = "https://a.example/feed"
    day = "2025-01-28T08:00:00Z"
    rows = [
        {"id": 7, "title": "Oaks", "url": "https://a.example/7", "date_published": day},
        {"id": 8.5, "title": "Ponds", "content_text": BODY, "date_published": day},
    ]
    body = {"version": f"https://jsonfeed.org/version/{version}", "title": "J", "items": rows}
    with Store(tmp_path) as store:
        store.save(
            Snapshot(
                url=url,
                fetched_at=datetime(2025, 2, 1, tzinfo=UTC),
                body=json.dumps(body).encode(),
                content_type="text/plain; charset=utf-8",
            )
        )
    build(tmp_path, f'[[source]]\nfeed = "{url}"\nname = "J"\n')
    assert {"Oaks", "Ponds"} == {outcome["title"] for outcome in issue(tmp_path)["outcomes"]}
    assert all(isinstance(outcome["id"], str) for outcome in issue(tmp_path)["outcomes"])


SEEDS = SHARED / "seeds"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five sample documents in one run, each from a source of its own."""
    if not SEEDS.is_dir():
        pytest.skip("the sample documents are not here")
    root = tmp_path_factory.mktemp("seeds")
    sources = ""
    for at, path in enumerate(sorted(SEEDS.glob("*.txt"))):
        (root / f"s{at}").mkdir()
        (root / f"s{at}" / "a.txt").write_bytes(path.read_bytes())
        sources += f'[[source]]\nfolder = "s{at}"\nname = "Source {at}"\n'
    build(root, sources)
    return root


def test_fault_34_one_story_of_five_sources(seeds: Path) -> None:
    stories = [story for section in issue(seeds)["sections"] for story in section["stories"]]
    big = max(stories, key=lambda story: len(story["coverage"]))
    assert 5 == 1 + len(big["coverage"])
    assert 5 == len({big["source"], *(coverage["source"] for coverage in big["coverage"])})
    said = [big["blurb"], *(coverage["angle"] for coverage in big["coverage"])]
    for standing in ("Related Posts", "Recent Blog Posts", "Yorumlar", "in your inbox"):
        assert not [text for text in said if standing.lower() in text.lower()]


def test_fault_35_teasers_are_not_attributed(seeds: Path) -> None:
    document = (seeds / "s2" / "a.txt").read_text("utf-8")
    _, heading, teasers = document.partition("Recent Blog Posts")
    assert heading
    lines = [line.strip() for line in teasers.splitlines() if len(line.split()) >= 4]
    assert lines
    told = json.dumps(issue(seeds)["sections"], ensure_ascii=False)
    assert not [line for line in lines if line in told]


def test_fault_38_texts_of_every_kind(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "nul.txt").write_bytes(b"Oaks\0grow")
    (docs / "latin.txt").write_bytes(
        "Ducks come back\n\nThe whole pond is a caf\xe9 again, they say.".encode("latin-1")
    )
    (docs / "crlf.txt").write_bytes(f"Ponds in winter\r\n\r\n{BODY} Ponds too.\r\n".encode())
    (docs / "long.txt").write_bytes(b"word " * 2_000_000)
    (docs / "longer.txt").write_bytes(b"x" * (Options().max_bytes + 1))
    said = build(tmp_path, '[[source]]\nfolder = "docs"\nname = "Docs"\n')
    outcomes = Counter(outcome["outcome"] for outcome in issue(tmp_path)["outcomes"])
    assert 2 == outcomes["unreadable"]
    assert 5 == outcomes.total()
    assert "nul.txt: binary" in said
    assert "longer.txt: larger than" in said
    assert "\r" not in everything(tmp_path).replace("\r\n", "")
    assert "café" in everything(tmp_path)
