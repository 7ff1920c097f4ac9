"""How little a story may say for itself depends on how well the topics fit the week."""

from __future__ import annotations

import numpy as np
import pytest
from fakes import article, story

from digest.model import Topic
from digest.topics.evidence import FITTING, LEAST_FITTING, LEAST_OWN, SIGNALS, Evidence
from digest.topics.place import Places, place_stories

BIRDS = Topic(name="Birds", keywords=("heron", "stork"))
MINE = "I fed my ducks, and I sat by myself, with my bread beside me, for me."


def places(placed: int, stories: int, *, encoded: bool, said: float, text: str = "") -> Places:
    """A week of which so many stories are surely of a topic; all say so much of it themselves."""
    week = tuple(story(article(str(n), text=text)) for n in range(stories))
    share = np.array([[0.9, 0.1] if n < placed else [0.1, 0.9] for n in range(stories)])
    signals = np.zeros((stories, 1, len(SIGNALS)))
    signals[:, :, SIGNALS.index("text")] = said
    evidence = Evidence(
        signals, ((),) * stories, np.zeros((stories, 1), dtype=np.bool_), encoded, np.zeros(1)
    )
    return Places(week, (BIRDS,), share.reshape(stories, 2), evidence)


def said_of(log_odds: float, *, encoded: bool) -> float:
    """What must stand in the text for these log-odds."""
    nothing, one = (
        float(places(0, 1, encoded=encoded, said=said).evidence.presence[0, 0]) for said in (0, 1)
    )
    return (log_odds - nothing) / (one - nothing)


@pytest.mark.parametrize("encoded", [False, True], ids=["words", "encoder"])
@pytest.mark.parametrize(
    ("placed", "stories", "fitting"),
    [
        (round(FITTING * 20), 20, True),
        (round(FITTING * 20) - 1, 20, False),
        (20, 20, True),
        (0, 20, False),
        (19, 19, False),  # so few stories teach nothing
        (1, 1, False),
    ],
)
def test_less_is_enough_where_topics_fit_the_week(
    placed: int, stories: int, *, fitting: bool, encoded: bool
) -> None:
    kind = "encoder" if encoded else "lexical"
    least = (LEAST_FITTING if fitting else LEAST_OWN)[kind]
    for log_odds, enough in ((least + 0.01, True), (least - 0.01, False)):
        said = said_of(log_odds, encoded=encoded)
        assert enough == places(placed, stories, encoded=encoded, said=said).own(0, 0)


@pytest.mark.parametrize("encoded", [False, True], ids=["words", "encoder"])
def test_a_text_about_its_author_needs_more_there_too(*, encoded: bool) -> None:
    least = LEAST_FITTING["encoder" if encoded else "lexical"]
    said = said_of(least + 0.01, encoded=encoded)
    assert places(20, 20, encoded=encoded, said=said).own(0, 0)
    assert not places(20, 20, encoded=encoded, said=said, text=MINE).own(0, 0)


def test_a_fitting_week_asks_for_less_than_another() -> None:
    assert all(LEAST_FITTING[kind] < LEAST_OWN[kind] for kind in ("lexical", "encoder"))


def test_two_mentions_in_passing_count_in_a_week_of_birds_alone() -> None:
    """The same story, in a week that is about birds and in one that is not."""
    long = "The reed stood still over the marsh at dusk. " * 12
    passing = story(article("x", "Dusk", f"{long} A heron, a stork. {long}"))
    birds = [story(article(f"b{n}", f"A heron on the marsh, number {n}", long)) for n in range(30)]
    bread = [story(article(f"l{n}", f"A loaf in the oven, number {n}")) for n in range(60)]
    fitting, other = (place_stories([*week, passing], [BIRDS]) for week in (birds, birds + bread))
    assert fitting.own(len(birds), 0)
    assert not other.own(len(birds + bread), 0)


def test_no_stories_have_a_floor() -> None:
    empty = places(0, 0, encoded=False, said=0.0)
    assert (0, 2) == empty.share.shape
