"""Topics of the week itself: stories more alike than the week's stories are in general.

Average link on centred vectors: 0 is as alike as two stories of this week usually are, so the cut
moves with the week, and needs no number of topics. What the groups teach then moves strays home.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_array

from digest.model import PastTopic, Placed, Reason, Story
from digest.topics.desks import HEADINGS, SMALL, desk_of, is_claimed
from digest.topics.kinds import kind_of
from digest.topics.learn import Vocabulary, self_train, softmax
from digest.topics.meaning import USUAL, Meaning
from digest.topics.naming import Named, Namer
from digest.topics.options import Options
from digest.topics.vectors import Encode, Floats, unit

# Mean likeness at which joining stops, with an encoder and without. On the training halves of
# bbc_news and ag_news 0.02 to 0.03 are equally good; words alone join by chance from 0.01 on.
CUT, CUT_LEXICAL = 0.025, 0.005
# What is left is grouped again, closer and closer; the closest groups are too small for a desk.
FINEST = 0.2
CUTS = (CUT, 0.1, FINEST)
# Part of the stories under a heading that must say all of it.
SAID = 0.5
# Likeness to those who say the heading from which a story that does not say it stays; under a desk
# stays what is no less like the others than usual.
KIN, KIN_OF_DESK = 0.3, 0.05
# Every pair is compared up to here; of more stories so many are grouped, and the others follow.
MOST = 1000
# Words alone need a column for each term: of more cells than this (240 MB) the least telling go.
CELLS = 30_000_000
# How firmly the grouping is believed before the week has taught: low enough to be overruled.
_BELIEF = 0.8
# A week must have stories to teach.
_LEAST_TO_LEARN = 50
# A term that more stories have tells nothing apart, one that a single story has joins nothing.
_COMMON, _RARE = 0.3, 2
# ... but in a small week a third of the stories is not many.
_FEW = 5.0


def discover(
    stories: Sequence[Story],
    documents: Sequence[frozenset[str]],
    vectors: Floats | None = None,
    *,
    encode: Encode | None = None,
    options: Options = Options(),
    taken: Sequence[str] = (),
    claimed: Collection[str] = (),
    earlier: Sequence[PastTopic] = (),
) -> tuple[dict[str, list[Placed]], list[Story]]:
    """Groups of at least `options.smallest` stories by name, most first, and the stories left.

    `taken` are the headings that are given, `claimed` the keywords of the configured topics.
    """
    if len(stories) < options.smallest:
        return {}, list(stories)
    meaning = None if vectors is None else Meaning.of(vectors, encode)
    # A desk has its heading every week, and is no one subject that could return.
    returning = [past for past in earlier if past.name not in HEADINGS]
    namer = Namer(stories, taken, returning, meaning)
    found: list[Named] = []
    left = list(range(len(stories)))
    for cut in CUTS:
        parts = group(
            [documents[row] for row in left],
            None if vectors is None else vectors[left],
            smallest=options.smallest,
            cut=cut,
        )
        groups = sorted(([left[at] for at in part] for part in parts), key=lambda g: (-len(g), g))
        found += _named(groups, namer, meaning, options.smallest, claimed, wide=cut < FINEST)
        home = {row for named in found for row in named.members}
        left = [row for row in left if row not in home]
    found.sort(key=lambda named: (-len(named.members), named.name))
    sections = {n.name: [_placed(stories[row], row, n) for row in n.members] for n in found}
    return sections, [stories[row] for row in left]


def _named(
    groups: Sequence[Sequence[int]],
    namer: Namer,
    meaning: Meaning | None,
    smallest: int,
    claimed: Collection[str],
    *,
    wide: bool,
) -> Iterator[Named]:
    """The groups that have a heading, with those of their members that it fits."""
    namer.keep(groups)
    for rows in groups:
        named = _said(rows, namer, meaning, smallest)
        if named is None and meaning is not None and wide:
            named = _desk(rows, namer, meaning, claimed)
        if named is None:
            named = _said(rows, namer, meaning, smallest, pairs=True)
        if named is not None and len(named.members) >= smallest:
            namer.take(named.name)
            yield named


def _said(
    rows: Sequence[int],
    namer: Namer,
    meaning: Meaning | None,
    smallest: int,
    *,
    pairs: bool = False,
) -> Named | None:
    """A phrase, or two terms, that half of the stories under it say."""
    named = _fitting(namer.name(rows, pairs=pairs), meaning)
    if named is None or len(named.members) < smallest:
        return None
    kept = namer.is_kept(rows)
    return named if kept or len(named.saying) >= SAID * len(named.members) else None


def _desk(
    rows: Sequence[int], namer: Namer, meaning: Meaning, claimed: Collection[str]
) -> Named | None:
    """The desk of a newspaper, where the group is too wide for a phrase."""
    heading, near = desk_of(rows, meaning)
    if not near or not namer.is_free(heading) or is_claimed(heading, claimed):
        return None
    named = Named(heading, tuple(rows) if len(rows) > SMALL else tuple(sorted(near)), (), near)
    return _fitting(named, meaning, KIN_OF_DESK)


def _fitting(named: Named | None, meaning: Meaning | None, kin: float = KIN) -> Named | None:
    """A named group without the stories that neither say its name nor are like those that do."""
    if named is None or not named.saying:
        return named
    said = named.saying
    fitting = [r for r in named.members if r in said or (meaning and meaning.near(r, said) >= kin)]
    return dataclasses.replace(named, members=tuple(fitting))


def group(
    documents: Sequence[frozenset[str]],
    vectors: Floats | None = None,
    *,
    smallest: int = 3,
    cut: float = CUT,
) -> list[list[int]]:
    """Rows that belong together; what is alone is in none."""
    counts = Vocabulary.of(documents, _RARE).counts(documents)
    points = _lexical(counts) if vectors is None else Meaning.of(vectors).points
    alike = np.flatnonzero(np.linalg.norm(points, axis=1) > 1e-6)
    if len(alike) < smallest:
        return []
    cut = cut if vectors is not None else cut - CUT + CUT_LEXICAL
    label = np.full(len(documents), -1)
    label[alike] = _joined(points[alike], cut)
    kept = [c for c in np.unique(label[alike]) if (label == c).sum() >= smallest]
    if len(kept) > 1 and len(documents) >= _LEAST_TO_LEARN:
        label = _settled(label, kept, vectors, counts)
        kept = list(range(len(kept)))
    groups = [[int(row) for row in np.flatnonzero(label == c)] for c in kept]
    return [rows for rows in groups if len(rows) >= smallest]


def _joined(points: Floats, cut: float) -> NDArray[np.int64]:
    """A group number for each point."""
    chosen = np.unique(np.linspace(0, len(points) - 1, min(len(points), MOST)).astype(int))
    apart = np.clip(1.0 - points[chosen] @ points[chosen].T, 0.0, None)
    upper = apart[np.triu_indices(len(chosen), 1)]
    label = fcluster(linkage(upper, "average"), 1.0 - cut, "distance") - 1
    if len(chosen) == len(points):
        return np.asarray(label, dtype=np.int64)
    centres = np.array([points[chosen[label == c]].mean(axis=0) for c in range(label.max() + 1)])
    return np.asarray((points @ unit(centres).T).argmax(axis=1), dtype=np.int64)


def _settled(
    label: NDArray[np.int64], kept: Sequence[int], vectors: Floats | None, counts: csr_array
) -> NDArray[np.int64]:
    """The groups after self-training: each story where most speaks for it."""
    first = np.array([[_BELIEF * (c == of) for c in kept] for of in label])
    share = softmax(self_train(first, vectors, counts))
    moved = share.argmax(axis=1)
    moved[~np.isin(label, kept) & (share.max(axis=1) < 0.5)] = -1
    return np.asarray(moved, dtype=np.int64)


def _lexical(counts: csr_array) -> Floats:
    """Centred TF-IDF rows; zero for a story that shares no word."""
    frequency = np.asarray(counts.sum(axis=0))
    size = counts.shape[0]
    worth = np.where(frequency > max(_FEW, _COMMON * size), 0.0, np.log(1 + size / (frequency + 1)))
    telling = np.sort(np.argsort(-frequency * worth, kind="stable")[: CELLS // max(size, 1)])
    rows = unit(counts[:, telling].toarray() * worth[telling])
    some = np.linalg.norm(rows, axis=1) > 0
    rows[some] -= rows.sum(axis=0) / (size + USUAL)
    return unit(rows)


def _placed(story: Story, row: int, named: Named) -> Placed:
    return Placed(
        story=story,
        topic=named.name,
        confidence=0.5,
        reasons=(Reason(name="discovered", value=1.0, text=_why(row, named)),),
        kind=kind_of(story.lead),
    )


def _why(row: int, named: Named) -> str:
    """What brought a story under a found heading."""
    if not named.terms:
        return f"one of {len(named.members)} stories alike that a newspaper would print there"
    told = f"{len(named.saying)} stories that share the words {', '.join(named.terms)}"
    return f"one of {told}" if row in named.saying else f"like {told}"
