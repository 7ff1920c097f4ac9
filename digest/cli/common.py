"""What all commands share: the publication, the clock, errors as one line, progress."""

from __future__ import annotations

import functools
import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from digest.errors import BusyError, DigestError, EmptyWeekError

if TYPE_CHECKING:
    from digest.check import Options as CheckOptions
    from digest.collect import Store
    from digest.config import Config
    from digest.model import Finding, Progress, Reporter

Command = TypeVar("Command", bound=Callable[..., Any])

# Exit statuses: docs/cli.md. 2 is click's own, for usage.
FAILED, SKIPPED, EMPTY, BUSY = 1, 3, 4, 75
_STATUS: tuple[tuple[type[DigestError], int], ...] = (
    (EmptyWeekError, EMPTY),
    (BusyError, BUSY),
    (DigestError, FAILED),
)
BY_MEANING = "comparing articles by their words and by meaning (minilm)"
BY_WORDS = (
    "comparing articles by their words alone; "
    "pip install 'newsletter-digest[minilm]' compares their meaning too"
)
EPOCH = "SOURCE_DATE_EPOCH"  # reproducible-builds.org
_PATIENCE = 1.0  # seconds before a progress bar appears


def note(text: str) -> None:
    """Tell the user something that is no result."""
    click.echo(text, err=True)


def tally(findings: Sequence[Finding]) -> str:
    """How much is wrong: "1 error, 2 warnings"."""
    from digest.text import counted

    errors = sum(finding.severity == "error" for finding in findings)
    return f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}"


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

    return run  # type: ignore[return-value]


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


def publication_options(function: Command) -> Command:
    """`--config` and `--now`, for commands that work on a publication."""
    with_now = click.option("--now", metavar="ISO", help="Pretend it is this moment (RFC 3339).")
    return config_option(with_now(function))


def config_option(function: Command) -> Command:
    """`--config`, for commands that know no time."""
    return click.option(
        "--config",
        "config_path",
        type=click.Path(path_type=Path),
        help="digest.toml, or its folder; default: here or in a folder above.",
    )(function)


def issues_option(function: Command) -> Command:
    """`--out`, for commands that only read there what earlier issues told."""
    return click.option(
        "--out",
        type=click.Path(path_type=Path),
        help="Folder of the issues that were built; default: out/.",
    )(function)


def json_lines_option(function: Command) -> Command:
    """`--json`, for commands that print nothing but JSON Lines: it changes nothing."""
    return click.option(
        "--json", is_flag=True, expose_value=False, help="JSON Lines, as without it."
    )(function)


def week_option(function: Command) -> Command:
    """`--week`, bare or with a value."""
    return _week(function, "the newest week with material")


def built_week_option(function: Command) -> Command:
    """`--week` among the issues that were built."""
    return _week(function, "the newest week that was built")


def _week(function: Command, newest: str) -> Command:
    return click.option(
        "--week",
        is_flag=False,
        flag_value="",
        metavar="[WEEK]",
        callback=_known_week,
        help=f"2025-W05, a date in that week, `last` or `this`; bare or absent: {newest}.",
    )(function)


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


def open_config(path: Path | None) -> Config:
    """Load the named digest.toml, or the nearest one."""
    from digest.config import load

    return load(config_file(path))


def config_file(path: Path | None) -> Path:
    """The named digest.toml, or the nearest one."""
    from digest.config import FILENAME, find

    if path is None:
        return find(Path.cwd())
    return path / FILENAME if path.is_dir() else path


def built_week(config: Config, out: Path, wanted: str | None, now: datetime) -> str:
    """The week that `--week` means among the issues that lie in `out`; None is the newest."""
    from digest.errors import InputError
    from digest.output import built_weeks
    from digest.week import label_of

    if wanted:
        return config.calendar.choose(wanted, (), now)
    today = label_of(now.astimezone(config.calendar.zone).date())
    weeks = [week for week in built_weeks(out) if week <= today]
    if not weeks:
        raise InputError(f"{out}: no issue lies there", hint="run `digest build` first")
    return weeks[-1]


def checking(config: Config) -> CheckOptions:
    """What `digest check` has to know of the publication: which tags its service fills in."""
    from digest.check import Options
    from digest.render import tokens_of

    return Options(tokens=tokens_of(config.email))


def open_store(config: Config) -> Store:
    """The publication's store of fetched sources; the file is made when first written."""
    from digest.collect import Store

    return Store(config.root)


def tell_encoder(config: Config | None, used: str) -> None:
    """Say what `auto` found; a publication that names its encoder knows."""
    from digest.encoders import AUTO, LEXICAL

    if config is None or config.stories.encoder == AUTO:
        note(BY_WORDS if used == LEXICAL else BY_MEANING)


def hold(config: Config) -> AbstractContextManager[None]:
    """Be the only run of the publication; `BusyError` names the other one."""
    from digest.lock import only_run

    return only_run(config.root, datetime.now(UTC))


def moment(given: str | None) -> datetime:
    """--now, else SOURCE_DATE_EPOCH, which `command` has checked, else the clock."""
    if given:
        try:
            parsed = datetime.fromisoformat(given.strip())
        except ValueError:
            raise click.UsageError(
                f"--now: {given!r} is no moment; write 2025-02-02T12:00Z"
            ) from None
        return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
    epoch = os.environ.get(EPOCH)
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Reporter]:
    """A reporter that draws a bar on a terminal for what takes longer than a second."""
    from digest.model import silent

    if quiet or not sys.stderr.isatty():
        yield silent
        return
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.close()


class _Bar:
    """A rich progress bar that shows itself only after `_PATIENCE`."""

    def __init__(self) -> None:
        self._started = datetime.now(UTC)
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}

    def __call__(self, progress: Progress, /) -> None:
        if self._bar is None:
            if (datetime.now(UTC) - self._started).total_seconds() < _PATIENCE:
                return
            from rich.console import Console
            from rich.progress import Progress as RichProgress

            self._bar = RichProgress(console=Console(stderr=True), transient=True)
            self._bar.start()
        if progress.stage not in self._tasks:
            self._tasks[progress.stage] = self._bar.add_task(progress.stage, total=progress.total)
        self._bar.update(self._tasks[progress.stage], completed=progress.done, total=progress.total)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()
