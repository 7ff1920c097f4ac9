"""`digest preview`: the issue in a browser, built again when its inputs change."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.command import built_week_option, command, out_option, publication_options
from digest.cli.common import built_week, moment, note, open_config, tally
from digest.errors import DigestError, OutputError

if TYPE_CHECKING:
    from digest.config import Config
    from digest.serve import Server

PORT = 4747
EXAMPLES = """\b
Examples:
  digest preview                   the newest issue that was built
  digest preview --week 2025-W05   one issue
  digest preview --port 0          on any port that is free
"""


@click.command(epilog=EXAMPLES, short_help="Show an issue that was built in your browser.")
@built_week_option
@out_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"Port on 127.0.0.1; 0: any. Default: {PORT}, or any when that is taken.",
)
@publication_options
@command
def preview(
    week: str | None,
    out: Path | None,
    port: int | None,
    *,
    config_path: Path | None,
    now: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Show an issue in your browser: look at it, copy it, and see changes at once.

    Serves out/ on 127.0.0.1 and to nobody else. When digest.toml, issues/ or templates/ change, the
    issue is built again from what is stored, and open pages reload. Ends with Ctrl-C.
    """
    from digest.built import read_built
    from digest.serve import Watcher

    config = open_config(config_path)
    folder = out or config.out
    label = built_week(config, folder, week, moment(now))
    read_built(folder, label)  # complains when it is not there

    def rebuild() -> str:
        problem, said = _rebuild(config.root, folder, label, moment(now))
        if not quiet or problem:
            note(said)
        return problem

    with _server(folder, port, label) as server:
        watcher = Watcher(server, lambda: _inputs(config), rebuild)
        watcher.start()
        click.echo(server.address)
        if verbose:
            note(f"watching {', '.join(map(str, _inputs(config)))}")
        if not quiet:
            note(f"{label} is shown there; Ctrl-C ends it")
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
        watcher.end()


def _server(folder: Path, port: int | None, label: str) -> Server:
    from digest.serve import Server

    start = f"{label}/preview.html"
    try:
        try:
            return Server(folder, port=PORT if port is None else port, start=start)
        except OSError:
            if port is not None:
                raise
            return Server(folder, port=0, start=start)
    except OSError as error:
        raise OutputError(
            f"port {port}: {error.strerror or error}", hint="choose another, or --port 0 for any"
        ) from None


def _inputs(config: Config) -> Iterable[Path]:
    from digest.config import FILENAME

    return [config.root / name for name in (FILENAME, "issues", "templates")]


def _rebuild(root: Path, folder: Path, label: str, now: datetime) -> tuple[str, str]:
    """Build again; what went wrong ("" for nothing), and a line for the terminal."""
    from digest.cli.build import write_issue
    from digest.config import FILENAME, load
    from digest.model import silent

    try:
        config = load(root / FILENAME)
        built = write_issue(config, folder, week=label, now=now, online=False, reporter=silent)
    except DigestError as error:
        return str(error), f"digest: error: {error}"
    return "", f"built again: {tally(built.findings)}"
