"""The tables of digest.toml as they are written: their keys, types and defaults."""

from __future__ import annotations

from typing import Literal

import msgspec

from digest.blurb import Options as BlurbOptions
from digest.collect import Options as CollectOptions
from digest.memory import Options as MemoryOptions
from digest.model import SourceKind, Topic
from digest.rank import Options as SelectOptions
from digest.render.options import Options as EmailOptions
from digest.render.pictures import Wanted
from digest.stories import Options as StoryOptions
from digest.topics import Options as TopicOptions
from digest.week import Cadence, Weekday

KINDS: tuple[SourceKind, ...] = ("feed", "opml", "folder", "mailbox", "bookmarks", "jsonl")


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of digest.toml: every key is known."""


class FirstIssue(_Table, frozen=True):
    """Where the numbering starts: issue `number` is the one of `week`."""

    number: int = 1
    week: str = ""


class Publication(_Table, frozen=True):
    """`[publication]`: who sends what, when."""

    title: str
    url: str = ""
    author: str = ""
    language: str = "en"
    timezone: str = "UTC"
    cadence: Cadence = "weekly"
    publish_on: Weekday = "friday"
    first_issue: FirstIssue = FirstIssue()
    style: str = "dispatch"
    greeting: str = "Hey! 👋"
    address: str = ""
    undated: Literal["include", "skip"] = "include"


class Site(_Table, frozen=True):
    """`[site]`: what is published beside the mail."""

    search: bool = True
    images: Wanted = "none"
    frontmatter: Literal["yaml", "hugo", "jekyll", "eleventy", "mkdocs", "pelican"] = "yaml"


class SourceTable(_Table, frozen=True):
    """`[[source]]`: exactly one of the `KINDS` says where it is."""

    feed: str = ""
    opml: str = ""
    folder: str = ""
    mailbox: str = ""
    bookmarks: str = ""
    jsonl: str = ""
    name: str = ""
    own: bool = False
    weight: float = 1.0
    topic: str | None = None
    newsletter: bool | None = None
    full_text: bool = False


class Document(_Table, frozen=True):
    """The whole file."""

    publication: Publication
    source: tuple[SourceTable, ...] = ()
    topic: tuple[Topic, ...] = ()
    stories: StoryOptions = StoryOptions()
    topics: TopicOptions = TopicOptions()
    select: SelectOptions = SelectOptions()
    blurb: BlurbOptions = BlurbOptions()
    memory: MemoryOptions = MemoryOptions()
    site: Site = Site()
    collect: CollectOptions = CollectOptions()
    email: EmailOptions = EmailOptions()
