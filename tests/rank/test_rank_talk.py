from __future__ import annotations

from fakes import WINDOW, article, placed, story

from digest.model import Placed, Section, Story
from digest.rank import WEIGHTS, rank, select
from digest.rank.subjects import Subjects
from digest.rank.talk import Talk, talk

WEEK = {
    "dam": ("Ridgeport dam fails", "Water took Ridgeport after the dam of Lake Orla broke."),
    "court": (
        "Judges go to Ridgeport",
        "In court, Ridgeport heard who built the dam at Lake Orla.",
    ),
    "votes": ("Norland votes", "On the day after, Norland counted the votes of the north."),
    "trains": ("Norland buys trains", "In spring, Norland will buy trains from the south."),
    "quiet": ("A quiet week", "On the whole it was quiet in Norland, and in the south."),
}


def week(**sites: str) -> list[Story]:
    """Every story of the week, on a site of its own unless `sites` says otherwise."""
    return [
        story(article(name, *told, url=f"https://{sites.get(name, name)}.example/{name}"))
        for name, told in WEEK.items()
    ]


def found(stories: list[Story]) -> dict[str, Talk]:
    subjects = Subjects(stories, [told.id for told in stories])
    return {talked.story: talked for talked in talk(stories, subjects)}


def scores(*sections: Section[Placed]) -> dict[str, dict[str, float]]:
    chosen = select(rank(sections, WINDOW)).sections
    return {r.story.id: {x.name: x.value for x in r.reasons} for s in chosen for r in s.stories}


def test_others_who_write_on_a_subject_count_by_how_surely_they_do() -> None:
    talked = found(week())
    assert {"dam", "court"} == talked.keys()
    assert 1.0 == talked["dam"].publishers == talked["dam"].doublings
    assert talked["dam"].text.startswith("1 more publisher writes on ")
    assert "Ridgeport" in talked["dam"].text


def test_a_publisher_that_writes_on_does_not_count() -> None:
    assert {} == found(week(dam="one", court="one"))


def test_a_publisher_counts_once_however_often_it_writes() -> None:
    url = "https://court.example/2"
    again = story(
        article("again", "Ridgeport buries its dead", "At Lake Orla, Ridgeport wept.", url=url)
    )
    assert found([*week(), again])["dam"].publishers <= 1.0


def test_what_the_week_talks_of_comes_first() -> None:
    stories = tuple(sorted(map(placed, week()), key=lambda p: p.story.id == "dam"))
    told = scores(Section[Placed](name="World", stories=stories))
    assert WEIGHTS["talk"].points == told["dam"]["talk"]
    assert "talk" not in told["votes"]
    assert next(iter(told)) in {"dam", "court"}


def test_own_work_neither_gains_nor_counts() -> None:
    dam, court, *_ = map(placed, week())
    own = Section[Placed](name="What We've Shared", own=True, stories=(court,))
    told = scores(own, Section[Placed](name="World", stories=(dam,)))
    assert {"dam", "court"} == told.keys()
    assert not any("talk" in reasons for reasons in told.values())
