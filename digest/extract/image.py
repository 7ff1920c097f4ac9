"""The one picture that a story may show: large enough, of a usual shape, and of the story itself.

What a feed names beside the text comes first, then what a saved page says of itself, then the first
picture in the text. A picture whose size nobody says is left out: a mail has to say both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from digest.model import Entry, Image
from digest.text import one_line
from digest.urls import is_web, printable

LEAST = (200, 100)  # pixels: avatars, icons and counters are smaller
SHAPE = (0.66, 3.5)  # width by height: taller tears Outlook's page, wider is a banner
LONGEST_URL = 400  # with its text it must fit into a line of 998 bytes (RFC 5322)
LONGEST_ALT = 400  # bytes; what is longer is a caption
_LOOKED_AT = 12  # pictures of one text
_FORMATS = re.compile(r"\.(?:png|jpe?g|gif)\Z", re.IGNORECASE)  # what every mail program draws


@dataclass(frozen=True, slots=True)
class Refused:
    """Addresses of what is no picture of a story, whatever its size."""

    pattern: str
    why: str


REFUSED = (
    Refused(r"gravatar\.com/|[/_.-]avatars?[/_.-]|/profile_images/", "a face beside a name"),
    Refused(r"favicon|apple-touch-icon|[/_.-]icons?[/_.-]", "an icon"),
    Refused(r"[/_.-]logos?[/_.\d-]", "the mark of its publisher"),
    Refused(r"s\.w\.org/images/core/|/(?:emoji|emoticons?|smilies)/", "an emoji as a picture"),
    Refused(r"shields\.io/|[/_.-]badges?[/_.-]", "a badge"),
    Refused(
        r"pixel\.wp\.com/|stats\.wordpress\.com/|feedburner\.com/|feedsportal\.com/|"
        r"doubleclick\.net/|[/_.-](?:pixel|beacon|tracking|tracker|1x1|count(?:er)?)[/_.-]",
        "a counter of readers",
    ),
    Refused(r"[/_.-](?:ads?|adserver|sponsors?|banners?)[/_.-]", "an advertisement"),
    Refused(r"[/_.-](?:spacer|blank|placeholder|transparent)[/_.-]", "it shows nothing"),
    Refused(r"[/_.-](?:share|like|tweet|subscribe|button)s?[/_.-]", "a button"),
)
_REFUSED = tuple(re.compile(refused.pattern, re.IGNORECASE) for refused in REFUSED)

# WordPress writes the size of each copy of a picture into its name.
_NAMED_SIZE = re.compile(r"-(\d{2,4})x(\d{2,4})\.\w+\Z")
_IMG = re.compile(r"<img\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_META = re.compile(r"<meta\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.IGNORECASE)
_HEAD = 60_000  # characters in which a page says what it is


def image_of(entry: Entry) -> Image | None:
    """The picture of an entry, None when it has none that may be shown.

    Mails have none: their pictures are counted for each reader.
    """
    if entry.mail:
        return None
    found = (judged(image, entry.title) for image in _candidates(entry))
    return next((image for image in found if image), None)


def judged(image: Image, title: str = "") -> Image | None:
    """The picture as it may be shown; None for what is too small, or no picture of a story.

    A description that repeats the title of the story would be read out twice, so it goes.
    """
    url = printable(image.url)
    path = url.partition("?")[0].partition("#")[0]
    if not (is_web(url) and url.startswith("https://") and len(url) <= LONGEST_URL):
        return None
    if not _FORMATS.search(path) or any(pattern.search(url) for pattern in _REFUSED):
        return None
    width, height = image.width, image.height
    named = _NAMED_SIZE.search(path)
    if not (width and height) and named:
        width, height = int(named[1]), int(named[2])
    if width < LEAST[0] or height < LEAST[1] or not SHAPE[0] <= width / height <= SHAPE[1]:
        return None
    alt = one_line(image.alt)
    if alt.casefold() == one_line(title).casefold() or len(alt.encode()) > LONGEST_ALT:
        alt = ""
    return Image(url=url, alt=alt, width=width, height=height)


def _candidates(entry: Entry) -> Iterator[Image]:
    yield from entry.images
    for page in (entry.page, entry.body if entry.media == "page" else ""):
        yield from _of_page(page[:_HEAD])
    if entry.media == "html":
        for tag in islice(_IMG.finditer(entry.body), _LOOKED_AT):
            yield _of_tag(_attributes(tag[0]))


def _of_page(head: str) -> Iterator[Image]:
    """What a page says of itself in the words of the Open Graph protocol."""
    said: dict[str, str] = {}
    for tag in _META.finditer(head):
        given = _attributes(tag[0])
        name = (given.get("property") or given.get("name", "")).lower()
        if name.startswith("og:image"):
            said.setdefault(name.removeprefix("og:image").lstrip(":"), given.get("content", ""))
    url = said.get("secure_url") or said.get("") or said.get("url", "")
    if url:
        yield _of_tag({**said, "src": url})


def _of_tag(given: dict[str, str]) -> Image:
    return Image(
        url=given.get("src", "").strip(),
        alt=given.get("alt", ""),
        width=_pixels(given.get("width", "")),
        height=_pixels(given.get("height", "")),
    )


def _attributes(tag: str) -> dict[str, str]:
    from lxml import html

    element = html.fragment_fromstring(tag, create_parent="div")
    return {str(k): str(v) for child in element for k, v in child.attrib.items()}


def _pixels(said: str) -> int:
    """A number of pixels; 0 for a share such as 100 %, and for what is no size."""
    digits = said.strip().removesuffix("px")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 0
