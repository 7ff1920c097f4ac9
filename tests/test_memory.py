from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest
from fakes import WINDOW, article, pick

from digest.memory import Options, drop_repeats, remember
from digest.model import (
    Article,
    Extracted,
    Issue,
    IssueCoverage,
    IssueSection,
    IssueStory,
    IssueWindow,
    Masthead,
    Memory,
    NextIssue,
    OutcomeKind,
    outcome_of,
)
from digest.week import Calendar

CALENDAR = Calendar(zone=ZoneInfo("UTC"), first_number=60, first_week="2025-W03")
URL = "https://a.example/karpenter"


def issue(week: str, told: Sequence[Article] = (), kind: OutcomeKind = "used") -> Issue:
    """An issue of that week with one story for each article."""
    window = CALENDAR.window(week)
    number = CALENDAR.number(week)
    stories = tuple(
        IssueStory(
            id=a.id,
            title=a.title,
            url=a.url,
            source=a.outlet,
            published=None,
            topic="Cloud",
            score=1.0,
            blurb=a.text,
            coverage=(
                IssueCoverage(
                    title="Elsewhere",
                    url="https://b.example/",
                    source="B",
                    published=None,
                    relation="same story",
                    angle="Its flags are gone.",
                ),
            ),
        )
        for a in told
    )
    return Issue(
        number=number,
        week=week,
        window=IssueWindow(start=window.start, end=window.end, timezone="UTC", text=str(window)),
        date="2025-01-01",
        subject="",
        title="",
        masthead=Masthead(title="Mine"),
        next=NextIssue(number=number + 1, date=""),
        sections=(IssueSection(name="Cloud", stories=stories),),
        outcomes=tuple(outcome_of(a, kind, "") for a in told),
    )


def kept(articles: Sequence[Article], memory: Memory, options: Options = Options()) -> list[str]:
    return [
        a.id for a in drop_repeats(Extracted(articles=tuple(articles)), memory, options).articles
    ]


TOLD = article("a", "Karpenter 1.2 is out", url=URL)


def test_what_an_earlier_issue_told_is_left_out_and_says_where() -> None:
    memory = remember([issue("2025-W04", [TOLD])], WINDOW)
    again = article("b", "Karpenter 1.2 is out", url=f"{URL}/?utm_source=mail")
    new = article("c", url="https://a.example/other")
    left = drop_repeats(Extracted(articles=(again, new)), memory)
    assert [new] == list(left.articles)
    [outcome] = left.outcomes
    assert ("b", "seen in issue", "#61 (2025-W04) told it") == (
        outcome.id,
        outcome.outcome,
        outcome.reason,
    )


@pytest.mark.parametrize(
    ("why", "found", "stays"),
    [
        ("the same entry", article("a", "Karpenter 1.2 is out"), False),
        ("its title in other type", article("b", "KARPENTER 1.2 is out!", url=URL), False),
        ("a page with something new", article("b", "Karpenter 1.3 is out", url=URL), True),
        ("a file that was written anew", article("a", "Karpenter 1.3 is out"), True),
        ("another page of one title", article("b", "Karpenter 1.2 is out"), True),
        ("a newsletter's words for it", pick("p", "Weekly", "Go and see", url=URL), False),
    ],
)
def test_a_repeat_is_one_page_with_one_title(why: str, found: Article, stays: bool) -> None:
    memory = remember([issue("2025-W04", [TOLD])], WINDOW)
    assert ([found.id] if stays else []) == kept([found], memory), why


@pytest.mark.parametrize(
    ("kind", "stays"),
    [
        ("used", False),
        ("merged into", False),
        ("copy of", False),
        ("below the line", True),
        ("outside the window", True),
        ("seen in issue", True),
    ],
)
def test_only_what_readers_saw_is_told(kind: OutcomeKind, stays: bool) -> None:
    memory = remember([issue("2025-W04", [TOLD], kind)], WINDOW)
    assert (["a"] if stays else []) == kept([TOLD], memory)


def test_an_issue_does_not_remember_itself_or_later_ones() -> None:
    memory = remember([issue(week, [TOLD]) for week in ("2025-W05", "2025-W06")], WINDOW)
    assert Memory() == memory


def test_the_last_issues_count_and_no_more() -> None:
    issues = [issue("2025-W04", [article("b")]), issue("2025-W03", [TOLD])]
    assert ["2025-W03", "2025-W04"] == [s.week for s in remember(issues, WINDOW).stories]
    assert ["2025-W04"] == [s.week for s in remember(issues, WINDOW, Options(issues=1)).stories]
    assert Memory(number=61) == remember(issues, WINDOW, Options(issues=0))


def test_titles_of_several_issues_add_up() -> None:
    second = article("b", "Karpenter 1.3 is out", url=URL)
    memory = remember([issue("2025-W04", [second]), issue("2025-W03", [TOLD])], WINDOW)
    assert [] == kept([TOLD, second], memory)


def test_repeats_are_kept_on_demand() -> None:
    memory = remember([issue("2025-W04", [TOLD])], WINDOW)
    assert ["a"] == kept([TOLD], memory, Options(repeats="keep"))


def test_a_past_story_is_its_blurb_and_its_angles() -> None:
    told = article("a", "Karpenter 1.2 is out", "It drops a webhook.", url=URL)
    [past] = remember([issue("2025-W04", [told])], WINDOW).stories
    assert ("It drops a webhook. Its flags are gone.", URL, 61, "2025-W04") == (
        past.text,
        past.url,
        past.number,
        past.week,
    )


def test_headings_are_remembered_the_latest_first() -> None:
    issues = [issue("2025-W03", [TOLD]), issue("2025-W04", [article("b", "Flux 3 is out")])]
    assert [("Cloud", ("Flux 3 is out",)), ("Cloud", ("Karpenter 1.2 is out",))] == [
        (topic.name, topic.titles) for topic in remember(issues, WINDOW).topics
    ]


def test_the_number_is_that_of_the_newest_issue_before() -> None:
    issues = [issue(week) for week in ("2025-W04", "2025-W03", "2025-W05", "2025-W06")]
    assert 61 == remember(issues, WINDOW).number
    assert 0 == remember(issues[2:], WINDOW).number
