"""Measure blurbs: those of the events in allsides_articles against the editors' round-ups.

    python tools/eval_blurbs.py --half development        look here as often as you like
    python tools/eval_blurbs.py --table                   both halves, into docs/blurbs.md

ROUGE-1 and ROUGE-2 (Lin 2004; stemmed) of the blurb and of the lead article's opening. The opening
is the first two sentences of the lead, and its next ones as long as it is shorter than the blurb;
then the longer of the two is cut to the words of the shorter. Of the texts nothing is written
anywhere. Needs the extra `eval`.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

from digest.blurb import tell
from digest.model import Article, Coverage, Placed, Ranked, Section, Source, Story
from digest.stories.lead import reading_order
from digest.text import clean, count_words, sentences
from story_evals.dev_sets import DEFAULT, DevSets
from story_evals.rows import in_training

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "blurbs.md"
BEGIN, END = "<!-- results: begin, by tools/eval_blurbs.py --table -->", "<!-- results: end -->"
CODE = (ROOT / "digest" / "blurb", ROOT / "digest" / "text.py", ROOT / "digest/stories/lead.py")
KINDS = ("rouge1", "rouge2")
HALVES = ("development", "report")


@dataclass(frozen=True, slots=True)
class Event:
    """A story as the editors told it, and as its articles do."""

    story: Story
    roundup: str

    @property
    def held_out(self) -> bool:
        """Whether it belongs to the half that is only reported."""
        return not in_training(self.story.id)


@dataclass(frozen=True, slots=True)
class Score:
    """F1 and recall by kind of ROUGE, of the blurb and of the opening, both of `words` words."""

    words: int
    blurb: dict[str, tuple[float, float]]
    opening: dict[str, tuple[float, float]]


def events(folder: Path) -> Iterator[Event]:
    """Every event that has text, its articles in the project's own reading order."""
    sets = DevSets(folder)
    roundups = {raw["event_id"]: clean(raw["roundup"]) for raw in sets.raw("allsides_events")}
    groups: dict[str, list[Article]] = {}
    for raw in sets.raw("allsides_articles"):
        groups.setdefault(raw["event_id"], []).append(
            _article(raw["id"], raw["title"], raw["text"])
        )
    for event, articles in groups.items():
        lead, *others = reading_order(articles)
        coverage = tuple(Coverage(article=a, relation="same story", why="") for a in others)
        if any(a.text for a in articles) and roundups.get(event):
            yield Event(Story(id=event, lead=lead, coverage=coverage), roundups[event])


def _article(identifier: str, title: str, text: str) -> Article:
    outlet = f"Outlet {identifier[-1]}"
    source = Source(id=outlet, name=outlet, kind="jsonl", location="")
    text = clean(text)
    return Article(
        id=identifier,
        source=source,
        outlet=outlet,
        title=clean(title),
        text=text,
        language="en",
        words=count_words(text),
    )


def blurbs(stories: Sequence[Story]) -> list[str]:
    """The blurb of each story, as it is printed."""
    ranked = [
        Ranked(placed=Placed(story=story, topic="", confidence=1.0), score=0.0) for story in stories
    ]
    [section] = tell([Section(name="", stories=tuple(ranked))])
    return [" ".join(sentence.text for sentence in told.blurb) for told in section.stories]


def opening(text: str, least: int) -> str:
    """The first two sentences, and more while they have fewer than `least` words."""
    found: list[str] = []
    for number, span in enumerate(sentences(text)):
        if number > 1 and count_words(" ".join(found)) >= least:
            break
        found.append(span.text)
    return " ".join(found)


def cut(text: str, words: int) -> str:
    """The first `words` words."""
    return " ".join(text.split()[:words])


def score(event: Event, blurb: str) -> Score | None:
    """Compare at equal length; None where the lead has no text to open with."""
    from rapidrouge import rouge_scorer

    make: Any = rouge_scorer.RougeScorer  # which has no annotations
    scorer = make(KINDS, use_stemmer=True)
    start = opening(event.story.lead.text, count_words(blurb))
    words = min(len(blurb.split()), len(start.split()))
    if not words:
        return None
    pair = [scorer.score(event.roundup, cut(text, words)) for text in (blurb, start)]
    one, other = ({k: (s[k].fmeasure, s[k].recall) for k in KINDS} for s in pair)
    return Score(words, one, other)


HEAD = (
    "| half | events | words | ROUGE-1 F1 opening | blurb | change | ROUGE-2 F1 opening | blurb |"
    " change | ROUGE-1 recall change | ROUGE-2 recall change |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def line(half: str, scores: Sequence[Score]) -> str:
    """One row of the table: means over the events, and how far the blurb is above the opening."""
    cells = [half, f"{len(scores)}", f"{fmean(s.words for s in scores):.0f}"]
    changes: dict[str, float] = {}
    for kind in KINDS:
        for at, name in enumerate(("F1", "recall")):
            start = fmean(s.opening[kind][at] for s in scores)
            blurb = fmean(s.blurb[kind][at] for s in scores)
            changes[kind + name] = blurb / start - 1
            if name == "F1":
                cells += [f"{start:.3f}", f"{blurb:.3f}", f"{changes[kind + name]:+.1%}"]
    cells += [f"{changes[kind + 'recall']:+.1%}" for kind in KINDS]
    return "| " + " | ".join(cells) + " |"


def measure(found: Sequence[Event]) -> list[Score]:
    """The scores of the events whose lead has text."""
    texts = blurbs([event.story for event in found])
    scores = (score(event, text) for event, text in zip(found, texts, strict=True))
    return [s for s in scores if s]


def code_hash() -> str:
    """Twelve digits of the SHA-256 of the code that chooses sentences, by name and content."""
    files = [f for path in CODE for f in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    found = hashlib.sha256()
    for file in files:
        found.update(f"{file.relative_to(ROOT).as_posix()}\n".encode() + file.read_bytes())
    return found.hexdigest()[:12]


def write(rows: Sequence[str]) -> None:
    """Put the results between the markers of docs/blurbs.md."""
    page = PAGE.read_text("utf-8")
    before, rest = page.split(BEGIN)
    today = datetime.now(UTC).date().isoformat()
    results = f"Measured {today} with the code `{code_hash()}`.\n\n{HEAD}\n" + "\n".join(rows)
    PAGE.write_text(f"{before}{BEGIN}\n\n{results}\n\n{END}{rest.split(END)[1]}", "utf-8")


def documented_hash() -> str:
    """The hash of the code that the results in the page were measured with."""
    found = re.search(r"code `([0-9a-f]{12})`", PAGE.read_text("utf-8"))
    return found[1] if found else ""


def main() -> None:
    """Print a row for each half that was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DEFAULT, help="folder of the dev sets")
    parser.add_argument("--half", choices=HALVES, help="one half only")
    parser.add_argument("--table", action="store_true", help="write docs/blurbs.md")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"{options.data} is missing: give the folder of the dev sets with --data")
    if options.table and options.half:
        sys.exit("--table takes both halves")
    everything = list(events(options.data))
    rows = []
    print(HEAD)
    for half in [options.half] if options.half else HALVES:
        chosen = [e for e in everything if e.held_out == (half == "report")]
        rows.append(line(half, measure(chosen)))
        print(rows[-1], flush=True)
    if options.table:
        write(rows)


if __name__ == "__main__":
    main()
