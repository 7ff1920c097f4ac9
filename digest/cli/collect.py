"""`digest collect`: fetch live sources into the store."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.command import SKIPPED, command, publication_options
from digest.cli.common import hold, moment, note, open_config, open_store
from digest.cli.progress import progress

if TYPE_CHECKING:
    from digest.collect import Health
    from digest.model import How, Source

HOW: Mapping[How, str] = {
    "new": "fetched",
    "unchanged": "not changed",
    "fresh": "asked within the hour",
    "copy": "failed, the stored copy holds",
    "stored": "stored",
}


@click.command(short_help="Fetch live sources into the store.")
@click.option("--strict", is_flag=True, help="Exit with status 3 when any source failed.")
@publication_options
@command
def collect(
    *, strict: bool, config_path: Path | None, now: str | None, quiet: bool, verbose: bool
) -> None:
    """Fetch live sources into the store, for `digest build --offline`.

    Asks each server politely: not again within the hour, only for what changed, two requests to a
    host at a time. A run that was interrupted goes on where it stopped.
    """
    from digest.collect import collect as collect_sources
    from digest.text import counted

    config = open_config(config_path)
    with hold(config), progress(quiet=quiet) as reporter, open_store(config) as store:
        found = collect_sources(
            config.sources,
            now=moment(now),
            store=store,
            options=config.collect,
            reporter=reporter,
        )
        health = store.health()
    failed = [report for report in found.reports if report.status != "ok"]
    if not quiet:
        for visit in found.visits:
            fresh = f", {visit.new} new" if visit.new else ""
            entries = counted(visit.entries, "entry", "entries")
            note(f"  {visit.source}: {HOW[visit.how]}: {entries}{fresh}")
        entries = counted(len(found.entries), "entry", "entries")
        note(f"{entries} from {counted(len(found.reports), 'source')}")
    for report in failed:
        note(f"warning: {report.name}: {report.message}")
    for told in moves(config.sources, health):
        note(told)
    if verbose:
        for outcome in found.outcomes:
            note(f"  {outcome.outcome}: {outcome.title or outcome.id}: {outcome.reason}")
    if strict and failed:
        sys.exit(SKIPPED)


def moves(sources: Sequence[Source], health: Mapping[str, Health]) -> list[str]:
    """A line for each source that its server has moved, as often as it takes to be believed."""
    from digest.collect.health import MOVED_FOR_GOOD
    from digest.urls import redacted

    return [
        f"{source.name}: moved for good to {redacted(known.moved_to)}, seen "
        f"{known.moved_seen} times: write that address in digest.toml"
        for source in sources
        if (known := health.get(source.location)) is not None and known.moved_seen >= MOVED_FOR_GOOD
    ]
