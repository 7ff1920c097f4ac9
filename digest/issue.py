"""Told sections to the Issue: everything a renderer may print, and what became of every entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from digest.model import (
    Article,
    Brief,
    Cut,
    Draft,
    Headline,
    Issue,
    IssueCoverage,
    IssueSection,
    IssueStory,
    IssueWindow,
    Masthead,
    NextIssue,
    Outcome,
    OutcomeKind,
    Predecessor,
    Section,
    SourceReport,
    Story,
    Told,
    lead_of,
    outcome_of,
)
from digest.week import Calendar, Window


def compose(
    sections: Sequence[Section[Told]],
    *,
    headlines: Mapping[str, Headline],
    brief: Brief,
    follows: Mapping[str, Predecessor],
    cut: Sequence[Cut],
    earlier: Sequence[Outcome],
    sources: Sequence[SourceReport],
    masthead: Masthead,
    author: str,
    calendar: Calendar,
    window: Window,
    draft: Draft,
    after: int,
    encoder: str,
) -> Issue:
    """Put an issue together.

    `earlier` are the outcomes of entries that never became a story; `headlines` and `follows` (the
    story of a past issue that goes on in one) are by story id; `after` is the number of the issue
    before, or 0; `encoder` names who compared meanings.
    """
    number = draft.number or calendar.number(window.label, after)
    lead = lead_of(sections)
    by_itself = headlines[lead.story.id].title if lead else f"{masthead.title} {window.label}"
    title = draft.title or by_itself
    outcomes = (*_outcomes(sections, cut), *earlier)
    return Issue(
        number=number,
        week=window.label,
        window=_window(window),
        date=(draft.date or calendar.publication_day(window.label)).isoformat(),
        subject=f"{title} | ✉️ #{number}",
        title=title,
        author=draft.author or author,
        essay=draft.essay,
        lead=lead.story.id if lead else None,
        masthead=masthead,
        next=_next(number, draft.next_date or calendar.next_day(window.label)),
        sections=tuple(_section(section, headlines, follows) for section in sections),
        outcomes=outcomes,
        sources=tuple(sources),
        stats=_stats(outcomes, sources),
        encoder=encoder,
        brief=brief,
    )


def _window(window: Window) -> IssueWindow:
    return IssueWindow(
        start=window.start, end=window.end, timezone=window.zone.key, text=str(window)
    )


def _next(number: int, day: date) -> NextIssue:
    return NextIssue(number=number + 1, date=day.isoformat())


def _section(
    section: Section[Told],
    headlines: Mapping[str, Headline],
    follows: Mapping[str, Predecessor],
) -> IssueSection:
    return IssueSection(
        name=section.name,
        own=section.own,
        stories=tuple(
            _story(t, headlines[t.story.id], follows.get(t.story.id)) for t in section.stories
        ),
    )


def _story(told: Told, headline: Headline, follows: Predecessor | None) -> IssueStory:
    lead = told.story.lead
    return IssueStory(
        id=told.story.id,
        title=headline.title,
        url=lead.url,
        source=lead.outlet,
        published=lead.published,
        topic=told.ranked.placed.topic,
        score=told.ranked.score,
        reasons=(*told.ranked.placed.reasons, *told.ranked.reasons),
        blurb=" ".join(s.text for s in told.blurb),
        sentences=told.blurb,
        kind=told.ranked.placed.kind,
        original=headline.original,
        retitled=headline.why,
        coverage=tuple(
            IssueCoverage(
                title=title,
                url=c.article.url,
                source=c.article.pick.newsletter if c.article.pick else c.article.outlet,
                published=c.article.published,
                relation=c.relation,
                angle=angle.text if angle else "",
                sentence=angle,
                why=c.why,
                original=_given(c.article) if _given(c.article) != title else "",
            )
            for c, angle, title in zip(
                told.story.coverage, told.angles, headline.coverage, strict=True
            )
        ),
        follows=follows,
        image=lead.image,
    )


def _given(article: Article) -> str:
    return article.given or article.title


def _outcomes(sections: Iterable[Section[Told]], cut: Iterable[Cut]) -> Iterable[Outcome]:
    for section in sections:
        for told in section.stories:
            yield outcome_of(told.story.lead, "used", f"leads in {section.name}", told.story.id)
            yield from _coverage_outcomes(told.story)
    for dropped in cut:
        story = dropped.ranked.story
        reason = f"{dropped.reason} (score {dropped.ranked.score:g})"
        for article in story.articles:
            yield outcome_of(article, "below the line", reason, story.id)


def _coverage_outcomes(story: Story) -> Iterable[Outcome]:
    for coverage in story.coverage:
        kind: OutcomeKind = "copy of" if coverage.relation == "copy" else "merged into"
        reason = f"{_name(story.lead)}: {coverage.why}"
        yield outcome_of(coverage.article, kind, reason, story.id)


def _name(article: Article) -> str:
    return f"{article.title} ({article.outlet})"


def _stats(outcomes: Iterable[Outcome], sources: Sequence[SourceReport]) -> dict[str, int]:
    """Counts for the colophon; every outcome is in exactly one of the last eight."""
    count = Counter(outcome.outcome for outcome in outcomes)
    return {
        "sources": len(sources),
        "failed": sum(report.status == "failed" for report in sources),
        "collected": count.total() - count["source failed"],
        "chosen": count["used"],
        "merged": count["copy of"] + count["merged into"],
        "cut": count["below the line"],
        "outside": count["outside the window"],
        "unreadable": count["unreadable"],
        "unpacked": count["unpacked"],
        "repeated": count["seen in issue"],
    }
