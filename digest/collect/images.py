"""The pictures that a feed names beside an entry's text, as it names them.

Media RSS 1.5.1 (media:content, media:thumbnail), enclosures, and `image` of JSON Feed. Which of
them may be shown is decided in digest.extract.image.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from digest.collect.plain import untagged, web_url
from digest.collect.reading import scalar
from digest.model import Image

_MOST = 8  # pictures of one entry: galleries name hundreds
_ENDLESS = 20_000  # pixels; more is no size


def of_feed(entry: Mapping[str, Any], base: str) -> tuple[Image, ...]:
    """The pictures of an entry of RSS or Atom: media:content first, then thumbnails, enclosures."""
    given = [*_items(entry, "media_content"), *_items(entry, "media_thumbnail")]
    pictures = [item for item in given if _is_picture(item)]
    # One text for all of them: it describes the picture only where there is one.
    alt = _text(entry, "media_text") if len(_items(entry, "media_content")) == 1 else ""
    found = [_image(base, _text(item, "url"), alt, item) for item in pictures]
    found += [
        _image(base, _text(link, "href"), "", link)
        for link in _items(entry, "links")
        if _text(link, "rel") == "enclosure" and _text(link, "type").startswith("image/")
    ]
    return _first(found)


def of_json(item: Mapping[str, Any], base: str) -> tuple[Image, ...]:
    """The pictures of an item of a JSON Feed."""
    attached = [
        _image(base, _text(each, "url"), _text(each, "title"), {})
        for each in _items(item, "attachments")
        if _text(each, "mime_type").startswith("image/")
    ]
    named = [_image(base, _text(item, key), "", {}) for key in ("image", "banner_image")]
    return _first([*named, *attached])


def _first(found: list[Image]) -> tuple[Image, ...]:
    each = {image.url: image for image in reversed(found) if image.url}
    return tuple(reversed(each.values()))[:_MOST]


def _items(holder: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], ...]:
    value = holder.get(key)
    given: Iterator[Any] = iter(value) if isinstance(value, (list, tuple)) else iter(())
    return tuple(item for item in given if isinstance(item, Mapping))


def _is_picture(item: Mapping[str, Any]) -> bool:
    kind, medium = _text(item, "type"), _text(item, "medium")
    return medium in ("", "image") and (not kind or kind.startswith("image/"))


def _image(base: str, url: str, alt: str, item: Mapping[str, Any]) -> Image:
    return Image(
        url=scalar(web_url(base, url)) if url else "",
        alt=untagged(scalar(alt)),
        width=_pixels(item, "width"),
        height=_pixels(item, "height"),
    )


def _pixels(item: Mapping[str, Any], key: str) -> int:
    digits = _text(item, key).strip().removesuffix("px")
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0
    return number if number <= _ENDLESS else 0


def _text(holder: Mapping[str, Any], key: str) -> str:
    value = holder.get(key)
    return value if isinstance(value, str) else ""
