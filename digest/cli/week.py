"""What `stories`, `topics` and `explain` share: articles of files, or a publication's week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.cli.common import note, open_encoder

if TYPE_CHECKING:
    from digest.collect import Store
    from digest.config import Config
    from digest.encoders import Encoder
    from digest.model import Collected, Extracted, Memory, Reporter
    from digest.week import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A publication's window with its articles, what past issues told, and who compares them."""

    collected: Collected
    window: Window
    extracted: Extracted
    memory: Memory
    encode: Encoder | None


def read_files(files: Sequence[Path], now: datetime, reporter: Reporter) -> Extracted:
    """The articles of JSON Lines files; a line that cannot be read is named on stderr."""
    from digest.collect import collect
    from digest.errors import InputError
    from digest.extract import extract
    from digest.model import Source

    sources = [
        Source(id=str(path), name=path.stem, kind="jsonl", location=str(path)) for path in files
    ]
    collected = collect(sources, now=now)
    for report in collected.reports:
        if report.status == "failed":
            raise InputError(report.message)
    for outcome in collected.outcomes:
        note(f"warning: {outcome.reason}")
    return extract(collected.entries, None, now=now, reporter=reporter)


def read_week(
    config: Config,
    store: Store,
    week: str | None,
    now: datetime,
    reporter: Reporter,
    *,
    offline: bool,
    quiet: bool,
    untold: bool = False,
) -> Week:
    """Collect, choose the window, and extract; the window is named on stderr.

    `untold`: without the articles that `build` leaves out because an earlier issue told them.
    """
    from digest import pipeline
    from digest.built import past_issues
    from digest.memory import drop_repeats, remember

    collected, window = pipeline.collect_week(
        config, now=now, week=week, store=store, online=not offline, reporter=reporter
    )
    note(str(window))
    extracted = pipeline.articles_of(config, collected, window, now=now, reporter=reporter)
    memory = remember(past_issues(config.out)[0], window, config.memory)
    return Week(
        collected=collected,
        window=window,
        extracted=drop_repeats(extracted, memory, config.memory) if untold else extracted,
        memory=memory,
        encode=open_encoder(config.stories.encoder, store, quiet=quiet),
    )
