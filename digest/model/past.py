"""What earlier issues told, as far as later ones need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An issue that told an article, and the titles it had there: plain words."""

    number: int
    week: str
    titles: frozenset[str]

    def __str__(self) -> str:
        """The issue, for people: "#61 (2025-W04)"."""
        return f"#{self.number} ({self.week})"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastStory:
    """A story as an earlier issue printed it; `text` is its blurb and its angles."""

    id: str
    number: int
    week: str
    title: str
    url: str
    source: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTopic:
    """A heading of a past issue, and the titles that stood under it: what the name meant."""

    name: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What past issues told: articles by id and canonical URL, stories, and headings.

    Stories stand oldest first, headings latest first. `number` is that of the issue before, or 0.
    """

    told: Mapping[str, Telling] = field(default_factory=dict)
    stories: tuple[PastStory, ...] = ()
    topics: tuple[PastTopic, ...] = ()
    number: int = 0


class Predecessor(msgspec.Struct, frozen=True, kw_only=True):
    """The story of an earlier issue that goes on in this one, and what the two have in common."""

    id: str
    number: int
    week: str
    title: str
    url: str
    why: str = ""
