"""Time the story engine on made-up weeks with planted stories: wall, CPU, peak memory, growth.

    python tools/bench_stories.py                                2,000 and 20,000 articles
    python tools/bench_stories.py --sizes 2000 20000 100000
    python tools/bench_stories.py --compare 10000                beside scikit-learn, if installed
    python tools/bench_stories.py --minilm                       500 articles by meaning
    python tools/bench_stories.py --real                         two real weeks by meaning

The words are drawn by the frequencies in the engine's own table, with one word in four made up, as
rare as the rare words of real texts; a story's articles share a dozen of those. Each measurement is
a process of its own. The bounds that the project keeps on two idle cores: 2,000 articles in 2 s,
20,000 in 20 s, 100,000 in 150 s and 3 GB; ten times faster than scikit-learn at 10,000; minilm 500
articles in 15 s from nothing, in 2 s with vectors kept.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from cost import peak
from digest import encoders
from digest.encoders import Cached
from digest.stories.same import background
from digest.stories.same.judge import judge
from digest.stories.same.terms import Document
from story_evals.dev_sets import WEEK_08, DevSets
from story_evals.scores import score
from story_evals.vectors import DiskCache

WORDS = 150
TITLE = 9
RARE = 0.25  # of the words are not in the engine's table
CORE = 12  # words that the articles of one story share
CORE_WORDS = 25  # of each text are of the core
CORE_TITLE = 5
SIZES = (1, 2, 3, 12)  # articles of a story, and how many stories are so large
CHANCES = (0.83, 0.1, 0.06, 0.01)
FIRST_DAY = 20_000
PEER_CUT = 0.7  # cosine distance
ONE = "--one"  # marks a process of our own


def week(size: int, seed: int = 1) -> tuple[list[Document], list[int]]:
    """So many articles, and the story of each."""
    dice = np.random.default_rng(seed)
    table = background.load()
    share = np.array(list(table.share.values()))
    capital = np.array([table.capital[word] >= 0.9 for word in table.share])
    common = np.array(
        [w.capitalize() if up else w for w, up in zip(table.share, capital, strict=True)]
    )
    odds = np.cumsum(share / share.sum())
    tail = 60_000 + size
    rare = np.array([_made_up(number) for number in range(tail)])
    rare_odds = np.cumsum(1.0 / (np.arange(tail) + 10.0))
    rare_odds /= rare_odds[-1]

    def words(count: int) -> Any:
        drawn = common[np.searchsorted(odds, dice.random(count)).clip(0, len(common) - 1)]
        odd = dice.random(count) < RARE
        found = np.searchsorted(rare_odds, dice.random(int(odd.sum()))).clip(0, tail - 1)
        drawn = drawn.astype(object)
        drawn[odd] = rare[found]
        return drawn

    documents: list[Document] = []
    gold: list[int] = []
    story = 0
    while len(documents) < size:
        core = rare[dice.integers(500, tail, CORE)]
        start = float(FIRST_DAY + 6 * dice.random())
        for _ in range(int(dice.choice(SIZES, p=CHANCES))):
            text = words(WORDS)
            text[dice.integers(0, WORDS, CORE_WORDS)] = dice.choice(core, CORE_WORDS)
            told = dice.choice(core, CORE_TITLE, replace=False)
            title = np.concatenate([told, words(TITLE - CORE_TITLE)])
            source = f"source {dice.integers(0, max(20, size // 50))}"
            day = start + float(dice.random())
            documents.append(Document(" ".join(title), " ".join(text), day, source))
            gold.append(story)
        story += 1
    return documents[:size], gold[:size]


def _made_up(number: int) -> str:
    word = np.base_repr(number + 40_000, 36).lower()
    return f"{'W' if number % 3 == 0 else 'w'}{word}"


def timed(work: Callable[[], object]) -> dict[str, float]:
    """Seconds of wall and CPU, and the peak of the process in MB."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {
        "wall": time.perf_counter() - wall,
        "cpu": time.process_time() - cpu,
        "mb": peak(),
    }


def lexical(size: int) -> dict[str, float]:
    """The engine on words alone; also how right it is about the planted stories."""
    documents, gold = week(size)
    found: list[Any] = []
    figures = timed(lambda: found.append(judge(documents)))
    scores = score(gold, found[0].story)
    return figures | {"precision": scores.pair_precision, "recall": scores.pair_recall}


