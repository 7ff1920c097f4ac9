"""The tool that measures blurbs, and whether the documented results are of this code."""

from __future__ import annotations

import pytest

import eval_blurbs


def test_documented_results_are_of_this_code() -> None:
    assert eval_blurbs.code_hash() == eval_blurbs.documented_hash(), (
        "docs/blurbs.md is stale: python tools/eval_blurbs.py --table"
    )


@pytest.mark.parametrize(
    ("least", "expected"),
    [(0, "One two. Three four."), (4, "One two. Three four."), (5, "One two. Three four. Five.")],
)
def test_the_opening_is_two_sentences_or_as_long_as_the_blurb(least: int, expected: str) -> None:
    assert expected == eval_blurbs.opening("One two. Three four. Five. Six.", least)


def test_both_are_cut_to_the_same_words() -> None:
    assert "a b" == eval_blurbs.cut("a b c", 2)
    assert "a b c" == eval_blurbs.cut("a b c", 9)
