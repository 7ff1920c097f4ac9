"""Which story of an earlier issue goes on in one of this week.

A saga a week later is a new story: dates part the two, and they stay apart. Here the same pair
model is asked without dates, so that what is left is one subject and its people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from digest.model import PastStory, Predecessor, Story
from digest.stories.same.evidence import Evidence, evidence
from digest.stories.same.judge import judge
from digest.stories.same.terms import Document
from digest.urls import canonical

# 60 stories of one real week named three of 60 of the week before, two rightly, in both modes; the
# next candidates stand at 0.43 and below. A wrong mention costs the reader a line.
SURE = 0.6
_UNDATED = float("nan")


def predecessors(
    stories: Sequence[Story],
    past: Sequence[PastStory],
    encode: Callable[[Sequence[str]], NDArray[np.float32]] | None = None,
) -> dict[str, Predecessor]:
    """The story that each one goes on from, by story id: of the latest issue, then the likeliest.

    The same page under a new title goes on from what it told. Stories without a predecessor are
    left out.
    """
    if not stories or not past:
        return {}
    found: dict[str, list[tuple[str, float, str, Predecessor]]] = {s.id: [] for s in stories}
    documents = [_document(story) for story in stories]
    former = [Document(title=p.title, text=p.text, day=_UNDATED, source=p.source) for p in past]
    judgement = judge([*documents, *former], encode)
    pairs = judgement.pairs
    here = len(stories)
    across = (pairs.left < here) & (pairs.right >= here) & (judgement.alone >= SURE)
    for at in np.flatnonzero(across).tolist():
        one, other = int(pairs.left[at]), int(pairs.right[at])
        known = past[other - here]
        texts = [f"{d.title}\n{d.text}" for d in (documents[one], former[other - here])]
        why = _shared(evidence(judgement, one, other, *texts))
        likely = float(judgement.alone[at])
        found[stories[one].id].append((known.week, likely, known.id, _predecessor(known, why)))
    for story, known in _same_page(stories, past):
        found[story.id].append((known.week, 1.0, known.id, _predecessor(known, "the same page")))
    return {story: max(known, key=lambda k: k[:3])[3] for story, known in found.items() if known}


def _document(story: Story) -> Document:
    lead = story.lead
    return Document(title=lead.title, text=lead.text, day=_UNDATED, source=lead.outlet)


def _shared(found: Evidence) -> str:
    told = (("both name", found.names), ("both say", found.words), ("both give", found.numbers))
    return "; ".join(f"{what} {', '.join(said)}" for what, said in told if said)


def _same_page(
    stories: Sequence[Story], past: Sequence[PastStory]
) -> list[tuple[Story, PastStory]]:
    pages = {canonical(known.url): known for known in past if known.url}
    return [(s, pages[s.lead.canonical]) for s in stories if s.lead.canonical in pages]


def _predecessor(known: PastStory, why: str) -> Predecessor:
    return Predecessor(
        id=known.id,
        number=known.number,
        week=known.week,
        title=known.title,
        url=known.url,
        why=why,
    )
