"""The Issue, which every renderer reads; what its editor writes, and is told by the checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from datetime import datetime

import msgspec
from msgspec.structs import replace

from digest.model.material import (
    Image,
    Kind,
    Outcome,
    Reason,
    Relation,
    Sentence,
    Severity,
    SourceReport,
)
from digest.model.past import Predecessor


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
    original: str = ""


class IssueStory(msgspec.Struct, frozen=True, kw_only=True):
    """A story as it is printed. `blurb` is `sentences` joined by single spaces.

    `original` is the lead's title as published where `title` is another, for the reason
    `retitled`.
    """

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
    follows: Predecessor | None = None
    image: Image | None = None
    kind: Kind = "article"
    original: str = ""
    retitled: str = ""


class IssueSection(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and its stories, as printed."""

    name: str
    own: bool = False
    stories: tuple[IssueStory, ...] = ()


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that stands for a story: its id, and the address of the sentence's source."""

    story: str
    url: str = ""
    sentence: Sentence


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """An issue in a minute: the lead in a sentence, key points of others, why it matters."""

    tldr: Point | None = None
    key_points: tuple[Point, ...] = ()
    why: tuple[Point, ...] = ()


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
    `notes` say how the mail was cut to fit. `encoder` is who compared meanings, by name and
    version; `lexical` is nobody.
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
    encoder: str = ""
    brief: Brief | None = None

    @property
    def stories(self) -> tuple[IssueStory, ...]:
        """Every story, section by section."""
        return tuple(story for section in self.sections for story in section.stories)

    @property
    def lead_story(self) -> IssueStory | None:
        """The story told first."""
        return next((story for story in self.stories if story.id == self.lead), None)

    @property
    def printed(self) -> tuple[IssueStory, ...]:
        """Every story once, in the order of printing: the lead, what we made, what we found."""
        lead = self.lead_story
        ordered = sorted(self.sections, key=lambda section: not section.own)
        rest = (story for section in ordered for story in section.stories)
        return (*((lead,) if lead else ()), *(s for s in rest if lead is None or s.id != lead.id))

    def with_each(self, change: Callable[[IssueStory], IssueStory]) -> Issue:
        """The issue with every story as `change` returns it, in its place."""
        sections = tuple(
            replace(section, stories=tuple(change(story) for story in section.stories))
            for section in self.sections
        )
        return replace(self, sections=sections)


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
