"""Texts without any sense, and what the search for copies finds in them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from digest.model import Article
from digest.stories.copies import find_copies

LEXICON = """
    harbour council ferry winter market bridge painter valley engine lantern orchard window garden
    copper island quarry teacher railway baker signal cotton meadow ticket summer parcel village
    morning thunder basket river captain letter kitchen forest planet doctor mirror pepper saddle
    tunnel velvet whistle anchor blanket candle dragon emerald falcon glacier hammer
""".split()


def prose(number: int, size: int) -> str:
    """Words without any sense, and other ones for each number."""
    dice = random.Random(number)
    return " ".join(dice.choice(LEXICON) + dice.choice("aeiou") for _ in range(size))


def groups(articles: Sequence[Article]) -> set[frozenset[str]]:
    found = find_copies(articles)
    roots = {root for root, _ in found.of.values()}
    return {frozenset({root, *(a.id for a in found.by(root))}) for root in roots}


def are_copies(one: Article, other: Article) -> bool:
    there, back = groups([one, other]), groups([other, one])
    assert there == back
    return bool(there)


def at(outlet: str, path: str = "") -> dict[str, str]:
    """An outlet with a site of its own, and a link on it."""
    return {"outlet": outlet, "url": f"https://{outlet.lower()}.example/{path}"}


STANDARD = prose(9, 90)  # what a publisher puts below everything
