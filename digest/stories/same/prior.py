"""How usual stories are in this pool: what the pool at large says about each of its pairs.

The models learned from pools in which a quarter of the articles has company. Where the pool itself
shows that most have, one more pair is likelier than they think (prior shift: Saerens, Latinne and
Decaestecker 2002). And in a large pool more strangers are alike by chance. Neither says much of an
article with much company: that speaks for itself. The figures were chosen by cross-validation on
the training halves (docs/decisions/0008-the-prior-of-the-pool.md).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digest.stories.same.candidates import Pairs
from digest.stories.same.terms import Floats

USUAL = 0.3  # share of articles with company; a real week has 0.15 to 0.3
UNSEEN = 3.0  # articles of the usual share that every pool is believed to have besides its own
COMPANY = 0.6  # of the difference in log odds
ENOUGH = 2.0  # other articles like it; what has more gains less, or twin events of a kind merge
BARE, FULL = 20.0, 60.0  # idf mass of the leaner text: four words of a title, two sentences
USUAL_POOL, LARGE_POOL = 600, 2000  # articles; beyond, `circumstances.CROWD` goes on
CROWD = -1.0  # log odds for each e-fold between the two
MANY = 8.0  # other articles like it; what has more loses less, or large stories fall apart
FLOOR = 0.03  # a likeness below this counts for nothing, however many there are


def log_odds(
    pairs: Pairs, probability: Floats, mass: Floats, source: NDArray[np.int64], size: int
) -> Floats:
    """What to add to the log odds of each pair; `mass` is the idf of the leaner text of each.

    `source` numbers who wrote each article, -1 where nobody says. A pair of bare titles gains
    nothing: in any pool two of those are alike by chance. Nor does a pair of one source: that
    many have company says that outlets tell the same, not that one repeats itself.
    """
    share = (_with_company(pairs, probability, size) + UNSEEN * USUAL) / (size + UNSEEN)
    gain = COMPANY * max(0.0, _logit(share) - _logit(USUAL))
    told = np.clip((mass - BARE) / (FULL - BARE), 0.0, 1.0)
    crowd = CROWD * np.log(min(max(size / USUAL_POOL, 1.0), LARGE_POOL / USUAL_POOL))
    alike = _alike(pairs, probability, size)
    more = np.maximum(np.maximum(alike[pairs.left], alike[pairs.right]), 1e-9)
    few, some = np.minimum(ENOUGH / more, 1.0), np.minimum(MANY / more, 1.0)
    one = (source[pairs.left] >= 0) & (source[pairs.left] == source[pairs.right])
    return np.asarray(gain * told * few * ~one + crowd * some)


def _alike(pairs: Pairs, probability: Floats, size: int) -> Floats:
    """The expected number of articles that tell each one's story too."""
    likely = np.where(probability >= FLOOR, probability, 0.0)
    ends = np.concatenate([pairs.left, pairs.right])
    found = np.bincount(ends, weights=np.tile(likely, 2), minlength=size)
    return np.asarray(found, dtype=np.float64)


def _with_company(pairs: Pairs, probability: Floats, size: int) -> float:
    """The expected number of articles with company, by the best pair of each."""
    best = np.zeros(size)
    np.maximum.at(best, pairs.left, probability)
    np.maximum.at(best, pairs.right, probability)
    return float(best.sum())


def _logit(share: float) -> float:
    held = min(max(share, 1e-6), 1.0 - 1e-6)
    return float(np.log(held / (1.0 - held)))
