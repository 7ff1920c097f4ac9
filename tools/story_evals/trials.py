"""The trials of the story engine: held-out pools, what each has to reach, and a run of one.

One model and one cut for all. Articles are judged in the order of their ids, as in the product.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from digest.stories.same import cluster
from digest.stories.same.encode import Encode
from digest.stories.same.judge import Judgement, Models, judge
from story_evals import pools
from story_evals.dev_sets import DevSets
from story_evals.rows import Row, by_event, titles_only, undated
from story_evals.scores import Scores, score

STRICTER = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99)
NAMED_PRECISION = 0.98


@dataclass(frozen=True, slots=True)
class Trial:
    """One or more pools of a kind, of several the mean is reported; and what it has to reach."""

    name: str
    pools: tuple[list[Row], ...]
    b3: float | None = None  # least B-cubed F1
    recall: float | None = None  # least pair recall at a precision of 0.98, at whatever cut
    wrong: int | None = None  # most wrong pairs, with every story whole

    @property
    def target(self) -> str:
        """What it has to reach, in words."""
        if self.b3 is not None:
            return f"B³ {self.b3:.2f}"
        if self.recall is not None:
            return f"R {self.recall:.2f} at P {NAMED_PRECISION:.2f}"
        return "" if self.wrong is None else f"{self.wrong} wrong, all whole"


@dataclass(frozen=True, slots=True)
class Result:
    """The scores of a trial's pools, and the judgements that errors are read from."""

    trial: Trial
    scores: tuple[Scores, ...]
    judgements: tuple[Judgement, ...]
    at_precision: tuple[float, float, float] | None = None  # cut, precision, recall

    def mean(self, name: str) -> float:
        """The mean of one figure over the pools."""
        return float(np.mean([getattr(found, name) for found in self.scores]))

    @property
    def met(self) -> str:
        """Whether the target is reached; of several pools by their mean, and by how many."""
        trial = self.trial
        if trial.recall is not None:
            reached = self.at_precision is not None and self.at_precision[2] >= trial.recall
        elif trial.wrong is not None:
            reached = all(s.wrong <= trial.wrong and s.whole == s.stories for s in self.scores)
        elif trial.b3 is not None:
            reached = self.mean("b3") >= trial.b3
        else:
            return ""
        answer = "yes" if reached else "no"
        if trial.b3 is None or len(self.scores) == 1:
            return answer
        single = sum(found.b3 >= trial.b3 for found in self.scores)
        return f"{answer} ({single} of {len(self.scores)} pools)"


def trials(sets: DevSets) -> Iterator[Trial]:
    """All trials on held-out halves, the project's own targets first."""
    politics = tuple(pools.allsides(sets, seed, train=False) for seed in range(11, 17))
    dense = tuple(pools.allsides(sets, s, train=False, singles=0, size=100) for s in range(11, 14))
    events = pools.allsides(sets, 12, train=False, singles=0)
    links = undated(titles_only(sets.half("tech", train=False)), source=False)
    spans = ((2020, 60, 60), (2019, 200, 100))
    tech = tuple(pools.tech_days(sets, *span, train=False) for span in spans)
    mixed = tuple(pools.week(sets, seed, train=False) for seed in range(100, 108))
    yield Trial("allsides, 300, 80 % singletons", politics, b3=0.96)
    yield Trial("allsides, 300, no singletons", dense, b3=0.90)
    yield Trial("allsides, 300 events (900)", (events,))
    yield Trial("ecbplus, held-out topics", (sets.half("ecbplus", train=False),), b3=0.93)
    yield Trial("tweet_clusters, titles only", (sets.half("tweets", train=False),), b3=0.85)
    yield Trial("tech links, titles only", (links,), recall=0.75)
    yield Trial("tech links, 250 groups", (_groups(links, 250),))
    yield Trial("real_week_w07 (guard)", (sets.rows("week07"),), wrong=2)
    yield Trial("real week 2026-W08, unseen half", (sets.half("week08", train=False),))
    yield Trial("tech weeks", tech)
    yield Trial("allsides, 300, titles only", tuple(titles_only(pool) for pool in politics[:2]))
    yield Trial("mixed weeks", mixed)


def _groups(rows: list[Row], count: int) -> list[Row]:
    groups = by_event(rows)
    keys = sorted(groups)
    random.Random(4).shuffle(keys)
    return [row for key in keys[:count] for row in groups[key]]


def run(
    trial: Trial, encode: Encode | None = None, trained: Callable[[str], Models] | None = None
) -> Result:
    """Judge the pools of a trial; ambiguous articles are judged and not scored."""
    ordered = tuple(sorted(pool, key=lambda row: (row.set, row.id)) for pool in trial.pools)
    judgements = tuple(judge([row.document() for row in pool], encode, trained) for pool in ordered)
    scores = tuple(
        scored(pool, judgement.story) for pool, judgement in zip(ordered, judgements, strict=True)
    )
    at = None if trial.recall is None else _at_precision(ordered[0], judgements[0])
    return Result(replace(trial, pools=ordered), scores, judgements, at)


def scored(pool: Sequence[Row], story: cluster.Labels) -> Scores:
    """Score the predicted stories of a pool's unambiguous rows."""
    kept = [place for place, row in enumerate(pool) if not row.ambiguous]
    return score([pool[place].event for place in kept], story[kept])


def _at_precision(pool: Sequence[Row], judgement: Judgement) -> tuple[float, float, float] | None:
    """The cut with most recall among those with a precision of 0.98; a diagnosis, no setting."""
    found = []
    for cut in STRICTER:
        labels = cluster.stories(judgement.pairs, judgement.probability, len(pool), cut)
        at = scored(pool, labels)
        found.append((cut, at.pair_precision, at.pair_recall))
    precise = [one for one in found if one[1] >= NAMED_PRECISION]
    return max(precise, key=lambda one: one[2]) if precise else None
