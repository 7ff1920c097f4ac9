from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.stories import signatures
from digest.stories.signatures import (
    BANDS,
    BINS,
    candidates,
    containment,
    hash_shingles,
    hash_words,
    likeness,
    sign,
)

PROSE = "The ferry was late again on Tuesday, and nobody on the quay seemed to mind the rain."


def prose(number: int, size: int = 300) -> list[str]:
    dice = random.Random(number)
    return ["".join(dice.choices("aeiknrst", k=6)) for _ in range(size)]


def pairs(*texts: str) -> set[tuple[int, int]]:
    left, right = candidates(sign(texts).keys)
    return set(zip(left.tolist(), right.tolist(), strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karpenter IS out", "karpenter is out"),
        ("“Smart” quotes — and…", '"Smart" quotes - and...'),
        ("it’s", "it's"),
        ("a\u00a0b\tc\nd", "a b c d"),
        ("ÄRGER in Überlingen", "ärger in überlingen"),
        ("1,000 euros", "1.000 euros"),
    ],
)
def test_spelling_does_not_count(one: str, other: str) -> None:
    assert hash_words([one])[0].tolist() == hash_words([other])[0].tolist()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" — !?", 0),
        ("one", 1),
        ("a b, c", 3),
        ("新しい電車", 5),
        ("GPT 很快", 3),
        ("هذا خبر جديد", 3),
        ("\ud800 half", 2),
        ("x" * 100_000, 1),
        ("word " * 100_000, 8_000),
    ],
)
def test_words(text: str, count: int) -> None:
    words, begins = hash_words(["before", text, "after"])
    assert [0, 1, 1 + count, 2 + count] == begins.tolist()
    assert len(words) == 2 + count


def test_words_of_one_beginning_and_end_differ_by_length() -> None:
    words, _ = hash_words(["internationalisation", "internationalXXisation"])
    assert words[0] != words[1]


def test_a_number_is_odd() -> None:
    words, _ = hash_words(["41 v2 2nd two 3.5"])
    assert [1, 1, 1, 0, 1, 1] == [int(word & 1) for word in words]


def test_hashes_are_the_same_everywhere() -> None:
    """A distributed run may sign one half here and the other there: a change needs a new KERNEL."""
    found = sign([PROSE])
    assert 1 == signatures.KERNEL
    assert [625794798, 489944174, 717307530] == hash_words([PROSE])[0][:3].tolist()
    assert (15, 8062) == (found.sizes[0], int(found.bytes.sum()) % 10_007)
    assert 2092273948054085026 == found.keys[0, 0]


def test_shingles_stay_within_their_text() -> None:
    words, begins = hash_words(["a b c d", "", "a", "a b", "b c d"])
    runs, firsts = hash_shingles(words, begins)
    assert [0, 2, 2, 3, 4, 5] == firsts.tolist()
    assert runs[1] == runs[4]
    assert 4 == len(set(runs.tolist()))


def test_shapes() -> None:
    found = sign([PROSE, "", "one"])
    assert (3, BINS) == found.bytes.shape
    assert (3, BANDS) == found.keys.shape
    assert [15, 0, 1] == found.sizes.tolist()
    assert [False, True, False] == (found.keys < 0).all(axis=1).tolist()


def test_nothing_to_sign() -> None:
    assert (0, BANDS) == sign([]).keys.shape
    assert set() == pairs()


def test_texts_without_words_are_no_candidates() -> None:
    assert set() == pairs("", "—", PROSE)


def test_the_stream_does_not_see_its_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [" ".join(prose(n, n)) for n in range(30)]
    whole = sign(texts)
    monkeypatch.setattr(signatures, "CHUNK", 7)
    parts = sign(iter(texts))
    assert np.array_equal(whole.keys, parts.keys)
    assert np.array_equal(whole.bytes, parts.bytes)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_likeness_estimates_jaccard(share: float) -> None:
    errors = []
    for number in range(40):
        words = prose(number, 402)
        kept = round(400 * 2 * share / (1 + share))  # of two texts of 400 runs
        other = words[: kept + 2] + prose(number + 1000, 400 - kept)
        found = sign([" ".join(words), " ".join(other)])
        errors.append(float(likeness(found.bytes[:1], found.bytes[1:])[0]) - share)
    assert abs(sum(errors) / len(errors)) < 0.02
    assert max(map(abs, errors)) < 0.15


def test_containment_of_a_text_cut_short() -> None:
    words = prose(1, 500)
    found = sign([" ".join(words), " ".join(words[:200]), " ".join(prose(2, 100))])
    one, other = containment(found, np.array([0, 0]), np.array([1, 2])).tolist()
    assert one == pytest.approx(1, abs=0.25)
    assert other < 0.1


def test_candidates_share_a_fifth() -> None:
    words = prose(1)
    edited = [*words[:150], *prose(2, 150)]
    assert {(0, 1)} == pairs(" ".join(words), " ".join(edited), " ".join(prose(3)))


def test_a_small_bucket_gives_all_pairs_and_a_large_one_a_star() -> None:
    assert 10 == len(pairs(*[PROSE] * 5))
    assert {(0, n) for n in range(1, 500)} == pairs(*[PROSE] * 500)


keys = st.lists(st.lists(st.integers(-1, 4), min_size=3, max_size=3), max_size=40)


@given(keys)
def test_candidates_connect_what_shares_a_key(rows: list[list[int]]) -> None:
    table = np.array(rows, np.int64).reshape(len(rows), 3)
    left, right = candidates(table)
    found = list(zip(left.tolist(), right.tolist(), strict=True))
    assert sorted(set(found)) == found
    for i, j in found:
        assert i < j
        assert any(a == b >= 0 for a, b in zip(rows[i], rows[j], strict=True))
    for column in range(3):
        first: dict[int, int] = {}
        for at, row in enumerate(rows):
            hub = first.setdefault(row[column], at)
            assert row[column] < 0 or hub == at or (hub, at) in found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_text_signs_as_it_would_alone(texts: list[str]) -> None:
    together = sign(texts)
    for at, text in enumerate(texts):
        assert np.array_equal(together.keys[at], sign([text]).keys[0])
