"""Titles mended, a row for each rule, and what must stay as it is."""

from __future__ import annotations

import pytest
from fakes import article

from digest.headline.mend import RULES, mended
from digest.model import Kind

URL = "https://example.org/a"
POLITICS = "https://example.org/politics/ducks"

# One row for each rule in its order: title, what is left, kind, address.
ROWS: list[tuple[str, str, Kind, str]] = [
    ('""Ducks swim"", says the mayor', '"Ducks swim", says the mayor', "article", URL),
    ("BREAKING: Ducks leave the pond", "Ducks leave the pond", "article", URL),
    ("Video | How ducks swim", "How ducks swim", "video", URL),
    ("How ducks swim [video]", "How ducks swim", "video", URL),
    ("LISTEN: How ducks swim", "How ducks swim", "podcast", URL),
    ("How ducks swim (Podcast)", "How ducks swim", "podcast", URL),
    ("Ep. 54: How ducks swim", "How ducks swim", "podcast", URL),
    ("How ducks swim (Episode 54)", "How ducks swim", "podcast", URL),
    ("[Paper] How ducks swim", "How ducks swim", "paper", URL),
    ("Opinion | Ducks should swim", "Ducks should swim", "opinion", URL),
    ("Show HN: A map of ponds", "A map of ponds", "tool", URL),
    ("#123: How ducks swim", "How ducks swim", "article", URL),
    ("World News | Ducks leave the pond", "Ducks leave the pond", "article", URL),
    ("Ducks leave the pond | Politics", "Ducks leave the pond", "article", URL),
    ("Politics: Ducks leave the pond", "Ducks leave the pond", "article", POLITICS),
    ("Ducks leave the pond |", "Ducks leave the pond", "article", URL),
    ("Ducks of the U.S. leave the pond.", "Ducks of the U.S. leave the pond", "article", URL),
]


@pytest.mark.parametrize(("number", "row"), list(enumerate(ROWS)))
def test_every_rule_has_its_row(number: int, row: tuple[str, str, Kind, str]) -> None:
    title, expected, kind, url = row
    found = mended(article("a", title, url=url), kind)
    assert (expected, (RULES[number].why,)) == (found.title, found.why)


def test_every_rule_is_tested() -> None:
    assert len(RULES) == len(ROWS)


@pytest.mark.parametrize(
    "title",
    [
        "Germany: Ducks leave the pond",  # who or where is no section
        "Kubernetes: Ducks leave the pond",
        "Politics: Ducks leave the pond",  # the address does not say so
        "Foo - a bar for baz",
        "[Sponsored] Ducks love this bread",  # readers must see that
        "Ad: Ducks love this bread",
        "Video: Ducks leave the pond",  # no label would say so
        "Opinion: Ducks should swim",
        "Ask HN: Where do ducks swim?",
        "Bookshelf #16",
        "Breaking: Bad news",  # too little would be left
        "12/18: Evening News",
        "Breaking the ice on the pond",
        "Why are ducks so calm?",
        "Ducks leave. Swans stay.",
        "Ducks leave the pond of Example Inc.",
        "Ducks leave the U.S.",
        "Ducks leave the pond | Swans stay",
    ],
)
def test_what_says_something_stays(title: str) -> None:
    found = mended(article("a", title, url=URL))
    assert (title, ()) == (found.title, found.why)


def test_a_title_of_our_own_making_stays() -> None:
    made = article("a", "BREAKING: Ducks leave the pond", title_derived=True)
    assert made.title == mended(made).title


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Ducks leave the...", "Ducks leave the pond. More.", "Ducks leave the pond"),
        ("Ducks leave the […]", "Ducks leave the pond! More.", "Ducks leave the pond!"),
        ("Ducks leave the pond...", "Ducks leave the pond. More.", "Ducks leave the pond"),
        ("Ducks leave the...", "Swans stay. Ducks leave the pond. More.", "Ducks leave the pond"),
        ("Ducks leave the...", "Ducks leave them all behind.", "Ducks leave the..."),
        ("Ducks leave the...", "Swans stay.", "Ducks leave the..."),
        ("Ducks leave the...", "One. Two. Three. Ducks leave the pond.", "Ducks leave the..."),
        ("Ducks leave...", "Ducks leave " + "and leave " * 15 + "them.", "Ducks leave..."),
        ("Ducks leave...", "Ducks leave the…", "Ducks leave..."),
        ("Ducks leave", "Ducks leave the pond.", "Ducks leave"),
        ("“ Ducks leave...", "“Ducks leave the pond.”", "“Ducks leave the pond”"),
        (
            "Ducks leave the pond . How...",
            "Ducks leave the pond. How we knew.",
            "Ducks leave the pond",
        ),
        ("Ducks leave. How...", "Swans stay.", "Ducks leave. How..."),  # too little would be left
        ("Ducks leave (the pond. So...", "Swans stay.", "Ducks leave (the pond. So..."),
    ],
)
def test_a_cut_title_is_completed_from_its_text(title: str, text: str, expected: str) -> None:
    assert expected == mended(article("a", title, text)).title


def test_the_name_of_the_show_and_its_guests_go() -> None:
    show = article("a", "Calm Ducks | Pond Talk #642 with Ada Example", outlet="Pond Talk!")
    assert "Calm Ducks" == mended(show).title
    assert show.title == mended(article("a", show.title, outlet="Swan Talk")).title
