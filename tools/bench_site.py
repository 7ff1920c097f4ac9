"""Time the rendering of a site of many issues, after imports: best of several, and its size.

    python tools/bench_site.py [--issues 200] [--stories 24] [--cards] [--search]

The bound that the project keeps on two idle cores: 6 s for 200 issues. --cards adds the pictures
(Pillow), --search writes the site to a temporary folder and times Pagefind there.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from digest.model import (
    Issue,
    IssueCoverage,
    IssueSection,
    IssueStory,
    IssueWindow,
    Masthead,
    NextIssue,
)
from digest.output import write
from digest.render import load_theme, render_site
from digest.search import index

FIRST = date(2021, 1, 4)
TOPICS = 12
SOURCES = 300
BLURB = "A sentence of usual length says what happened, and another one says what follows. " * 3
ESSAY = "What *we* thought this week.\n\n## And why\n\n" + BLURB + "\n\n- one\n- two\n"


def story(issue: int, number: int) -> IssueStory:
    """A story with two more sources; sources and topics recur as they do in life."""
    key = issue * 31 + number * 17
    return IssueStory(
        id=f"{issue:06x}{number:06x}",
        title=f"Headline {number} of issue {issue} tells what changed in project {key % 90}",
        url=f"https://site{key % SOURCES}.example/{issue}/{number}",
        source=f"Source {key % SOURCES}",
        published=datetime(2021, 1, 4, tzinfo=UTC),
        topic=f"Topic {number % TOPICS}",
        score=1.0,
        blurb=BLURB.strip(),
        coverage=tuple(
            IssueCoverage(
                title=f"Another headline {n}",
                url=f"https://site{(key * n) % SOURCES}.example/{issue}/{number}/{n}",
                source=f"Source {(key * n) % SOURCES}",
                published=None,
                relation="same story",
                angle="One more fact that only this source has." if n == 2 else "",
            )
            for n in (2, 3)
        ),
    )


def issue_of(number: int, stories: int) -> Issue:
    """One weekly issue; every third has an essay."""
    monday = FIRST + timedelta(weeks=number)
    start = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    told = tuple(story(number, n) for n in range(stories))
    sections = tuple(
        IssueSection(name=f"Topic {t}", stories=tuple(s for s in told if s.topic == f"Topic {t}"))
        for t in range(TOPICS)
    )
    week = "{}-W{:02}".format(*monday.isocalendar()[:2])
    return Issue(
        number=number + 1,
        week=week,
        window=IssueWindow(
            start=start, end=start + timedelta(days=7), timezone="UTC", text=f"{week}, UTC"
        ),
        date=(monday + timedelta(days=4)).isoformat(),
        subject=f"Subject {number}",
        title=f"What Project {number % 90} Changed, and Who Noticed",
        essay=ESSAY if number % 3 == 0 else "",
        lead=told[0].id if told else None,
        masthead=Masthead(title="Benchmark", url="https://example.org/letters/"),
        next=NextIssue(number=number + 2, date=""),
        sections=tuple(s for s in sections if s.stories),
        stats={"collected": 400, "merged": 60, "chosen": stories, "sources": 90},
    )


def main() -> None:
    """Print seconds, files and bytes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--issues", type=int, default=200)
    parser.add_argument("--stories", type=int, default=24)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--cards", action="store_true")
    parser.add_argument("--search", action="store_true")
    options = parser.parse_args()
    theme = load_theme()
    # The first rendering imports what is needed and compiles the templates.
    render_site([issue_of(0, options.stories)], theme, cards=options.cards)
    issues = [issue_of(number, options.stories) for number in range(options.issues)]
    times, cpu = [], []
    for _ in range(options.runs):
        start, worked = time.perf_counter(), time.process_time()
        made = render_site(issues, theme, cards=options.cards, search=options.search)
        times.append(time.perf_counter() - start)
        cpu.append(time.process_time() - worked)
    size = sum(len(artifact.content) for artifact in made)
    print(f"{options.issues} issues: {len(made)} files, {size / 1e6:.1f} MB")
    print(f"render  min {min(times):.2f} s, max {max(times):.2f} s; CPU min {min(cpu):.2f} s")
    if options.search:
        with tempfile.TemporaryDirectory() as temporary:
            start = time.perf_counter()
            write(made, Path(temporary))
            middle = time.perf_counter()
            index(Path(temporary), made)
            print(f"write   {middle - start:.2f} s")
            print(f"search  {time.perf_counter() - middle:.2f} s")


if __name__ == "__main__":
    main()
