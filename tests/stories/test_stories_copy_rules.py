"""The rules of copying: one test for each row, on either side of what it allows."""

from __future__ import annotations

import pytest
from copies_sample import prose

from digest.stories.copy_rules import RULES, Overlap, Rule, compare, rule_for
from digest.stories.signatures import hash_words

WHOLE = RULES[0]


def fits(rule: Rule, *, words: int = 60, **found: float) -> bool:
    shares = {"share": 1.0, "part": 1.0, "inside": 0.0, "outside": 0.0} | found
    return rule_for(Overlap(words=words, template=False, **shares), 0.7) is rule


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_allows_what_it_says_and_no_more(rule: Rule) -> None:
    words = rule.fewest
    edge = {"share": rule.share, "inside": rule.inside, "outside": rule.outside, "part": rule.part}
    assert fits(rule, words=words, **edge)
    assert not fits(rule, words=words - 1, **edge)
    assert not fits(rule, words=words, **edge | {"share": rule.share - 0.01})
    assert not fits(rule, words=words, **edge | {"inside": rule.inside + 0.01})
    assert not fits(rule, words=words, **edge | {"outside": rule.outside + 0.01})
    assert rule.reason


def test_a_higher_cut_asks_for_more() -> None:
    found = Overlap(words=300, share=0.8, part=1, inside=0, outside=0, template=False)
    assert rule_for(found, 0.7) is WHOLE
    assert rule_for(found, 0.9) is None


def overlap(one: str, other: str) -> Overlap:
    words, begins = hash_words([one, other])
    return compare(words[: begins[1]], words[begins[1] :])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", (0, 0.0, 0.0)),
        ("a", "a", (1, 0.0, 0.0)),
        ("a b c", "a b c", (3, 1.0, 1.0)),
        ("a b c d e f", "u v w x y z", (6, 0.0, 0.0)),
        ("a b c d", "a b c d e f g h", (4, 1.0, 0.5)),
        ("a b c x y d e f", "a b c d e f", (6, 1.0, 1.0)),
    ],
)
def test_compare(one: str, other: str, expected: tuple[int, float, float]) -> None:
    for found in (overlap(one, other), overlap(other, one)):
        assert expected == (found.words, found.share, found.part)


def test_passages_of_its_own_are_told_by_where_they_stand() -> None:
    text, own = prose(1, 100).split(), prose(2, 20).split()
    found = overlap(" ".join(text), " ".join([*text[:50], *own, *text[50:]]))
    assert pytest.approx((1.0, 20 / 120, 0.0)) == (found.share, found.inside, found.outside)
    found = overlap(" ".join([*own, *text]), " ".join([*text, *prose(3, 40).split()]))
    assert pytest.approx((100 / 120, 0.0, 20 / 120)) == (found.share, found.inside, found.outside)
