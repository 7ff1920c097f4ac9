"""The nouns of a digest, frozen. `docs/glossary.md` owns the words.

Raw material (`Source`, `Entry`, `Article`) becomes a `Story`, and a Story gains one layer of
knowledge a stage: `Placed` knows its topic, `Ranked` its score, `Told` its words. A `Section`
holds Stories of one such layer, so that stages called in a wrong order are type errors. What is
read or written as TOML or JSON is a msgspec Struct; the rest are dataclasses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, Protocol, TypeVar

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
    "below the line",
    "outside the window",
    "unreadable",
    "source failed",
]
SourceStatus = Literal["ok", "warning", "failed"]
Severity = Literal["error", "warning"]


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
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""
    outlet: str = ""  # who wrote it, when that is not the source
    mail: bool = False  # it came as a mail, so it is a newsletter if it has links
    page: str = ""  # the web page at `url`, where its full text was asked for


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
    text: str = ""
    language: str = ""
    words: int = 0
    published: datetime | None = None
    dated: Dated = "undated"
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    own: bool = False
    pick: Pick | None = None


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


# --- the Issue: what issue.json holds and every renderer reads ------------------------------


class IssueCoverage(msgspec.Struct, frozen=True, kw_only=True):
    """One more source of a story, with the sentence that it alone adds."""

    title: str
    url: str
    source: str
    published: datetime | None
    relation: Relation
    angle: str = ""
    sentence: Sentence | None = None
    why: str = ""


class IssueStory(msgspec.Struct, frozen=True, kw_only=True):
    """A story as it is printed. `blurb` is `sentences` joined by single spaces."""

    id: str
    title: str
    url: str
    source: str
    published: datetime | None
    topic: str
    score: float
    reasons: tuple[Reason, ...] = ()
    blurb: str = ""
    sentences: tuple[Sentence, ...] = ()
    coverage: tuple[IssueCoverage, ...] = ()


class IssueSection(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and its stories, as printed."""

    name: str
    own: bool = False
    stories: tuple[IssueStory, ...] = ()


class IssueWindow(msgspec.Struct, frozen=True, kw_only=True):
    """The time span of an issue; `text` is the line a reader sees."""

    start: datetime
    end: datetime
    timezone: str
    text: str


class NextIssue(msgspec.Struct, frozen=True, kw_only=True):
    """Number and date (ISO 8601) of the issue after this one."""

    number: int
    date: str


class Masthead(msgspec.Struct, frozen=True, kw_only=True):
    """What a rendered issue says about its publication."""

    title: str
    url: str = ""
    language: str = "en"
    greeting: str = ""
    address: str = ""


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """One edition for one window: the only thing that renderers see.

    `lead` is the id of the story told first; it stands in its section too, and a renderer prints
    it once. `essay` is the editor's Markdown. `date` is the day of publication (ISO 8601).
    `notes` say how the mail was cut to fit.
    """

    schema: int = 1
    number: int
    week: str
    window: IssueWindow
    date: str
    subject: str
    title: str
    author: str = ""
    essay: str = ""
    lead: str | None = None
    masthead: Masthead
    next: NextIssue
    sections: tuple[IssueSection, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    sources: tuple[SourceReport, ...] = ()
    stats: dict[str, int] = {}
    notes: tuple[str, ...] = ()

    @property
    def lead_story(self) -> IssueStory | None:
        """The story told first."""
        stories = (story for section in self.sections for story in section.stories)
        return next((story for story in stories if story.id == self.lead), None)


class Artifact(msgspec.Struct, frozen=True, kw_only=True):
    """One rendered file; `path` is relative to the output folder, with forward slashes.

    What is `lasting` stays when a later build no longer makes it: an address that was given out.
    """

    path: str
    content: bytes
    lasting: bool = False


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Something that should be mended before an issue is sent; `rule` has a line in docs/check.md.

    `where` is a file with its line, or the title of a story.
    """

    rule: str
    severity: Severity
    where: str
    message: str
    hint: str = ""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What the editor decided. Empty fields leave the decision to the program.

    `next_date` overrides the day of the next issue; `essay` is Markdown.
    """

    title: str = ""
    number: int | None = None
    author: str = ""
    date: dt.date | None = None
    next_date: dt.date | None = None
    essay: str = ""


# --- what stages hand on ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What asking a live feed gave: `new` entries were never seen before."""

    source: str
    how: str
    entries: int = 0
    new: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """Everything the sources gave, how they fared, and what could not be read.

    `visits` is for the one who waits for a run; no issue depends on it.
    """

    entries: tuple[Entry, ...] = ()
    reports: tuple[SourceReport, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    visits: tuple[Visit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extracted:
    """The articles of the window, and what became of the entries that gave none."""

    articles: tuple[Article, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The sections as chosen, and the stories below the line."""

    sections: tuple[Section[Ranked], ...] = ()
    cut: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`done` of `total` things of a stage are finished."""

    stage: str
    done: int
    total: int


class Reporter(Protocol):
    """What a stage tells the user while it works; the command line draws it."""

    def __call__(self, progress: Progress, /) -> None:
        """Show the progress, or do nothing."""
        ...


def silent(_progress: Progress, /) -> None:
    """Report nothing."""


def outcome_of(
    entry: Entry | Article, kind: OutcomeKind, reason: str, story: str | None = None
) -> Outcome:
    """Say what became of an entry or article."""
    return Outcome(
        id=entry.id,
        outcome=kind,
        reason=reason,
        title=entry.title,
        url=entry.url,
        source=entry.outlet or entry.source.name,
        story=story,
    )


def articles_of(stories: Sequence[Story]) -> tuple[Article, ...]:
    """Every article of every story, in order."""
    return tuple(article for story in stories for article in story.articles)
