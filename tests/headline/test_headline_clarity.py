from __future__ import annotations

import pytest

from digest.headline.clarity import SIGNALS, clarity, has_verb

# One title for each signal, in its order.
ROWS = [
    "Ducks said to rest",
    "Ducks in 12 ponds",
    "Ducks",
    "A pond that is long and wide and deep and cold and quiet all year round",
    "The pond is…",
    "Did ducks leave the pond?",
    "You won't believe what ducks eat",
    "Here's what ducks eat",
    "This is why ducks swim",
    "7 things ducks eat",
    "How ducks swim so fast",
    "Pond updates: ducks leave",
    "See the ducks of Elmford",
    "Opinion: Ducks should swim",
    "[Sponsored] Ducks love bread",
]


@pytest.mark.parametrize(("number", "title"), list(enumerate(ROWS)))
def test_every_signal_has_its_row(number: int, title: str) -> None:
    assert SIGNALS[number].present(title), SIGNALS[number].name


def test_every_signal_is_tested() -> None:
    assert len(SIGNALS) == len(ROWS)


@pytest.mark.parametrize(
    "title",
    [
        "This Week in Rust 590",
        "Officials end their press briefing in Elmford",
        "Seven ducks leave the old pond",
        "Howard leaves the pond to the ducks",
        "Adoption of ducks rises in Elmford",
        "Columnists leave the pond",
    ],
)
def test_what_looks_like_a_fault_and_is_none(title: str) -> None:
    assert () == clarity(title).faults


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Council bans ducks", True),
        ("Council to ban ducks", True),
        ("Ducks won't leave", True),
        ("The ducks of Elmford", False),
        ("", False),
    ],
)
def test_a_verb_of_the_list_or_of_the_future(title: str, expected: bool) -> None:
    assert expected == has_verb(title)


def test_points_are_summed() -> None:
    found = clarity("Why ponds?")
    assert (-3.4, ("is very short", "asks a question", "announces an explanation")) == (
        found.points,
        found.faults,
    )
