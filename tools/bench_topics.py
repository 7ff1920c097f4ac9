"""Time topics, rank and selection on made-up weeks, and how the time grows with their size.

    python tools/bench_topics.py                          500, 2,000 and 10,000 stories
    python tools/bench_topics.py --encoder                with random vectors, as if all were cached
    python tools/bench_topics.py --rank-only              every story's topic is drawn

The stories are the made-up articles of bench_stories.py, with the story that was planted; the
keywords are words of their titles. The bound that the project keeps on two idle cores: 500 stories
in 1.5 s with vectors cached. An exponent of 1.0 is linear growth.
"""

from __future__ import annotations

import argparse
import math
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from bench_stories import FIRST_DAY
from bench_stories import week as documents_of
from digest.model import Article, Coverage, Placed, Section, Source, Story, Topic
from digest.rank import rank, select
from digest.text import count_words
from digest.topics import sort_into_sections
from digest.week import Calendar

WINDOW = Calendar(zone=ZoneInfo("UTC")).window("2025-W05")
TOPICS = 12
DIMENSIONS = 384
STAGES = ("topics", "rank", "select")


def stories(size: int) -> list[Story]:
    """So many stories, each with all articles that were planted for it."""
    documents, gold = documents_of(int(size * 1.5))
    groups: dict[int, list[Article]] = defaultdict(list)
    for number, (document, story) in enumerate(zip(documents, gold, strict=True)):
        groups[story].append(
            Article(
                id=f"{number:06}",
                source=Source(id=document.source, name=document.source, kind="feed", location=""),
                outlet=document.source,
                url=f"https://{document.source.replace(' ', '')}.example/{number}",
                title=document.title,
                text=document.text,
                language="en",
                words=count_words(document.text),
                published=WINDOW.start + timedelta(days=document.day - FIRST_DAY),
                dated="published",
            )
        )
    return [
        Story(
            id=lead.id,
            lead=lead,
            coverage=tuple(Coverage(article=a, relation="same story", why="") for a in rest),
        )
        for lead, *rest in list(groups.values())[:size]
    ]


def topics(week: Sequence[Story]) -> list[Topic]:
    """Topics whose keywords are words of the week's titles."""
    found = [word for story in week[:60] for word in story.lead.title.split()[:2]]
    return [
        Topic(name=f"Topic {n}", keywords=tuple(found[n * 5 : n * 5 + 5])) for n in range(TOPICS)
    ]


def vectors(passages: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """A unit vector a passage, without reading it."""
    drawn = np.random.default_rng(1).standard_normal((len(passages), DIMENSIONS))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def drawn(week: Sequence[Story], wanted: Sequence[Topic]) -> tuple[Section[Placed], ...]:
    """Sections of any stories."""
    return tuple(
        Section(
            name=topic.name,
            stories=tuple(
                Placed(story=story, topic=topic.name, confidence=1.0)
                for story in week[n :: len(wanted)]
            ),
        )
        for n, topic in enumerate(wanted)
    )


def measure(size: int, *, encoder: bool, rank_only: bool) -> dict[str, float]:
    """CPU seconds of each stage."""
    week = stories(size)
    wanted = topics(week)
    clock = [time.process_time()]
    placed = (
        drawn(week, wanted)
        if rank_only
        else sort_into_sections(week, wanted, encode=vectors if encoder else None)
    )
    clock.append(time.process_time())
    ranked = rank(placed, WINDOW)
    clock.append(time.process_time())
    select(ranked, topics=wanted)
    clock.append(time.process_time())
    spent = {name: end - start for name, (start, end) in zip(STAGES, pairwise(clock), strict=True)}
    return {
        name: seconds for name, seconds in spent.items() if not (rank_only and name == "topics")
    }


def main() -> None:
    """Print a line for each size, then the growth from each size to the next."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 2_000, 10_000])
    parser.add_argument("--encoder", action="store_true", help="with a vector for each passage")
    parser.add_argument("--rank-only", action="store_true", help="do not look for topics")
    options = parser.parse_args()

    def once(size: int) -> dict[str, float]:
        return measure(size, encoder=options.encoder, rank_only=options.rank_only)

    once(100)  # libraries and tables are loaded once
    found = {size: once(size) for size in options.sizes}
    for size, spent in found.items():
        parts = "  ".join(f"{stage} {seconds:6.2f} s" for stage, seconds in spent.items())
        print(f"{size:>7,} stories  {parts}  together {sum(spent.values()):6.2f} s")
    for (small, less), (large, more) in pairwise(found.items()):
        ratio = math.log(large / small)
        parts = "  ".join(f"{s} {math.log(more[s] / less[s]) / ratio:4.2f}" for s in less)
        print(f"exponent {small:,} to {large:,}:  {parts}")


if __name__ == "__main__":
    main()
