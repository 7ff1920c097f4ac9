from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from digest.collect.feed import parse
from digest.model import Source

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="S", kind="feed", location="https://s.example/feed")
APPLE = 'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
OTHER_PREFIX = 'xmlns:pod="http://www.itunes.com/dtds/podcast-1.0.dtd"'


def recordings(data: str) -> list[str]:
    found = parse(data.encode(), SOURCE, "https://s.example/feed", NOW).entries
    return [entry.enclosure for entry in sorted(found, key=lambda entry: entry.title)]


def item(name: str, *types: str) -> str:
    files = "".join(f'<enclosure url="/{name}.{n}" type="{t}"/>' for n, t in enumerate(types))
    return f"<item><title>{name}</title><link>https://s.example/{name}</link>{files}</item>"


def rss(*items: str, spaces: str = "") -> str:
    return f'<rss version="2.0" {spaces}><channel>{"".join(items)}</channel></rss>'


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        pytest.param(rss(item("a", "audio/mpeg")), ["audio/mpeg"], id="all have one"),
        pytest.param(rss(item("a", "Video/MP4 ")), ["video/mp4"], id="in any case"),
        pytest.param(rss(item("a", "image/png", "audio/mp4")), ["audio/mp4"], id="not the picture"),
        pytest.param(rss(item("a", "image/png")), [""], id="a picture"),
        pytest.param(rss(item("a", "")), [""], id="without a type"),
        pytest.param(
            rss(item("a", "audio/mpeg"), item("b")), ["", ""], id="a blog that mentions music"
        ),
        pytest.param(
            rss(item("a", "audio/mpeg"), item("b"), spaces=APPLE),
            ["audio/mpeg", ""],
            id="a blog with a show",
        ),
        pytest.param(
            rss(item("a", "audio/mpeg"), item("b"), spaces=OTHER_PREFIX),
            ["audio/mpeg", ""],
            id="a show by another prefix",
        ),
    ],
)
def test_what_makes_an_episode_in_rss(feed: str, expected: list[str]) -> None:
    assert recordings(feed) == expected


def test_atom_says_it_with_a_link() -> None:
    entry = (
        "<entry><title>a</title><id>1</id>"
        '<link rel="enclosure" href="https://s.example/a.mp3" type="audio/mpeg"/></entry>'
    )
    assert recordings(f'<feed xmlns="http://www.w3.org/2005/Atom">{entry}</feed>') == ["audio/mpeg"]


@pytest.mark.parametrize(
    ("attachments", "expected"),
    [
        ([{"url": "https://s.example/a.mp3", "mime_type": "audio/mpeg"}], "audio/mpeg"),
        ([{"url": "https://s.example/a.png", "mime_type": "image/png"}], ""),
        (["audio/mpeg", {"mime_type": 7}], ""),
        ("audio/mpeg", ""),
    ],
)
def test_json_feed_attaches_it(attachments: object, expected: str) -> None:
    plain = {"id": "2", "title": "b", "content_text": "b"}
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "title": "a", "content_text": "a", "attachments": attachments},
            plain,
        ],
    }
    assert recordings(json.dumps(feed)) == [expected, ""]
