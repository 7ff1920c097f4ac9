"""What a feed's title says of who publishes it: without the section, the search and the word feed.

A title is written for a list of subscriptions ("World - CBSNews.com"), a source is named to readers
("CBSNews.com"). What is no plain case stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.sites import publisher

# What names a part of a site, or the file, and never who publishes it.
SHELF = frozenset(
    "article articles categories category entries feed feeds found full headline headlines home"
    " index latest main news page post posts records recent rss search stories story top topic"
    " topics update updates world".split()
)
_LITTLE = frozenset("a all and by front in most of on the".split())  # beside them
_BETWEEN = re.compile(r"\s*[|»›>·•]\s*|\s+[-–—]+(?:\s+|\Z)|:\s+")
_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1024)  # asked for every entry of a feed
def outlet_name(title: str, site: str) -> str:
    """The outlet of a feed called `title` whose articles lie on the host `site` ("" if unknown)."""
    parts = [part.strip() for part in _BETWEEN.split(title) if part.strip()]
    known = publisher(f"https://{site}/") if site else ""  # "" on a platform: that is no outlet
    if known:
        own = next((part for part in parts if _squashed(part) in _labels(site)), "")
        if own or (own := _opening(title, site)):
            return own
    telling = [part for part in parts if not _is_shelf(part)]
    if not telling:
        return (known or site or title) if parts else title
    return telling[0] if len(telling) == 1 else title


def _opening(title: str, site: str) -> str:
    """The words on top that are the site's name, where a shelf follows: "NPR" Topics: World."""
    words = title.split()
    for count in range(1, len(words)):
        name, rest = " ".join(words[:count]), " ".join(words[count:])
        if _squashed(name) in _labels(site) and _is_shelf(rest):
            return name
    return ""


def _labels(site: str) -> frozenset[str]:
    """What a host calls itself: "cbsnewscom", and "cbsnews"."""
    steps = site.split(".")
    return frozenset((_squashed(site), *(_squashed(step) for step in steps[:-1] if len(step) > 2)))


def _is_shelf(part: str) -> bool:
    words = _WORD.findall(part.lower())
    known = all(word in SHELF or word in _LITTLE or word.isdecimal() for word in words)
    return known and any(word in SHELF for word in words)


def _squashed(text: str) -> str:
    return "".join(_WORD.findall(text.lower()))
