"""An issue in a minute: extracted, never composed."""

from __future__ import annotations

import pytest
from fakes import article, pick, placed, story

from digest.blurb import leans, refusal
from digest.brief import CONSEQUENCES, LEAST_POINTS, MOST_POINTS, brief, consequence
from digest.model import Article, Brief, Ranked, Section, Sentence, Story, Told

# One sentence for each rule, in its order: this rule, and no earlier one, finds it.
ROWS = [
    "The ruling means that ponds close at night.",
    "The bridge will now allow ducks to cross.",
    "The law would force every pond to close.",
    "Tuesday's flood was the worst in Elmford since 1953.",
    "Ducks crossed the road for the first time.",
    "The pond froze and the ducks left as a result.",
    "The pond matters because it feeds the river.",
    "The drought could lead to empty ponds.",
    "The vote raises new questions about the swans.",
    "Ducks can no longer nest there.",
    "Users of the old bridge should take the new one.",
]


@pytest.mark.parametrize(("number", "sentence"), list(enumerate(ROWS)))
def test_every_rule_has_its_row(number: int, sentence: str) -> None:
    fitting = [n for n, rule in enumerate(CONSEQUENCES) if rule.pattern.search(sentence)]
    assert number == fitting[0], CONSEQUENCES[fitting[0]].name
    assert CONSEQUENCES[number].why == consequence(sentence)


def test_every_rule_is_tested() -> None:
    assert len(CONSEQUENCES) == len(ROWS)


@pytest.mark.parametrize(
    "sentence",
    [
        "The pond froze because it was cold.",  # a cause
        "The cold led to an early winter.",
        "He means well and swims badly.",
        "As a result, the ducks left.",
        "Ducks cost more than swans.",
        "The first duck came on Monday.",
        "The key to the pond is lost.",
    ],
)
def test_what_says_nothing_of_what_follows(sentence: str) -> None:
    assert "" == consequence(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The latter is important to every pond in the county.",  # of which two?
        "The drought of the ponds was the worst since 1953, he said.",  # who?
        "Many of those ponds will no longer be open.",  # of which?
        "Read more about ponds, which will no longer be open.",  # points elsewhere
    ],
)
def test_a_build_prints_no_reason_that_leans_or_is_refused(sentence: str) -> None:
    lead = article("a", "Ponds", f"{NEWS} {sentence}")
    sections = [Section(name="S", stories=(told(lead, said=NEWS),))]
    assert [sentence] == [point.sentence.text for point in brief(sections).why]
    assert () == brief(sections, refusal, leans).why


NEWS = "Ducks of the pond moved on Monday."


def told(lead: Article, *others: Article, score: float = 1.0, said: str = "") -> Told:
    """A story told by the first sentence of its lead; others add their texts."""
    return of(story(lead, *others), score, said or lead.text.partition(". ")[0].rstrip(".") + ".")


def of(one: Story, score: float, blurb: str) -> Told:
    return Told(
        ranked=Ranked(placed=placed(one), score=score),
        blurb=(sentence(one.lead, blurb),) if one.lead.text else (),
        angles=tuple(sentence(c.article, c.article.text) for c in one.coverage),
    )


def sentence(where: Article, text: str) -> Sentence:
    start = where.text.index(text)
    return Sentence(
        text=text, article=where.id, source=where.outlet, start=start, end=start + len(text)
    )


def sections(*stories: Told, own: bool = False) -> list[Section[Told]]:
    return [Section(name="Ponds", own=own, stories=stories)]


def other(number: int, outlet: str = "", text: str = "") -> Told:
    where = article(
        f"o{number}",
        "Ducks moved" if text else f"Story {number}",
        text=text or f"Story number {number} happened.",
        outlet=outlet or f"Outlet {number}",
        url=f"https://example.org/{number}",
    )
    return told(where, score=0.5 - number / 100)


def test_the_tldr_is_the_first_sentence_of_the_lead() -> None:
    lead = told(article("a", "Ducks move", NEWS, url="https://example.org/a"), score=9)
    found = brief(sections(other(1), lead))
    assert found.tldr is not None
    assert ("a", NEWS, "https://example.org/a") == (
        found.tldr.story,
        found.tldr.sentence.text,
        found.tldr.url,
    )


