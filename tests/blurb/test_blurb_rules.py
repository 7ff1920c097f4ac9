"""What cannot be printed, and what cannot stand alone: a row for each rule."""

from __future__ import annotations

import re

import pytest

from digest.blurb import REFUSED, leans, refusal
from digest.blurb.standing import FAULTS, HINTS, LEANING, OPENERS

# One printable-looking sentence for each rule that refuses it.
ROWS = [
    ("no end", "What Karpenter means for you"),
    ("cut off", "The new release of Karpenter brings..."),
    ("question", "Have you tried the new release of Karpenter?"),
    ("sign-up", "Subscribe to get this every week."),
    ("link", "Read more on the project's site."),
    ("first seen", "The post Karpenter appeared first on Cluster Notes."),
    ("credit", "Photo: a rack in a data centre."),
    ("caption", "The rack is seen here in the hall of the old mill."),
    ("still", "Ada Example at her desk in Berlin on Monday."),
    ("byline", "By Ada Example, staff writer."),
    ("about itself", "This story has been updated with a statement."),
    ("dateline", "BERLIN — the chancellor spoke on Monday."),
    ("timestamp", "14:30 The chancellor arrives."),
    ("entity", "Example &amp; Sons have published a release."),
    ("bullet", "- an item of some list."),
    ("code", "Run kubectl get nodes > nodes.txt and wait."),
    ("citation", "Example Letters, 2019, 12 (3), pp. 40–52."),
    ("hole", "The idea of using a to mark a menu is old."),
    ("come along", "Let’s look at the chart of the scheduler."),
    ("another item", "And, the maintainers of another project met in Oslo."),
    ("announces", "In this article I describe the scheduler of Karpenter."),
    ("looks back", "In recent articles the scheduler of Karpenter was described."),
    ("shouting", "BREAKING NEWS FROM THE DATA CENTRE."),
    ("speaker", "ADA EXAMPLE, HOST: Karpenter has a new release."),
    ("thanks", "Thanks to our friends at Example for the coffee."),
    ("no start", "and the release is out."),
    ("split", "The maintainers met Dr."),
    ("goes on", "The maintainers met at 5 p.m."),
    ("no verb", "Looking at a node pool in the morning."),
    ("how to", "How to move a node pool in an hour."),
    ("glued", "Karpenter has a release.The maintainers are glad."),
    ("item", "Node Pool (Spot): The kind of capacity."),
]
# And one for each rule that has it stand behind another only.
LEANING_ROWS = [
    ("opener", "It drops three flags."),
    ("we did", "We did, and we are glad."),
    ("in this", "For that, a flag must be set."),
    ("some had", "Eleven had monitoring, two had a calendar."),
    ("give it", "Ada Example praised it as the end of a quarrel."),
    ("aside", "(The maintainers did not answer.)"),
    ("if they", "If they close tomorrow, the pods are gone."),
    ("in 2020, it", "First released in spring, it was a small tool."),
    ("I use their", "I use their chart in every cluster."),
    ("note that", "Note that the chart is old."),
    ("then it", "On Tuesday it asked the companies for answers."),
    ("these", "From 4 June 2025 these warnings end."),
    ("the point is", "The point is to count the fixes."),
    ("much simpler", "Much simpler and less prone to errors."),
    ("ever since", "Ever since, the nodes of the project have been idle."),
    ("bare this", "The maintainers were glad about this."),
    ("similar", "Officials in Oslo published a similar plan."),
    ("came across it", "I forget exactly how I came across it."),
    ("near one", "Ada Example has lived all of her life near one, or on a barge."),
    ("the second one", "The hardest rule is the second one."),
    ("a different one", "The practical effect is a different one: the lawyers made lists."),
    ("however", "Karpenter, however, has no such flag."),
    ("they", "Near the end of the project they asked for a flag."),
    ("set it to", "A maintainer may set it to red without asking."),
    ("he said", "“Nobody asked for the flag,” she said."),
    ("quote", "“Nobody asked for the flag.”"),
]


def test_every_rule_has_a_row() -> None:
    assert [rule.name for rule in REFUSED] == [name for name, _ in ROWS]
    assert [rule.name for rule in LEANING] == [name for name, _ in LEANING_ROWS]


@pytest.mark.parametrize(("name", "sentence"), ROWS)
def test_refused(name: str, sentence: str) -> None:
    [rule] = [rule for rule in REFUSED if rule.name == name]
    assert rule.pattern.search(sentence)
    assert refusal(sentence)


@pytest.mark.parametrize(("name", "sentence"), LEANING_ROWS)
def test_leaning_by_rule(name: str, sentence: str) -> None:
    [rule] = [rule for rule in LEANING if rule.name == name]
    assert rule.pattern.search(sentence)
    assert leans(sentence)


@pytest.mark.parametrize("sentence", ['He said "no.', "The “half quoted line.", "A (half bracket."])
def test_unpaired_marks_are_refused(sentence: str) -> None:
    assert "its quotation marks do not pair" == refusal(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "If you’ve followed the mill for years, the lamp is old news.",
        "If you're anything like me, a lamp is a lamp.",
        "In recent articles the lamp was red.",
        "The charts in this article can be had in Oslo.",
        "If you buy a lamp through a link, the mill may earn a small commission.",
        "All reviews are written independently by our team.",
        "Today we are going to make a lamp.",
        "Watch along as the lamp is made.",
    ],
)
def test_what_speaks_of_the_page_or_to_its_regulars_is_refused(sentence: str) -> None:
    assert "" != refusal(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Karpenter reached version 1.2 on Tuesday.",
        "“We counted 41 fixes,” the maintainers wrote.",
        "Nvidia lost 17% of its value in a day!",
        "The newsroom of Example published a report on 27 January.",
        "Example Inc. reported a profit of $3.5 million in 2024.",
        "Spain faces its worst fire season in 2025.",
        "The maintainers clicked with the audience (and with each other).",
    ],
)
def test_printable(sentence: str) -> None:
    assert "" == refusal(sentence)


