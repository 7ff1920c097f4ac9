"""Stories of made-up issues, in one line each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from digest.model import (
    IssueCoverage,
    IssueStory,
    Kind,
    Point,
    Reason,
    Relation,
    Sentence,
)

BERLIN = timezone(timedelta(hours=1))


def story(
    number: int,
    title: str,
    source: str,
    blurb: str = "",
    *,
    url: str | None = None,
    topic: str = "",
    coverage: tuple[IssueCoverage, ...] = (),
    kind: Kind = "article",
) -> IssueStory:
    """A story of the sample; `url` defaults to one on example.org."""
    return IssueStory(
        id=f"s{number:03d}",
        title=title,
        url=f"https://example.org/stories/{number}" if url is None else url,
        source=source,
        published=datetime(2025, 1, 28, 9, number % 60, tzinfo=UTC),
        topic=topic,
        score=round(10 - number / 7, 3),
        reasons=(Reason(name="sources", value=1.0, text=f"{len(coverage) + 1} sources tell it"),),
        blurb=blurb,
        sentences=(
            Sentence(text=blurb, article=f"a{number:03d}", source=source, start=0, end=len(blurb)),
        )
        if blurb
        else (),
        coverage=coverage,
        kind=kind,
    )


def told_by(
    source: str, angle: str = "", relation: Relation = "same story", *, url: str | None = None
) -> IssueCoverage:
    """One more source of a story."""
    address = f"https://{source.lower().replace(' ', '-')}.example/story"
    return IssueCoverage(
        title=f"{source} on the same thing",
        url=address if url is None else url,
        source=source,
        published=datetime(2025, 1, 29, 8, 0, tzinfo=BERLIN),
        relation=relation,
        angle=angle,
        why="shares five rare words with the lead",
    )


def point(of: IssueStory, text: str, source: str = "") -> Point:
    """A sentence of a story's blurb, or of one more source of it."""
    url = of.url if not source else next(c.url for c in of.coverage if c.source == source)
    start = max(of.blurb.find(text), 0)
    name = source or of.source
    sentence = Sentence(
        text=text, article=f"a{of.id[1:]}", source=name, start=start, end=start + len(text)
    )
    return Point(story=of.id, url=url, sentence=sentence)
