"""Measure topics on the labelled sets: macro-F1 with given topics, ARI with none.

    python tools/eval_topics.py FOLDER [--encoder module:function] [--half test] [--week 500]

Every text gets a label ("forced"), and again with abstention: coverage and precision of what is
placed. `--week` cuts the half into weeks of so many stories. Results: docs/topics.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from digest.topics import evidence
from digest.topics.discover import discover
from digest.topics.options import Options
from digest.topics.place import place_stories
from digest.topics.terms import terms_of
from digest.topics.vectors import Encode, of_stories
from topic_sets import KEYWORDS, Item, encoder, items_of, topics_of


def macro_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """The mean of the F1 of every gold label."""
    pairs, golds, founds = Counter(zip(gold, found, strict=True)), Counter(gold), Counter(found)
    return sum(2 * pairs[c, c] / (golds[c] + founds[c]) for c in golds) / len(golds)


def adjusted_rand(gold: Sequence[str], found: Sequence[str]) -> float:
    """Agreement of two partitions, 0 by chance."""

    def twos(counts: Counter[str] | Counter[tuple[str, str]]) -> float:
        return sum(n * (n - 1) / 2 for n in counts.values())

    both, a, b = (
        twos(Counter(zip(gold, found, strict=True))),
        twos(Counter(gold)),
        twos(Counter(found)),
    )
    chance = a * b / max(1.0, len(gold) * (len(gold) - 1) / 2)
    return (both - chance) / ((a + b) / 2 - chance)


def given(name: str, weeks: Sequence[Sequence[Item]], encode: Encode | None) -> str:
    """Score configured topics."""
    topics, gold, found, share = topics_of(name), [], [], []
    for week in weeks:
        places = place_stories([item.story for item in week], topics, encode)
        for row, item in enumerate(week):
            column, value = places.best(row)
            gold.append(item.label)
            found.append(topics[column or 0].name)
            share.append(value if places.own(row, column or 0) else 0.0)
    sure = [a == b for a, b, s in zip(gold, found, share, strict=True) if s >= Options().sure]
    return (
        f"macro-F1 {macro_f1(gold, found):.3f}, abstaining: coverage {len(sure) / len(gold):.2f}, "
        f"precision {sum(sure) / max(1, len(sure)):.3f}"
    )


def unknown(items: Sequence[Item], encode: Encode | None) -> str:
    """Score discovered topics: no topic is given, nor their number."""
    stories = [item.story for item in items]
    vectors = of_stories(stories, encode) if encode else None
    groups, _ = discover(stories, [terms_of(story) for story in stories], vectors, encode=encode)
    label = {placed.story.id: name for name, members in groups.items() for placed in members}
    found = [label.get(story.id, f"alone {story.id}") for story in stories]
    rand = adjusted_rand([item.label for item in items], found)
    return f"ARI {rand:.3f}, {len(groups)} groups: {', '.join(groups)}"


def main() -> None:
    """Print one line for each set, task and mode."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--encoder", default="")
    parser.add_argument("--half", choices=["train", "test"], default="test")
    parser.add_argument("--week", type=int, default=0, help="stories; 0: the whole half at once")
    parser.add_argument("--no-table", action="store_true", help="without the reference table")
    options = parser.parse_args()
    if options.no_table:
        kin = dataclasses.replace(evidence.WEIGHTS["kin"], lexical=0.0, encoder=0.0)
        evidence.WEIGHTS = {**evidence.WEIGHTS, "kin": kin}
    encode = encoder(options.encoder)
    for name in KEYWORDS:
        half = [i for i in items_of(options.folder, name) if i.train == (options.half == "train")]
        labelled = [item for item in half if item.label in KEYWORDS[name]]
        random.Random(1).shuffle(labelled)
        size = options.week or len(labelled)
        weeks = [labelled[at : at + size] for at in range(0, len(labelled), size)]
        print(f"{name}: {len(labelled)} texts: {given(name, weeks, encode)}", flush=True)
        if name != "lobsters_topic":
            print(f"{name}: {unknown(labelled, encode)}", flush=True)


if __name__ == "__main__":
    main()
