from __future__ import annotations

import pytest
from fakes import article

from digest.model import Topic
from digest.topics.keywords import Matcher, is_inflection


@pytest.mark.parametrize(
    ("token", "keyword", "same"),
    [
        ("monitoring", "monitoring", True),
        ("monitored", "monitoring", True),
        ("monitor", "monitoring", False),
        ("monitors", "monitoring", False),
        ("hospitals", "hospital", True),
        ("hospitalized", "hospital", False),
        ("hospitalised", "hospital", False),
        ("size", "size", True),
        ("optimize", "optimization", True),
        ("Vaccines", "vaccine", True),
        ("ring", "ring", True),
    ],
)
def test_forms_of_one_word(token: str, keyword: str, same: bool) -> None:
    assert same == is_inflection(token, keyword)


def found(topic: Topic, title: str) -> list[str]:
    return [match.keyword for match in Matcher([topic]).matches([article("a", title)])]


def test_a_name_that_is_a_keyword_counts_once() -> None:
    assert ["health"] == found(Topic(name="Health", keywords=("health",)), "Public health")


def test_of_a_phrase_and_a_word_in_it_the_phrase_counts() -> None:
    topic = Topic(name="Health", keywords=("health", "mental health"))
    assert ["mental health"] == found(topic, "Mental health at work")
    assert {"mental health", "health"} == {*found(topic, "Health: why mental health matters")}


def test_two_topics_may_claim_one_phrase() -> None:
    topics = [
        Topic(name="Health", keywords=("health",)),
        Topic(name="Mind", keywords=("mental health",)),
    ]
    matches = Matcher(topics).matches([article("a", "Mental health")])
    assert {0, 1} == {match.topic for match in matches}


def test_letters_with_points_are_one_word() -> None:
    assert ["ai"] == found(Topic(name="Machines", keywords=("ai",)), "Will A.I. take a job?")
    assert [] == found(Topic(name="Machines", keywords=("ai",)), "Example.ai and a.i.r are names")
