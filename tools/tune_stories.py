"""Try a change of the story engine without looking at held-out halves: two-fold cross-validation.

    pip install -e '.[train]'
    python tools/tune_stories.py                     words alone
    python tools/tune_stories.py --encoder minilm    needs the vectors of both folds: minutes

The training half of each set is split once more, by event (ECB+ by topic). The models are trained
on one part and measured on the other, and the other way round; the word table and the broad
directions stay those of the whole training half. Nothing is written into the engine. The guard,
2026-W07, is left out: it is nobody's training half.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from digest.stories.same import background, model
from digest.stories.same.judge import Models
from story_evals import dev_sets, fit, vectors
from story_evals.dev_sets import DevSets
from story_evals.rows import Row
from story_evals.trials import Result, Trial, run, trials

FOLDS = (0, 1)
LEAST = 10  # rows; a trial of fewer says nothing
FIGURES = ("b3_precision", "b3_recall", "b3", "pair_precision", "pair_recall", "pair")


class Fold(DevSets):
    """The training halves, one fold of them held out."""

    def __init__(self, fold: int, folder: Path = dev_sets.DEFAULT) -> None:
        super().__init__(folder)
        self._fold = fold
        self._folded: dict[str, list[Row]] = {}

    def rows(self, name: str) -> list[Row]:
        """The rows of the training half, `train` by fold; of feeds all, for weeks are cut of it."""
        if name == "feeds":
            return super().rows(name)
        if name not in self._folded:
            rows = [row for row in super().rows(name) if row.train]
            self._folded[name] = [replace(r, train=fold_of(r) != self._fold) for r in rows]
        return self._folded[name]


def fold_of(row: Row) -> int:
    """The fold of a row's event, of ECB+ of its topic."""
    key = row.event.partition("_")[0] if row.set == "ecbplus" else row.event
    return hashlib.sha256(f"fold{key}".encode()).digest()[0] % len(FOLDS)


def measure(sets: Fold, kind: str, folder: Path) -> list[Result]:
    """Train on the fold's one part, judge the trials of the other."""
    encode = vectors.cached_encoder(kind)
    words = background.load()
    pools = [fit.Pool(rows, words, encode) for rows in fit.training_pools(sets)]
    kinds = ("lexical", "minilm") if encode else ("lexical",)
    for each in kinds:
        fit.train(pools, each, {}, folder)
    trained = {
        each: Models(
            pair=model.load(folder / f"pair_{each}.json"),
            company=model.load(folder / f"company_{each}.json"),
        )
        for each in kinds
    }
    chosen = [trial for trial in trials(sets) if _is_large(trial)]
    return [run(trial, encode, trained.__getitem__) for trial in chosen]


def _is_large(trial: Trial) -> bool:
    return trial.wrong is None and min(len(pool) for pool in trial.pools) >= LEAST


def line(results: Sequence[Result]) -> str:
    """One trial over all folds."""
    cells = [f"{np.mean([r.mean(name) for r in results]):.3f}" for name in FIGURES]
    at = [f"{r.at_precision[2]:.3f}" for r in results if r.at_precision]
    return f"{results[0].trial.name:<34} {'  '.join(cells)}  {' '.join(at)}"


def main() -> None:
    """Measure both folds and print their means."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=dev_sets.DEFAULT, help="folder of dev sets")
    parser.add_argument("--encoder", choices=("lexical", "minilm"), default="lexical")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"{options.data} is missing: give the folder of the dev sets with --data")
    found = []
    for fold in FOLDS:
        with tempfile.TemporaryDirectory() as folder:
            found.append(measure(Fold(fold, options.data), options.encoder, Path(folder)))
    print(f"{'':<34} {'  '.join(FIGURES)}  recall at 0.98")
    for results in zip(*found, strict=True):
        print(line(results))


if __name__ == "__main__":
    main()
