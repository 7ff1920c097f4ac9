"""What `stories`, `topics` and `explain` share: articles of files, or a publication's week."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.cli.common import note, open_encoder

if TYPE_CHECKING:
    from digest.collect import Reading, Store
    from digest.config import Config
    from digest.encoders import Encoder
    from digest.model import Collected, Entry, Extracted, Memory, Reporter
    from digest.week import Window

STDIN = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the options of a command say: of which week, as of when, from what, and how loudly."""

    week: str | None
    now: datetime
    out: Path | None  # where past issues lie, if not in the usual place
    offline: bool
    quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A publication's window with its articles, what past issues told, and who compares them."""

    collected: Collected
    window: Window
    extracted: Extracted
    memory: Memory
    encode: Encoder | None


def read_files(files: Sequence[Path], now: datetime, reporter: Reporter) -> Extracted:
    """The articles of JSON Lines files; a line that cannot be read is named on stderr.

    An id that an earlier file has is printed with the file's name before it.
    """
    from digest.errors import InputError
    from digest.extract import extract

    entries: dict[str, Entry] = {}
    skipped = 0
    for path in files:
        reading = _read_file(path, now)
        skipped += len(reading.outcomes)
        for outcome in reading.outcomes:
            note(f"warning: {outcome.reason}")
        name = _name(path)
        taken = _add(entries, reading.entries, name)
        if taken:
            note(f"warning: {path}: ids that an earlier file has ({taken}) become {name}:ID")
    if skipped and not entries:
        raise InputError(
            f"{', '.join(map(str, files))}: no line can be read",
            hint='each needs an id and a title: {"id": "1", "title": "…"}',
        )
    return extract(tuple(entries.values()), None, now=now, reporter=reporter)


def _name(path: Path) -> str:
    return "stdin" if str(path) == STDIN else Path(path.name.removesuffix(".gz")).stem


def _read_file(path: Path, now: datetime) -> Reading:
    """One file, or what comes through a pipe: a person named it, so it may be waited for."""
    from digest.collect import MOST, read_rows
    from digest.errors import InputError
    from digest.model import Source

    if path.is_dir():
        raise InputError(f"{path}: a folder, not a file", hint="name the files in it")
    try:
        if str(path) == STDIN:
            data = sys.stdin.buffer.read(MOST)
        else:
            with path.open("rb") as file:
                data = file.read(MOST)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    # Without a name: a file is no outlet, and one outlet seldom tells one story twice.
    source = Source(id="", name="", kind="jsonl", location=str(path))
    return read_rows(data, source, str(path), now)


def _add(entries: dict[str, Entry], found: Sequence[Entry], name: str) -> int:
    """Take entries in; how many had an id that was taken, and got `name` before it."""
    taken = 0
    for given in found:
        entry = given
        while entry.id in entries:
            entry = replace(entry, id=f"{name}:{entry.id}")
        entries[entry.id] = entry
        taken += entry is not given
    return taken


def read_week(
    config: Config, store: Store, asked: Asked, reporter: Reporter, *, untold: bool = False
) -> Week:
    """Collect, choose the window, and extract; the window is named on stderr.

    `untold`: without the articles that `build` leaves out because an earlier issue told them.
    """
    from digest import pipeline
    from digest.built import past_issues
    from digest.memory import drop_repeats, remember

    collected, window = pipeline.collect_week(
        config,
        now=asked.now,
        week=asked.week,
        store=store,
        online=not asked.offline,
        reporter=reporter,
    )
    if not asked.quiet:
        note(str(window))
    extracted = pipeline.articles_of(config, collected, window, now=asked.now, reporter=reporter)
    memory = remember(past_issues(asked.out or config.out)[0], window, config.memory)
    return Week(
        collected=collected,
        window=window,
        extracted=drop_repeats(extracted, memory, config.memory) if untold else extracted,
        memory=memory,
        encode=open_encoder(config.stories.encoder, store, quiet=asked.quiet),
    )
