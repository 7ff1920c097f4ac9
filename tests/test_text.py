from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import (
    clean,
    count_words,
    fingerprint,
    names,
    numbers,
    one_line,
    sentences,
    slug,
    stem,
    words,
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("plain", "plain"),
        ("tabs\tand  spaces", "tabs and spaces"),
        ("  two \r\n lines\r", "two\nlines"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("C1 quote: it\x92s", "C1 quote: it’s"),
        ("C1 without a meaning: \x81.", "C1 without a meaning: ."),
        ("bell \x07 and null \x00", "bell and null"),
        ("right-to-left \u202eoverride", "right-to-left override"),
        ("isolate \u2066x\u2069", "isolate x"),
        ("zero\u200bwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("family: \U0001f468\u200d\U0001f469", "family: \U0001f468\u200d\U0001f469"),
        ("no-break\u00a0space", "no-break space"),
        ("e\u0301", "é"),
        ("\ufefffirst", "first"),
        ("broken \ufffd byte", "broken byte"),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    assert expected == clean(raw)


@given(st.text())
def test_clean_is_idempotent(raw: str) -> None:
    assert clean(raw) == clean(clean(raw))


def test_one_line() -> None:
    assert "a title in two lines" == one_line(" a title\n in\ttwo lines ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s v1.0.0, isn't it?", ["it's", "v1.0.0", "isn't", "it"]),
        ("C++ and C# and GPT-4", ["c++", "and", "c#", "and", "gpt-4"]),
        ("深度求索", ["深", "度", "求", "索"]),
        ("مرحبا بالعالم", ["مرحبا", "بالعالم"]),
        ("… — !", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert expected == words(text)
    assert len(expected) == count_words(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$1,500 and 17% of 3.5", {"1500", "17", "3.5"}),
        ("none", set()),
    ],
)
def test_numbers(text: str, expected: set[str]) -> None:
    assert frozenset(expected) == numbers(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shares of Nvidia fell while the Nasdaq Composite slid", ["Nvidia", "Nasdaq Composite"]),
        ("A Title Where Every Word Is Capitalised", []),
        ("A Title Where OpenAI And EKS Are Named", ["OpenAI", "EKS"]),
        ("It's Google's turn", ["Google"]),
        ("", []),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert expected == names(text)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("clusters", "cluster"), ("released", "releas"), ("go", "go"), ("aws", "aws")],
)
def test_stem(word: str, expected: str) -> None:
    assert expected == stem(word)


def test_sentences_keep_their_offsets() -> None:
    text = "It fell on Jan. 27. Nobody said “why?” at v1.0.0.\nA heading\nE.g. this one."
    found = list(sentences(text))
    assert [
        "It fell on Jan. 27.",
        "Nobody said “why?” at v1.0.0.",
        "A heading",
        "E.g. this one.",
    ] == [span.text for span in found]
    assert [span.text for span in found] == [text[s.start : s.end] for s in found]


@given(st.text())
def test_sentences_are_parts_of_the_text(text: str) -> None:
    assert all(span.text == text[span.start : span.end] for span in sentences(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kubernetes & Cloud", "kubernetes-cloud"),
        ("Über Öl", "uber-ol"),
        ("../../etc/passwd", "etc-passwd"),
        ("x" * 200, "x" * 80),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert expected == slug(text)


def test_a_long_slug_ends_behind_a_word() -> None:
    assert "ducks-and-oaks" == slug("Ducks and oaks again", 18)
    assert "ducks-and" == slug("Ducks and oaks", 9)
    assert "x" * 9 == slug("x" * 20, 9)


@given(st.text())
def test_slug_is_always_a_safe_name(text: str) -> None:
    name = slug(text)
    assert 0 < len(name) <= 80
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_fingerprint_separates_its_parts() -> None:
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert 12 == len(fingerprint("\ud800"))
