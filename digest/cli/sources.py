"""`digest sources`: what each source gave, how it fares, and what to do about it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.command import command, issues_option, publication_options
from digest.cli.common import moment, note, open_config, open_store
from digest.cli.progress import progress
from digest.cli.subscriptions import add, export, import_

if TYPE_CHECKING:
    from digest.collect import Health
    from digest.collect.health import SourceHealth
    from digest.config import Config
    from digest.model import Collected, Entry

EXAMPLES = """\b
Examples:
  digest sources                              all of them, and what to do
  digest sources --offline --json             from what is stored, for a program
  digest sources add https://example.org/     the feed there, or on that page
  digest sources import subscriptions.opml    the feeds that are new
  digest sources export > subscriptions.opml
"""
HEADS = ("Source", "Entries", "Last success", "Failures", "A week", "Used", "What to do")
UNKNOWN = "not known"


@click.group(
    invoke_without_command=True,
    epilog=EXAMPLES,
    short_help="List the sources; add, import or export feeds.",
)
@click.option("--offline", is_flag=True, help="Fetch nothing: read what is stored.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per source.")
@issues_option
@publication_options
@click.pass_context
@command
def sources(
    context: click.Context,
    *,
    offline: bool,
    as_json: bool,
    out: Path | None,
    config_path: Path | None,
    now: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """List the configured sources, how each fares, and what to do about it."""
    if context.invoked_subcommand:
        if offline or as_json or out or config_path or now:
            raise click.UsageError(f"put the options behind {context.invoked_subcommand!r}")
        return
    from digest.collect import collect

    config, clock = open_config(config_path), moment(now)
    with progress(quiet=quiet) as reporter, open_store(config) as store:
        found = collect(
            config.sources,
            now=clock,
            store=store,
            online=not offline,
            options=config.collect,
            reporter=reporter,
        )
        known = store.health()
    rows = healths(config, found, known, clock, out or config.out)
    if as_json:
        for row in rows:
            click.echo(json.dumps(as_data(row, clock), ensure_ascii=False))
        return
    for line in table([HEADS, *(cells(row, clock) for row in rows)]):
        click.echo(line)
    if verbose:
        for outcome in found.outcomes:
            note(f"  {outcome.outcome}: {outcome.title or outcome.id}: {outcome.reason}")


for subcommand in (add, import_, export):
    sources.add_command(subcommand)


def healths(
    config: Config, found: Collected, known: Mapping[str, Health], now: datetime, out: Path
) -> list[SourceHealth]:
    """One for each report, in the order of the sources; `known` is the store's, by URL.

    `out` has the issues that used them.
    """
    import msgspec

    from digest.built import past_issues
    from digest.collect.health import health_of, usage

    issues, _ = past_issues(out)
    # An outcome names the outlet; of a folder's documents that is seldom the folder.
    owner = {entry.id: entry.source.name for entry in found.entries}
    used = usage(
        msgspec.structs.replace(outcome, source=owner.get(outcome.id, outcome.source))
        for issue in issues
        for outcome in issue.outcomes
    )
    locations = _locations(config, found)
    entries: dict[str, list[Entry]] = {}
    for entry in found.entries:
        entries.setdefault(entry.source.name, []).append(entry)
    return [
        health_of(
            report,
            location := locations.get(report.name, ""),
            known=known.get(location),
            entries=entries.get(report.name, []),
            used=used.get(report.name, (0, 0)),
            now=now,
        )
        for report in found.reports
    ]


def _locations(config: Config, found: Collected) -> dict[str, str]:
    """Where each source is, by name; the feeds of a list by what they gave, or failed to give."""
    locations = {o.source: o.url for o in found.outcomes if o.outcome == "source failed"}
    locations |= {entry.source.name: entry.source.location for entry in found.entries}
    return locations | {source.name: source.location for source in config.sources}


def as_data(health: SourceHealth, now: datetime) -> dict[str, object]:
    """The row for a program; null is what nobody knows."""
    from digest.collect.health import advice

    success = health.last_success.isoformat() if health.last_success else None
    return {
        "name": health.name,
        "entries": health.entries,
        "status": health.status,
        "message": health.message,
        "last_success": success,
        "failures": health.failures,
        "per_week": None if health.per_week is None else round(health.per_week, 2),
        "used": None if health.share is None else round(health.share, 3),
        "advice": advice(health, now),
    }


def cells(health: SourceHealth, now: datetime) -> tuple[str, ...]:
    """The row for people."""
    from digest.collect.health import advice

    day = health.last_success.date().isoformat() if health.last_success else UNKNOWN
    failures = UNKNOWN if health.failures is None else str(health.failures)
    return (
        health.name,
        str(health.entries),
        day if health.live else "on disk",
        failures if health.live else "",
        UNKNOWN if health.per_week is None else f"{health.per_week:.1f}",
        UNKNOWN if health.share is None else f"{health.share:.0%}",
        advice(health, now) or health.message or "nothing",
    )


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Aligned columns; the last is as long as it likes."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
