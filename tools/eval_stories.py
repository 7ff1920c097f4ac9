"""Measure the story engine: held-out halves of the dev sets, or any JSON Lines with a gold field.

    python tools/eval_stories.py                               words alone, all trials
    python tools/eval_stories.py --encoder lexical minilm --table
    python tools/eval_stories.py --only week ecbplus --worst 10
    python tools/eval_stories.py articles.jsonl --gold story --ignore ambiguous

One model and one cut everywhere. `--table` writes the results into docs/stories.md with the date
and a hash of the engine; a test fails when the engine has changed since. `--worst` prints ids,
never texts. The vectors of an encoder are kept in the folder for temporary files.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digest import encoders
from digest.stories.same.judge import Judgement
from story_evals import dev_sets, stamp
from story_evals.rows import Row, day_of
from story_evals.trials import Result, Trial, run, trials
from story_evals.vectors import cached_encoder

HEAD = (
    "| set | articles | B³ P | R | F1 | pairs P | R | F1 | ARI | wrong | missed | whole | target |"
    " met |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|---|"
)
FIGURES = ("b3_precision", "b3_recall", "b3", "pair_precision", "pair_recall", "pair", "ari")


def line(result: Result) -> str:
    """One row of the table; of several pools, the mean."""
    trial = result.trial
    name = trial.name + (f", mean of {len(trial.pools)}" if len(trial.pools) > 1 else "")
    counts = [f"{result.mean(n):.0f}" for n in ("wrong", "missed")]
    whole = f"{result.mean('whole'):.0f} of {result.mean('stories'):.0f}"
    cells = [f"{result.mean('articles'):.0f}", *(f"{result.mean(n):.3f}" for n in FIGURES)]
    cells += [*counts, whole, trial.target, result.met]
    return f"| {name} | " + " | ".join(cells) + " |"


def sweep_line(result: Result) -> str:
    """What the links would reach at the precision that the target names."""
    if result.at_precision is None:
        return f"{result.trial.name}: no cut gives a precision of 0.98."
    cut, precision, recall = result.at_precision
    return (
        f"{result.trial.name}: at a cut of {cut:g} instead of the engine's,"
        f" P {precision:.3f} and R {recall:.3f}."
    )


def spread_line(result: Result) -> str:
    """The pools of a trial one by one."""
    b3 = ", ".join(f"{found.b3:.3f}" for found in result.scores)
    pair = ", ".join(f"{found.pair:.3f}" for found in result.scores)
    return f"{result.trial.name}: B³ {b3}; pairs {pair}."


def worst(results: Sequence[Result], count: int) -> Iterator[str]:
    """The surest wrong merges and the surest misses, one for each two events, by ids."""
    wrong: dict[tuple[str, str], tuple[float, str]] = {}
    missed: dict[tuple[str, str], tuple[float, str]] = {}
    for result in results:
        for pool, found in zip(result.trial.pools, result.judgements, strict=True):
            for one, other, chance, joined in _judged(pool, found):
                entry = (chance, f"{result.trial.name}: {one.id} ~ {other.id}")
                events = min(one.event, other.event), max(one.event, other.event)
                if joined and one.event != other.event:
                    wrong[events] = max(entry, wrong.get(events, entry))
                elif one.event == other.event and not joined:
                    missed[events] = min(entry, missed.get(events, entry))
    for chance, pair in sorted(wrong.values(), reverse=True)[:count]:
        yield f"wrong {chance:.2f} {pair}"
    for chance, pair in sorted(missed.values())[:count]:
        yield f"missed {chance:.2f} {pair}"


def _judged(pool: Sequence[Row], found: Judgement) -> Iterator[tuple[Row, Row, float, bool]]:
    """The judged pairs of unambiguous rows: their probability, and whether they were joined."""
    pairs = found.pairs
    for left, right, chance in zip(
        pairs.left.tolist(), pairs.right.tolist(), found.probability.tolist(), strict=True
    ):
        one, other = pool[left], pool[right]
        if not (one.ambiguous or other.ambiguous):
            yield one, other, chance, bool(found.story[left] == found.story[right])


def read_file(path: Path, gold: str, ignore: str | None) -> list[Row]:
    """Rows of a JSON Lines file, gzipped or not; the gold field is hidden from the engine."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    rows = []
    for number, content in enumerate(text.splitlines()):
        raw: dict[str, Any] = json.loads(content)
        if raw.get(gold) is None:
            raise SystemExit(f"{path}: line {number + 1} has no {gold!r}")
        date = raw.get("published") or raw.get("date")
        rows.append(
            Row(
                set=path.stem,
                id=str(raw.get("id", f"{number:07d}")),
                event=json.dumps(raw[gold]),
                title=str(raw.get("title") or ""),
                text=str(raw.get("text") or ""),
                day=day_of(date) if isinstance(date, str) else math.nan,
                source=str(raw.get("source") or ""),
                ambiguous=bool(ignore and raw.get(ignore)),
            )
        )
    return rows


