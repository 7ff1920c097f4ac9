"""Train the models of the story engine from the training halves of the dev sets.

    pip install -e '.[train]'
    python tools/train_stories.py                           all of it, into digest/stories/same/data
    python tools/train_stories.py --out /tmp/trial --every 12    a trial of the tool, in a minute
    python tools/train_stories.py --steps stamp             measure again and rewrite the headers

Steps, in order: `background` counts words, `broad` finds broad directions of meaning, `models` fits
the pair and the company model of each mode, `stamp` measures the engine on held-out halves and
writes date, data and scores into the models. Afterwards: `eval_stories.py --table`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest.stories.same import background
from digest.stories.same.judge import models
from story_evals import counts, dev_sets, fit, stamp, vectors
from story_evals.dev_sets import DevSets
from story_evals.trials import run, trials

DATA = stamp.ENGINE / "data"
STEPS = ("background", "broad", "models", "stamp")
MODES = ("lexical", "minilm")
MEASURED = ("allsides, 300, 80 % singletons", "ecbplus, held-out topics", "real_week_w07 (guard)")
SOURCES = (
    "training halves (by hash of the event's id) of allsides_articles, ecbplus_docs (by topic),"
    " tweet_clusters, tech_same_article, wikiref220 (by hand); as singletons: ag_news,"
    " lobsters_topic, twir_community, devopsish, r_weekly, feed entries before 2025-12;"
    " half of 2026-W08 with labels of one reader"
)


def fit_models(sets: DevSets, modes: Sequence[str], out: Path, every: int, date: str) -> None:
    """Fit and write both models of each mode."""
    encode = vectors.cached_encoder("minilm") if "minilm" in modes else None
    words = background.load(out / "background.json")
    drawn = fit.training_pools(sets, every)
    prepared = []
    for number, rows in enumerate(drawn):
        prepared.append(fit.Pool(rows, words, encode, out / "broad.npz"))
        say(f"pool {number + 1} of {len(drawn)}: {len(rows)} articles")
    about = {"trained": date, "data": SOURCES, "pools": len(drawn)}
    for mode in modes:
        fit.train(prepared, mode, about, out)
        say(f"{mode}: models written")


def stamp_models(sets: DevSets, modes: Sequence[str], date: str) -> None:
    """Measure the models that the engine runs, and say so in their files."""
    models.cache_clear()
    chosen = [trial for trial in trials(sets) if trial.name in MEASURED]
    for mode in modes:
        encode = vectors.cached_encoder(mode)
        found = {trial.name: round(run(trial, encode).mean("b3"), 3) for trial in chosen}
        for path in (DATA / f"pair_{mode}.json", DATA / f"company_{mode}.json"):
            content: dict[str, Any] = json.loads(path.read_text("utf-8"))
            about = {"trained": date, "data": SOURCES} | content.pop("about", {})
            about["held-out B-cubed F1 of both models"] = found
            text = json.dumps({"about": about} | content, separators=(",", ":"))
            path.write_text(text, "utf-8")
        say(f"{mode}: {found}")


def say(text: str) -> None:
    """Tell how far it is."""
    print(f"{time.process_time():6.0f} s  {text}", file=sys.stderr, flush=True)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=dev_sets.DEFAULT, help="folder of dev sets")
    parser.add_argument("--out", type=Path, default=DATA, help="where the models are written")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS)
    parser.add_argument("--modes", nargs="+", choices=MODES, default=MODES)
    parser.add_argument("--every", type=int, default=1, help="use one training pool in so many")
    today = datetime.now(UTC).date().isoformat()
    parser.add_argument("--date", default=today, help="of the training, for the header")
    return parser.parse_args()


def main() -> None:
    """Take the steps that were asked for."""
    options = arguments()
    if not options.data.is_dir():
        sys.exit(f"{options.data} is missing: give the folder of the dev sets with --data")
    sets, out = DevSets(options.data), options.out
    out.mkdir(parents=True, exist_ok=True)
    for name in ("background.json", "broad.npz"):
        if not (out / name).exists():
            shutil.copy(DATA / name, out)
    if "background" in options.steps:
        say(f"background: {counts.background(sets, out / 'background.json')} terms")
    encode = vectors.cached_encoder("minilm") if "minilm" in options.modes else None
    if "broad" in options.steps and encode:
        say(f"broad: {counts.directions(sets, encode, out / 'broad.npz')} vectors")
    if "models" in options.steps:
        fit_models(sets, options.modes, out, options.every, options.date)
    if "stamp" in options.steps:
        if out.resolve() == DATA.resolve():
            stamp_models(sets, options.modes, options.date)
        else:
            say("stamp: left out, because it measures the models that the engine runs")


if __name__ == "__main__":
    main()
