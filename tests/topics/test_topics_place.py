from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from fakes import article, source, story
from numpy.typing import NDArray

from digest.model import Topic
from digest.topics import Options, place, reference, sort_into_sections
from digest.topics.evidence import SIGNALS, WEIGHTS
from digest.topics.learn import Vocabulary, fit_softmax, self_train, softmax
from digest.topics.place import place_stories
from digest.topics.reference_training import train
from digest.topics.terms import terms
from digest.topics.vectors import Encode, means, passages, slug_words, summary

LANGUAGES = Topic(name="Languages", keywords=("python", "rust"))
DATA = Topic(name="Databases", keywords=("database", "sql", "postgresql"))


def test_the_table_knows_what_keywords_do_not_say() -> None:
    [found] = place([story(article("a", "A faster query planner for MySQL indexes"))], [DATA])
    assert found is not None
    assert "Databases" == found.topic
    assert "kin" in [reason.name for reason in found.reasons]


@pytest.mark.parametrize(
    "text",
    ["Der Hund schläft im Garten.", "鸭子在池塘里游泳", "for (;;) { x += 1; }", "", "🦆", "42"],
)
def test_foreign_texts_and_code_are_placed_nowhere(text: str) -> None:
    lead = story(article("a", text or " ", text))
    assert [None] == place([lead], [DATA, LANGUAGES])
    assert 1 == sum(len(s.stories) for s in sort_into_sections([lead], [DATA, LANGUAGES]))


@pytest.mark.parametrize("keywords", [(), ("",), ("  ", "-")])
def test_empty_keywords_do_no_harm(keywords: tuple[str, ...]) -> None:
    empty = Topic(name="Empty", keywords=keywords)
    [section] = sort_into_sections([story(article("a", "PostgreSQL 18"))], [empty, DATA])
    assert "Databases" == section.name


def test_a_topic_nobody_fits_has_no_section() -> None:
    sections = sort_into_sections(
        [story(article("a", "PostgreSQL 18"))], [DATA, Topic(name="Bees", keywords=("bee",))]
    )
    assert ["Databases"] == [section.name for section in sections]


def test_two_hundred_topics() -> None:
    topics = [Topic(name=f"Topic {n}", keywords=(f"word{n}",)) for n in range(200)]
    stories = [story(article(str(n), f"On word{n}")) for n in range(0, 200, 8)]
    found = place(stories, topics, Options(sure=0.0))
    assert [f"Topic {n}" for n in range(0, 200, 8)] == [p.topic for p in found if p]


def test_no_stories_and_no_topics() -> None:
    assert () == sort_into_sections([], [DATA])
    assert [None] == place([story(article("a"))], [])


def test_an_example_link_decides() -> None:
    link = "https://example.org/ducks"
    birds = Topic(name="Birds", examples=(link,))
    [found] = place([story(article("a", "PostgreSQL 18", url=link))], [DATA, birds])
    assert found is not None
    assert ("Birds", "example") == (found.topic, found.reasons[0].name)


def test_a_topic_may_take_all_of_a_kind() -> None:
    topics = [DATA, Topic(name="Releases", kind="release")]
    [found] = place([story(article("a", "PostgreSQL 18.1 is out"))], topics)
    assert found is not None
    assert ("Releases", "release") == (found.topic, found.kind)


def test_a_topic_may_take_its_subject_in_one_kind() -> None:
    topics = [Topic(name="Database videos", kind="video", keywords=DATA.keywords)]
    film, text = (
        story(article(i, f"PostgreSQL explained {mark}"))
        for i, mark in (("a", "[video]"), ("b", ""))
    )
    assert ["Database videos", None] == [
        p.topic if p else None for p in place([film, text], topics)
    ]


def test_the_source_comes_first() -> None:
    lead = article("a", "PostgreSQL 18", source=source(topic="Ducks"))
    [found] = place([story(lead)], [DATA])
    assert found is not None
    assert "Ducks" == found.topic


def test_the_week_teaches() -> None:
    """Words that stand beside a keyword all week speak for its topic when it is missing."""
    birds = Topic(name="Birds", keywords=("heron",))
    bread = Topic(name="Bread", keywords=("loaf",))
    titles = [f"A heron over the reed marsh {n}" for n in range(12)]
    titles += [f"A loaf from the stone oven {n}" for n in range(12)]
    stories = [story(article(str(n), t)) for n, t in enumerate([*titles, "Over the reed marsh"])]
    alone, taught = (place_stories(s, [birds, bread]).share[-1] for s in (stories[-1:], stories))
    assert taught[0] > alone[0]
    assert taught[0] > taught[1]


def test_every_signal_has_a_weight_and_a_reason() -> None:
    assert set(SIGNALS) == set(WEIGHTS)
    assert all(weight.why and weight.most > 0 for weight in WEIGHTS.values())


