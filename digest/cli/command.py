"""What makes a function a command: shared options, and errors as one line and an exit status."""

from __future__ import annotations

import functools
import logging
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
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
EPOCH = "SOURCE_DATE_EPOCH"  # reproducible-builds.org


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
        _sound_epoch()
        try:
            return function(*args, verbose=verbose, **options)
        except DigestError as error:
            fail(error)

    return run  # type: ignore[return-value]  # click passes options by name, whatever they are


def _sound_epoch() -> None:
    """Refuse a SOURCE_DATE_EPOCH that is no moment; an empty one is none.

    Before anything heavy is imported: numpy reads it, too, and falls over it.
    """
    epoch = os.environ.get(EPOCH)
    if epoch is None:
        return
    if not epoch.strip():
        del os.environ[EPOCH]
        return
    try:
        datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            f"{EPOCH}: {epoch!r} is no moment; it is a number of seconds since 1970"
        ) from None


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
issues_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder of the issues that were built; default: out/.",
)
json_lines_option = click.option(
    "--json", is_flag=True, expose_value=False, help="JSON Lines, as without it."
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
        callback=_known_week,
        help=f"2025-W05, a date in that week, `last` or `this`; bare or absent: {newest}.",
    )


def _known_week(_context: click.Context, _option: click.Parameter, given: str | None) -> str:
    """What no week can be is a mistake on the command line."""
    from digest.errors import InputError
    from digest.week import NAMED, parse_day

    wanted = (given or "").strip()
    if wanted.lower() in NAMED:
        return wanted.lower()
    try:
        if wanted:
            parse_day(wanted)
    except InputError as error:
        raise click.BadParameter(str(error)) from None
    return wanted


week_option = _week("the newest week with material")
built_week_option = _week("the newest week that was built")
