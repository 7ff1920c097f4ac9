"""`digest collect`: fetch live sources into the store."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from digest.cli.common import (
    SKIPPED,
    command,
    moment,
    note,
    open_config,
    open_store,
    progress,
    publication_options,
)


@click.command()
@click.option("--strict", is_flag=True, help="Exit with status 3 when any source failed.")
@publication_options
@command
def collect(
    *, strict: bool, config_path: Path | None, now: str | None, quiet: bool, verbose: bool
) -> None:
    """Fetch live sources into the store, for `digest build --offline`."""
    from digest.collect import collect as collect_sources
    from digest.text import counted

    config = open_config(config_path)
    with progress(quiet=quiet) as reporter, open_store(config) as store:
        found = collect_sources(config.sources, now=moment(now), store=store, reporter=reporter)
    failed = [report for report in found.reports if report.status != "ok"]
    if not quiet:
        entries = counted(len(found.entries), "entry", "entries")
        note(f"{entries} from {counted(len(found.reports), 'source')}")
    for report in failed:
        note(f"warning: {report.name}: {report.message}")
    if verbose:
        for outcome in found.outcomes:
            note(f"  {outcome.outcome}: {outcome.title or outcome.id}: {outcome.reason}")
    if strict and failed:
        sys.exit(SKIPPED)
