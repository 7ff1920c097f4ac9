"""`digest stories`: which articles tell one story, as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

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
    from digest.config import Config
    from digest.model import Article, Reporter, Story

EXAMPLES = """\b
Examples:
  digest stories --week 2025-W05            the publication's week
  digest stories articles.jsonl             {"id": 1, "title": "…"} a line; optional text, url,
                                            published or date, source
"""


@click.command(epilog=EXAMPLES, short_help="Print which articles tell one story, as JSON.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE.jsonl ...]")
@week_option
@click.option("--offline", is_flag=True, help="Fetch nothing: read what is stored.")
@json_lines_option
@issues_option
@publication_options
@command
def stories(
    files: tuple[Path, ...],
    week: str | None,
    *,
    offline: bool,
    out: Path | None,
    config_path: Path | None,
    now: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Print one JSON object per article: id, story, role, url, title, source.

    Reads the articles from the files, or from the publication's sources when none is named. A file
    may be gzipped; - is what comes through a pipe.
    """
    asked = Asked(week=week, now=moment(now), out=out, offline=offline, quiet=quiet)
    with progress(quiet=quiet) as reporter:
        if files:
            found = _of_files(files, config_path, asked, reporter)
        else:
            found = _of_week(open_config(config_path), asked, reporter)
    for line in _lines(found):
        click.echo(json.dumps(line, ensure_ascii=False))
    if verbose:
        note(f"{len(found)} stories")


def _of_week(config: Config, asked: Asked, reporter: Reporter) -> Sequence[Story]:
    from digest.stories import find_stories

    with open_store(config) as store:
        read = read_week(config, store, asked, reporter)
        return find_stories(read.extracted.articles, config.stories, read.encode).stories


def _of_files(
    files: Sequence[Path], config_path: Path | None, asked: Asked, reporter: Reporter
) -> Sequence[Story]:
    """By the settings of a publication, whose store keeps the vectors, or by the defaults."""
    from digest.stories import Options, find_stories

    config = open_config(config_path) if config_path else None
    options = config.stories if config else Options()
    extracted = read_files(files, asked.now, reporter)
    with open_store(config) if config else nullcontext() as store:
        encode = open_encoder(options.encoder, store, quiet=asked.quiet)
        return find_stories(extracted.articles, options, encode).stories


def _lines(stories: Sequence[Story]) -> Iterator[dict[str, str]]:
    for story in stories:
        yield _line(story, story.lead, "lead")
        for coverage in story.coverage:
            yield _line(story, coverage.article, coverage.relation)


def _line(story: Story, article: Article, role: str) -> dict[str, str]:
    return {
        "id": article.id,
        "story": story.id,
        "role": role,
        "url": article.url,
        "title": article.title,
        "source": article.outlet,
    }
