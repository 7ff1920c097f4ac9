"""digest.toml, read once into a frozen `Config`.

Unknown keys are errors with a suggestion: a misspelt key that is ignored costs an editor an hour.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from digest.blurb import Options as BlurbOptions
from digest.collect import Options as CollectOptions
from digest.config.bounds import check_bounds
from digest.config.mistakes import Lines, explain, syntax
from digest.config.tables import KINDS, Document, Publication, Site
from digest.errors import ConfigError, InputError, nearest
from digest.memory import Options as MemoryOptions
from digest.model import Source, SourceKind, Topic
from digest.rank import Options as SelectOptions
from digest.render.options import Options as EmailOptions
from digest.stories import Options as StoryOptions
from digest.text import slug
from digest.topics import EVERYTHING_ELSE, OWN_SECTION
from digest.topics import Options as TopicOptions
from digest.urls import is_web
from digest.week import Calendar, monday_of

FILENAME = "digest.toml"
RESERVED = frozenset({EVERYTHING_ELSE.lower(), OWN_SECTION.lower()})


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """Everything digest.toml says; `root` is the folder it lies in."""

    root: Path
    publication: Publication
    calendar: Calendar
    sources: tuple[Source, ...]
    stories: StoryOptions
    topics: tuple[Topic, ...]
    discover: TopicOptions
    select: SelectOptions
    blurb: BlurbOptions
    memory: MemoryOptions
    collect: CollectOptions
    email: EmailOptions
    site: Site

    @property
    def out(self) -> Path:
        """Where issues are written and lie, unless somebody says otherwise."""
        return self.root / "out"


def find(start: Path) -> Path:
    """The nearest digest.toml in `start` or a parent; raises `ConfigError` when there is none."""
    for folder in (start, *start.parents):
        if (folder / FILENAME).is_file():
            return folder / FILENAME
    raise ConfigError(
        f"no {FILENAME} in {start} or any folder above it",
        hint="run `digest init` to make one, or name it with --config",
    )


def load(path: Path) -> Config:
    """Read digest.toml; raises `ConfigError` naming the file, the line and the key."""
    text = _read(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise syntax(path, str(error)) from None
    lines = Lines(text)
    try:
        document = msgspec.convert(raw, Document)
    except msgspec.ValidationError as error:
        raise explain(path, lines, raw, Document, str(error)) from None
    check_bounds(path, lines, document)
    publication = document.publication
    root = path.resolve().parent
    return Config(
        root=root,
        publication=publication,
        calendar=_calendar(path, lines, publication),
        sources=_sources(path, lines, root, document),
        stories=document.stories,
        topics=_topics(path, lines, document.topic),
        discover=document.topics,
        select=document.select,
        blurb=document.blurb,
        memory=document.memory,
        site=document.site,
        collect=_collecting(document),
        email=document.email,
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: no such file", hint="run `digest init` to make one, or name it with --config"
        ) from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text", hint="save it as UTF-8 text") from None
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be read: {error.strerror}", hint="may you read that file?"
        ) from None


def _collecting(document: Document) -> CollectOptions:
    """Whom a server may ask about us is the publication, unless `contact` says otherwise."""
    options = document.collect
    contact = options.contact or document.publication.url
    return msgspec.structs.replace(options, contact=contact)


def _calendar(path: Path, lines: Lines, publication: Publication) -> Calendar:
    try:
        zone = ZoneInfo(publication.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        line = lines.of("publication", "timezone")
        raise ConfigError(
            f"{path}:{line}: publication.timezone: there is no time zone {publication.timezone!r}",
            hint="use a name such as Europe/Berlin",
        ) from None
    first = publication.first_issue
    if first.week:
        try:
            monday_of(first.week)
        except InputError as error:
            line = lines.of("publication", "first_issue")
            raise ConfigError(
                f"{path}:{line}: publication.first_issue.week: {error.message}", hint=error.hint
            ) from None
    return Calendar(
        zone=zone,
        cadence=publication.cadence,
        publish_on=publication.publish_on,
        first_number=first.number,
        first_week=first.week,
    )


def _sources(path: Path, lines: Lines, root: Path, document: Document) -> tuple[Source, ...]:
    found: dict[str, Source] = {}
    topics = [topic.name for topic in document.topic]
    for number, table in enumerate(document.source, 1):
        where = f"{path}:{lines.of('source', at=number)}: source {number}"
        given = [kind for kind in KINDS if getattr(table, kind)]
        if len(given) != 1:
            raise ConfigError(
                f"{where}: needs exactly one of {', '.join(KINDS)}, has {len(given)}",
                hint='for example: feed = "https://example.org/feed.xml"',
            )
        _known_topic(where, table.topic, topics)
        kind = given[0]
        location = _location(where, kind, getattr(table, kind), root)
        name = table.name or location.rstrip("/").rpartition("/")[2] or location
        identifier = slug(name)
        if identifier in found:
            raise ConfigError(
                f"{where}: the name {name!r} is taken", hint="give each source a name of its own"
            )
        found[identifier] = Source(
            id=identifier,
            name=name,
            kind=kind,
            location=location,
            own=table.own,
            weight=table.weight,
            topic=table.topic,
            newsletter=table.newsletter,
            full_text=table.full_text,
        )
    return tuple(found.values())


def _known_topic(where: str, topic: str | None, topics: Sequence[str]) -> None:
    """A source may have a section of its own, but not one that is a topic's but for a slip."""
    if topic is None or topic in topics:
        return
    close = nearest(topic, topics, 0.9)
    if close:
        raise ConfigError(f"{where}: there is no topic {topic!r}", hint=f"did you mean {close!r}?")


def _topics(path: Path, lines: Lines, topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
    """The topics, or the first mistake in them by line."""
    seen: dict[str, int] = {}
    for number, topic in enumerate(topics, 1):
        line = lines.of("topic", at=number)
        where = f"{path}:{line}: topic {number}"
        name = topic.name.strip().lower()
        if not any(c.isalnum() for c in name):
            raise ConfigError(f"{where}: has no name", hint="the name is the heading")
        if not name.isprintable():
            raise ConfigError(
                f"{where}: the name {topic.name!r} breaks the line", hint="write it in one line"
            )
        if name in RESERVED:
            raise ConfigError(
                f"{where}: the name {topic.name!r} is that of a section which is always there",
                hint="give the topic another name",
            )
        if name in seen:
            raise ConfigError(
                f"{where}: the name {topic.name!r} is taken by the topic in line {seen[name]}",
                hint="give each topic a name of its own",
            )
        seen[name] = line
        if topic.max is not None and topic.max < 0:
            raise ConfigError(f"{where}: max = {topic.max}", hint="0 means no limit")
        for link in topic.examples:
            if not is_web(link):
                raise ConfigError(
                    f"{where}: the example {link!r} is no link", hint="write https://..."
                )
    return topics


def _location(where: str, kind: SourceKind, given: str, root: Path) -> str:
    if is_web(given):
        if kind in ("feed", "opml"):
            return given
        raise ConfigError(
            f"{where}: {kind} = {given!r} is a URL", hint="name a file or folder on disk"
        )
    scheme = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]+):", given)
    if scheme:
        raise ConfigError(
            f"{where}: {given!r} has the scheme {scheme[1]!r}", hint="use http or https, or a path"
        )
    return str((root / given).resolve())
