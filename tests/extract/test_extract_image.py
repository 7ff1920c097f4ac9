"""Which picture of an entry may be shown: every row of the table, and where sizes are read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.extract.image import LEAST, LONGEST_ALT, REFUSED, image_of, judged
from digest.model import Entry, Image, Source

SOURCE = Source(id="s", name="S", kind="feed", location="https://s.example/feed")
ENTRY = Entry(id="e", source=SOURCE, where="feed", title="A bridge opens")
FINE = Image(url="https://s.example/bridge.jpg", alt="The bridge", width=800, height=450)


def at(url: str, width: int = 800, height: int = 450, alt: str = "") -> Image:
    return Image(url=url, alt=alt, width=width, height=height)


def test_a_picture_of_a_story() -> None:
    assert judged(FINE) == FINE


# One address for each row of the table, in its order.
EXAMPLES = (
    "https://secure.gravatar.com/avatar/5f.png",
    "https://s.example/favicon.png",
    "https://s.example/img/logo-large.png",
    "https://s.w.org/images/core/emoji/15/1f600.png",
    "https://img.shields.io/npm/v/x.png",
    "https://pixel.wp.com/g.gif",
    "https://s.example/ads/spring.jpg",
    "https://s.example/spacer.gif",
    "https://s.example/button/share-it.png",
)


@pytest.mark.parametrize(("row", "url"), [*zip(REFUSED, EXAMPLES, strict=True)])
def test_each_row_refuses(row: object, url: str) -> None:
    assert judged(at(url)) is None, row


@pytest.mark.parametrize(
    "url",
    [
        "https://s.example/iconic-bridge.jpg",
        "https://s.example/2025/01/logophile.png",
        "https://s.example/broadband.jpg",
        "https://s.example/pixelated.png?w=800",
        "https://s.example/accounting.jpeg",
    ],
)
def test_words_that_only_look_alike_are_no_reason(url: str) -> None:
    assert judged(at(url))


@pytest.mark.parametrize(
    "url",
    [
        "http://s.example/a.jpg",
        "https:///a.jpg",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)//.png",
        "/a.jpg",
        "",
        "https://s.example/a.webp",
        "https://s.example/a.svg",
        "https://s.example/a",
        f"https://s.example/{'a' * 400}.jpg",
    ],
)
def test_addresses_that_no_mail_may_load(url: str) -> None:
    assert judged(at(url)) is None


@pytest.mark.parametrize(
    ("width", "height", "fine"),
    [
        (*LEAST, True),
        (199, 150, False),
        (200, 99, False),
        (1, 1, False),
        (0, 0, False),
        (800, 0, False),
        (-800, -450, False),
        (1200, 340, False),  # a banner
        (1000, 300, True),
        (600, 900, True),
        (500, 900, False),  # it would tear the page
    ],
)
def test_sizes(width: int, height: int, *, fine: bool) -> None:
    assert bool(judged(at("https://s.example/a.jpg", width, height))) is fine


def test_a_size_in_the_name_counts_where_none_is_said() -> None:
    named = at("https://s.example/bridge-768x432.jpg?ver=2", 0, 0)
    assert judged(named) == replace_size(named, 768, 432)
    assert judged(at("https://s.example/bridge-16x16.jpg", 0, 0)) is None


def replace_size(image: Image, width: int, height: int) -> Image:
    return Image(url=image.url, alt=image.alt, width=width, height=height)


@pytest.mark.parametrize(
    ("alt", "expected"),
    [
        ("  A\nbridge\x00 ", "A bridge"),
        ("a BRIDGE opens", ""),
        ("x" * (LONGEST_ALT + 1), ""),
        ("", ""),
    ],
)
def test_the_text_is_the_sources_or_none(alt: str, expected: str) -> None:
    found = judged(at("https://s.example/a.jpg", alt=alt), ENTRY.title)
    assert found
    assert found.alt == expected


def test_what_the_feed_names_comes_before_the_text() -> None:
    body = '<p>x<img src="https://s.example/b.jpg" width=640 height="480" alt="B &amp; C"></p>'
    assert image_of(replace(ENTRY, body=body)) == Image(
        url="https://s.example/b.jpg", alt="B & C", width=640, height=480
    )
    assert image_of(
        replace(ENTRY, body=body, images=(at("https://s.example/a.png", 1, 1), FINE))
    ) == (FINE)


@pytest.mark.parametrize(
    "tag",
    [
        '<img src="https://t.example/open.gif" width="1" height="1">',
        '<img src="https://s.example/a.jpg">',
        '<img src="https://s.example/a.jpg" width="100%" height="auto">',
        '<img width="600" height="400">',
        '<img src="https://s.example/a.jpg" width="99999999999999999999" height="400">',
        '<img src="https://s.example/a.jpg" width="٦٠٠" height="٤٠٠">',
        '<img src="x',
    ],
)
def test_tags_that_show_nothing_we_may_show(tag: str) -> None:
    assert image_of(replace(ENTRY, body=f"<p>{tag}</p>")) is None


def test_the_first_fine_picture_is_taken_of_the_first_few() -> None:
    counter = '<img src="https://t.example/o.gif" width="1" height="1">'
    fine = f'<img src="{FINE.url}" width="800px" height="450" alt="The bridge">'
    assert image_of(replace(ENTRY, body=counter + fine)) == FINE
    assert image_of(replace(ENTRY, body=counter * 50 + fine)) is None


def test_a_saved_page_says_it_in_its_head() -> None:
    head = (
        f'<html><head><meta property="og:image" content="{FINE.url}">'
        '<meta property="og:image:width" content="800"><meta property="og:image:height" '
        'content="450"><meta property="og:image:alt" content="The bridge"></head><body>x'
    )
    assert image_of(replace(ENTRY, body=head, media="page")) == FINE
    assert image_of(replace(ENTRY, page=head)) == FINE
    assert image_of(replace(ENTRY, body="<html>", media="page")) is None


def test_a_mail_gives_none() -> None:
    assert image_of(replace(ENTRY, images=(FINE,), mail=True)) is None
