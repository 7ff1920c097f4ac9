"""What makes a function a command: shared options, and errors as one line and an exit status."""

from __future__ import annotations

import functools
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from digest.errors import BusyError, DigestError, EmptyWeekError

Command = TypeVar("Command", bound=Callable[..., Any])

# Exit statuses: docs/cli.md. 2 is click's own, for usage.
FAILED, SKIPPED, EMPTY, BUSY = 1, 3, 4, 75
_STATUS: tuple[tuple[type[DigestError], int], ...] = (
    (EmptyWeekError, EMPTY),
    (BusyError, BUSY),
    (DigestError, FAILED),
)


def fail(error: DigestError) -> NoReturn:
    """Say what went wrong in one line and leave."""
    click.echo(f"digest: error: {error}", err=True)
    sys.exit(next(status for kind, status in _STATUS if isinstance(error, kind)))


def command(function: Command) -> Command:
    """Give a command -q and -v, and turn our errors into one line."""

    @click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")
    @click.option("-v", "--verbose", is_flag=True, help="Say more, as for a bug report.")
    @functools.wraps(function)
    def run(*args: Any, verbose: bool, **options: Any) -> Any:
        logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
        if verbose:  # of this program, not of its libraries
            logging.getLogger("digest").setLevel(logging.DEBUG)
        try:
            return function(*args, verbose=verbose, **options)
        except DigestError as error:
            fail(error)

    return run  # type: ignore[return-value]  # click passes options by name, whatever they are


config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    help="digest.toml, or its folder; default: here or in a folder above.",
)
_now_option = click.option("--now", metavar="ISO", help="Pretend it is this moment (RFC 3339).")
out_option = click.option(
    "--out", type=click.Path(path_type=Path), help="Output folder; default: out/."
)


def publication_options(function: Command) -> Command:
    """`--config` and `--now`, for commands that work on a publication at some time."""
    return config_option(_now_option(function))


def _week(newest: str) -> Callable[[Command], Command]:
    """`--week`, bare or with a value; `newest` is what it means without one."""
    return click.option(
        "--week",
        is_flag=False,
        flag_value="",
        metavar="[WEEK]",
        help=f"2025-W05, a date in that week, `last` or `this`; bare or absent: {newest}.",
    )


week_option = _week("the newest week with material")
built_week_option = _week("the newest week that was built")
