"""Training: boosted trees on pairs of the training halves, exported as the engine reads them.

Two models a mode. The *pair* model sees what two articles share. Its probabilities, shifted by the
circumstances that the engine sets by hand, are what the *company* model sees of the neighbours.
The company model is trained on probabilities of pairs that the pair model was trained on, without
cross-fitting: a known weakness. Signals may only push the way they mean: every tree is monotone.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.stories.same import candidates, circumstances, features, fine, model, support, terms
from digest.stories.same.background import Background
from digest.stories.same.candidates import Pairs
from digest.stories.same.encode import Encode, Vectors, article_vectors
from digest.stories.same.terms import Floats
from story_evals import pools
from story_evals.dev_sets import DevSets
from story_evals.rows import Row, titles_only, undated

MOST_WEIGHT = 12_000  # pairs that one pool may count as
MOST_WEIGHT_OF = MappingProxyType({"tweets": 4000.0})
WEEK_08_WEIGHT = 15.0  # the one real week: few pairs, all of the right kind
ECB_WEIGHT = 4.0  # for the company model: its large stories are rare elsewhere
BIAS = MappingProxyType({"lexical": 1.0, "minilm": 0.0})  # log odds on top, in the company model
# Two rows of these with different events may well tell one story: nobody looked.
UNLABELLED = frozenset(
    {"lobsters", "twir_community", "devopsish", "r_weekly", "ag", "feeds", "tech"}
)
TWIN_TITLE = 0.75
TWIN_WORDS = 0.7
LEAST_LOG_ODDS = -5.0  # below, the company model is not asked

FREE = ("title_length", "text_length", "length_ratio")
SIGNS: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(features.NAMES, 1)
    | {"numbers_clash": -1, "title_repeats": -1}
    | dict.fromkeys(FREE, 0)
)
COMPANY_SIGNS: Mapping[str, int] = MappingProxyType(
    dict.fromkeys(support.NAMES, 1) | {"apart": -1, "apart_most": -1}
)

Bools = NDArray[np.bool_]
Known = tuple[Pairs, Floats, Floats, Floats]  # pairs, probability, label, weight


def training_pools(sets: DevSets, every: int = 1) -> list[list[Row]]:
    """What the models learn from; with `every`, one pool in so many, for a trial of the tool."""
    dice = random.Random(3)
    found: list[list[Row]] = []
    for seed in range(60):
        extra = pools.boilerplate(dice) if seed % 5 == 0 else []
        found.append(pools.week(sets, seed, train=True) + extra if seed % every == 0 else [])
    for singles, seeds in ((0.8, range(6)), (0.0, range(3))):
        for seed in seeds:
            pool = pools.allsides(sets, seed, train=True, singles=singles)
            found.append(titles_only(pool) if seed % 3 == 2 else pool)
    documents = sets.half("ecbplus", train=True)
    found += [documents, titles_only(documents), sets.half("tweets", train=True)]
    found += [pools.tech_week(sets, seed, train=True) for seed in range(16)]
    found.append([row for row in sets.half("week08", train=True) if not row.ambiguous])
    links = undated(titles_only(sets.half("tech", train=True)))
    found += [links[:1500], links[1500:]]
    return [pool for pool in found[::every] if len(pool) >= 5]


class Pool:
    """A pool with its candidates, signals, labels and weights."""

    def __init__(
        self,
        rows: Sequence[Row],
        background: Background,
        encode: Encode | None,
        broad: Path | None = None,
    ) -> None:
        self.rows = rows
        self.read = terms.rows([row.document() for row in rows], background)
        self.pairs = candidates.candidates(self.read)
        self.vectors: tuple[Vectors, Vectors] | None = None
        if encode:
            plain = article_vectors([(row.title, row.text) for row in rows], encode)
            self.vectors = plain, fine.load(broad)(plain)
        self.signals = self._signals(self.pairs)
        self.label, self.weight = self._labelled(self.pairs, self.signals)

    @property
    def sets(self) -> set[str]:
        """The sets that its rows come from."""
        return {row.set for row in self.rows}

    def judged(self, pair: model.PairModel, kind: str) -> Known:
        """The candidates and the pairs two hops apart, with probabilities by the pair model."""
        columns = _columns(kind)
        first = pair.probability(self.signals[:, columns])
        further = support.two_hops(self.pairs, first, len(self.rows))
        more = self._signals(further)
        second = pair.probability(more[:, columns])
        label, weight = self._labelled(further, more)
        pairs = Pairs(
            np.concatenate([self.pairs.left, further.left]),
            np.concatenate([self.pairs.right, further.right]),
        )
        probability = circumstances.shifted(
            np.concatenate([first, second]), circumstances.log_odds(self.read, pairs)
        )
        most = float(self.weight.max(initial=0.0))
        return (
            pairs,
            probability,
            np.concatenate([self.label, label]),
            np.concatenate([self.weight, np.minimum(weight, most)]),
        )

    def _signals(self, pairs: Pairs) -> Floats:
        words = features.lexical(self.read, pairs)
        if self.vectors:
            meaning = features.meaning(pairs, self.vectors)
        else:
            meaning = np.full((len(pairs.left), len(features.MEANING)), np.nan)
        return np.hstack([words, meaning])

    def _labelled(self, pairs: Pairs, signals: Floats) -> tuple[Floats, Floats]:
        """Label and weight of each pair; nearly equal titles of two unlabelled rows weigh 0."""
        events = np.unique([row.event for row in self.rows], return_inverse=True)[1]
        same = events[pairs.left] == events[pairs.right]
        unlabelled = np.array([row.set in UNLABELLED for row in self.rows], dtype=bool)
        title = signals[:, features.NAMES.index("title_cosine")] > TWIN_TITLE
        words = signals[:, features.NAMES.index("title_same")] > TWIN_WORDS
        unknown = unlabelled[pairs.left] & unlabelled[pairs.right] & ~same & (title | words)
        first = self.rows[0].set
        scale = WEEK_08_WEIGHT if first == "week08" else 1.0
        scale *= min(1.0, MOST_WEIGHT_OF.get(first, MOST_WEIGHT) / max(len(same), 1))
        return same.astype(np.float64), np.where(unknown, 0.0, scale)


def _names(kind: str) -> tuple[str, ...]:
    return features.NAMES if kind == "minilm" else features.WORDS


def _columns(kind: str) -> list[int]:
    return [features.NAMES.index(name) for name in _names(kind)]


def pair_model(pools_: Sequence[Pool], kind: str) -> Any:
    """Fit the pair model of a kind; a LightGBM booster."""
    signals = np.concatenate([p.signals[:, _columns(kind)].astype(np.float32) for p in pools_])
    label = np.concatenate([pool.label for pool in pools_])
    weight = np.concatenate([pool.weight for pool in pools_])
    kept: Bools = weight > 0
    if kind == "minilm":
        kept &= ~np.isnan(signals[:, -1])
    signs = [SIGNS[name] for name in _names(kind)]
    return _boosted(signals[kept], label[kept], weight[kept], signs, trees=100, leaves=10)


def company_model(pools_: Sequence[Pool], pair: model.PairModel, kind: str) -> Any:
    """Fit the company model on what the exported pair model says."""
    signals, labels, weights = [], [], []
    for pool in pools_:
        pairs, probability, label, weight = pool.judged(pair, kind)
        signals.append(support.features(pairs, probability, len(pool.rows)))
        labels.append(label)
        weights.append(weight * (ECB_WEIGHT if pool.sets == {"ecbplus"} else 1.0))
    seen, label, weight = (np.concatenate(part) for part in (signals, labels, weights))
    kept = (weight > 0) & (seen[:, 0] > LEAST_LOG_ODDS)
    signs = [COMPANY_SIGNS[name] for name in support.NAMES]
    return _boosted(seen[kept], label[kept], weight[kept], signs, trees=100, leaves=16)


def _boosted(
    signals: NDArray[Any],
    label: Floats,
    weight: Floats,
    signs: list[int],
    *,
    trees: int,
    leaves: int,
) -> Any:
    import lightgbm

    parameters = {
        "objective": "binary",
        "learning_rate": 0.08,
        "num_leaves": leaves,
        "min_data_in_leaf": 200,
        "lambda_l2": 5,
        "monotone_constraints": signs,
        "monotone_constraints_method": "intermediate",
        "feature_fraction": 0.8,
        "bagging_fraction": 0.7,
        "bagging_freq": 1,
        "seed": 1,
        "num_threads": 1,
        "verbose": -1,
        "deterministic": True,
        "max_bin": 127,
    }
    return lightgbm.train(parameters, lightgbm.Dataset(signals, label, weight=weight), trees)


def export(booster: Any, names: Sequence[str], about: object, target: Path, bias: float) -> None:
    """Write trees as nested [feature, threshold, value, left, right]; a leaf is a number."""

    def node(raw: Mapping[str, Any]) -> Any:
        if "leaf_value" in raw:
            return round(raw["leaf_value"], 4)
        threshold = float(f"{raw['threshold']:.4g}")
        below = node(raw["left_child"]), node(raw["right_child"])
        return [raw["split_feature"], threshold, round(raw["internal_value"], 3), *below]

    trees = [node(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    content = {"about": about, "features": list(names), "trees": [bias, *trees] if bias else trees}
    target.write_text(json.dumps(content, separators=(",", ":")), "utf-8")


def train(pools_: Sequence[Pool], kind: str, about: object, folder: Path) -> None:
    """Fit and write both models of a kind."""
    pair = folder / f"pair_{kind}.json"
    export(pair_model(pools_, kind), _names(kind), about, pair, 0.0)
    company = company_model(pools_, model.load(pair), kind)
    export(company, support.NAMES, about, folder / f"company_{kind}.json", BIAS[kind])