def test_key_points_are_of_different_stories_and_sources() -> None:
    lead = told(article("a", text=NEWS, outlet="Outlet 1"), score=9)
    many = [section for n in range(1, 9) for section in sections(other(n))]
    twice = sections(other(9, outlet="Outlet 2"))
    found = brief([*sections(lead), *many, *twice]).key_points
    assert MOST_POINTS == len(found) == len({p.story for p in found})
    assert ["Outlet 2", "Outlet 3", "Outlet 4", "Outlet 5", "Outlet 6"] == [
        p.sentence.source for p in found
    ]


def test_the_biggest_stories_come_first_and_no_section_takes_all() -> None:
    lead = told(article("a", text=NEWS), score=9)
    three = [*sections(lead, other(1), other(2), other(3)), *sections(other(4), other(5))]
    assert ["o1", "o2", "o4", "o5"] == [p.story for p in brief(three).key_points]


def test_own_work_and_what_needs_its_title_are_no_points() -> None:
    lead = told(article("a", text=NEWS), score=9)
    ours = sections(other(1), own=True)
    personal = other(2, text="We moved our ducks.")
    aside = other(4, text="(Ducks moved).")
    late = other(5, text="Ducks moved this evening.")
    elsewhere = other(6, text="Their pond is green.")  # whose?
    silent = told(article("n"))
    found = brief(
        [
            *ours,
            *sections(lead, personal, aside),
            *sections(late, elsewhere),
            *sections(silent, other(3)),
        ]
    )
    assert ["o3"] == [p.story for p in found.key_points]


def test_other_sources_of_the_lead_fill_up_and_praise_does_not() -> None:
    voices = [article(f"v{n}", text=f"Voice {n} adds.", outlet=f"Voice {n}") for n in range(5)]
    lead = told(article("a", text=NEWS), *voices, score=9)
    found = brief(sections(lead, other(1))).key_points
    assert LEAST_POINTS == len(found)
    assert ["o1", "a", "a"] == [p.story for p in found]
    picked = story(article("a", text=NEWS), pick("p", "Weekly", "Read."), relation="pick")
    assert () == brief(sections(of(picked, 1, NEWS))).key_points


def test_why_it_matters_only_where_a_source_says_so() -> None:
    why = "The move of the ducks could lead to empty ponds in Elmford."
    lead = article("a", "Ducks leave the pond", f"{NEWS} {why}", outlet="Pond Post")
    others = [
        article("b", "Ducks move", f"{NEWS} Elmford says the move will allow ducks to cross."),
        article("c", "Ducks go", "Prices of corn and of bread could lead to strikes in ports."),
        article("d", "Ducks go", "The move of ducks means less.", outlet="Too Short"),
        article("e", "Ducks go", f"{why}", outlet="Pond Post"),
    ]
    found = brief(sections(told(lead, *others, score=9))).why
    assert [why, others[0].text[len(NEWS) + 1 :]] == [p.sentence.text for p in found]
    texts = {a.id: a.text for a in (lead, *others)}
    for point in found:
        span = slice(point.sentence.start, point.sentence.end)
        assert point.sentence.text == texts[point.sentence.article][span]
    assert () == brief(sections(told(article("a", "Ducks leave", NEWS), score=9))).why


def test_what_cannot_be_printed_is_no_reason() -> None:
    why = "The move of the ducks could lead to empty ponds in Elmford."
    lead = told(article("a", "Ducks leave the pond", f"{NEWS} {why}"), score=9)
    refuse = brief(sections(lead), lambda sentence: "no" if "empty" in sentence else "")
    assert () == refuse.why


@pytest.mark.parametrize(
    "why",
    [
        "It means that the ponds of Elmford close to ducks at night.",
        "This could lead to empty ponds and to ducks on the roads.",
        "As a result of it, the ponds of Elmford can no longer feed ducks.",
    ],
)
def test_what_leans_on_another_sentence_is_no_reason(why: str) -> None:
    lead = told(article("a", "Ducks leave the pond", f"{NEWS} {why}"), score=9)
    assert [why] == [p.sentence.text for p in brief(sections(lead)).why]
    assert () == brief(sections(lead), leans=leans).why


def test_a_reason_deep_in_a_text_is_not_looked_for() -> None:
    why = "The move of the ducks could lead to empty ponds in Elmford."
    lead = told(article("a", "Ducks leave the pond", f"{NEWS} " * 40 + why), score=9)
    assert () == brief(sections(lead)).why


def test_without_a_lead_the_first_story_leads_and_nothing_is_nothing() -> None:
    ours = brief(sections(other(1), own=True))
    assert ours.tldr is not None
    assert ("o1", ()) == (ours.tldr.story, ours.key_points)
    assert Brief() == brief([])
    assert Brief() == brief(sections(told(article("a"))))
