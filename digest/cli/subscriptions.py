"""`digest sources add`, `import` and `export`: subscriptions in, and out again."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.command import command, config_option, publication_options
from digest.cli.common import config_file, moment, note, open_config
from digest.cli.progress import progress
from digest.errors import ConfigError, InputError, OutputError, SourceError

if TYPE_CHECKING:
    from digest.collect.parts import Bodies
    from digest.collect.subscribe import Feed
    from digest.config import Config
    from digest.model import Reporter, Source


@click.command(short_help="Add a feed, or the one that a page offers.")
@click.argument("url")
@click.option("--name", help="What readers call it; default: what the feed calls itself.")
@publication_options
@command
def add(
    url: str,
    *,
    name: str | None,
    config_path: Path | None,
    now: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Add the feed at URL to digest.toml, or the one that the page there offers."""
    config = open_config(config_path)
    url = _address(url.strip())
    with progress(quiet=quiet) as reporter:
        feeds = _found(url, moment(now), reporter, config)
    if len(feeds) > 1:
        for feed in feeds:
            click.echo(f"{feed.location}  {feed.title}".rstrip())
        raise SourceError(
            f"{url}: offers {len(feeds)} feeds", hint="name one: digest sources add URL"
        )
    (feed,) = feeds
    known = _known(config)
    if _key(feed.location) in known:
        note(f"{feed.location} is already there: {known[_key(feed.location)]}")
        return
    (table,) = _tables(feeds, config, name)
    path = _write(config_path, [table])
    if not quiet:
        note(f"added {table['name']} ({feed.location}) to {path}")
    if verbose:
        note("run `digest build` to read it")


@click.command("import", short_help="Add the feeds of an OPML list.")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.opml")
@config_option
@command
def import_(file: Path, *, config_path: Path | None, quiet: bool, verbose: bool) -> None:
    """Add the feeds of an OPML list to digest.toml, each as a source of its own.

    A feed in a folder with the name of a topic goes to that topic.
    """
    from digest.collect.files import read_bytes
    from digest.collect.subscribe import feeds_of
    from digest.model import Source
    from digest.text import counted

    config = open_config(config_path)
    where = str(file)
    data = read_bytes(file, where, config.collect.max_bytes)
    if b"<" not in data:
        raise InputError(f"{where}: no list of feeds", hint="export one as OPML from your reader")
    parent = Source(id="import", name=file.stem, kind="opml", location=str(file.resolve()))
    feeds, refused = feeds_of(data, parent)
    known = _known(config)
    new = [feed for feed in feeds if _key(feed.location) not in known]
    _write(config_path, _tables(new, config, None))
    if not quiet:
        click.echo(f"{where}: {counted(len(feeds), 'feed')} found, {len(new)} new")
    for address in refused:
        note(f"warning: {where}: not a web or local address: {address}")
    for feed in new if verbose else ():
        note(f"  {feed.name}: {feed.location}")


@click.command()
@config_option
@command
def export(*, config_path: Path | None, quiet: bool, verbose: bool) -> None:
    """Print the feeds as an OPML list; topics become folders."""
    from digest.collect.subscribe import Feed, to_opml
    from digest.urls import is_web

    config = open_config(config_path)
    web = [source for source in config.sources if is_web(source.location)]
    feeds = [Feed(s.location, s.name, s.topic or "") for s in web if s.kind == "feed"]
    lists = [Feed(s.location, s.name) for s in web if s.kind == "opml"]
    here = [source for source in config.sources if source not in web]
    listed = [feed for s in here if s.kind == "opml" for feed in _listed(s, config)]
    feeds += [feed for feed in listed if is_web(feed.location)]
    once: dict[str, Feed] = {}
    for feed in feeds:
        once.setdefault(_key(feed.location), feed)
    click.echo(to_opml(config.publication.title, tuple(once.values()), lists), nl=False)
    left_out = sum(not is_web(feed.location) for feed in listed)
    left_out += sum(source.kind != "opml" for source in here)
    if left_out and not quiet:
        note(f"left out, because they are on this disk alone: {left_out}")
    if verbose:
        note(f"{len(once)} feeds, {len(lists)} lists")


def _address(given: str) -> str:
    """What to ask: `example.org` is https; a file, or nothing, is no address."""
    from digest.urls import host

    if re.match(r"[a-z][a-z0-9+.-]*:", given, re.IGNORECASE):
        return given
    if given and Path(given).exists():
        raise InputError(
            f"{given}: a file, not an address",
            hint=f'write feed = "{Path(given).as_posix()}" below a [[source]] of digest.toml',
        )
    url = f"https://{given}"
    if not all(host(url).split(".")):
        raise InputError(f"{given!r} is no address", hint="write it as https://example.org/")
    return url


def _listed(source: Source, config: Config) -> tuple[Feed, ...]:
    """The feeds of a list on this disk."""
    from digest.collect.files import read_bytes
    from digest.collect.subscribe import feeds_of

    data = read_bytes(Path(source.location), source.name, config.collect.max_bytes)
    return feeds_of(data, source)[0]


def _found(url: str, now: datetime, reporter: Reporter, config: Config) -> tuple[Feed, ...]:
    from digest.collect.http import fetch_all
    from digest.collect.subscribe import find_feeds

    def fetch(urls: Sequence[str]) -> Bodies:
        return fetch_all(urls, None, config.collect, now, reporter)

    return find_feeds(url, fetch, now, config.collect)


def _key(location: str) -> str:
    from digest.urls import canonical

    return canonical(location) or location


def _known(config: Config) -> dict[str, str]:
    return {_key(s.location): s.name for s in config.sources if s.kind == "feed"}


def _tables(feeds: Sequence[Feed], config: Config, name: str | None) -> list[dict[str, str]]:
    """A `[[source]]` table for each feed, each with a name of its own."""
    from digest.text import slug
    from digest.urls import host, is_web

    topics = {topic.name.casefold(): topic.name for topic in config.topics}
    taken = {source.id for source in config.sources}
    tables = []
    for feed in feeds:
        wanted = (name or feed.name).strip() or feed.location
        names = (wanted, f"{wanted} ({host(feed.location)})", f"{wanted} ({feed.location})")
        free = next((n for n in names if slug(n) not in taken), f"{wanted} {len(taken)}")
        taken.add(slug(free))
        location = feed.location
        if not is_web(location) and Path(location).is_relative_to(config.root):
            location = Path(location).relative_to(config.root).as_posix()
        table = {"feed": location, "name": free}
        if feed.folder.casefold() in topics:
            table["topic"] = topics[feed.folder.casefold()]
        tables.append(table)
    return tables


def _write(config_path: Path | None, tables: Sequence[dict[str, str]]) -> Path:
    """Put the tables into digest.toml: checked before, and in one step."""
    from digest.config import load
    from digest.edit import with_sources

    path = config_file(config_path)
    if not tables:
        return path
    real = path.resolve()
    draft = real.with_name(f".{real.name}.{os.getpid()}")
    try:
        text = real.read_bytes().decode("utf-8")
        draft.write_bytes(with_sources(text, tables).encode("utf-8"))
        load(draft)
        shutil.copymode(real, draft)
        draft.replace(real)
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written: {error.strerror or error}", hint="nothing was changed"
        ) from None
    except ConfigError as error:
        named = json.dumps(tables[0], ensure_ascii=False)
        raise ConfigError(
            f"{path}: cannot take {named}: {error.message}", hint="add the source by hand"
        ) from None
    finally:
        draft.unlink(missing_ok=True)
    return path
