"""`digest stories`: which articles tell one story, as JSON Lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.common import (
    command,
    issues_option,
    json_lines_option,
    moment,
    note,
    open_config,
    open_store,
    progress,
    publication_options,
    tell_encoder,
    week_option,
)
from digest.cli.week import read_files, read_week

if TYPE_CHECKING:
    from datetime import datetime

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
    with progress(quiet=quiet) as reporter:
        if files:
            found = _of_files(files, config_path, moment(now), reporter, quiet=quiet)
        else:
            read = read_week(
                config_path, week, moment(now), reporter, out=out, offline=offline, quiet=quiet
            )
            found = read.stories.stories
    for line in _lines(found):
        click.echo(json.dumps(line, ensure_ascii=False))
    if verbose:
        note(f"{len(found)} stories")


def _of_files(
    files: Sequence[Path],
    config_path: Path | None,
    now: datetime,
    reporter: Reporter,
    *,
    quiet: bool,
) -> Sequence[Story]:
    """By the settings of a publication, whose store keeps the vectors, or by the defaults."""
    from digest.encoders import load as load_encoder
    from digest.encoders import name_of
    from digest.stories import Options, find_stories

    config = open_config(config_path) if config_path else None
    options = config.stories if config else Options()
    extracted = read_files(files, now, reporter)
    with open_store(config) if config else nullcontext() as store:
        encode = load_encoder(options.encoder, store)
        if not quiet:
            tell_encoder(config, name_of(encode))
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
