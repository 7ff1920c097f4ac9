from __future__ import annotations

import pytest
from fakes import article, story

from digest.model import PastTopic
from digest.topics import sort_into_sections
from digest.topics.earlier import kept_names

GAMES = PastTopic(
    name="Winter Olympics",
    titles=("A medal on the ski slope", "Figure skating: a fall and a medal", "Hockey in Milan"),
)
SKI = [("ski", 1.0), ("medal", 0.9), ("olymp", 0.8), ("milan", 0.5), ("snow", 0.4)]
TRAIN = [("train", 1.0), ("rail", 0.9), ("strike", 0.8), ("milan", 0.5)]


@pytest.mark.parametrize(
    ("words", "earlier", "name"),
    [
        (SKI, [GAMES], "Winter Olympics"),
        (TRAIN, [GAMES], None),
        ([("olymp", 0.2), *TRAIN], [GAMES], None),  # one word of the name is a mention
        ([(w, v) for w, v in SKI if w != "olymp"], [GAMES], None),  # nobody says the name now
        ([("olymp", 0.2), ("winter", 0.1), *TRAIN], [PastTopic(name=GAMES.name)], GAMES.name),
        (SKI, [PastTopic(name="Winter Olympics")], None),  # a name alone, and half of it is said
        (SKI, [PastTopic(name="The Games", titles=GAMES.titles)], None),
        (SKI, [PastTopic(name="", titles=GAMES.titles)], None),
    ],
)
def test_the_same_words_are_the_same_subject(
    words: list[tuple[str, float]], earlier: list[PastTopic], name: str | None
) -> None:
    assert name == kept_names([words], earlier).get(0)


def test_a_name_is_given_to_the_surest_group_alone() -> None:
    weak = [*SKI[:3], ("ice", 2.0)]
    assert {1: "Winter Olympics"} == kept_names([weak, SKI], [GAMES])


def test_of_two_earlier_names_the_latest_wins() -> None:
    older = PastTopic(name="Olympics & Medals", titles=GAMES.titles)
    sure = PastTopic(name="Olympics & Ski", titles=GAMES.titles)
    assert {0: "Olympics & Ski"} == kept_names([SKI], [sure, older])


def test_a_configured_topic_takes_its_words_away() -> None:
    assert {} == kept_names([SKI], [GAMES], {"olymp"})


def test_next_week_has_the_heading_of_this_week() -> None:
    def week(first: int) -> list[str]:
        rest = ("Ducks swim", "A bridge in Rome", "Seven loaves", "Snow at last", "Old library")
        about = ("ferry to Calmar", "crew of the Calmar ferry", "ferry strike at Calmar")
        return [f"{about[n % 3]} {first + n}" for n in range(4)] + [*rest]

    def headings(first: int, earlier: tuple[PastTopic, ...] = ()) -> list[str]:
        found = [story(article(str(n), title)) for n, title in enumerate(week(first))]
        return [s.name for s in sort_into_sections(found, earlier=earlier)]

    before = headings(1)[0]
    assert before != "Everything else"
    past = PastTopic(name="Ferry to Calmar", titles=tuple(week(1)[:3]))
    assert "Ferry to Calmar" != before
    assert "Ferry to Calmar" == headings(7, (past,))[0]
