"""Pools that look like a real week: mostly articles that nobody else tells, a few stories.

Balanced sets, where every article has a twin, teach an engine to merge. The pools are drawn by
seeded dice, so that the same seed gives the same pool for training, evaluation and comparison.
"""

from __future__ import annotations

import math
import random
from dataclasses import replace

from story_evals.dev_sets import DevSets
from story_evals.rows import Row, by_event, day_of, titles_only, undated

LINKS = 7000  # of the curators' links that pools are drawn from
LEAD_WORDS = 25
MOST_POLITICS = 300  # more of one country's politics in one pool than this is no week
# wikiref's labels that are one happening or close to it; the others are subjects.
_EVENTS = ("malaysia", "paris", "samsung", "cypriot", "debt", "greek", "tohoku")
_TEMPLATES = (
    "Daily puzzle",
    "Photos of the day",
    "Weekly roundup",
    "Open thread",
    "Morning briefing",
    "Quote of the day",
    "Crossword solutions - {m} {d}, 2026",
    "Magazine printables - {m} {d}, 2026",
    "This week in Rust {d}",
    "Links for {m} {d}",
    "Episode {d}: interview",
    "What we are reading",
    "The week in pictures",
    "Ask us anything",
    "Who is hiring? ({m} 2026)",
    "Newsletter #{d}",
    "Release notes",
    "Daily links",
)


def links(sets: DevSets, *, train: bool) -> list[Row]:
    """A fixed sample of the curators' links, one half of it."""
    return [row for row in random.Random(5).sample(sets.rows("links"), LINKS) if row.train == train]


def short_leads(rows: list[Row]) -> list[Row]:
    """The rows with no more than the first words of their texts."""
    return [replace(row, text=" ".join(row.text.split()[:LEAD_WORDS])) for row in rows]


def allsides(
    sets: DevSets, seed: int, *, train: bool, singles: float = 0.8, size: int = 300
) -> list[Row]:
    """`size` articles of which the share `singles` has no twin; without singles, `size` events."""
    dice = random.Random(seed)
    events = by_event(sets.half("allsides", train=train))
    keys = sorted(events)
    dice.shuffle(keys)
    rows: list[Row] = []
    if singles:
        whole = round(size * (1 - singles) / 3)
        for key in keys[:whole]:
            rows += events[key]
        rows += [dice.choice(events[key]) for key in keys[whole : size - 2 * whole]]
    else:
        for key in keys[:size]:
            rows += events[key]
    dice.shuffle(rows)
    return rows


def week(sets: DevSets, seed: int, *, train: bool) -> list[Row]:
    """8 to 2,000 articles of news, tech or both; some pools without texts, dates or sources."""
    dice = random.Random(f"{train}{seed}")
    size = dice.choice((8, 20, 60, 150, 300, 300, 600, 1200, 2000))
    kind = dice.choice(("general", "tech", "mixed", "general", "mixed"))
    general = int(size * {"general": 1.0, "tech": 0.0, "mixed": 0.5}[kind])
    rows: list[Row] = []
    if general:
        rows += _politics(sets, dice, general, train=train)
        rows += _news(sets, dice, general, size, train=train)
    if size - general:
        rows += _tech(sets, dice, size - general, train=train)
    mode = dice.choice(("full", "full", "lead", "titles"))
    if mode == "titles":
        rows = titles_only(rows)
    elif mode == "lead":
        rows = short_leads(rows)
    if dice.random() < 0.5:
        rows = undated(rows, source=False)
    dice.shuffle(rows)
    return rows


def _politics(sets: DevSets, dice: random.Random, size: int, *, train: bool) -> list[Row]:
    events = by_event(sets.half("allsides", train=train))
    keys = sorted(events)
    dice.shuffle(keys)
    dense = min(size, MOST_POLITICS)
    stories = max(1, int(dense * dice.choice((0.1, 0.2, 0.2)) / 3))
    rows: list[Row] = []
    for key in keys[:stories]:
        rows += events[key] if dice.random() < 0.5 else dice.sample(events[key], 2)
    rows += [dice.choice(events[key]) for key in keys[stories : stories + int(dense * 0.35)]]
    return rows


def _news(sets: DevSets, dice: random.Random, size: int, whole: int, *, train: bool) -> list[Row]:
    agency, archive = sets.half("ag_news", train=train), sets.half("archive", train=train)
    rows = dice.sample(agency, min(len(agency), int(size * 0.25)))
    rows += dice.sample(archive, min(len(archive), int(size * 0.3)))
    events = by_event(sets.half("ecbplus", train=train))
    keys = sorted(events)
    dice.shuffle(keys)
    large = whole >= 60
    big = dice.choice((0, 1, 2, 4)) if large else dice.choice((0, 1))
    for key in keys[:big]:
        rows += dice.sample(events[key], min(len(events[key]), dice.randint(2, 20) if large else 4))
    rows += [dice.choice(events[key]) for key in keys[big : big + max(1, size // 30)]]
    if dice.random() < 0.4:
        pages = sets.half("wikiref", train=train)
        events = by_event(r for r in pages if r.event[2:].startswith(_EVENTS))
        key = dice.choice(sorted(events))
        rows += dice.sample(events[key], min(len(events[key]), dice.randint(2, 10) if large else 4))
    return rows


def _tech(sets: DevSets, dice: random.Random, size: int, *, train: bool) -> list[Row]:
    groups = by_event(sets.half("tech", train=train))
    keys = sorted(groups)
    dice.shuffle(keys)
    rows: list[Row] = []
    for key in keys[: max(1, int(size * 0.08))]:
        rows += groups[key]
    single = links(sets, train=train)
    rows += dice.sample(single, min(len(single), int(size * 0.5)))
    archive = sets.half("archive", train=train)
    rows += dice.sample(archive, min(len(archive), int(size * 0.3)))
    return rows


def boilerplate(dice: random.Random) -> list[Row]:
    """Titles that repeat by a template; each is a story of its own."""
    rows: list[Row] = []
    for template in _TEMPLATES:
        for number in range(dice.randint(3, 6)):
            month = dice.choice(("January", "February", "March"))
            title = template.format(m=month, d=dice.randint(1, 90))
            event = f"bp{template}{number}{dice.random()}"
            rows.append(Row(set="boiler", id=f"{template}{number}", event=event, title=title))
    return rows


def tech_week(sets: DevSets, seed: int, *, train: bool) -> list[Row]:
    """All tech posts and links of one real span of days, with their dates and sources."""
    dice = random.Random(f"tw{train}{seed}")
    rows = [row for row in _dated_tech(sets, train=train) if not math.isnan(row.day)]
    days = sorted(row.day for row in rows)
    start = dice.choice(days[len(days) // 4 : -60])
    span = dice.choice((7, 7, 14, 28))
    found = [row for row in rows if start <= row.day < start + span]
    return titles_only(found) if dice.random() < 0.5 else found


def tech_days(sets: DevSets, year: int, first: int, days: int, *, train: bool) -> list[Row]:
    """All tech posts and links of so many days, from the `first` of a year on."""
    start = day_of(f"{year}-01-01") + first
    return [r for r in _dated_tech(sets, train=train) if start <= r.day < start + days]


def _dated_tech(sets: DevSets, *, train: bool) -> list[Row]:
    return sets.half("tech", train=train) + links(sets, train=train)
