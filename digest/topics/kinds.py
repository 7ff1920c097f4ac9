"""Kinds of article by link, title and enclosure: rules as data, the first that fits decides."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from digest.model import Article, Kind
from digest.urls import host


@dataclass(frozen=True, slots=True)
class Rule:
    """`kind` is what a link on one of `hosts`, a `path` or a `title` says; all given must fit.

    `enclosure` is how the media type of the article's recording begins.
    """

    kind: Kind
    why: str
    hosts: tuple[str, ...] = ()
    path: str = ""
    title: str = ""
    enclosure: str = ""
    _path: re.Pattern[str] = field(init=False, repr=False, compare=False)
    _title: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_path", re.compile(self.path, re.IGNORECASE))
        object.__setattr__(self, "_title", re.compile(self.title, re.IGNORECASE))

    def fits(self, article: Article) -> bool:
        """Whether everything this rule asks for is there."""
        return (
            self._on_host(host(article.url))
            and (not self.path or bool(self._path.search(article.url)))
            and (not self.title or bool(self._title.search(article.title)))
            and article.enclosure.startswith(self.enclosure)
        )

    def _on_host(self, found: str) -> bool:
        return not self.hosts or any(found == h or found.endswith("." + h) for h in self.hosts)


_VERSION = r"v?\d+\.\d+(?:\.\d+)*(?:[-.]?(?:alpha|beta|rc)[-.]?\d*)?"

RULES = (
    Rule("video", "video sites", hosts=("youtube.com", "youtu.be", "vimeo.com", "twitch.tv")),
    Rule("video", "lectures", hosts=("media.ccc.de", "ted.com"), path=r"/(?:v|talks)/"),
    Rule("video", "a film comes with it", enclosure="video/"),
    Rule("podcast", "a recording comes with it", enclosure="audio/"),
    Rule("video", "the title says so", title=r"[\[(]video[\])]|^(?:video|watch):"),
    Rule(
        "podcast",
        "shows",
        hosts=(
            "podcasts.apple.com",
            "overcast.fm",
            "pca.st",
            "simplecast.com",
            "transistor.fm",
            "buzzsprout.com",
            "libsyn.com",
        ),
    ),
    Rule("podcast", "an episode there", hosts=("open.spotify.com",), path=r"/(?:episode|show)/"),
    Rule("podcast", "a page of a show", path=r"/podcasts?/[^/]"),
    Rule(
        "podcast",
        "the title says so",
        title=r"\bpodcast\b|^(?:episode|ep\.?) ?#?\d+\b|[\[(]audio[\])]",
    ),
    Rule(
        "paper",
        "preprints and journals",
        hosts=(
            "arxiv.org",
            "biorxiv.org",
            "medrxiv.org",
            "eprint.iacr.org",
            "dl.acm.org",
            "ieeexplore.ieee.org",
            "doi.org",
            "openreview.net",
            "ssrn.com",
            "usenix.org",
        ),
        path=r"(?:arxiv|rxiv|iacr|acm|ieee|doi|openreview|ssrn)\.|\.pdf$",
    ),
    Rule("paper", "the title says so", title=r"[\[(](?:paper|preprint)[\])]|^paper:|\barxiv:"),
    Rule("release", "a tag on a forge", path=r"/(?:releases?/tag|-/releases|-/tags)/"),
    Rule("release", "a changelog", path=r"/(?:changelog|release-?notes)\b"),
    Rule(
        "release",
        "a version is out",
        title=rf"\b{_VERSION}(?!\w).{{0,24}}\b(?:released?|is out|available|is here|ships?)\b",
    ),
    Rule(
        "release",
        "a version is announced",
        title=rf"\b(?:announcing|introducing|releas(?:e|ed|es|ing)|release of)\b.*\b{_VERSION}",
    ),
    Rule("release", "release notes", title=r"\brelease notes\b|\bchangelog\b|\breleased$"),
    Rule(
        "release", "a name and its version alone", title=rf"^[\w.+#-]+(?: [\w.+#-]+)? {_VERSION}$"
    ),
    Rule(
        "event",
        "ticketing and calls",
        hosts=(
            "meetup.com",
            "eventbrite.com",
            "lu.ma",
            "luma.com",
            "sessionize.com",
            "papercall.io",
        ),
    ),
    Rule(
        "event",
        "the title says so",
        title=r"\bcall for (?:papers|proposals|speakers|"
        r"participation)\b|\bCFP\b|\bwebinar\b|\bhackathon\b|\bmeetup\b|\bregister now\b",
    ),
    Rule(
        "event",
        "a conference and its year",
        title=r"\b\w*(?:conf|con|days|summit|conference) "
        r"20\d\d\b(?!.*\b(?:recap|keynote|talk|review)\b)",
    ),
    Rule(
        "tool",
        "a repository, not a page in it",
        path=r"^https?://(?:www\.)?(?:github\.com|"
        r"gitlab\.com|codeberg\.org|sr\.ht)/[^/]+/[^/?#]+/?$",
    ),
    Rule(
        "tool",
        "a package",
        hosts=(
            "crates.io",
            "pkg.go.dev",
            "rubygems.org",
            "hub.docker.com",
            "packagist.org",
        ),
        path=r"//[^/]+/.",
    ),
    Rule("tool", "somebody shows a thing", title=r"^show hn:"),
    Rule(
        "opinion",
        "the section says so",
        path=r"/(?:opinions?|commentisfree|editorials?|op-?eds?|"
        r"columns?|commentary)/",
    ),
    Rule(
        "opinion",
        "the title says so",
        title=r"^(?:opinion|op-ed|editorial|comment|commentary|"
        r"column|analysis)\s?[:|]|\bconsidered harmful\b|^in (?:defen[cs]e|praise) of\b|"
        r"^(?:why i|i think|stop) ",
    ),
)


def kind_of(article: Article) -> Kind:
    """The kind of the first rule that fits; "article" when none does."""
    return next((rule.kind for rule in RULES if rule.fits(article)), "article")
