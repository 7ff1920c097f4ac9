from __future__ import annotations

from fakes import article, story

from digest.model import PastStory
from digest.stories import predecessors

STRIKE = (
    "Ferry crews of Norlandia walked out on Monday over night shifts, and the harbour of "
    "Vesterhamn stood still. Their union, led by Ingrid Solvang, wants two crews on every "
    "crossing. Norlandia offered a bonus, which Solvang called an insult."
)
DEAL = (
    "Norlandia and the union of its ferry crews signed a deal on Sunday that ends the walkout at "
    "Vesterhamn. Night crossings get two crews from June, and Ingrid Solvang spoke of a victory. "
    "Norlandia said that fares will rise by four percent."
)
DUCKS = (
    "Ducks returned to the pond in the city park after the long frost. Rangers counted ninety of "
    "them on Sunday morning and asked visitors to leave bread at home."
)


def past(
    identifier: str, title: str, text: str, week: str = "2025-W04", url: str = ""
) -> PastStory:
    return PastStory(
        id=identifier,
        number=int(week[-2:]),
        week=week,
        title=title,
        url=url,
        source="Harbour Post",
        text=text,
    )


WALKOUT = past("old", "Norlandia's ferry crews walk out at Vesterhamn", STRIKE)
SIGNED = story(article("new", "Deal ends walkout of Norlandia's ferry crews at Vesterhamn", DEAL))


def test_a_saga_names_its_last_chapter() -> None:
    others = [past("x", "Ducks return to the pond", DUCKS)]
    before = past("older", WALKOUT.title, STRIKE, week="2025-W03")
    found = predecessors([SIGNED], [before, WALKOUT, *others])["new"]
    assert ("old", 4, "2025-W04", WALKOUT.title) == (
        found.id,
        found.number,
        found.week,
        found.title,
    )
    assert "Norlandia" in found.why


def test_strangers_have_no_predecessor() -> None:
    assert {} == predecessors([story(article("d", "Ducks return to the pond", DUCKS))], [WALKOUT])


def test_a_page_with_a_new_title_goes_on_from_what_it_told() -> None:
    url = "https://a.example/changelog"
    release = story(article("r", "Version 3 is out", "It is smaller.", url=url))
    known = past("v2", "Version 2 is out", "It is faster.", url=f"{url}?utm_source=x")
    found = predecessors([release], [known])["r"]
    assert ("v2", "the same page") == (found.id, found.why)


def test_nothing_follows_nothing() -> None:
    assert ({}, {}) == (predecessors([], [WALKOUT]), predecessors([SIGNED], []))
