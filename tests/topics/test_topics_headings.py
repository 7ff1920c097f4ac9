from __future__ import annotations

import pytest
from fakes import article, source, story

from digest.model import Story
from digest.topics.headings import (
    DEMONYMS,
    RULES,
    VAGUE,
    WIDE,
    Phrase,
    Usage,
    is_wide,
    objection,
    title,
)
from digest.topics.naming import name_groups
from digest.topics.phrases import read_phrases

NOUN = Usage(uses=6, head=5, nominal=4)
VERB = Usage(uses=6, head=1, nominal=0, verbal=4)


def phrase(text: str, usage: Usage = NOUN, *, proper: bool = False) -> Phrase:
    return Phrase(tuple(text.split()), proper, usage)


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (phrase("week"), "a word that fits any section"),
        (phrase("other people"), "a word that fits any section"),
        (phrase("big ferry"), "a vague word stands only in a name"),
        (phrase("German", proper=True), "an adjective of a people waits for its noun"),
        (phrase("three Swiss"), "a vague word stands only in a name"),
        (phrase("political", Usage(uses=6, nominal=4)), "an adjective waits for its noun"),
        (phrase("slowly"), "an adverb or participle"),
        (phrase("raised"), "an adverb or participle"),
        (phrase("raises", VERB), "used as a verb, or never as a noun"),
        (phrase("raises", Usage(uses=2, verbal=2)), "used as a verb, or never as a noun"),
        (phrase("markjonasAndFriends"), "the name of an account, a file or a number"),
        (phrase("a1/b2"), "the name of an account, a file or a number"),
    ],
)
def test_what_is_no_heading(found: Phrase, why: str) -> None:
    assert why == objection(found)


@pytest.mark.parametrize(
    "found",
    [
        phrase("interest rates"),
        phrase("festival"),
        phrase("World Cup", proper=True),
        phrase("German Bight", proper=True),
        phrase("OpenAI", proper=True),
        phrase("UN", proper=True),
        phrase("capital", NOUN),  # ends like an adjective, and the week uses it as a noun
    ],
)
def test_what_may_be_a_heading(found: Phrase) -> None:
    assert "" == objection(found)


def test_every_rule_is_tried_above() -> None:
    assert 7 == len({rule.why for rule in RULES})


def test_word_lists_are_lower_case() -> None:
    for words in (VAGUE, DEMONYMS, WIDE):
        assert {word.lower() for word in words} == words


def test_wide_names_need_company() -> None:
    assert is_wide(["US"])
    assert is_wide(["Prime", "Minister"])
    assert not is_wide(["US", "Navy"])


def test_capitals() -> None:
    assert "Board of Peace" == title(["board", "of", "peace"])
    assert "NASA Movie" == title(["NASA", "MOVIE"])
    assert "Interest Rates" == title(["interest", "rates"])


def test_a_word_is_what_the_week_makes_of_it() -> None:
    stories = [
        story(article(str(n), f"Baker raises prices {n}", "They will raise the prices of bread."))
        for n in range(5)
    ]
    words = read_phrases(stories).words
    assert words["rais"].verbal > words["rais"].nominal
    assert words["price"].nominal > words["price"].verbal


def test_dotted_letters_are_one_word() -> None:
    stories = [
        story(article(str(n), f"The U.S. Navy in port {n}", "The US Navy is here."))
        for n in range(3)
    ]
    found = read_phrases(stories)
    assert ("US", "Navy") == found.spelling(("us", "navi"), [0]).words
    assert frozenset(range(3)) == found.stories["us", "navi"]


def named(*titles: str) -> str:
    rest = ("Ducks swim", "A bridge in Rome", "Seven loaves", "Snow at last", "Old library") * 3
    stories: list[Story] = [
        story(article(str(n), t, source=source("Gazette"))) for n, t in enumerate((*titles, *rest))
    ]
    found = name_groups(stories, [list(range(len(titles)))])
    return found[0].name if found else ""


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (("Grain harvest begins", "Late grain harvest", "A poor grain harvest"), "Grain Harvest"),
        (("German rain", "German trains", "German bread"), ""),  # no demonym alone
        (("the week of one", "one week later", "a second week"), ""),
        (("Gazette: rain", "Gazette: trains", "Gazette: bread"), ""),  # no source
        (("Why OpenAI moves", "What OpenAI asks", "Where OpenAI hires"), "OpenAI"),
    ],
)
def test_names(titles: tuple[str, ...], name: str) -> None:
    assert name == named(*titles)


def test_two_halves_complete_each_other() -> None:
    both = (
        "the ferry is late in the harbour",
        "a harbour and its ferry",
        "on the ferry to the harbour",
    )
    assert {"Ferry", "Harbour"} == {*named(*both).split(" & ")}


def test_a_country_is_a_subject_only_with_what_most_stories_say_too() -> None:
    rain = ("rain in Norway", "Norway and the rain", "heavy rain over Norway")
    trains = ("a train to Norway", "bread from Norway", "a choir of Norway", "Norway has snow")
    assert {"Norway", "Rain"} == {*named(*rain).split(" & ")}
    assert "Norway" not in named(*rain, *trains)


def test_words_alone_name_a_pair_only_if_enough_stories_say_it() -> None:
    ferry = ("the ferry is late", "a ferry in fog", "on the ferry")
    harbour = ("the harbour", "in the harbour", "harbour at night")
    others = tuple(f"a thing called {word}" for word in "abcdefghijkl")
    assert "" == named(*ferry, *harbour, *others)
