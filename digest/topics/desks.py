"""Headings for wide groups: the desks of a newspaper.

What a dozen stories of one field have in common is the field: no phrase that two of them say heads
the others. Such a group is headed like the part of a newspaper that would print it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from digest.topics.meaning import Meaning
from digest.topics.terms import stems

# Part of a group that must be nearer to its desk than to any other one. On the training halves of
# bbc_news and ag_news and on 2026-W08, groups that a reader would head so have 0.5 to 0.9 of it,
# mixed ones at most 0.4.
MOST = 0.5
# Likeness to its desk from which a story of a wide group is of it, and of a small one, where chance
# has more to say: stories of other desks have -0.05 to 0.05.
LIKE, LIKE_SMALL = 0.05, 0.1
SMALL = 12
# So many words of a desk among the keywords of configured topics: they have claimed what fits.
CLAIMED = 2


@dataclass(frozen=True, slots=True)
class Desk:
    """A heading, and what is printed under it."""

    heading: str
    about: str


DESKS = (
    Desk("World & Politics", "war, troops, peace talks, diplomacy, foreign minister"),
    Desk("World & Politics", "election, parliament, government, president, party"),
    Desk("Crime & Courts", "police, arrest, murder, trial, court, prison"),
    Desk("Business & Economy", "company, profits, shares, inflation, market, trade"),
    Desk("Technology & Software", "internet, computers, artificial intelligence, smartphones"),
    Desk("Technology & Software", "programming, code, compiler, database, open source"),
    Desk("Science & Space", "scientists, research, physics, fossils, telescope, astronauts"),
    Desk("Climate & Environment", "weather, flood, wildlife, energy, pollution"),
    Desk("Health & Medicine", "hospital, disease, patients, vaccine, doctors"),
    Desk("Film & Music", "film, actor, director, album, television, concert"),
    Desk("Books & Art", "book, novel, painting, museum, poetry"),
    Desk("Sport", "football, match, olympics, tennis, champion, coach"),
    Desk("Food & Travel", "restaurant, recipe, cooking, hotel, holiday"),
)
HEADINGS = frozenset(desk.heading for desk in DESKS)


def is_claimed(heading: str, phrases: Collection[str]) -> bool:
    """Whether configured topics stand for this desk: two words of what it prints are theirs."""
    theirs = {tuple(stems(phrase)) for phrase in phrases}
    about = [w for d in DESKS if d.heading == heading for w in d.about.split(", ")]
    return sum(tuple(stems(word)) in theirs for word in about) >= CLAIMED


def desk_of(rows: Sequence[int], meaning: Meaning) -> tuple[str, frozenset[int]]:
    """The heading of the desk that most of these stories are nearest to, and those; "" for none."""
    near = meaning.likeness_to([f"{desk.heading}: {desk.about}" for desk in DESKS], rows)
    if not near.size:
        return "", frozenset()
    like = LIKE if len(rows) > SMALL else LIKE_SMALL
    share = near.max(axis=1)
    nearest = [DESKS[desk].heading for desk in near.argmax(axis=1)]
    found = [heading for heading, value in zip(nearest, share, strict=True) if value > 0.0]
    heading = max(dict.fromkeys(found), key=found.count, default="")
    if not heading or found.count(heading) < MOST * len(rows):
        return "", frozenset()
    of = zip(rows, nearest, share, strict=True)
    return heading, frozenset(row for row, n, value in of if n == heading and value >= like)
