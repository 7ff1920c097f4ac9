"""Time the search for copies on synthetic texts, and count what it finds of the copies in them.

    python tools/bench_copies.py [--texts 100000] [--words 300] [--seed 1]

One text in five is a planted copy of another. The words are invented, so recall and precision
compare versions of the program; for real prose see tests/stories/test_stories_copies_edited.py.
The bound that the project keeps on two idle cores: 15 s and 700 MB for 100,000 texts of 300 words,
at recall 0.97 or more and precision 1.0 (without the row of 30 %, which is beyond the rules).
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import accumulate

from cost import peak
from digest.model import Article, Source
from digest.stories.copies import Copies, find_copies

VOCABULARY = 50_000
SYLLABLES = ("ka", "lo", "mi", "ren", "tus", "vel", "dor", "an", "sti", "pe", "gru", "na", "chi")
BEYOND = "30 % edited"


def edited(words: list[str], share: float, dice: random.Random) -> list[str]:
    """Replace, drop or add a word at a share of the places."""
    out = list(words)
    for at in sorted(dice.sample(range(len(words)), round(share * len(words))), reverse=True):
        kind = dice.random()
        if kind < 0.5:
            out[at] = dice.choice(words)[::-1]
        elif kind < 0.75:
            del out[at]
        else:
            out.insert(at, dice.choice(words)[::-1])
    return out


PLANTS: dict[str, Callable[[list[str], random.Random], list[str]]] = {
    "exact": lambda words, _: words,
    "1 % edited": lambda words, dice: edited(words, 0.01, dice),
    "3 % edited": lambda words, dice: edited(words, 0.03, dice),
    "5 % edited": lambda words, dice: edited(words, 0.05, dice),
    "10 % edited": lambda words, dice: edited(words, 0.10, dice),
    "20 % edited": lambda words, dice: edited(words, 0.20, dice),
    BEYOND: lambda words, dice: edited(words, 0.30, dice),
    "cut to 70 %": lambda words, _: words[: len(words) * 7 // 10],
    "cut to 40 %": lambda words, _: words[: len(words) * 4 // 10],
    "another lead": lambda words, dice: edited(words[:45], 1.0, dice) + words[45:],
    "wire credit": lambda words, _: ["CITY", "(Agency)", *words],
    "footer": lambda words, _: [*words, *("all rights reserved by the agency " * 4).split()],
}


def material(count: int, size: int, dice: random.Random) -> Iterator[tuple[str, str, list[str]]]:
    """(id, kind, words): originals with the kind "", and after four of them a copy of one."""
    vocabulary = ["".join(dice.choices(SYLLABLES, k=dice.randint(1, 5))) for _ in range(VOCABULARY)]
    weights = list(accumulate(1 / (rank + 10) for rank in range(VOCABULARY)))
    kinds = list(PLANTS)
    recent: list[tuple[str, list[str]]] = []
    for number in range(count):
        if number % 5 < 4:
            words = dice.choices(vocabulary, cum_weights=weights, k=size)
            recent.append((f"{number:07d}", words))
            yield f"{number:07d}", "", words
        else:
            original, words = dice.choice(recent)
            kind = kinds[number // 5 % len(kinds)]
            yield f"{original}-{number}", kind, PLANTS[kind](words, dice)
            recent.clear()


def article(name: str, words: list[str], number: int) -> Article:
    """An article of an outlet of its own title and link."""
    outlet = f"Outlet {number % 997}"
    source = Source(id=outlet, name=outlet, kind="jsonl", location="bench")
    url = f"https://{number % 997}.example/{number}"
    return Article(
        id=name,
        source=source,
        outlet=outlet,
        url=url,
        canonical=url,
        title=" ".join(words[:8]),
        text=" ".join(words),
        words=len(words),
        published=datetime(2025, 1, 27 + number % 5, number % 24, tzinfo=UTC),
    )


def score(found: Copies, kinds: dict[str, str]) -> None:
    """Print recall by kind, then recall and precision."""
    planted: Counter[str] = Counter(kinds.values())
    right: Counter[str] = Counter()
    wrong = 0
    for copy, (original, _) in found.of.items():
        family = original.partition("-")[0]
        if copy.partition("-")[0] != family:
            wrong += 1
            continue
        # A copy that is longer than its original (a footer) is found the other way round.
        right[kinds[copy] or kinds[original]] += 1
    for kind, count in planted.items():
        if kind:
            print(f"  {kind:<14} recall {right[kind] / count:.4f} of {count}")
    within = sum(n for kind, n in planted.items() if kind not in ("", BEYOND))
    hits = sum(n for kind, n in right.items() if kind != BEYOND)
    print(f"recall     {hits / within:.4f} (without {BEYOND})")
    print(f"precision  {1 - wrong / max(1, len(found.of)):.4f} ({wrong} wrong)")


def main() -> None:
    """Make the texts, find the copies, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    articles, kinds = [], {}
    for number, (name, kind, words) in enumerate(material(options.texts, options.words, dice)):
        articles.append(article(name, words, number))
        kinds[name] = kind
    before = peak()
    wall, cpu = time.perf_counter(), time.process_time()
    found = find_copies(articles)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{options.texts:,} texts of {options.words} words")
    print(f"wall       {wall:.2f} s")
    print(f"CPU        {cpu:.2f} s")
    print(f"peak       {peak():.0f} MB ({before:.0f} MB before, with the texts)")
    score(found, kinds)


if __name__ == "__main__":
    main()
