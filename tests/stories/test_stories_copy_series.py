"""Series, templates and lists: alike, but not copies."""

from __future__ import annotations

import pytest
from copies_sample import LEXICON, STANDARD, are_copies, at, groups
from fakes import article, pick

from digest.model import Article
from digest.stories.copies import find_copies

WEATHER = (
    "The weather for the harbour and the islands on {day}. Expect a light wind from the west at "
    "{a} knots, with a temperature of {b} degrees at noon and {c} degrees at night. The sea is "
    "calm near the coast and moderate further out. Visibility is good at {d} miles. The next "
    "report follows in the evening, and a warning will be given here if the wind should rise."
)


def weather(day: str, *numbers: int) -> str:
    return WEATHER.format(day=day, **dict(zip("abcd", numbers, strict=True)))


SERIES: dict[str, tuple[Article, Article]] = {
    "a report in which only numbers differ": (
        article("a", "Weather", weather("Monday", 8, 12, 3, 9), **at("Harbour", "1")),
        article("b", "The weather", weather("Tuesday", 11, 15, 4, 7), **at("Coast", "2")),
    ),
    "a number that stands last": (
        article("a", "Lottery", f"{STANDARD} number 41 77", **at("Echo")),
        article("b", "Results", f"{STANDARD} number 15 23", **at("Post")),
    ),
    "titles that differ in a number": (
        article("a", "The list, number 41", STANDARD, **at("Echo", "1")),
        article("b", "The list, number 42", STANDARD, **at("Mirror", "2")),
    ),
    "titles that differ in a day": (
        article("a", "Agenda for Monday", STANDARD, **at("Echo", "1")),
        article("b", "Agenda for Tuesday", STANDARD, **at("Echo", "2")),
    ),
    "one title and text on two days": (
        article("a", "Photos of the day", STANDARD, day=27, **at("Echo", "1")),
        article("b", "Photos of the day", STANDARD, day=28, **at("Echo", "2")),
    ),
    "one title and text without dates on one site": (
        article("a", "Photos of the day", STANDARD, day=0, **at("Echo", "1")),
        article("b", "Photos of the day", STANDARD, day=0, **at("Echo", "2")),
    ),
    "a podcast's standard text": (
        article("a", "How bridges are built", STANDARD, **at("Echo", "1")),
        article("b", "A night at the opera", STANDARD, **at("Echo", "2")),
    ),
}


@pytest.mark.parametrize("name", SERIES)
def test_a_series_is_no_copy(name: str) -> None:
    assert not are_copies(*SERIES[name])


SENT_TWICE: dict[str, tuple[Article, Article]] = {
    "a headline that was edited": (
        article("a", "Ferry runs aground in the bay", STANDARD, **at("Echo", "1")),
        article("b", "Ferry runs aground in the bay: passengers safe", STANDARD, **at("Echo", "2")),
    ),
    "one title, twice on a day": (
        article("a", "Ferry runs aground", STANDARD, **at("Echo", "1")),
        article("b", "Ferry runs aground", STANDARD, **at("Echo", "2")),
    ),
    "without links or dates": (
        article("a", "Ferry runs aground", STANDARD, day=0),
        article("b", "Ferry runs aground", STANDARD, day=0),
    ),
}


@pytest.mark.parametrize("name", SENT_TWICE)
def test_one_text_of_one_publisher(name: str) -> None:
    assert are_copies(*SENT_TWICE[name])


def test_a_standard_text_tells_nothing_wherever_it_stands() -> None:
    titles = ("How bridges are built", "A night at the opera", "Why cats purr")
    episodes = [
        article(f"e{n}", title, STANDARD, **at("Podcast", str(n))) for n, title in enumerate(titles)
    ]
    elsewhere = article("x", "Something else", STANDARD, **at("Player"))
    same = article("y", titles[1], STANDARD, **at("Player", "2"))
    assert {frozenset({"e1", "y"})} == groups([*episodes, elsewhere, same])


def test_a_page_of_many_entries_is_not_one_article() -> None:
    page = {"outlet": "Awesome", "url": "https://awesome.example/list"}
    entries = [article(f"e{n}", f"Entry {n}", f"About {LEXICON[n]}", **page) for n in range(4)]
    again = article("z", "Entry 2", "About another thing", **page)
    assert {frozenset({"e2", "z"})} == groups([*entries, again])
    assert {frozenset({"e0", "e1"})} == groups(entries[:2])


def test_picks_of_one_link_are_votes_whatever_their_titles() -> None:
    link = "https://echo.example/1"
    votes = [pick(f"p{n}", "Weekly", f"Comment {n}", title=f"T{n}", url=link) for n in range(4)]
    found = find_copies([article("a", text="Short", url=link), *votes])
    assert {("a", "the same link")} == set(found.of.values())
