"""What a source usually writes about, learned from the week's surer stories."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from digest.model import Story
from digest.topics.learn import softmax
from digest.topics.vectors import Floats

# A story this sure, for which one keyword in its title suffices, counts for its source; one less
# sure than the other is helped by it.
CONFIDENT, UNDECIDED = 0.75, 0.5
# So many sure stories tell what a source writes about; they are weighed against this many of the
# whole week's, because three of three may be chance.
FEWEST, PRIOR = 3, 3.0


def usual_topics(stories: Sequence[Story], scores: Floats) -> Floats:
    """How much oftener than the week each undecided story's source is of each topic: 0 to 1.

    `scores` are log-odds, (stories, topics).
    """
    share = softmax(np.hstack([scores, np.zeros((len(scores), 1))]))[:, : scores.shape[1]]
    found = np.zeros_like(share)
    if not share.size:
        return found
    sure = share.max(axis=1) >= CONFIDENT
    by_source: dict[str, list[int]] = defaultdict(list)
    for row, story in enumerate(stories):
        by_source[story.lead.outlet or story.lead.source.id].append(row)
    best = share.argmax(axis=1)
    all_counts = np.bincount(best[sure], minlength=share.shape[1])
    week = all_counts / max(1, all_counts.sum())
    for rows in by_source.values():
        own = [row for row in rows if sure[row]]
        if len(own) < FEWEST:
            continue
        counts = np.bincount(best[own], minlength=share.shape[1])
        usual = (counts + PRIOR * week) / (len(own) + PRIOR)
        open_rows = [row for row in rows if share[row].max() < UNDECIDED]
        found[open_rows] = np.maximum(usual - week, 0.0)
    return found
