from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import fakes
from fakes import WINDOW

from digest.issue import compose
from digest.model import Brief, Cut, Draft, Headline, Issue, Masthead, Outcome, Section, Story, Told
from digest.week import Calendar

CALENDAR = Calendar(zone=ZoneInfo("UTC"), first_number=5, first_week="2025-W05")


def told(story: Story, score: float = 1.0) -> Told:
    return Told(ranked=fakes.ranked(story, score), angles=(None,) * len(story.coverage))


def alone(name: str, score: float = 1.0) -> Told:
    """A story that one article tells."""
    return told(fakes.story(fakes.article(name)), score)


def issue(
    *sections: Section[Told], draft: Draft = Draft(), cut: tuple[Cut, ...] = (), after: int = 0
) -> Issue:
    stories = [told.story for section in sections for told in section.stories]
    return compose(
        sections,
        headlines={
            story.id: Headline(
                title=f"Headline of {story.id}",
                article=story.lead.id,
                coverage=tuple(covered.article.title for covered in story.coverage),
            )
            for story in stories
        },
        brief=Brief(),
        follows={},
        cut=cut,
        earlier=(Outcome(id="old", outcome="outside the window"),),
        sources=(),
        masthead=Masthead(title="Notes"),
        author="Ada",
        calendar=CALENDAR,
        window=WINDOW,
        draft=draft,
        after=after,
        encoder="lexical",
    )


def section(name: str, *stories: Told, own: bool = False) -> Section[Told]:
    return Section(name=name, own=own, stories=stories)


def test_the_biggest_story_that_is_not_our_own_leads_and_names_the_issue() -> None:
    made = issue(
        section("Ours", alone("own", 9.0), own=True),
        section(
            "Cloud", told(fakes.story(fakes.article("a"))), told(fakes.story(fakes.article("b")), 2)
        ),
    )
    assert ("b", "Headline of b", "Headline of b | ✉️ #5") == (made.lead, made.title, made.subject)


def test_without_a_story_the_issue_is_named_by_its_week() -> None:
    assert "Notes 2025-W05" == issue().title
    assert issue().lead is None


def test_the_editor_decides_before_the_program() -> None:
    draft = Draft(
        title="Mine", number=7, author="Bo", date=date(2025, 2, 1), next_date=date(2025, 2, 9)
    )
    made = issue(section("Cloud", alone("a")), draft=draft)
    assert ("Mine", 7, "Bo", "2025-02-01") == (made.title, made.number, made.author, made.date)
    assert (8, "2025-02-09") == (made.next.number, made.next.date)
    plain = issue()
    assert (5, "Ada", "2025-01-31") == (plain.number, plain.author, plain.date)
    assert (6, "2025-02-07") == (plain.next.number, plain.next.date)


def test_every_article_has_one_outcome_and_is_counted_once() -> None:
    a, b, c = (fakes.article(name) for name in "abc")
    copied = fakes.story(a, b, relation="copy")
    merged = fakes.story(c, fakes.article("d"))
    below = Cut(ranked=fakes.ranked(fakes.story(fakes.article("e")), 0.25), reason="full")
    made = issue(section("Cloud", told(copied), told(merged)), cut=(below,))
    assert [
        ("a", "used", "a"),
        ("b", "copy of", "a"),
        ("c", "used", "c"),
        ("d", "merged into", "c"),
        ("e", "below the line", "e"),
        ("old", "outside the window", None),
    ] == [(o.id, o.outcome, o.story) for o in made.outcomes]
    assert "full (score 0.25)" == made.outcomes[4].reason
    counted = {name: made.stats[name] for name in ("chosen", "merged", "cut", "outside")}
    assert {"chosen": 2, "merged": 2, "cut": 1, "outside": 1} == counted
    assert sum(counted.values()) == made.stats["collected"] == 6


def test_coverage_keeps_what_its_source_called_it() -> None:
    lead = fakes.article("a")
    mended, plain = fakes.article("b", "Mended", given="MENDED | Site"), fakes.article("c", "Plain")
    [found] = issue(section("Cloud", told(fakes.story(lead, mended, plain)))).sections
    assert [("Mended", "MENDED | Site", "test"), ("Plain", "", "test")] == [
        (coverage.title, coverage.original, coverage.why) for coverage in found.stories[0].coverage
    ]
