"""What the pool at large says about each pair."""

from __future__ import annotations

import numpy as np
import pytest

from digest.stories.same import prior
from digest.stories.same.candidates import Pairs

LONG, TITLE = 100.0, 12.0  # idf mass


def shift(
    probability: float, mass: float, *, size: int = 300, pairs: int = 150, source: int = -1
) -> float:
    """The log odds for a pool in which so many disjoint pairs have this probability."""
    ends = Pairs(np.arange(0, 2 * pairs, 2), np.arange(1, 2 * pairs, 2))
    likely, masses, sources = (
        np.full(pairs, probability),
        np.full(pairs, mass),
        np.full(size, source),
    )
    found = prior.log_odds(ends, likely, masses, sources, size)
    assert (pairs,) == found.shape
    assert np.ptp(found) == 0
    return float(found[0])


def test_a_week_as_usual_changes_nothing() -> None:
    assert 0 == shift(0.9, LONG, pairs=40) == shift(0.1, LONG)


def test_where_most_have_company_a_pair_is_likelier() -> None:
    assert 0 < shift(0.6, LONG) < shift(0.9, LONG) < 3


def test_bare_titles_gain_nothing() -> None:
    assert 0 == shift(0.9, TITLE) < shift(0.9, 40.0) < shift(0.9, LONG)


def test_one_source_does_not_repeat_itself_in_a_busy_week() -> None:
    assert 0 == shift(0.9, LONG, source=7) < shift(0.9, LONG)


@pytest.mark.parametrize(("size", "least", "most"), [(601, -0.01, 0), (1000, -0.6, -0.5)])
def test_strangers_are_alike_in_a_large_pool(size: int, least: float, most: float) -> None:
    assert least < shift(0.9, LONG, size=size, pairs=20) < most


def test_the_crowd_counts_no_further_than_to_where_circumstances_go_on() -> None:
    assert shift(0.9, LONG, size=2000, pairs=20) == shift(0.9, LONG, size=90_000, pairs=20)


def test_much_company_speaks_for_itself() -> None:
    """In a pool of groups of twelve, a pair gains and loses less than in one of pairs."""
    left, right = np.triu_indices(12, 1)
    groups = np.arange(0, 240, 12)
    ends = Pairs((left + groups[:, None]).ravel(), (right + groups[:, None]).ravel())
    sure, long = np.full(len(ends.left), 0.9), np.full(len(ends.left), LONG)
    unknown = np.full(2000, -1)
    gained = prior.log_odds(ends, sure, long, unknown, 240)
    assert 0 < gained.max() < shift(0.9, LONG, size=240, pairs=120) / 3
    lost = prior.log_odds(ends, sure, long, unknown, 2000)
    assert shift(0.9, LONG, size=2000, pairs=20) < lost.min() < 0


def test_a_single_pair_is_no_pool_to_judge_by() -> None:
    assert shift(0.9, LONG, size=2, pairs=1) < 0.8
