from __future__ import annotations

import pytest
from fakes import article, pick, ranked, section, story
from hypothesis import given
from hypothesis import strategies as st

from digest.blurb import LEANS, OPENERS, REFUSED, Options, refusal, tell
from digest.model import Article, Relation, Told
from digest.text import count_words

NEWS = (
    "Karpenter reached version 1.2 on Tuesday, and the release drops three old flags.\n"
    "Subscribe to our newsletter for more.\n"
    "It also removes the webhook that broke many upgrades last autumn. "
    "Teams that pinned the chart to version 0.37 have until June to move their node pools.\n"
    "Why does that matter?\n"
    "The project's maintainers counted 41 fixes since December, most of them for spot capacity."
)


def told(lead: Article, *others: Article, relation: Relation = "same story") -> Told:
    sections = tell([section("Cloud", [ranked(story(lead, *others, relation=relation))])])
    return sections[0].stories[0]


def test_a_blurb_is_whole_sentences_of_25_to_60_words() -> None:
    lead = article("a", "Karpenter 1.2 is out", NEWS)
    result = told(lead)
    text = " ".join(s.text for s in result.blurb)
    assert 25 <= count_words(text) <= 60
    assert [s.text for s in result.blurb] == [lead.text[s.start : s.end] for s in result.blurb]
    assert {("a", "Cluster Notes")} == {(s.article, s.source) for s in result.blurb}
    assert text.startswith("Karpenter reached version 1.2")


@pytest.mark.parametrize("label", ["TL;DR: ", "Market impact: ", "Cost: "])
def test_a_run_in_label_is_left_out(label: str) -> None:
    lead = article("a", "T", label + NEWS)
    first = told(lead).blurb[0]
    assert first.text.startswith("Karpenter reached")
    assert first.text == lead.text[first.start : first.end]


def test_a_plain_sentence_beats_a_personal_one() -> None:
    text = "I tried Karpenter 1.2 on my cluster and I like it. " + NEWS
    assert "I tried" not in " ".join(s.text for s in told(article("a", "T", text)).blurb)


def test_a_personal_text_is_not_silent() -> None:
    text = "I tried Karpenter 1.2 on my cluster and I like it."
    assert [text] == [s.text for s in told(article("a", "T", text)).blurb]


def test_a_long_comment_of_one_sentence_is_told() -> None:
    text = "The maintainers " + "and their many friends " * 12 + "agree."
    assert [text] == [s.text for s in told(pick("p", "Weekly", text)).blurb]


def test_a_leaning_sentence_never_stands_alone() -> None:
    text = " ".join(s.text for s in told(article("a", "T", NEWS)).blurb)
    assert "It also removes" not in text or "Karpenter reached" in text


def test_a_short_comment_is_told_whole() -> None:
    lead = pick("p", "Weekly", "Good advice on spot nodes in here. Try it on a small pool.")
    assert ["Good advice on spot nodes in here.", "Try it on a small pool."] == [
        s.text for s in told(lead).blurb
    ]


def test_no_printable_sentence_means_no_blurb() -> None:
    assert () == told(article("a", "T", "Subscribe now to read this.\nA heading")).blurb


def test_a_silent_lead_borrows_from_its_coverage() -> None:
    result = told(article("a", "T"), article("b", "U", NEWS, outlet="Other"))
    assert {"b"} == {s.article for s in result.blurb}


def test_an_angle_adds_something_in_at_most_30_words() -> None:
    other = article(
        "b",
        "Karpenter",
        "Karpenter reached version 1.2 on Tuesday. "
        "Grafana Labs says its bill for idle machines shrank by 19 percent after the upgrade.",
        outlet="Other",
    )
    [angle] = told(article("a", "Karpenter 1.2 is out", NEWS), other).angles
    assert angle is not None
    assert angle.text.startswith("Grafana Labs says")
    assert count_words(angle.text) <= 30


def test_who_adds_nothing_has_no_angle() -> None:
    other = article("b", "K", "Karpenter reached version 1.2 on Tuesday.", outlet="Other")
    assert (None,) == told(article("a", "Karpenter 1.2 is out", NEWS), other).angles


def test_a_copy_has_no_angle() -> None:
    copy = article("b", "K", "Something entirely different was said by Grafana Labs in June.")
    assert (None,) == told(article("a", "T", NEWS), copy, relation="copy").angles


# One printable-looking sentence for each rule that refuses it.
ROWS = [
    ("no end", "What Karpenter means for you"),
    ("cut off", "The new release of Karpenter brings..."),
    ("question", "Have you tried the new release of Karpenter?"),
    ("sign-up", "Subscribe to get this every week."),
    ("link", "Read more on the project's site."),
    ("first seen", "The post Karpenter appeared first on Cluster Notes."),
    ("credit", "Photo: a rack in a data centre."),
    ("byline", "By Ada Example, staff writer."),
    ("dateline", "BERLIN — The chancellor spoke on Monday."),
    ("bullet", "- an item of some list."),
    ("code", "Run kubectl get nodes > nodes.txt and wait."),
    ("shouting", "BREAKING NEWS FROM THE DATA CENTRE."),
    ("thanks", "Thanks to our friends at Example for the coffee."),
    ("no start", "and the release is out."),
]


def test_every_rule_has_a_row() -> None:
    assert [rule.name for rule in REFUSED] == [name for name, _ in ROWS]


@pytest.mark.parametrize(("name", "sentence"), ROWS)
def test_refused(name: str, sentence: str) -> None:
    [rule] = [rule for rule in REFUSED if rule.name == name]
    assert rule.pattern.search(sentence)
    assert refusal(sentence)


@pytest.mark.parametrize("sentence", ['He said "no.', "The “half quoted line.", "A (half bracket."])
def test_unpaired_marks_are_refused(sentence: str) -> None:
    assert "its quotation marks do not pair" == refusal(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Karpenter reached version 1.2 on Tuesday.",
        "“We counted 41 fixes,” the maintainers wrote.",
        "Nvidia lost 17% of its value in a day!",
        "The newsroom of Example published a report on 27 January.",
    ],
)
def test_printable(sentence: str) -> None:
    assert "" == refusal(sentence)


@pytest.mark.parametrize("opening", OPENERS)
def test_leaning(opening: str) -> None:
    assert LEANS.match(f"{opening.capitalize()} fell on Monday.")
    assert LEANS.match(f"“{opening.capitalize()}, then.")


def test_an_ellipsis_leans() -> None:
    assert LEANS.match("We did, and we are glad.")


@pytest.mark.parametrize("plain", ["Italy blocked the app.", "We did it.", "Thistles grow."])
def test_not_leaning(plain: str) -> None:
    assert not LEANS.match(plain)


@given(st.text(max_size=2000), st.text(max_size=500))
def test_any_text_gives_sentences_that_stand_in_it(lead_text: str, other_text: str) -> None:
    lead, other = article("a", "T", lead_text), article("b", "U", other_text, outlet="Other")
    texts = {"a": lead.text, "b": other.text}
    result = told(lead, other)
    for sentence in (*result.blurb, *filter(None, result.angles)):
        assert sentence.text == texts[sentence.article][sentence.start : sentence.end]
    assert count_words(" ".join(s.text for s in result.blurb)) <= Options().most
