from __future__ import annotations

from fakes import article, story

from digest.model import Story
from digest.rank.subjects import Subjects

WEEK = [
    ("a", "Ridgeport dam fails", "Water took Ridgeport after the dam of Lake Orla broke."),
    ("b", "Judges go to Ridgeport", "In court, Ridgeport heard who built the dam at Lake Orla."),
    ("c", "Norland votes", "On the day after, Norland counted the votes of the north."),
    ("d", "Norland buys trains", "In spring, Norland will buy trains from the south."),
    ("e", "Bread and water", "In the south, water is short and bread is dear."),
    ("f", "A quiet week", "On the whole it was quiet in Norland, and in the south."),
]


def told(rows: list[tuple[str, str, str]] = WEEK) -> list[Story]:
    return [story(article(*row)) for row in rows]


def subjects() -> Subjects:
    return Subjects(told(), "abcdef")


def test_a_subject_shows_in_its_names() -> None:
    sure, names = subjects().same("a", "b")
    assert 1.0 == sure
    assert {"Ridgeport", "Lake", "Orla"} == {*names}
    assert "Ridgeport" == max(names, key=names.__getitem__)


def test_one_usual_name_is_no_subject() -> None:
    assert 0.0 == subjects().same("c", "d")[0]


def test_everyday_words_make_no_subject() -> None:
    assert 0.0 == subjects().same("a", "e")[0]


def test_it_is_the_same_from_both_sides() -> None:
    found = subjects()
    assert found.same("a", "b")[0] == found.same("b", "a")[0]


def test_what_one_of_many_articles_mentions_counts_by_its_share() -> None:
    lead, *rest = (article(f"a{n}", "Fans stop", "In the north, fans stopped.") for n in range(4))
    aside = article("a4", "Ridgeport dam fails", "Water took Ridgeport, and Lake Orla is empty.")
    mixed = [story(lead, *rest[:2], aside), *told()[1:]]
    assert Subjects(mixed, ["a0", "b"]).same("a0", "b")[0] < subjects().same("a", "b")[0]


def test_a_week_of_two_stories_can_be_compared() -> None:
    assert (0.0, {}) == Subjects([story(article("x")), story(article("y", "Other"))], "xy").same(
        "x", "y"
    )
