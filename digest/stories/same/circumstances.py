"""When and where: what dates and sources say about a pair before its words are read.

Hand-set, because no labelled set has honest dates of many sources (`docs/stories.md`): two alike
articles of the same days tell one story more often than two alike articles of unknown dates, and
after a week the saga has a new chapter. One source seldom tells the same story twice.
"""

from __future__ import annotations

import numpy as np

from digest.stories.same.candidates import Pairs
from digest.stories.same.terms import Floats, Rows

NEAR = 0.5  # log odds for two articles of the same three days
FADES = 6.0  # days apart at which dates speak neither for nor against
FAR = -2.0
USUAL_POOL = 2000  # articles; in a larger pool more strangers are alike by chance
CROWD = -0.5  # for each e-fold beyond that
SAME_SOURCE = -2.0
SMALL_SOURCE = -1.0  # on top, the fewer articles a source has in the pool: a blog is no news desk
MANY = 10  # articles; from here on a source is a news desk


def log_odds(rows: Rows, pairs: Pairs) -> Floats:
    """What to add to the log odds of each pair; nothing for what is unknown."""
    apart = np.abs(rows.day[pairs.left] - rows.day[pairs.right])
    dates = np.clip((FADES - apart) / 3.0 * NEAR, FAR, NEAR)
    source = rows.source[pairs.left]
    same = (source >= 0) & (source == rows.source[pairs.right])
    size = np.bincount(rows.source[rows.source >= 0], minlength=1)
    small = np.maximum(0.0, 1.0 - size[np.maximum(source, 0)] / MANY)
    crowd = CROWD * np.log(max(len(rows.day) / USUAL_POOL, 1.0))
    return np.asarray(np.nan_to_num(dates) + crowd + (SAME_SOURCE + SMALL_SOURCE * small) * same)


def shifted(probability: Floats, by: Floats) -> Floats:
    """Probabilities with `by` added to their log odds."""
    held = np.clip(probability, 1e-6, 1.0 - 1e-6)
    return np.asarray(1.0 / (1.0 + (1.0 - held) / held * np.exp(-by)))