def sklearn_dense(size: int) -> dict[str, float]:
    """TfidfVectorizer and AgglomerativeClustering as the manual has it: dense rows, cosine."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    documents, _ = week(size)

    def work() -> None:
        rows = TfidfVectorizer().fit_transform(f"{d.title} {d.text}" for d in documents)
        AgglomerativeClustering(
            n_clusters=None, metric="cosine", linkage="average", distance_threshold=PEER_CUT
        ).fit(rows.toarray())

    return timed(work)


def sklearn_sparse(size: int) -> dict[str, float]:
    """The same answer sooner: distances by a sparse product, then clustering of those."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    documents, _ = week(size)

    def work() -> None:
        rows = TfidfVectorizer().fit_transform(f"{d.title} {d.text}" for d in documents)
        distance = np.clip(1.0 - (rows @ rows.T).toarray(), 0.0, None)
        AgglomerativeClustering(
            n_clusters=None, metric="precomputed", linkage="average", distance_threshold=PEER_CUT
        ).fit(distance)

    return timed(work)


def minilm(size: int) -> dict[str, float]:
    """By meaning, from nothing and again with the vectors kept; the model's loading counts."""
    return _by_meaning(week(size)[0])


def real(size: int) -> dict[str, float]:
    """The same with entries of 2026-W07 and 2026-W08, at most so many."""
    rows = DevSets().rows("feeds")
    found = [r.document() for r in rows if WEEK_08[0] - 7 <= r.day < WEEK_08[1]]
    return _by_meaning(found[:size]) | {"articles": len(found[:size])}


def _by_meaning(documents: Sequence[Document]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        made: list[int] = []

        def once() -> None:
            encoder = encoders.load("minilm")
            assert encoder is not None
            cached = Cached(encoder, DiskCache(Path(folder) / "vectors.sqlite"))

            def encode(passages: Sequence[str]) -> encoders.Vectors:
                made.append(len(passages))
                return cached(passages)

            judge(documents, encode)

        first, again = timed(once), timed(once)
    return first | {"again": again["wall"], "again cpu": again["cpu"], "passages": made[0]}


WORK: dict[str, Callable[[int], dict[str, float]]] = {
    "lexical": lexical,
    "sklearn, dense": sklearn_dense,
    "sklearn, sparse": sklearn_sparse,
    "minilm": minilm,
    "minilm, real": real,
}


def apart(name: str, size: int) -> dict[str, float]:
    """Measure in a process of its own, and print."""
    command = [sys.executable, __file__, ONE, name, str(size)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(answer)
    rest = "".join(f"  {k} {v:.3g}" for k, v in found.items() if k not in ("wall", "cpu", "mb"))
    print(
        f"{name:<16} {size:>7,}  wall {found['wall']:7.2f} s  CPU {found['cpu']:7.2f} s"
        f"  peak {found['mb']:5.0f} MB{rest}",
        flush=True,
    )
    return found


def main() -> None:
    """Measure what was asked for."""
    if sys.argv[1:2] == [ONE]:
        print(json.dumps(WORK[sys.argv[2]](int(sys.argv[3]))))
        return
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="*", default=[2000, 20_000])
    parser.add_argument("--compare", type=int, metavar="N", help="scikit-learn on so many articles")
    parser.add_argument("--dense", action="store_true", help="with dense rows too: hours at 10,000")
    parser.add_argument("--minilm", type=int, nargs="?", const=500, metavar="N")
    parser.add_argument("--real", action="store_true", help="minilm on real entries, if here")
    options = parser.parse_args()
    found = [(size, apart("lexical", size)["cpu"]) for size in options.sizes]
    for (small, less), (large, more) in pairwise(found):
        exponent = math.log(more / less) / math.log(large / small)
        print(f"  from {small:,} to {large:,}: CPU grows as n^{exponent:.2f}")
    if options.compare:
        ours = apart("lexical", options.compare)["cpu"]
        for name in ("sklearn, sparse", "sklearn, dense")[: 1 + options.dense]:
            theirs = apart(name, options.compare)["cpu"]
            print(f"  {name}: {theirs / ours:.1f} times our CPU")
    if options.minilm:
        apart("minilm", options.minilm)
    if options.real:
        apart("minilm, real", 500)


if __name__ == "__main__":
    main()
