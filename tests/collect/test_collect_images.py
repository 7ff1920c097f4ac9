"""The pictures that feeds name, in every dialect."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from digest.collect.feed import parse
from digest.model import Image, Source

NOW = datetime(2025, 2, 1, tzinfo=UTC)
SOURCE = Source(id="s", name="S", kind="feed", location="https://s.example/feed")


def rss(inner: str) -> tuple[Image, ...]:
    data = (
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>T</title>'
        f"<link>https://s.example/</link><item><title>One</title>{inner}</item></channel></rss>"
    )
    [entry] = parse(data.encode(), SOURCE, SOURCE.location, NOW).entries
    return entry.images


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("", ()),
        (
            (
                '<media:content url="https://s.example/a.jpg" medium="image" '
                'width="800" height="450">'
                "<media:text>A &lt;b&gt;bridge&lt;/b&gt;</media:text></media:content>"
            ),
            (Image(url="https://s.example/a.jpg", alt="A bridge", width=800, height=450),),
        ),
        (
            (
                '<media:thumbnail url="/t.png" width="240" height="135"/>'
                '<enclosure url="https://s.example/e.gif" type="image/gif" length="9"/>'
            ),
            (
                Image(url="https://s.example/t.png", width=240, height=135),
                Image(url="https://s.example/e.gif"),
            ),
        ),
        ('<media:content url="https://s.example/v.mp4" type="video/mp4"/>', ()),
        ('<media:content url="https://s.example/v" medium="video"/>', ()),
        ('<enclosure url="https://s.example/e.mp3" type="audio/mpeg" length="9"/>', ()),
        ('<media:thumbnail url="javascript:alert(1)" width="240" height="135"/>', ()),
        (
            '<media:thumbnail url="https://s.example/t.png" width="wide" height="999999"/>',
            (Image(url="https://s.example/t.png"),),
        ),
        (
            (
                '<media:content url="https://s.example/a.jpg"/><media:content '
                'url="https://s.example/b.jpg"/><media:text>Of one of them</media:text>'
            ),
            (Image(url="https://s.example/a.jpg"), Image(url="https://s.example/b.jpg")),
        ),
    ],
)
def test_rss(inner: str, expected: tuple[Image, ...]) -> None:
    assert rss(inner) == expected


def test_a_gallery_is_cut_and_each_address_stands_once() -> None:
    tags = "".join(f'<media:content url="https://s.example/{n % 20}.jpg"/>' for n in range(60))
    assert [image.url for image in rss(tags)] == [f"https://s.example/{n}.jpg" for n in range(8)]


def test_json_feed() -> None:
    item = {
        "id": "1",
        "url": "https://s.example/1",
        "title": "One",
        "image": "/a-800x450.jpg",
        "banner_image": 7,
        "attachments": [
            {"url": "https://s.example/b.png", "mime_type": "image/png", "title": "A plan"},
            {"url": "https://s.example/c.mp3", "mime_type": "audio/mpeg"},
            "none",
        ],
    }
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]}
    [entry] = parse(json.dumps(feed).encode(), SOURCE, SOURCE.location, NOW).entries
    assert entry.images == (
        Image(url="https://s.example/a-800x450.jpg"),
        Image(url="https://s.example/b.png", alt="A plan"),
    )