# What the rows above must not catch, one for each that has a near neighbour in the news.
NEIGHBOURS = [
    "The profit grew to $3.5 million in 2024.",
    "Example shares trade 20% off their peak of June.",
    "Visitors to the fair counted 41 stands.",
    "“We will discuss it in Oslo,” the maintainers wrote.",
    "Running a node pool costs 300 dollars a month.",
    "Learning how to move a node pool takes an hour.",
    "The maintainers met in a hall of the old mill.",
    "For the last month I've been looking for a lamp.",
    "If you visit the mill, the lamp is above the gate.",
    "The mill opens again on May 1.",
    "The lamp needs version 8 of Lamp::Wire, or MySQL 9.",
    "The mill has a new lamp :-).",
    "Gov. Ada Example (R) opened the mill.",
    "Everybody may sign up for the crafts of the mill.",
    "Her email use was noted by the mill.",
    "The fall of the lamp was linked to a loose wire.",
    "Visitors came to watch the cranes, and to listen to the wind.",
    "The court upheld the old rule on Monday.",
    "Speaking from the gate of the mill, Ada Example laid out a plan.",
]


def test_an_opening_may_say_what_the_text_will_tell() -> None:
    announced = "In this article I describe the scheduler of Karpenter."
    assert refusal(announced)
    assert "" == refusal(announced, opening=True)
    assert refusal("In my previous post I described the scheduler of Karpenter.", opening=True)


def test_an_abbreviation_ends_a_sentence_where_its_paragraph_ends() -> None:
    assert refusal("The mill is one of the oldest in the U.S.")
    assert "" == refusal("The mill is one of the oldest in the U.S.", last=True)


@pytest.mark.parametrize("sentence", NEIGHBOURS)
def test_near_neighbours_are_printable(sentence: str) -> None:
    assert "" == refusal(sentence)


@pytest.mark.parametrize("opening", OPENERS)
def test_openers_lean(opening: str) -> None:
    assert leans(f"{opening.capitalize()} fell on Monday.")
    assert leans(f"“{opening.capitalize()}, then.")


@pytest.mark.parametrize(
    "plain",
    [
        "Italy blocked the app.",
        "We did it.",
        "Thistles grow.",
        "This week the maintainers met in Oslo.",
        "Those who pinned the chart have until June.",
        "The company said it would appeal.",
        "At least five people were hurt.",
        "The whole pond is a café again, they say.",
        "There are three old flags in the chart.",
        "It is hard to count nodes.",
        "This article explains how the scheduler counts nodes.",
        "Instances that nobody uses cost 300 dollars, and they are gone by June.",
        "The letter made it to the board.",
        "The police said on Monday that they had found the lamp.",
        "Rather than wait, the mill bought a lamp.",
        "Instead of a candle, the mill has a lamp.",
        "It has almost been a year since the mill was sold.",
        "First-time visitors pay half.",
        "The Third Mill of Oslo was sold.",
        "The former miller of Oslo sold it all.",
        "It looks like the mill has won.",
        "It took a day to find the lamp.",
        "Norway announced it would buy the mill.",
        "Ada Example will leave the mill, she said on Monday.",
    ],
)
def test_not_leaning(plain: str) -> None:
    assert not leans(plain)


@pytest.mark.parametrize(
    "first",
    [
        "Now the chart has a flag.",
        "Another mill burnt down.",
        "A second mill was sold.",
        "This is a short commentary on a lamp.",
        "Earlier this week rain fell.",
        "Luckily, flags are few.",
    ],
)
def test_a_first_sentence_may_open_with_a_word_of_time(first: str) -> None:
    assert leans(first)
    assert not leans(first, opening=True)


@pytest.mark.parametrize("first", ["It drops three flags.", "But flags are few.", "Then it fell."])
def test_a_first_sentence_may_not_open_with_a_pronoun(first: str) -> None:
    assert leans(first, opening=True)


HINTING = [
    "The changes broke six charts.",
    "Grafana Labs and its customers met in Oslo.",
    "Grafana Labs praised this chart in Oslo.",
    "Some of the charts have a flag.",
    "Grafana Labs praised these charts in Oslo.",
    "Grafana Labs has another chart.",
]


@pytest.mark.parametrize(("hint", "sentence"), list(zip(HINTS, HINTING, strict=True)))
def test_a_hint_costs_and_does_not_lean(hint: tuple[re.Pattern[str], float], sentence: str) -> None:
    pattern, cost = hint
    assert pattern.search(sentence)
    assert cost > 0
    assert "" == refusal(sentence)


FAULTY = [
    "I tried Karpenter on a small pool.",
    "The release broke our upgrades.",
    "Karpenter moves your pods.",
    "The maintainers met today.",
    "The flags are the subject of this post.",
    "Install the chart before the upgrade.",
]


@pytest.mark.parametrize(("fault", "sentence"), list(zip(FAULTS, FAULTY, strict=True)))
def test_a_fault_costs_and_does_not_refuse(
    fault: tuple[re.Pattern[str], float], sentence: str
) -> None:
    pattern, cost = fault
    assert pattern.search(sentence)
    assert cost > 0
    assert "" == refusal(sentence)
