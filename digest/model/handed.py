"""What stages hand on: several nouns at once, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from digest.model.material import (
    Article,
    Cut,
    Entry,
    Outcome,
    OutcomeKind,
    Ranked,
    Section,
    SourceReport,
    Told,
)

# Where a feed's body came from: a new answer, the old one confirmed, one that is recent enough, the
# old one because asking failed, or the store without asking.
How = Literal["new", "unchanged", "fresh", "copy", "stored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What asking a live feed gave: `new` entries were never seen before."""

    source: str
    how: How
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


def lead_of(sections: Sequence[Section[Told]]) -> Told | None:
    """The biggest story that is not our own: the one told first."""
    told = [t for section in sections if not section.own for t in section.stories]
    return min(told, key=lambda t: (-t.ranked.score, t.story.id)) if told else None