def test_a_table_that_knows_nothing_says_nothing() -> None:
    table = reference.load()
    kin, known = table.kinship([None], [[terms("prime minister"), terms("parliament election")]])
    stories = table.shares(None, [terms("Rust"), terms("Ducks")])
    assert np.abs(table.evidence(stories, kin, known)).max() <= 4.0
    assert (0, 0) == (len(table.kinship([], [])[0]), len(table.kinship([], [])[1]))


def test_a_table_learns_its_subjects() -> None:
    documents = [terms(t) for t in ("red fox", "red hen", "blue sky", "blue sea")] * 3
    vectors = np.eye(4)[[0, 0, 1, 1] * 3] + 0.0
    table = train(documents, vectors, ["animal", "animal", "other", "other"] * 3)
    shares = table.shares(vectors, documents)
    assert ["animal", "other"] == list(table.subjects)
    assert shares[0, 0] > 0.5 > shares[2, 0]


def test_softmax_regression_learns_soft_labels() -> None:
    x = np.array([[1.0, 0.0], [0.0, 1.0]] * 10)
    slopes, bias = fit_softmax(x, x, np.ones(20), ridge=0.1)
    assert (softmax(x @ slopes + bias).argmax(axis=1) == x.argmax(axis=1)).all()


def test_self_training_without_words_or_vectors_changes_nothing_much() -> None:
    first = np.array([[2.0, 0.0], [0.0, 2.0]])
    counts = Vocabulary.of([frozenset(), frozenset()]).counts([frozenset(), frozenset()])
    assert [0, 1] == list(self_train(first, None, counts).argmax(axis=1))


def test_passages_of_an_article() -> None:
    assert ("Title. Text",) == passages("Title", "Text")
    assert ("Title",) == passages("Title", "")
    assert 2 == len(passages("Title", "word " * 200))


def test_a_topic_in_words() -> None:
    topic = Topic(
        name="A", keywords=("b", " "), description="c", examples=("https://example.org/d-e/",)
    )
    assert "A: b. c. d e" == summary(topic)
    assert "d e" == slug_words("https://example.org/d-e/")


def test_no_passages_no_vectors() -> None:
    assert 0 == len(means([], lambda texts: np.zeros((len(texts), 3), dtype=np.float32)))


def far(passages: Sequence[str]) -> NDArray[np.float32]:
    """An encoder to which ducks are the opposite of everything else."""
    rows = [[-1.0 if "duck" in p.lower() else 1.0, 0.1] for p in passages]
    return np.array(rows, dtype=np.float32).reshape(-1, 2)


@pytest.mark.parametrize("encode", [None, far], ids=["words", "encoder"])
@pytest.mark.parametrize(("title", "tags"), [("Ducks", ("postgresql",)), ("SQL for ducks", ())])
@pytest.mark.parametrize("others", [0, 40])
def test_a_keyword_in_title_or_tag_suffices(
    encode: Encode | None, title: str, tags: tuple[str, ...], others: int
) -> None:
    week = [story(article(str(n), f"Bread and a loaf, part {n}")) for n in range(others)]
    week.append(story(article("a", title, tags=tags)))
    found = place(week, [DATA], encode=encode)[-1]
    assert found is not None
    assert "Databases" == found.topic


def test_the_name_of_a_topic_with_keywords_is_no_keyword() -> None:
    guard = Topic(name="Security", keywords=("malware", "phishing", "exploit"))
    title = "Minister meets generals on the security of the border"
    assert [None] == place([story(article("a", title))], [guard])
    alone = Topic(name="Security")
    assert [True] == [p is not None for p in place([story(article("a", title))], [alone])]


def test_a_category_of_many_things_is_not_enough() -> None:
    shop = Topic(name="Trade", keywords=("economy",))
    tagged = [story(article("a", "Ducks", tags=(t,))) for t in ("Economy", "Economy and Finance")]
    assert ["Trade", None] == [p.topic if p else None for p in place(tagged, [shop])]


def test_a_text_about_its_author_needs_more() -> None:
    said = "We run the marsh with a heron that has no heron beside it."
    mine = "I fed my ducks, and I sat by myself, with a heron and my own heron for me."
    birds = Topic(name="Birds", keywords=("heron", "reed"))
    assert place([story(article("a", "Dusk", f"{said} A reed stood by."))], [birds])[0]
    assert [None] == place([story(article("a", "Dusk", f"{mine} A reed stood by."))], [birds])


def test_what_says_no_word_is_of_no_topic_whatever_the_encoder_sees() -> None:
    ducks = Topic(name="池の鴨", keywords=("鴨",))
    same = lambda passages: np.ones((len(passages), 1), dtype=np.float32)  # noqa: E731
    assert [None] == place([story(article("a", "🦆🦆", "🦆"))], [ducks], encode=same)
