"""The pictures that a feed names beside an entry's text, as it names them.

Media RSS 1.5.1 (media:content, media:thumbnail), enclosures, and `image` of JSON Feed. Which of
them may be shown is decided in digest.extract.image.
"""

from __future__ import annotations

from digest.collect.fields import Table, string, tables
from digest.collect.plain import untagged, web_url
from digest.collect.reading import scalar
from digest.model import Image

_MOST = 8  # pictures of one entry: galleries name hundreds
_ENDLESS = 20_000  # pixels; more is no size


def of_feed(entry: Table, base: str) -> tuple[Image, ...]:
    """The pictures of an entry of RSS or Atom: media:content first, then thumbnails, enclosures."""
    given = [*tables(entry, "media_content"), *tables(entry, "media_thumbnail")]
    pictures = [item for item in given if _is_picture(item)]
    # One text for all of them: it describes the picture only where there is one.
    alt = string(entry, "media_text") if len(tables(entry, "media_content")) == 1 else ""
    found = [_image(base, string(item, "url"), alt, item) for item in pictures]
    found += [
        _image(base, string(link, "href"), "", link)
        for link in tables(entry, "links")
        if string(link, "rel") == "enclosure" and string(link, "type").startswith("image/")
    ]
    return _first(found)


def of_json(item: Table, base: str) -> tuple[Image, ...]:
    """The pictures of an item of a JSON Feed."""
    attached = [
        _image(base, string(each, "url"), string(each, "title"), {})
        for each in tables(item, "attachments")
        if string(each, "mime_type").startswith("image/")
    ]
    named = [_image(base, string(item, key), "", {}) for key in ("image", "banner_image")]
    return _first([*named, *attached])


def _first(found: list[Image]) -> tuple[Image, ...]:
    each = {image.url: image for image in reversed(found) if image.url}
    return tuple(reversed(each.values()))[:_MOST]


def _is_picture(item: Table) -> bool:
    kind, medium = string(item, "type"), string(item, "medium")
    return medium in ("", "image") and (not kind or kind.startswith("image/"))


def _image(base: str, url: str, alt: str, item: Table) -> Image:
    return Image(
        url=scalar(web_url(base, url)) if url else "",
        alt=untagged(scalar(alt)),
        width=_pixels(item, "width"),
        height=_pixels(item, "height"),
    )


def _pixels(item: Table, key: str) -> int:
    digits = string(item, key).strip().removesuffix("px")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0
    return number if number <= _ENDLESS else 0
