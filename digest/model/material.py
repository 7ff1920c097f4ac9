"""From a source to a told story: the nouns that stages make of one another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, TypeVar

import msgspec

SourceKind = Literal["feed", "opml", "folder", "mailbox", "bookmarks", "jsonl"]
Media = Literal["html", "page", "text", "markdown"]
Dated = Literal["published", "updated", "inferred", "first seen", "undated"]
Relation = Literal["copy", "same story", "pick"]
Kind = Literal["article", "video", "podcast", "release", "paper", "tool", "event", "opinion"]
OutcomeKind = Literal[
    "used",
    "copy of",
    "merged into",
    "unpacked",
    "seen in issue",
    "below the line",
    "outside the window",
    "unreadable",
    "source failed",
]
SourceStatus = Literal["ok", "warning", "failed"]
Severity = Literal["error", "warning"]


# Sources whose name says where something lay, and not who wrote it.
_HOLDERS: frozenset[SourceKind] = frozenset({"folder", "mailbox", "bookmarks", "jsonl"})


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A configured place that gives entries. `location` is a URL or an absolute path."""

    id: str
    name: str
    kind: SourceKind
    location: str
    own: bool = False
    weight: float = 1.0
    topic: str | None = None
    newsletter: bool | None = None  # None: unpack only what is plainly a newsletter issue
    full_text: bool = False  # fetch the linked page where an entry says little


class Topic(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A configured subject; `keywords` are whole words or phrases, `max` caps its section.

    `examples` are links that belong there. A topic with a `kind` takes stories of that kind only,
    all of them when it has no keywords.
    """

    name: str
    keywords: tuple[str, ...] = ()
    description: str = ""
    examples: tuple[str, ...] = ()
    kind: Kind | None = None
    max: int | None = None


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """A picture of a story: where it lies, what its source says of it, its size in pixels.

    `alt` is "" where nothing was said; a size of 0 is not known.
    """

    url: str
    alt: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing as a source gave it, normalised but not cleaned.

    `body` is HTML of a feed ("html"), a whole saved web page ("page"), plain text or Markdown.
    `where` is what an error message names: a path, or the URL of the feed.
    """

    id: str
    source: Source
    where: str
    url: str = ""
    title: str = ""
    body: str = ""
    media: Media = "html"
    published: datetime | None = None
    updated: datetime | None = None
    first_seen: datetime | None = None  # of a live feed's entry that has no date to go by
    planned: datetime | None = None  # what it says instead of a date: days ahead of the clock
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    outlet: str = ""  # who wrote it, when that is not the source
    mail: bool = False  # it came as a mail, so it is a newsletter if it has links
    page: str = ""  # the web page at `url`, where its full text was asked for
    images: tuple[Image, ...] = ()  # beside the body, as the source gave them
    enclosure: str = ""  # the media type of the recording that it is an episode of: "audio/mpeg"


class Pick(msgspec.Struct, frozen=True, kw_only=True):
    """The editor of a newsletter chose this link: a vote, and its comment."""

    newsletter: str
    comment: str = ""
    own_work: bool = False  # the newsletter's own: no vote


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """An Entry after extraction: plain clean text, one canonical URL, one date."""

    id: str
    source: Source
    outlet: str
    url: str = ""
    canonical: str = ""
    title: str
    title_derived: bool = False
    given: str = ""  # the title as published, where it is another
    text: str = ""
    language: str = ""
    words: int = 0
    published: datetime | None = None
    dated: Dated = "undated"
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    own: bool = False
    pick: Pick | None = None
    image: Image | None = None
    enclosure: str = ""  # the media type of its recording, such as "audio/mpeg"

    @property
    def teller(self) -> str:
        """Whose article it is; "" where only the place is known that holds what many wrote."""
        held = self.source.kind in _HOLDERS and self.outlet == self.source.name
        return "" if held else self.outlet


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Another article of a story, what it is to the lead, and why we think so."""

    article: Article
    relation: Relation
    why: str


class Story(msgspec.Struct, frozen=True, kw_only=True):
    """One happening: a lead article and its coverage by others, in reading order."""

    id: str
    lead: Article
    coverage: tuple[Coverage, ...] = ()

    @property
    def articles(self) -> tuple[Article, ...]:
        """The lead, then the coverage."""
        return (self.lead, *(c.article for c in self.coverage))


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """One named piece of evidence and what it added to a score."""

    name: str
    value: float
    text: str


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A Story with its topic: how sure (0 to 1), and on which evidence."""

    story: Story
    topic: str
    confidence: float
    reasons: tuple[Reason, ...] = ()
    kind: Kind = "article"


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """A placed Story with its score; the score is the sum of the reasons."""

    placed: Placed
    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def story(self) -> Story:
        """The story that was ranked."""
        return self.placed.story


class Headline(msgspec.Struct, frozen=True, kw_only=True):
    """The title a story is printed with, of which `article`, and why it is not the lead's own.

    `original` is the lead's title as published, "" when it is the same. `coverage` are the titles
    of the coverage, in its order.
    """

    title: str
    article: str
    original: str = ""
    why: str = ""
    coverage: tuple[str, ...] = ()


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence taken from `article`'s text at [start, end), word for word."""

    text: str
    article: str
    source: str
    start: int
    end: int


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A ranked Story in words; `angles` has one slot for each piece of coverage."""

    ranked: Ranked
    blurb: tuple[Sentence, ...] = ()
    angles: tuple[Sentence | None, ...] = ()

    @property
    def story(self) -> Story:
        """The story that is told."""
        return self.ranked.story


S = TypeVar("S", Placed, Ranked, Told)


class Section(msgspec.Struct, Generic[S], frozen=True, kw_only=True):
    """A heading with its stories. `own` marks what the publication itself made."""

    name: str
    own: bool = False
    stories: tuple[S, ...] = ()


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """A ranked story that was not chosen, and why."""

    ranked: Ranked
    reason: str


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one entry: nothing disappears silently."""

    id: str
    outcome: OutcomeKind
    reason: str = ""
    title: str = ""
    url: str = ""
    source: str = ""
    story: str | None = None


class SourceReport(msgspec.Struct, frozen=True, kw_only=True):
    """How a source fared in this build."""

    name: str
    entries: int = 0
    status: SourceStatus = "ok"
    message: str = ""
