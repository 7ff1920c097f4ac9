"""What `stories` and `explain` share: a week of a publication, read and told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.cli.common import note, open_config, open_store

if TYPE_CHECKING:
    from digest.config import Config
    from digest.model import Collected, Extracted, Reporter
    from digest.stories import Stories
    from digest.week import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A publication's window with everything in it."""

    config: Config
    collected: Collected
    window: Window
    extracted: Extracted
    stories: Stories


def read_week(
    config_path: Path | None, week: str | None, now: datetime, reporter: Reporter, *, offline: bool
) -> Week:
    """Collect, choose the window, extract and find the stories."""
    from digest import pipeline
    from digest.encoders import load as load_encoder
    from digest.stories import find_stories

    config = open_config(config_path)
    with open_store(config) as store:
        collected, window = pipeline.collect_week(
            config, now=now, week=week, store=store, online=not offline, reporter=reporter
        )
        note(str(window))
        extracted = pipeline.articles_of(config, collected, window, now=now, reporter=reporter)
        encode = load_encoder(config.stories.encoder, store)
        stories = find_stories(extracted.articles, config.stories, encode)
    return Week(
        config=config, collected=collected, window=window, extracted=extracted, stories=stories
    )