def measure(chosen: Sequence[Trial], encoder: str) -> list[Result]:
    """Run the trials with one encoder and print each as it is done."""
    encode = cached_encoder(encoder)
    print(f"\n{encoder}\n\n{HEAD}", flush=True)
    results = []
    for trial in chosen:
        start = time.process_time()
        results.append(run(trial, encode))
        print(line(results[-1]), f"{time.process_time() - start:.1f} s", flush=True)
    return results


def page(results: dict[str, list[Result]]) -> str:
    """The results as they stand in docs/stories.md."""
    today = datetime.now(UTC).date().isoformat()
    parts = [f"Measured {today} with the engine `{stamp.engine_hash()}`, held-out halves only."]
    for encoder, found in results.items():
        rows = "\n".join(line(result) for result in found)
        notes = [sweep_line(result) for result in found if result.trial.recall]
        notes += [spread_line(result) for result in found if len(result.scores) > 1]
        parts += [f"**{encoder}**", f"{HEAD}\n{rows}", "\n".join(f"- {note}" for note in notes)]
    return "\n\n".join(parts)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, nargs="?", help="JSON Lines instead of the dev sets")
    parser.add_argument("--gold", default="story", help="the file's field with the right story")
    parser.add_argument("--ignore", metavar="FIELD", help="do not score lines where it is true")
    parser.add_argument("--data", type=Path, default=dev_sets.DEFAULT, help="folder of dev sets")
    parser.add_argument("--encoder", nargs="+", default=[encoders.LEXICAL])
    parser.add_argument("--only", nargs="+", metavar="WORD", help="trials with a word in the name")
    parser.add_argument("--worst", type=int, default=0, metavar="N")
    parser.add_argument("--table", action="store_true", help="write docs/stories.md")
    return parser.parse_args()


def main() -> None:
    """Run what was asked."""
    options = arguments()
    if options.file:
        rows = read_file(options.file, options.gold, options.ignore)
        chosen = [Trial(options.file.name, (rows,))]
    elif not options.data.is_dir():
        sys.exit(f"{options.data} is missing: give the folder of the dev sets with --data")
    else:
        words = options.only or [""]
        found = trials(dev_sets.DevSets(options.data))
        chosen = [t for t in found if any(word in t.name for word in words)]
    results = {encoder: measure(chosen, encoder) for encoder in options.encoder}
    for found_with in results.values():
        for result in found_with:
            for note in [sweep_line(result)] if result.trial.recall else []:
                print(note)
            if len(result.scores) > 1:
                print(spread_line(result))
        for error in worst(found_with, options.worst):
            print(error)
    if options.table:
        if options.file or options.only:
            sys.exit("--table takes all trials of the dev sets")
        stamp.write_results(page(results))


if __name__ == "__main__":
    main()
