"""A subject of an earlier issue keeps its heading: the same subject says the same words."""

from __future__ import annotations

from collections.abc import Sequence, Set

from digest.model import PastTopic
from digest.text import STOPWORDS
from digest.topics.terms import stem_of, stems

# So many best words of a group say what it is about.
BEST = 12
# Of what they are worth, so much must have stood under the earlier heading, in so many words. A
# heading is over few titles, so it cannot have said everything; two words may meet by chance.
SHARED, FEWEST = 0.4, 3


def kept_names(
    groups: Sequence[Sequence[tuple[str, float]]],
    earlier: Sequence[PastTopic],
    taken: Set[str] = frozenset(),
) -> dict[int, str]:
    """The earlier name of each group whose subject returns, by its number in `groups`.

    A group is its stems with what they are worth, the best first. A name is kept when its group
    still says a word of it, and shares enough with the name and its titles, or says every word of
    it. The surest pair is served first; a name with a stem in `taken` is not given again.
    """
    pairs = []
    for age, past in enumerate(earlier):
        name = _content(past.name)
        if not name or name & taken:
            continue
        said = name.union(*(_content(title) for title in past.titles))
        for number, words in enumerate(groups):
            likeness = _likeness(words[:BEST], name, said)
            if likeness:
                pairs.append((-likeness, age, number, past.name))
    found: dict[int, str] = {}
    for _, _, number, kept in sorted(pairs):
        if number not in found and not any(_content(kept) & _content(n) for n in found.values()):
            found[number] = kept
    return found


def _likeness(words: Sequence[tuple[str, float]], name: Set[str], said: Set[str]) -> float:
    """How surely a group is of the earlier subject: 0 when it is not."""
    best = {stem for stem, _ in words}
    if name <= best:
        return 1.0
    shared = [(stem, worth) for stem, worth in words if stem in said]
    likeness = sum(worth for _, worth in shared) / max(sum(worth for _, worth in words), 1e-9)
    same = name & best and len(shared) >= FEWEST and likeness >= SHARED
    return likeness if same else 0.0


def _content(text: str) -> frozenset[str]:
    lower = (stem for stem in stems(text) if stem not in STOPWORDS)
    return frozenset(lower) - {stem_of("and")}
