"""Whose page is it: the domain, the publisher behind several, and the maker who tells his own news.

The tables are short on purpose: a domain that is missing counts as a publisher of its own, which
is right for nearly all of them.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from digest.urls import host


@dataclass(frozen=True, slots=True)
class House:
    """One publisher that speaks on several domains."""

    name: str
    domains: tuple[str, ...]


# Well-known domains of one newsroom, or of newsrooms that print each other's texts. A holding whose
# newsrooms work apart is no house, and what changes hands every few years is left out.
HOUSES = (
    House("BBC", ("bbc.co.uk", "bbc.com", "bbc.in")),
    House("Business Insider", ("businessinsider.com", "businessinsider.de", "insider.com")),
    House("Cloudflare", ("cloudflare.com", "cloudflarestatus.com")),
    House("Daily Mail", ("dailymail.com", "dailymail.co.uk", "thisismoney.co.uk")),
    House("Deutsche Welle", ("dw.com", "dw.de")),
    House("Dow Jones", ("wsj.com", "barrons.com", "marketwatch.com")),
    House("Google", ("google.com", "blog.google", "googleblog.com", "withgoogle.com")),
    House("Meta", ("meta.com", "fb.com", "facebook.com")),
    House("Politico", ("politico.com", "politico.eu")),
    House("Reach", ("mirror.co.uk", "express.co.uk", "dailystar.co.uk", "dailyrecord.co.uk")),
    House("The Guardian", ("theguardian.com", "guardian.co.uk")),
    House("The New York Times", ("nytimes.com", "nyti.ms", "theathletic.com")),
    House("The Register", ("theregister.com", "theregister.co.uk", "reg.cx")),
    House("The Sun", ("thesun.co.uk", "the-sun.com", "thesun.ie")),
    House("The Times", ("thetimes.com", "thetimes.co.uk")),
    House("The Washington Post", ("washingtonpost.com", "wapo.st")),
)
_HOUSE: Mapping[str, str] = {domain: house.name for house in HOUSES for domain in house.domains}


@dataclass(frozen=True, slots=True)
class Platform:
    """A domain on which many publish: an account stands in the host name or in the path."""

    domain: str
    account: Literal["host", "path"]
    path: str = ""  # what the path begins with: the group is the account


_ANY, _AT = r"/([^/]+)", r"/(@[^/]+)"
PLATFORMS = (
    Platform("beehiiv.com", "host"),
    Platform("bearblog.dev", "host"),
    Platform("bsky.app", "path", r"/profile/([^/]+)"),
    Platform("codeberg.org", "path", _ANY),
    Platform("dev.to", "path", _ANY),
    Platform("github.com", "path", _ANY),
    Platform("gitlab.com", "path", _ANY),
    Platform("hashnode.dev", "host"),
    Platform("linkedin.com", "path", r"/(?:company|in)/([^/]+)"),
    Platform("medium.com", "path", r"/(@?[^/]+)"),
    Platform("notion.site", "host"),
    Platform("reddit.com", "path", r"/((?:r|user)/[^/]+)"),
    Platform("substack.com", "host"),
    Platform("tumblr.com", "host"),
    Platform("twitter.com", "path", _ANY),
    Platform("vimeo.com", "path", r"/(?:user|channels/)([^/]+)"),
    Platform("wordpress.com", "host"),
    Platform("x.com", "path", _ANY),
    Platform("youtu.be", "path", _AT),
    Platform("youtube.com", "path", _AT),
)
_PLATFORM = {platform.domain: platform for platform in PLATFORMS}


def domain(url: str) -> str:
    """The registrable domain by the Public Suffix List, private suffixes too; "" without a host.

    An address is its own domain; where the list knows no suffix, the last label counts as one, as
    the list itself prescribes.
    """
    return _registrable(host(url))


def publisher(url: str) -> str:
    """Who is behind a page, in one word to compare by; "" where the URL does not say.

    A house with several domains is one publisher, an account on a shared platform one of its own.
    """
    found = domain(url)
    platform = _PLATFORM.get(found)
    if platform is None:
        return _HOUSE.get(found, found)
    if platform.account == "host":
        return host(url) if host(url) != found else ""
    account = re.match(platform.path, urlsplit(url).path)
    return f"{found}/{account[1].lower()}" if account else ""


@lru_cache(maxsize=4096)
def _registrable(name: str) -> str:
    from tld import get_fld

    if not name or _is_address(name):
        return name
    found = get_fld(name, fix_protocol=True, fail_silently=True, search_private=True)
    return found or ".".join(name.split(".")[-2:])


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


# --- the maker's own word ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Voice:
    """A way to see that a page is its maker's own word; patterns that are given must all be found.

    With `named` the story's titles must also name the site.
    """

    name: str
    why: str
    host: str = ""
    path: str = ""
    named: bool = False


VOICES = (
    Voice("release", "a release in the project's own repository",
          host=r"^(?:github\.com|gitlab\.com|codeberg\.org)$",
          path=r"^/[^/]+/[^/]+/(?:-/)?(?:releases|tags)/"),
    Voice("government", "a public body on what it did itself",
          host=r"(?:^|\.)(?:(?:gov|mil|gouv|govt|gob|gub|go)(?:\.[a-z]{2})?|int|europa\.eu|bund\.de"
               r"|admin\.ch|gc\.ca)$"),
    Voice("own site", "a page of those whom the story is about", named=True),
)  # fmt: skip

# Press that writes of others: its name in a title means itself, an interview, or an everyday word.
PRESS = frozenset(
    """
    abc aljazeera ap apnews arstechnica atlantic axios bbc bloomberg cbs cbsnews cnbc cnet cnn
    dawn dw eater economist engadget express forbes fortune ft guardian heise inc independent
    mirror mit money nation nature nbcnews ndtv newscientist npr nytimes observer pbs people
    politico propublica quartz reuters science semafor sky slate spectator standard sun techcrunch
    theatlantic theguardian theregister theverge theweek time variety verge vice vox
    washingtonpost wired wsj zdnet zeit
    """.split()
)
_PRESS_LABEL = re.compile(r"(?:news|times|post|herald|tribune|today|daily|journal|magazine|week)$")
_SUBJECT_HOSTS = frozenset(
    """
    ai app blog blogs cloud community dev developer developers docs edition en engineering english
    events feeds forum help home info io labs learn m mail media news newsroom old open press
    research rss security shop site status store support tech the updates us web wiki world
    """.split()
)
_AFFIX = re.compile(r"^(?:get|try|use)-|-?(?:lang|project|foundation|hq|inc)$")
_TOKEN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_JOINED = 3  # words of a title that together may spell a site's name: Let's Encrypt


def own_word(url: str, title: str, others: Sequence[str] = ()) -> Voice | None:
    """The first way in which a page is seen to be its maker's own word, or None.

    `others` are titles under which others tell the same story: they may name whom it is about.
    """
    name = host(url)
    if not name:
        return None
    path = urlsplit(url).path
    return next(
        (
            voice
            for voice in VOICES
            if re.search(voice.host, name)
            and re.search(voice.path, path)
            and (not voice.named or _named(url, (title, *others)))
        ),
        None,
    )


def _named(url: str, titles: Sequence[str]) -> bool:
    """Whether a title names those who run the site of this page."""
    if _is_press(url) or domain(url) in _PLATFORM:
        return False
    brands = frozenset(_brands(url))
    return any(run in brands for title in titles for run in _runs(title))


def _is_press(url: str) -> bool:
    label = domain(url).split(".")[0]
    return label in PRESS or bool(_PRESS_LABEL.search(label))


def _brands(url: str) -> Iterator[str]:
    found = domain(url)
    yield found.split(".")[0].replace("-", "")
    yield _AFFIX.sub("", found.split(".")[0]).replace("-", "")
    under = host(url).removesuffix(found).rstrip(".").split(".")[-1]
    if len(under) > 2 and under not in _SUBJECT_HOSTS:
        yield under.replace("-", "")


def _runs(title: str) -> Iterator[str]:
    """Runs of up to three words, spelled as in a host name; a name has a capital or comes first."""
    tokens = _TOKEN.findall(title)
    for start, token in enumerate(tokens):
        if start == 0 or token[0].isupper():
            for stop in range(start + 1, min(start + _JOINED, len(tokens)) + 1):
                yield re.sub(r"['’.\W]", "", "".join(tokens[start:stop])).lower()
