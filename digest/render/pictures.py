"""Which pictures of an issue are shown, and how large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from digest.model import Image, Issue
from digest.render.escape import web_address
from digest.text import one_line

Wanted = Literal["none", "lead", "all"]
COLUMN = 552  # pixels of the mail's column within its padding; the site's is as wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as it is printed; `alt` is "" for one of which its source says nothing."""

    url: str
    alt: str
    width: int
    height: int

    @property
    def clear(self) -> bool:
        """Say whether its format can be clear in places: dark lines vanish on a dark page."""
        return not self.url.partition("?")[0].lower().endswith((".jpg", ".jpeg"))


def only(issue: Issue, wanted: Wanted) -> Issue:
    """The issue with the pictures that are wanted, and no other."""
    if wanted == "all":
        return issue
    keep = issue.lead if wanted == "lead" else None
    return issue.with_each(lambda story: story if story.id == keep else replace(story, image=None))


def picture(image: Image | None) -> Picture | None:
    """A picture as wide as it is, at most as the column; None for what no mail may load."""
    if image is None or image.width < 1 or image.height < 1:
        return None
    url = web_address(image.url)
    if not url.startswith("https://"):
        return None
    width = min(image.width, COLUMN)
    height = max(1, round(image.height * width / image.width))
    return Picture(url=url, alt=one_line(image.alt), width=width, height=height)
