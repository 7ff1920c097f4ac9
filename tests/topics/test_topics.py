from __future__ import annotations

import pytest
from fakes import article, source, story

from digest.model import Topic
from digest.topics import EVERYTHING_ELSE, OWN_SECTION, Options, place, sort_into_sections
from digest.topics.terms import EVERYDAY

CLOUD = Topic(name="Cloud", keywords=("kubernetes", "eks", "node pool", "c++", "ci/cd"))
CODE = Topic(name="Code", keywords=("go", "rust", "python"))
TOPICS = (CLOUD, CODE)


def topic_of(title: str, text: str = "", tags: tuple[str, ...] = ()) -> str | None:
    [found] = place([story(article("a", title, text, tags=tags))], TOPICS)
    return found.topic if found else None


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Kubernetes 1.32 is out", "Cloud"),
        ("Traffic for EKS", "Cloud"),
        ("Two node pools are better than one", "Cloud"),
        ("A node in a pool", None),
        ("Kubernetes' garbage", "Cloud"),
        ("Kubernetesque art", None),
        ("What C++ teaches", "Cloud"),
        ("The bill for CI/CD", "Cloud"),
        ("Go 1.24 is out", "Code"),
        ("Where do birds go?", None),
        ("Django 5", None),
        ("Rust in the kernel", "Code"),
        ("The rust on my car", None),
        ("PYTHON 3.14", "Code"),
        ("", None),
    ],
)
def test_keywords_in_titles(title: str, topic: str | None) -> None:
    assert topic == topic_of(title)


def test_a_mention_in_the_text_is_not_enough() -> None:
    assert (
        topic_of(
            "Ducks",
            "In the park we fed them bread. A man with a Kubernetes shirt came by and took it.",
        )
        is None
    )
    assert "Cloud" == topic_of("Ducks", "They run Kubernetes on EKS.")


def test_a_tag_is_enough_in_any_case() -> None:
    assert "Code" == topic_of("News", tags=("go",))


def test_the_text_counts_only_where_it_starts() -> None:
    assert topic_of("Ducks", "quack " * 260 + "Kubernetes EKS") is None


def test_the_reasons_are_told() -> None:
    [found] = place(
        [story(article("a", "EKS", "Everybody runs EKS, and one runs Python."))], TOPICS
    )
    assert found is not None
    assert "'eks' in the title" in [reason.text for reason in found.reasons]
    assert 0.5 < found.confidence < 1


def test_a_tie_is_told() -> None:
    twins = (Topic(name="One", keywords=("ducks",)), Topic(name="Two", keywords=("ducks",)))
    [found] = place([story(article("a", "Ducks and ducks"))], twins, Options(sure=0.3))
    assert found is not None
    assert ("One", "nearly as much speaks for Two") == (found.topic, found.reasons[-1].text)


def test_everyday_words_are_lower_case() -> None:
    assert {word.lower() for word in EVERYDAY} == EVERYDAY


def names(*titles: str, smallest: int = 3) -> list[tuple[str, int]]:
    stories = [story(article(str(n), title)) for n, title in enumerate(titles)]
    return [
        (s.name, len(s.stories))
        for s in sort_into_sections(stories, TOPICS, Options(smallest=smallest))
    ]


def test_sections_come_in_the_order_of_the_config() -> None:
    assert [("Cloud", 1), ("Code", 2), (EVERYTHING_ELSE, 1)] == names(
        "Python 3.14", "Ducks swim", "Kubernetes is out", "Rust 1.84"
    )


OTHERS = ("Ducks swim", "A bridge in Rome", "Seven loaves", "Snow at last", "The old library")


def test_what_fits_no_topic_is_grouped_by_name() -> None:
    titles = [f"Why OpenAI did thing {n}" for n in range(3)]
    assert [("OpenAI", 3), (EVERYTHING_ELSE, 5)] == names(*titles, *OTHERS)


def test_too_few_stories_make_no_topic() -> None:
    titles = [f"Why OpenAI did thing {n}" for n in range(3)]
    assert [(EVERYTHING_ELSE, 8)] == names(*titles, *OTHERS, smallest=4)


def test_own_stories_are_shared() -> None:
    [section] = sort_into_sections([story(article("a", "Kubernetes", own=True))], TOPICS)
    assert (OWN_SECTION, True) == (section.name, section.own)


def test_a_source_may_have_a_topic_of_its_own() -> None:
    lead = article("a", "Ducks", source=source(topic="Code"))
    [section] = sort_into_sections([story(lead)], TOPICS)
    assert "Code" == section.name


def test_a_sources_topic_need_not_be_configured() -> None:
    lead = article("a", "Ducks", source=source(topic="Birds"))
    [section] = sort_into_sections([story(lead)], TOPICS)
    assert "Birds" == section.name


def test_a_long_text_that_opens_with_the_word_is_about_it() -> None:
    more = "The park was quiet and the bread was stale. " * 12
    said = "A man with a Kubernetes shirt came by and took it."
    assert "Cloud" == topic_of("Ducks", f"{said} {more}")
    assert topic_of("Ducks", f"{more} {said}") is None
