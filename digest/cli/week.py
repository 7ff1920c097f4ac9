"""What `stories`, `topics` and `explain` share: articles of files, or a publication's week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.cli.common import note, open_config, open_store, tell_encoder

if TYPE_CHECKING:
    from digest.config import Config
    from digest.encoders import Encoder
    from digest.model import Collected, Extracted, Memory, Predecessor, Reporter, Selection
    from digest.stories import Stories
    from digest.week import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A publication's window with everything in it, and what came before it."""

    config: Config
    collected: Collected
    window: Window
    extracted: Extracted
    stories: Stories
    selection: Selection
    memory: Memory
    follows: Mapping[str, Predecessor]


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
    config_path: Path | None,
    week: str | None,
    now: datetime,
    reporter: Reporter,
    *,
    offline: bool,
    quiet: bool,
    untold: bool = False,
) -> Week:
    """Collect, choose the window, extract, find the stories and select among them.

    `untold`: without the articles that `build` leaves out because an earlier issue told them.
    """
    from digest import pipeline
    from digest.encoders import load as load_encoder
    from digest.encoders import name_of
    from digest.memory import drop_repeats, remember
    from digest.output import past_issues

    config = open_config(config_path)
    with open_store(config) as store:
        collected, window = pipeline.collect_week(
            config, now=now, week=week, store=store, online=not offline, reporter=reporter
        )
        note(str(window))
        extracted = pipeline.articles_of(config, collected, window, now=now, reporter=reporter)
        memory = remember(past_issues(config.out)[0], window, config.memory)
        if untold:
            extracted = drop_repeats(extracted, memory, config.memory)
        encode = load_encoder(config.stories.encoder, store)
        if not quiet:
            tell_encoder(config, name_of(encode))
        return _judged(config, collected, window, extracted, memory, encode)


def _judged(
    config: Config,
    collected: Collected,
    window: Window,
    extracted: Extracted,
    memory: Memory,
    encode: Encoder | None,
) -> Week:
    from digest.pipeline import ranked_sections
    from digest.rank import select
    from digest.stories import find_stories, predecessors

    stories = find_stories(extracted.articles, config.stories, encode)
    sections = ranked_sections(config, stories.stories, window, encode, memory)
    selection = select(sections, config.select, config.topics)
    chosen = [ranked.story for section in selection.sections for ranked in section.stories]
    return Week(
        config=config,
        collected=collected,
        window=window,
        extracted=extracted,
        stories=stories,
        selection=selection,
        memory=memory,
        follows=predecessors(chosen, memory.stories, encode),
    )
