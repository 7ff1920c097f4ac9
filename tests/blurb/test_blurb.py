from __future__ import annotations

import pytest
from fakes import article, pick, ranked, section, story
from hypothesis import given
from hypothesis import strategies as st

from digest.blurb import Options, grounds, tell
from digest.model import Article, Relation, Sentence, Told
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
    lead = pick("p", "Weekly", "Good advice on spot nodes for once. Try it on a small pool.")
    assert ["Good advice on spot nodes for once.", "Try it on a small pool."] == [
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
        "Grafana Labs says that idle nodes of Karpenter cost 19 percent less after the upgrade.",
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


@given(st.text(max_size=2000), st.text(max_size=500))
def test_any_text_gives_sentences_that_stand_in_it(lead_text: str, other_text: str) -> None:
    lead, other = article("a", "T", lead_text), article("b", "U", other_text, outlet="Other")
    texts = {"a": lead.text, "b": other.text}
    result = told(lead, other)
    for sentence in (*result.blurb, *filter(None, result.angles)):
        assert sentence.text == texts[sentence.article][sentence.start : sentence.end]
    assert count_words(" ".join(s.text for s in result.blurb)) <= Options().most


# Texts that nobody means to be told, and what is told of them.
ODD = [
    ("one sentence", "Karpenter reached version 1.2 on Tuesday, and it drops three old flags.", 1),
    ("five thousand words", "the node pool and " * 1250 + "its end.", 0),
    ("a list", "\n".join(f"- item {n} of a list." for n in range(50)), 0),
    ("labels", "Nodes: 14\nPods: 1200\nCost (month): 300 dollars", 0),
    ("code", "def f(x):\n    return {x: x == 1}\nassert f(2) == {2: False}", 0),
    ("nothing", "", 0),
    ("white space", " \n\n\t ", 0),
    ("marks", "... !!! ??? “” ()", 0),
]


@pytest.mark.parametrize(("name", "text", "count"), ODD, ids=[row[0] for row in ODD])
def test_odd_texts_are_told_or_not(name: str, text: str, count: int) -> None:
    result = told(article("a", "Karpenter", text), article("b", "U", text, outlet="Other"))
    assert count == len(result.blurb)
    assert (None,) == result.angles


STUB = "The maintainers have published a new version."
FULL = (
    "Karpenter 1.2 arrived on Tuesday and drops three old flags that nobody should miss. "
    "The maintainers counted 41 fixes since December, most of them for spot capacity."
)
ALSO = "Karpenter 1.2 arrived with 41 fixes since December, the maintainers wrote on Tuesday."


def test_a_stub_is_told_in_the_words_of_who_tells_more() -> None:
    lead = article("a", "Karpenter 1.2 is out", STUB)
    others = article("b", "New Karpenter", FULL, outlet="B"), article("c", "K", ALSO, outlet="C")
    assert {"b"} == {s.article for s in told(lead, *others).blurb}


def test_a_whole_article_speaks_for_itself() -> None:
    lead = article("a", "Karpenter 1.2 is out", NEWS + " It is a release." * 30)
    others = article("b", "New Karpenter", FULL, outlet="B"), article("c", "K", ALSO, outlet="C")
    assert {"a"} == {s.article for s in told(lead, *others).blurb}


def test_under_another_title_the_words_are_about_that_title() -> None:
    lead = article("a", "Grafana raises prices", "Grafana raises its prices next month for all.")
    result = told(lead, article("b", "New Karpenter", FULL, outlet="B"))
    assert {"a"} == {s.article for s in result.blurb}


def test_what_all_tell_comes_before_what_one_tells() -> None:
    aside = "Rain fell on the conference hotel while the guests were waiting for dinner upstairs."
    lead = article("a", "Karpenter 1.2", aside + " " + FULL)
    result = told(lead, article("b", "Karpenter", ALSO, outlet="B"))
    assert "41 fixes" in " ".join(s.text for s in result.blurb)


def test_a_surname_needs_its_bearer() -> None:
    text = (
        "Ada Example leads the small team that maintains the scheduler for spot capacity. "
        "Example said that three of the old flags had cost her team 400 hours since December, "
        "and that nobody had asked for any of them in more than two years of support."
    )
    told_ = told(article("a", "Old flags are gone", text)).blurb
    assert told_[0].text.startswith("Ada Example")


def test_a_noun_that_was_introduced_needs_its_introduction() -> None:
    text = (
        "Google published a letter today that I have read twice on my way to the office, see here. "
        "For the maintainers of Karpenter, the letter of Google ends a quarrel of two years over "
        "spot capacity. Grafana Labs and 41 other companies of the working group had waited for "
        "news on capacity since December."
    )
    assert "the letter" not in " ".join(s.text for s in told(article("a", "T", text)).blurb)


@pytest.mark.parametrize(
    ("before", "first"),
    [
        ("[Example Times] ", "Karpenter"),
        ("BERLIN (AP) — ", "Karpenter"),
        ("Berlin -- ", "Karpenter"),
        ("New York (CNN Business)", "Karpenter"),
        ("[Example Times] Lagos -- ", "Karpenter"),
    ],
)
def test_a_dateline_is_left_out(before: str, first: str) -> None:
    lead = article("a", "T", before + NEWS)
    sentence = told(lead).blurb[0]
    assert sentence.text.startswith(first)
    assert sentence.text == lead.text[sentence.start : sentence.end]


def test_the_line_above_a_credit_is_a_caption() -> None:
    caption = "Engineers of Karpenter use their keyboards to count 41 fixes in a hall in Berlin."
    text = caption + "\n(Photo by Ada Example / AFP)\n" + NEWS
    assert caption not in [s.text for s in told(article("a", "T", text)).blurb]


def test_a_sentence_that_is_the_title_again_is_not_told() -> None:
    lead = article(
        "a", "Karpenter 1.2 drops three old flags", "Karpenter 1.2 drops three old flags."
    )
    assert () == told(lead).blurb


def test_an_angle_about_something_else_is_none() -> None:
    other = article(
        "b", "K", "Grafana Labs opened offices in Lisbon and Oslo for 300 people.", outlet="Other"
    )
    assert (None,) == told(article("a", "Karpenter 1.2 is out", NEWS), other).angles


def test_every_sentence_has_its_grounds() -> None:
    result = told(article("a", "Karpenter 1.2 is out", NEWS))
    found: dict[Sentence, str] = dict(grounds(result))
    assert list(result.blurb) == list(found)
    assert found[result.blurb[0]].startswith("opens its text, adds ")
    assert all("of what the story is about" in why for why in found.values())
    dated = told(article("a", "Karpenter 1.2 is out", f"OSLO (AP) — {NEWS}"))
    assert dict(grounds(dated))[dated.blurb[0]].startswith("opens its text, adds ")


# A list of rules, told one after the other: the sentences do not follow from each other.
SIGNAL = (
    "A signal that never changes is a picture. "
    "The crew of the mill wrote down four rules for the lamp above their gate last winter. "
    "Any of the 12 keepers may set it to red without asking. "
    "It names the fault before it names the machine."
)


def test_a_pronoun_needs_the_sentence_that_names_it() -> None:
    told_ = [s.text for s in told(article("a", "A lamp", SIGNAL)).blurb]
    assert told_
    for at, text in enumerate(told_):
        if text.startswith(("Any of", "It names")):
            assert at
            assert SIGNAL.index(told_[at - 1]) + len(told_[at - 1]) + 1 == SIGNAL.index(text)


def test_what_was_reported_before_is_no_beginning() -> None:
    text = (
        "Example Steel reported a loss of 300 million kroner, its first in 12 years. "
        "Shares fell after the report on Wednesday evening, because Norwegian banks had expected "
        "a profit of 41 million kroner from Example Steel and its 14 mills in Norway and Sweden."
    )
    assert told(article("a", "Bad news for mills", text)).blurb[0].text.startswith("Example Steel")


def test_a_day_that_is_named_beats_one_that_is_not() -> None:
    text = (
        "Karpenter reached version 1.2 this evening, and with it the maintainers have dropped "
        "three of the old flags that Grafana Labs and 41 others had asked for since December.\n"
        "Karpenter 1.2 moves node pools of 41 companies to new capacity, and the maintainers of "
        "the project at Grafana Labs counted 300 fixes for spot nodes between December and March."
    )
    other = article("b", "K", "Karpenter 1.2 moves node pools of 41 companies.", outlet="B")
    assert "this evening" not in told(article("a", "T", text), other).blurb[0].text


def test_a_personal_text_is_told_from_its_opening() -> None:
    text = (
        "I moved my notes to a new tool last week, after three years with another one.\n"
        "The outline of the old tool was dear to me, but its app was slow on my telephone.\n"
        "Nobody needs to read the long list of 41 features that Grafana Labs and others want. "
        "The new tool of Grafana Labs keeps its 300 files in one folder, and the folder is 12 MB."
    )
    assert told(article("a", "Moving my notes", text)).blurb[0].start == 0


def test_a_first_sentence_may_speak_of_what_the_title_names() -> None:
    text = "This lamp above the gate of the mill is red when one of the machines has a fault."
    assert [text] == [s.text for s in told(article("a", "A lamp for the mill", text)).blurb]
    assert () == told(article("a", "Signals", text)).blurb


def test_a_sentence_torn_out_of_a_word_is_not_told() -> None:
    text = "Version 9.NET of the old runtime has 41 fixes for the mill and for its three lamps."
    for sentence in told(article("a", "T", text)).blurb:
        assert sentence.start == 0
        assert sentence.end == len(text)


def test_a_heading_is_not_the_opening() -> None:
    text = "Background\nNow the mill has a lamp that is red when one of its machines has a fault."
    assert 1 == len(told(article("a", "Signals", text)).blurb)


def test_a_first_word_may_be_the_small_name_of_a_thing() -> None:
    text = "blinkd is a small tool by which a lamp says what the machines of a mill are doing."
    assert 1 == len(told(article("a", "A lamp with blinkd", text)).blurb)
    assert () == told(article("a", "A lamp for the mill", text)).blurb


def test_an_item_behind_its_number_is_not_told() -> None:
    text = "What to do\n1. Read a book about lamps in mills.\n2. Buy a lamp with a long wire."
    assert () == told(article("a", "Signals", text)).blurb


def test_a_mark_that_opens_the_next_sentence_is_not_told() -> None:
    text = (
        "The mill of Oslo has decided on Monday to change the name of its lamp for the third time "
        'in 41 years, and to tell all its neighbours. " The lamp is dear to us."'
    )
    [sentence] = told(article("a", "Signals", text)).blurb
    assert sentence.text.endswith("neighbours.")
    assert text[sentence.start : sentence.end] == sentence.text


def test_a_text_is_not_told_from_the_middle_of_what_its_author_did() -> None:
    heading = "Notes from the mill " * 16
    mine = "\nLast May I bought a lamp of Grafana Labs from a shop in Oslo for 41 crowns."
    theirs = "\nGrafana Labs sold a lamp to a shop in Oslo last May for 41 crowns and a wire."
    assert () == told(article("a", "Signals", heading + mine)).blurb
    assert 1 == len(told(article("a", "Signals", mine.strip())).blurb)
    assert 1 == len(told(article("a", "Signals", heading + theirs)).blurb)


def test_the_rest_of_a_cut_title_is_not_told_again() -> None:
    text = "The lamp of the old mill in Oslo was bought for 41 crowns. It is red in the evening."
    whole = text.partition(". ")[0] + "."
    assert () == told(article("a", "The lamp of the old mill...", whole)).blurb
    assert 2 == len(told(article("a", "The lamp of the old mill...", text)).blurb)
    assert 2 == len(told(article("a", "Signals", text)).blurb)


def test_a_text_begins_behind_its_greeting() -> None:
    text = (
        "Hello friends!\nNow the mill has a lamp that is red when one of its machines has a fault."
    )
    assert 1 == len(told(article("a", "Signals", text)).blurb)


def test_a_heading_that_ran_into_its_text_is_left_out() -> None:
    text = "## Introduction The mill has a lamp that is red when one of its machines has a fault."
    [sentence] = told(article("a", "Signals", text)).blurb
    assert sentence.text.startswith("The mill")


def test_what_the_title_has_too_is_no_label() -> None:
    text = "Old Lamps: The Rise of the Wire is a film about a mill in Oslo and its three lamps."
    [sentence] = told(article("a", "Signals", text)).blurb
    assert sentence.start == len("Old Lamps: ")
    assert () == told(article("a", "Review of Old Lamps: The Rise of the Wire", text)).blurb
