from __future__ import annotations

import numpy as np
from fakes import article, source, story

from digest.model import Story, Topic
from digest.topics import Options, place
from digest.topics.usual import usual_topics

BIRDS = Topic(name="Birds", keywords=("heron", "stork", "gull"))
BREAD = Topic(name="Bread", keywords=("loaf", "oven", "flour"))


def of(name: str, *titles: str) -> list[Story]:
    return [
        story(article(f"{name}{n}", title, source=source(name))) for n, title in enumerate(titles)
    ]


def test_an_undecided_story_is_helped_by_its_source() -> None:
    stories = [*of("marsh", *"aaaab"), *of("mill", *"cccc")]
    scores = np.array([[4.0, -4.0]] * 4 + [[-1.0, -1.0]] + [[-4.0, 4.0]] * 4)
    found = usual_topics(stories, scores)
    assert found[4, 0] > 0.2
    assert found[4, 1] == 0.0
    assert not np.delete(found, 4, axis=0).any()  # who is sure needs no help


def test_a_source_of_few_stories_has_no_usual_topic() -> None:
    scores = np.array([[4.0, -4.0], [4.0, -4.0], [-1.0, -1.0], [-4.0, 4.0]])
    assert not usual_topics([*of("marsh", *"aab"), *of("mill", "c")], scores).any()


def test_what_all_sources_write_about_is_no_habit_of_one() -> None:
    scores = np.array([[4.0, -4.0]] * 4 + [[-1.0, -1.0]])
    assert not usual_topics(of("marsh", *"aaaab"), scores).any()


def test_no_topics_and_no_stories() -> None:
    assert (0, 2) == usual_topics([], np.zeros((0, 2))).shape
    assert (1, 0) == usual_topics(of("marsh", "a"), np.zeros((1, 0))).shape


def test_the_reasons_name_the_source() -> None:
    herons = [f"A heron, a stork and a gull {n}" for n in range(6)]
    loaves = [f"A loaf, an oven and flour {n}" for n in range(6)]
    stories = [
        *of("marsh", *herons),
        *of("mill", *loaves),
        story(article("x", "Dusk", "A gull came by.", source=source("marsh"))),
    ]
    found = place(stories, [BIRDS, BREAD], Options(sure=0.4))[-1]
    assert found is not None
    assert "Birds" == found.topic
    assert "its source mostly writes about this" in [reason.text for reason in found.reasons]
