from __future__ import annotations

import importlib
from collections.abc import Sequence

import numpy as np
import pytest
from fakes import article, source, story
from numpy.typing import NDArray

from digest.model import PastTopic, Story
from digest.topics import EVERYTHING_ELSE, sort_into_sections
from digest.topics.discover import discover, group
from digest.topics.headings import VAGUE
from digest.topics.naming import name_groups
from digest.topics.terms import terms_of

FILM = ("film", "actor", "director")
VIDEO = "https://www.youtube.com/watch?v=1"
OIL = ("crude oil", "refinery", "tanker")


def week(*subjects: Sequence[str], each: int = 6) -> list[Story]:
    return [
        story(article(f"{n}-{k}", f"The {words[k % 3]} and the {words[(k + 1) % 3]} number {k}"))
        for n, words in enumerate(subjects)
        for k in range(each)
    ]


def encode(passages: Sequence[str]) -> NDArray[np.float32]:
    """A vector by which of the two subjects a passage has more words of."""
    rows = [[sum(w in p for w in FILM), sum(w in p for w in OIL), 0.2] for p in passages]
    found = np.array(rows, dtype=np.float32).reshape(-1, 3)
    return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9))


def test_two_subjects_are_two_sections() -> None:
    sections = sort_into_sections(week(FILM, OIL), encode=encode)
    assert [6, 6] == [len(s.stories) for s in sections]
    assert 2 == len({s.name for s in sections})
    assert all(
        len({p.story.id[0] for p in s.stories}) == 1 and s.name != EVERYTHING_ELSE for s in sections
    )


def test_stories_of_found_subjects_have_their_kind() -> None:
    stories = [*week(FILM, OIL), story(article("v", "The film with a director", url=VIDEO))]
    kinds = {
        p.story.id: p.kind for s in sort_into_sections(stories, encode=encode) for p in s.stories
    }
    assert ("video", "article") == (kinds["v"], kinds["0-0"])


def test_names_are_capitalised_and_tell_apart() -> None:
    stories = week(FILM, OIL)
    named = name_groups(stories, [list(range(6)), list(range(6, 12))])
    assert ["Actor & Director", "Crude Oil"] == sorted(n.name for n in named)


def test_a_subject_keeps_its_name() -> None:
    stories = week(FILM, OIL)
    groups = [list(range(6)), list(range(6, 12))]
    past = [PastTopic(name="Film & Actor"), PastTopic(name="Snow & Ice")]
    named = name_groups(stories, groups, earlier=past)
    assert {"Film & Actor", "Crude Oil"} == {n.name for n in named}


def test_no_source_and_no_other_section_gives_the_name() -> None:
    stories = [
        story(article(str(n), f"Gazette: film {n}", source=source("Gazette"))) for n in range(4)
    ] + week(OIL)
    named = name_groups(stories, [list(range(4))], taken=["Film"])
    assert [] == named


def test_a_name_is_never_one_vague_word() -> None:
    assert VAGUE == {word.lower() for word in VAGUE}
    stories = [story(article(str(n), f"The year of week {n}")) for n in range(4)]
    assert [] == name_groups(stories, [[0, 1, 2, 3]])


def test_too_few_make_no_group() -> None:
    stories = week(FILM, each=2)
    found, left = discover(stories, [terms_of(s) for s in stories])
    assert ({}, stories) == (found, left)


def test_texts_that_share_nothing_are_left() -> None:
    assert [] == group([frozenset({str(n)}) for n in range(9)])
    assert [] == group([frozenset()] * 9)


def test_many_stories_are_grouped_by_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.import_module("digest.topics.discover"), "MOST", 12)
    stories = week(FILM, OIL, each=30)
    vectors = np.array([[n < 30, n >= 30, 0.1 * (n % 3)] for n in range(60)], dtype=np.float64)
    found = group([terms_of(s) for s in stories], vectors)
    assert [30, 30] == sorted(map(len, found))


def test_same_input_same_sections() -> None:
    stories = week(FILM, OIL)
    assert sort_into_sections(stories) == sort_into_sections(stories)


def test_a_name_stands_over_those_who_say_it_and_those_who_are_like_them() -> None:
    said = [f"Crude oil in tanker {n}" for n in range(4)]
    like, unlike = "A refinery and a tanker", "A refinery and a film, a director, an actor"
    stories = [story(article(str(n), title)) for n, title in enumerate([*said, like, unlike])]
    stories += week(FILM)
    by_words = {s.name: len(s.stories) for s in sort_into_sections(stories)}
    by_meaning = {s.name: len(s.stories) for s in sort_into_sections(stories, encode=encode)}
    assert (4, 5) == (by_words["Crude Oil"], by_meaning["Crude Oil"])


def test_the_reason_says_who_brought_a_story_under_the_heading() -> None:
    stories = [story(article(str(n), f"Crude oil in tanker {n}")) for n in range(4)]
    stories += [story(article("x", "A refinery and a tanker")), *week(FILM)]
    why = {
        p.story.id: p.reasons[0].text
        for section in sort_into_sections(stories, encode=encode)
        if section.name == "Crude Oil"
        for p in section.stories
    }
    said = "4 stories that share the words crude oil"
    assert (f"one of {said}", f"like {said}") == (why["0"], why["x"])
