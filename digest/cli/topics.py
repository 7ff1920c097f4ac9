"""`digest topics`: which topic each story belongs to, as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digest.cli.command import (
    command,
    issues_option,
    json_lines_option,
    publication_options,
    week_option,
)
from digest.cli.common import moment, note, open_config, open_encoder, open_store
from digest.cli.progress import progress
from digest.cli.week import Asked, read_files, read_week

if TYPE_CHECKING:
    from digest.model import PastTopic, Placed, Reporter, Section, Story

EXAMPLES = """\b
Examples:
  digest topics --week 2025-W05       the stories of the publication's week
  digest topics articles.jsonl        {"id": 1, "title": "…"} a line; optional text, url, tags,
                                      source; topics from digest.toml
"""


@click.command(epilog=EXAMPLES, short_help="Print where each story belongs and why, as JSON.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE.jsonl ...]")
@week_option
@click.option("--offline", is_flag=True, help="Fetch nothing: read what is stored.")
@click.option("--force", is_flag=True, help="Give every story a configured topic.")
@json_lines_option
@issues_option
@publication_options
@command
def topics(
    files: tuple[Path, ...],
    week: str | None,
    *,
    offline: bool,
    force: bool,
    out: Path | None,
    config_path: Path | None,
    now: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Print one JSON object per article or story: id, topic, score, reasons.

    Reads articles from the files, each on its own, or the stories of the publication's week. A
    story that fits no configured topic gets a discovered one, or "Everything else". A file may be
    gzipped; - is what comes through a pipe.
    """
    import msgspec

    from digest.pipeline import known_headings
    from digest.stories import find_stories
    from digest.topics import sort_into_sections

    asked = Asked(week=week, now=moment(now), out=out, offline=offline, quiet=quiet)
    config = open_config(config_path)
    options = msgspec.structs.replace(config.discover, sure=0.0) if force else config.discover
    earlier: Sequence[PastTopic] = ()
    with progress(quiet=quiet) as reporter, open_store(config) as store:
        if files:
            found = _of_files(files, asked.now, reporter)
            encode = open_encoder(config.stories.encoder, store, quiet=quiet)
        else:
            read = read_week(config, store, asked, reporter)
            encode, earlier = read.encode, known_headings(read.memory)
            found = find_stories(read.extracted.articles, config.stories, encode).stories
        sections = sort_into_sections(found, config.topics, options, encode=encode, earlier=earlier)
    for line in _lines(found, sections):
        click.echo(json.dumps(line, ensure_ascii=False))
    if verbose:
        note(f"{len(found)} stories in {len(sections)} sections")


def _of_files(files: Sequence[Path], now: datetime, reporter: Reporter) -> Sequence[Story]:
    """Each article is a story of its own: this command sorts, it does not merge."""
    from digest.model import Story

    articles = read_files(files, now, reporter).articles
    return [Story(id=article.id, lead=article) for article in articles]


def _lines(
    stories: Sequence[Story], sections: Sequence[Section[Placed]]
) -> Iterator[dict[str, Any]]:
    """In the order of the stories as they were read."""
    placed = {p.story.id: p for section in sections for p in section.stories}
    for story in stories:
        found = placed[story.id]
        yield {
            "id": story.lead.id,
            "topic": found.topic,
            "score": found.confidence,
            "reasons": [reason.text for reason in found.reasons],
        }
