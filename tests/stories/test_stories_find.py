from __future__ import annotations

from itertools import permutations

import msgspec
import pytest
from fakes import article, pick, source
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import SourceKind
from digest.stories import find_stories
from digest.stories.lead import reading_order
from digest.stories.same import same_story

KARPENTER = (
    "Karpenter reached version 1.2 on Tuesday. The release drops three old flags of its "
    "chart and removes the webhook that broke many upgrades last autumn. Teams that pinned it to "
    "version 0.37 have until June to move their node pools, the maintainers said, and they counted "
    "41 fixes since December, most of them for spot capacity and for pods that waited for volumes."
)
DUCKS = (
    "Ducks returned to the pond in the city park after the long frost. Rangers counted ninety of "
    "them on Sunday morning, which is a record for the season, and asked visitors to leave bread "
    "at home. Oats and peas are fine, a sign at the gate now says, and so is watching quietly."
)


def groups(*articles: object) -> list[list[str]]:
    stories = find_stories(articles).stories  # type: ignore[arg-type]
    return [[a.id for a in story.articles] for story in stories]


def test_no_articles() -> None:
    assert () == find_stories([]).stories


def test_one_link_is_one_article() -> None:
    first = article("a", text=KARPENTER, url="https://a.example/karpenter")
    second = article("b", text="A short teaser.", url="https://a.example/karpenter/?utm_source=x")
    [story] = find_stories([second, first]).stories
    [coverage] = story.coverage
    assert ("a", "b", "copy", "the same link") == (
        story.lead.id,
        coverage.article.id,
        coverage.relation,
        coverage.why,
    )


def test_one_text_is_one_article() -> None:
    first = article("a", text=KARPENTER, url="https://a.example/1")
    second = article("b", text=KARPENTER + " Read on at A.", url="https://mirror.example/2")
    [story] = find_stories([first, second]).stories
    assert ["copy"] == [c.relation for c in story.coverage]
    assert "% of the text is the same" in story.coverage[0].why


def test_a_pick_of_a_link_is_a_vote_for_it() -> None:
    lead = article("a", text=KARPENTER, url="https://a.example/1")
    vote = pick("p", "Weekly", "Worth a look.", url="https://a.example/1")
    [story] = find_stories([vote, lead]).stories
    assert ("a", ["pick"]) == (story.lead.id, [c.relation for c in story.coverage])


def test_strangers_stay_apart() -> None:
    assert [["a"], ["b"]] == groups(
        article("a", "Karpenter 1.2", KARPENTER), article("b", "Ducks", DUCKS)
    )


def test_short_texts_of_one_template_are_no_copies() -> None:
    one = article("a", "Puzzle 1", "Here is the puzzle of the day.")
    two = article("b", "Riddle 2", "Here is the puzzle of the day.")
    stories = find_stories([one, two]).stories
    assert all(c.relation != "copy" for story in stories for c in story.coverage)


def test_the_order_of_articles_does_not_matter() -> None:
    material = [
        article("a", "Karpenter 1.2", KARPENTER),
        article("b", "Karpenter 1.2 is out", KARPENTER[:250]),
        article("c", "Ducks", DUCKS),
    ]
    found = {frozenset(frozenset(g) for g in groups(*order)) for order in permutations(material)}
    assert 1 == len(found)


texts = st.lists(st.text(max_size=80), max_size=8)


@settings(max_examples=40, deadline=None)
@given(texts, texts)
def test_every_article_is_in_one_story_once(titles: list[str], bodies: list[str]) -> None:
    material = [
        article(f"{n}", title, body)
        for n, (title, body) in enumerate(zip(titles, bodies, strict=False))
    ]
    found = [a.id for story in find_stories(material).stories for a in story.articles]
    assert sorted(a.id for a in material) == sorted(found)


def test_own_work_is_nobodys_coverage() -> None:
    ours = article("a", "Karpenter 1.2 is out", KARPENTER[:250], own=True)
    theirs = article("b", "Karpenter 1.2", KARPENTER)
    assert [["a"], ["b"]] == groups(ours, theirs)


def test_news_leads_before_a_personal_text_and_a_stub_last() -> None:
    personal = article("a", "Karpenter 1.2", "I like my new Karpenter. " * 60 + KARPENTER)
    stub = article("b", "Karpenter 1.2", KARPENTER[:60])
    news = article("c", "Karpenter 1.2", KARPENTER)
    assert ["c", "a", "b"] == [a.id for a in reading_order([stub, personal, news])]


def test_among_equals_the_earlier_leads() -> None:
    late, early = article("a", text=KARPENTER, day=30), article("b", text=KARPENTER, day=28)
    undated = article("c", text=KARPENTER, day=0)
    assert ["b", "a", "c"] == [a.id for a in reading_order([undated, late, early])]


def test_a_text_nearly_as_long_is_as_complete() -> None:
    long, short = article("a", text=f"{KARPENTER} {DUCKS} {DUCKS}"), article("b", text=KARPENTER)
    early = article("c", text=f"{KARPENTER} {DUCKS}", day=27)
    assert ["c", "a", "b"] == [a.id for a in reading_order([long, short, early])]


def test_the_makers_own_word_leads() -> None:
    report = article("a", "Karpenter 1.2 is out", KARPENTER, day=27, url="https://a.example/1")
    own = article("b", "Karpenter 1.2", KARPENTER, day=29, url="https://karpenter.sh/blog/1-2")
    assert ["b", "a"] == [a.id for a in reading_order([report, own])]


def test_a_stub_that_links_to_the_maker_does_not_lead() -> None:
    report = article("a", "Karpenter 1.2 is out", KARPENTER, url="https://a.example/1")
    stub = article("b", "Karpenter 1.2", "It is out.", url="https://karpenter.sh/blog/1-2")
    assert ["a", "b"] == [a.id for a in reading_order([report, stub])]


@pytest.mark.parametrize(
    ("kind", "outlet", "one_source"),
    [
        ("feed", "Saved", True),
        ("folder", "Saved", False),  # documents of many outlets lie in one folder
        ("jsonl", "Saved", False),
        ("folder", "The Long Rack", True),
    ],
)
def test_only_an_outlet_seldom_tells_a_story_twice(
    kind: SourceKind, outlet: str, one_source: bool
) -> None:
    saved = source("Saved", kind=kind)
    pair = [article(i, text=text, source=saved) for i, text in (("a", KARPENTER), ("b", DUCKS))]
    named = [msgspec.structs.replace(one, outlet=outlet) for one in pair]
    assert one_source == same_story(named).evidence("a", "b").same_source
