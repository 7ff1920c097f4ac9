import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.feed import parse
from digest.collect.reading import Reading
from digest.errors import SourceError
from digest.model import Source

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="S", kind="feed", location="https://a.org/feed.xml")
WHERE = "https://a.org/feed.xml"


def feed(*items: object, **more: object) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Feed",
        "home_page_url": "https://a.org/",
        "items": items,
        **more,
    }
    return json.dumps(document).encode()


def read(data: bytes) -> Reading:
    return parse(data, SOURCE, WHERE, NOW, "text/plain")


def test_an_item_becomes_an_entry() -> None:
    item = {
        "id": 7,
        "url": "/7",
        "title": "Seven {{x}}",
        "content_html": "<a href='8'>x</a>",
        "date_published": "2026-02-05T10:00:00-05:00",
        "date_modified": "2026-02-30",
        "authors": [{"name": "Ann"}, {"url": "https://a.org"}],
        "tags": ["t", 1, "t"],
        "language": "de",
    }
    reading = read(feed(item))
    (entry,) = reading.entries
    assert reading.title == "Feed"
    assert (entry.title, entry.url) == ("Seven {{x}}", "https://a.org/7")
    assert entry.body == "<a href='https://a.org/8'>x</a>"
    assert (entry.published, entry.updated) == (datetime(2026, 2, 5, 15, tzinfo=UTC), None)
    assert (entry.authors, entry.tags, entry.language) == (("Ann",), ("t",), "de")


def test_version_1_0_with_one_author_and_plain_text() -> None:
    item = {"id": "1", "content_text": "1 < 2\n\nTwo", "author": {"name": "Ann"}}
    (entry,) = read(feed(item, version="https://jsonfeed.org/version/1")).entries
    assert (entry.body, entry.authors) == ("<p>1 &lt; 2</p><p>Two</p>", ("Ann",))


def test_a_byte_order_mark_is_no_hindrance() -> None:
    assert len(read(b"\xef\xbb\xbf" + feed({"id": "1", "title": "t"})).entries) == 1


def test_a_number_and_its_text_are_one_id() -> None:
    number, text = (read(feed({"id": id_, "title": "t"})).entries[0].id for id_ in (7, "7"))
    assert number == text


def test_items_that_are_none_are_named() -> None:
    reading = read(feed("x", {"id": "1", "title": "t"}))
    assert len(reading.entries) == 1
    assert reading.outcomes[0].reason == f"{WHERE}: item 1: not an object"


def test_hostile_links_are_dropped() -> None:
    assert read(feed({"id": "javascript:alert(1)", "url": "data:x"})).entries[0].url == ""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'{"a": 1}', "not a feed but other JSON"),
        (b'{"items": [1]}', "not a feed but other JSON"),
        (b'{"items": ', "neither a feed nor valid JSON: Expecting value"),
        (b'{"a":' + b"[" * 200_000, "neither a feed nor valid JSON: nested too deeply"),
    ],
)
def test_other_json_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(data)
    assert caught.value.message.startswith(f"{WHERE}: {message}")


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=9,
)
KEYS = st.sampled_from(
    [
        "id",
        "url",
        "title",
        "content_html",
        "content_text",
        "date_published",
        "authors",
        "author",
        "tags",
    ]
)


@given(st.lists(JSON | st.dictionaries(KEYS, JSON), max_size=4))
def test_any_items_give_entries(items: list[object]) -> None:
    reading = read(feed(*items))
    assert len(reading.entries) + len(reading.outcomes) == len(items)
