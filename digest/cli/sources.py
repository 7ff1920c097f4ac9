"""`digest sources`: what each source gave."""

from __future__ import annotations

import json
from pathlib import Path

import click

from digest.cli.common import (
    command,
    moment,
    open_config,
    open_store,
    progress,
    publication_options,
)


@click.command()
@click.option("--offline", is_flag=True, help="Fetch nothing: read what is stored.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per source.")
@publication_options
@command
def sources(
    *,
    offline: bool,
    as_json: bool,
    config_path: Path | None,
    now: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """List the configured sources, how many entries each has, and what is wrong with it."""
    import msgspec

    from digest.collect import collect

    config = open_config(config_path)
    with progress(quiet=quiet) as reporter, open_store(config) as store:
        found = collect(
            config.sources, now=moment(now), store=store, online=not offline, reporter=reporter
        )
    if as_json:
        for report in found.reports:
            click.echo(json.dumps(msgspec.to_builtins(report), ensure_ascii=False))
        return
    width = max((len(report.name) for report in found.reports), default=0)
    for report in found.reports:
        line = f"{report.name:<{width}}  {report.entries:>5} entries  {report.status}"
        click.echo(f"{line}  {report.message}".rstrip())
    if verbose:
        for outcome in found.outcomes:
            click.echo(f"  {outcome.outcome}: {outcome.title or outcome.id}: {outcome.reason}")
