"""The whole program on one page: what the sources gave, in; one Issue, out.

Only `collect` may wait for a disk or a network; every later stage is a plain function of what it is
given, and the clock is an argument.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.blurb import leans, refusal, tell
from digest.brief import brief
from digest.collect import Store, collect, with_full_text
from digest.config import Config
from digest.encoders import Encoder, name_of
from digest.errors import EmptyWeekError
from digest.extract import date_of, extract
from digest.headline import headlines
from digest.issue import compose
from digest.memory import drop_repeats
from digest.model import (
    Article,
    Collected,
    Draft,
    Entry,
    Extracted,
    Issue,
    Masthead,
    Memory,
    PastTopic,
    Predecessor,
    Reporter,
    Selection,
    silent,
)
from digest.rank import rank, select
from digest.stories import Stories, find_stories, predecessors
from digest.topics import EVERYTHING_ELSE, sort_into_sections
from digest.week import Window, label_of


def no_draft(_window: Window) -> Draft:
    """The editor has written nothing yet."""
    return Draft()


def no_memory(_window: Window) -> Memory:
    """No issue came before."""
    return Memory()


def build(
    config: Config,
    *,
    now: datetime,
    week: str | None = None,
    store: Store | None = None,
    online: bool = True,
    draft_for: Callable[[Window], Draft] = no_draft,
    memory_for: Callable[[Window], Memory] = no_memory,
    encode: Encoder | None = None,
    reporter: Reporter = silent,
) -> Issue:
    """Make the issue of `week` (a label, a date, `last`, `this`; None is the newest with material).

    Raises `EmptyWeekError`, naming weeks that have some, when the window holds nothing.
    """
    collected, window = collect_week(
        config, now=now, week=week, store=store, online=online, reporter=reporter
    )
    memory = memory_for(window)
    extracted = articles_of(config, collected, window, now=now, reporter=reporter)
    extracted = untold(config, collected, extracted, memory, window, now=now)
    judged = judge(config, extracted.articles, window, memory, encode)
    told = tell(judged.selection.sections, config.blurb)
    return compose(
        told,
        headlines=headlines(judged.selection.sections),
        brief=brief(told, refusal, leans),
        follows=judged.follows,
        cut=judged.selection.cut,
        earlier=(*extracted.outcomes, *collected.outcomes),
        sources=collected.reports,
        masthead=masthead(config),
        author=config.publication.author,
        calendar=config.calendar,
        window=window,
        draft=draft_for(window),
        after=memory.number,
        encoder=name_of(encode),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The stories of a window, which of them are told, and what those go on from, by story id."""

    stories: Stories
    selection: Selection
    follows: Mapping[str, Predecessor]


def judge(
    config: Config,
    articles: Sequence[Article],
    window: Window,
    memory: Memory,
    encode: Encoder | None,
) -> Judged:
    """Find the stories, sort them by topic, rank them, and choose."""
    stories = find_stories(articles, config.stories, encode)
    placed = sort_into_sections(
        stories.stories,
        config.topics,
        config.discover,
        encode=encode,
        earlier=known_headings(memory),
    )
    ranked = rank(placed, window, config.select, config.topics)
    selection = select(ranked, config.select, config.topics)
    chosen = [ranked.story for section in selection.sections for ranked in section.stories]
    return Judged(
        stories=stories,
        selection=selection,
        follows=predecessors(chosen, memory.stories, encode),
    )


def known_headings(memory: Memory) -> tuple[PastTopic, ...]:
    """The headings of past issues that a subject may keep."""
    return tuple(past for past in memory.topics if past.name != EVERYTHING_ELSE)


def collect_week(
    config: Config,
    *,
    now: datetime,
    week: str | None,
    store: Store | None,
    online: bool,
    reporter: Reporter,
) -> tuple[Collected, Window]:
    """What the sources say, live ones also said, of the week that `--week` means."""
    chosen: list[Window] = []

    def span(found: Collected) -> tuple[datetime, datetime]:
        chosen.append(choose_window(config, found, week, now))
        return chosen[0].start, chosen[0].end

    collected = collect(
        config.sources,
        now=now,
        store=store,
        online=online,
        options=config.collect,
        span=span,
        reporter=reporter,
    )
    window = chosen[0]
    collected = with_full_text(
        collected,
        lambda entry: is_in(entry, window, now),
        now=now,
        store=store,
        online=online,
        options=config.collect,
        reporter=reporter,
    )
    return collected, window


def choose_window(
    config: Config, collected: Collected, wanted: str | None, now: datetime
) -> Window:
    """The window that `--week` means, given what was collected."""
    label = config.calendar.choose(wanted, _dates(collected, now), now)
    return config.calendar.window(label)


def is_in(entry: Entry, window: Window, now: datetime) -> bool:
    """Say whether an entry is dated inside the window."""
    published, _ = date_of(entry, now)
    return published is not None and published in window


def articles_of(
    config: Config,
    collected: Collected,
    window: Window,
    *,
    now: datetime,
    reporter: Reporter,
) -> Extracted:
    """The articles of the window; raises `EmptyWeekError`, naming weeks that have some."""
    extracted = extract(
        collected.entries,
        window,
        now=now,
        undated=config.publication.undated,
        reporter=reporter,
    )
    if not extracted.articles:
        raise EmptyWeekError(f"nothing to tell in {window}", hint=_weeks(config, collected, now))
    return extracted


def untold(
    config: Config,
    collected: Collected,
    extracted: Extracted,
    memory: Memory,
    window: Window,
    *,
    now: datetime,
) -> Extracted:
    """The articles that no earlier issue told; raises `EmptyWeekError` when none is left."""
    left = drop_repeats(extracted, memory, config.memory)
    if left.articles:
        return left
    if not any(article.published for article in extracted.articles):
        told = "only what has no date, and earlier issues told it all"
        raise EmptyWeekError(
            f"nothing to tell in {window}: {told}", hint=_weeks(config, collected, now)
        )
    raise EmptyWeekError(
        f"nothing new to tell in {window}: earlier issues told it all",
        hint='`[memory] repeats = "keep"` in digest.toml tells it again',
    )


def masthead(config: Config) -> Masthead:
    """What every rendered page says of its publication."""
    publication = config.publication
    return Masthead(
        title=publication.title,
        url=publication.url,
        language=publication.language,
        greeting=publication.greeting,
        address=publication.address,
    )


def _dates(collected: Collected, now: datetime) -> list[datetime]:
    found = (date_of(entry, now)[0] for entry in collected.entries)
    return [moment for moment in found if moment is not None]


def _weeks(config: Config, collected: Collected, now: datetime) -> str:
    zone = config.calendar.zone
    weeks = {label_of(moment.astimezone(zone).date()) for moment in _dates(collected, now)}
    if not weeks:
        failed = next((r for r in collected.reports if r.status == "failed"), None)
        told = f": {failed.name}: {failed.message}" if failed else ""
        return f"no source gave anything with a date{told}; see `digest sources`"
    newest = sorted(weeks, reverse=True)[:5]
    return "weeks with material: " + ", ".join(newest) + (" …" if len(weeks) > 5 else "")
