"""Which articles are one text, and which only look like it."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from copies_sample import STANDARD, are_copies, at, groups, prose
from fakes import article, pick
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article
from digest.stories.copies import Copies, find_copies

# One text.


def test_an_agency_text_under_two_headlines() -> None:
    text = prose(1, 80)
    one = article("a", "Ferry runs aground off the island", f"(Agency) {text}", **at("Echo"))
    other = article("b", "Passengers safe after accident", text, **at("Post"))
    assert are_copies(one, other)
    assert find_copies([one, other]).of == {"b": ("a", "100% of the text is the same")}


def test_a_longer_text_is_the_original_and_a_pick_never() -> None:
    long = article("z", text=prose(1, 200), **at("Echo"))
    short = article("a", text=prose(1, 120), **at("Post"))
    comment = pick("c", "Weekly", prose(1, 220))
    found = find_copies([comment, short, long])
    assert {"a", "c"} == set(found.of)
    assert ["c", "a"] == [a.id for a in found.by("z")]
    assert () == found.by("a")


def test_articles_that_share_a_long_quote_are_two() -> None:
    quote = prose(1, 150)
    one = article("a", text=f"{prose(2, 90)} {quote} {prose(3, 60)}", **at("Echo"))
    other = article("b", text=f"{prose(4, 60)} {quote} {prose(5, 90)}", **at("Post"))
    assert not are_copies(one, other)


def test_leads_that_quote_one_statement_are_two() -> None:
    statement = prose(1, 56)
    one = article("a", text=f"{prose(2, 12)} {statement}", **at("Echo"))
    other = article("b", text=f"{prose(3, 12)} {statement}", **at("Post"))
    assert not are_copies(one, other)


def test_an_excerpt_is_no_bridge() -> None:
    statement = prose(1, 60)
    one = article("a", text=f"{prose(2, 90)} {statement} {prose(3, 90)}", **at("Echo"))
    other = article("b", text=f"{prose(4, 90)} {statement} {prose(5, 80)}", **at("Post"))
    release = article("c", text=statement, **at("Press"))
    assert {frozenset("ac")} == groups([one, other, release])


def test_other_scripts() -> None:
    chinese = "".join(chr(0x4E00 + 7 * n) for n in range(90))
    arabic = " ".join("سفينة" + "ابتثجحخدذرزسشصضطظ"[n % 17] + "عغفق"[n % 4] for n in range(80))
    texts = {"c": chinese, "d": chinese[:85], "e": chinese[::-1], "f": arabic, "g": f"{arabic} قال"}
    material = [article(name, text=text, **at(name)) for name, text in texts.items()]
    assert {frozenset("cd"), frozenset("fg")} == groups(material)


def test_what_is_said_of_a_copy_is_of_its_original() -> None:
    words = prose(1, 200).split()
    ids = "abc"
    texts = [words, [*words[:150], *prose(2, 40).split()], [*words[:165], *prose(3, 30).split()]]
    material = [article(n, text=" ".join(t), **at(n)) for n, t in zip(ids, texts, strict=True)]
    found = find_copies(material)
    assert {"a"} == {root for root, _ in found.of.values()}
    assert ("78%", "84%") == tuple(found.of[n][1].split()[0] for n in "bc")


# Short texts.

TEASER = "The ferry to the islands ran aground in the fog on Sunday; all passengers are safe."
TITLE = "Ferry runs aground in the fog"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"title": "Another headline for it"}, False),
        ({"text": f"{TEASER} More follows."}, False),
        ({"day": 0}, False),
        ({"day": 29}, False),
        ({"outlet": "Echo"}, False),
        ({"published": datetime(2025, 1, 28, 23, tzinfo=UTC)}, True),
    ],
)
def test_short_texts_of_two_publishers(change: dict[str, Any], expected: bool) -> None:
    one = article("a", TITLE, TEASER, **at("Echo", "1"))
    fields: dict[str, Any] = {"title": TITLE, "text": TEASER, **at("Post", "2")} | change
    other = article("b", **fields)
    assert expected is are_copies(one, other)
    if expected:
        assert {"b": ("a", "same title and text")} == find_copies([one, other]).of


@pytest.mark.parametrize(
    ("title", "text"),
    [("", ""), ("", TEASER), (TITLE, ""), ("Daily puzzle", TEASER), (TITLE, "Read more here.")],
)
def test_too_short_to_tell(title: str, text: str) -> None:
    one = article("a", title or " ", text, **at("Echo"))
    other = article("b", title or " ", text, **at("Post"))
    assert not are_copies(one, other)


def test_a_short_text_that_one_publisher_repeats_is_a_template() -> None:
    start = datetime(2025, 1, 27, 8, tzinfo=UTC)
    material = [
        article(
            f"{o}{n}", TITLE, TEASER, published=start + timedelta(hours=24 * n), **at(o, str(n))
        )
        for o in ("Echo", "Post")
        for n in range(3)
    ]
    assert set() == groups(material)


# Any input.


def many(count: int, text: Callable[[int], str], outlets: int = 1) -> list[Article]:
    day = datetime(2024, 1, 1, tzinfo=UTC)
    return [
        article(
            f"{n:05d}",
            "Daily puzzle",
            text(n),
            published=day + timedelta(days=n),
            **at(f"O{n % outlets}", str(n)),
        )
        for n in range(count)
    ]


def test_thousands_of_one_title_stay_apart() -> None:
    assert {} == find_copies(many(3000, lambda _: "Here is the puzzle of the day.", 3)).of
    assert {} == find_copies(many(3000, lambda _: STANDARD)).of
    assert {} == find_copies(many(3000, lambda n: f"{STANDARD} puzzle {n} of {7 * n}", 999)).of


def test_a_hundred_thousand_stubs() -> None:
    stub = article("0", "A title of five words", STANDARD)
    found = find_copies([_named(stub, f"{n:06d}") for n in range(100_000)])
    assert 99_999 == len(found.by("000000")) == len(found.of)


def _named(stub: Article, name: str) -> Article:
    return Article(
        id=name, source=stub.source, outlet=name, title=stub.title, text=stub.text, words=90
    )


def test_ten_megabytes() -> None:
    huge = prose(1, 50_000) * 28
    one, other = article("a", text=huge, **at("Echo")), article("b", text="新" * 3_400_000)
    other_huge = article("c", text=huge[:-100], **at("Post"))
    assert {frozenset("ac")} == groups([one, other, other_huge])


def test_no_articles() -> None:
    assert Copies({}, {}) == find_copies([])


def test_the_order_of_articles_does_not_matter() -> None:
    words = prose(1, 150).split()
    material = [
        article("a", text=" ".join(words), **at("Echo")),
        article("b", text=" ".join(words[:100]), **at("Post")),
        article("c", text=" ".join([*words[:130], *prose(2, 18).split()]), **at("Mail")),
        article("d", text="Short.", url="https://echo.example/"),
        article("e", text=" ".join([*prose(3, 60).split(), *words[:70]]), **at("Sun")),
    ]
    found = [find_copies(order).of for order in permutations(material)]
    assert all(of == found[0] for of in found)
    assert {"b", "c", "d"} == set(found[0])


texts = st.lists(
    st.one_of(
        st.text(max_size=300),
        st.builds(prose, st.integers(0, 3), st.integers(0, 130)),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(texts, st.randoms(use_true_random=False))
def test_any_texts(bodies: list[str], dice: random.Random) -> None:
    material = [article(str(n), text=text, **at(f"O{n}")) for n, text in enumerate(bodies)]
    found = find_copies(material)
    assert not found.of.keys() & {root for root, _ in found.of.values()}
    assert all(why and root in found.articles for root, why in found.of.values())
    dice.shuffle(material)
    assert found.of == find_copies(material).of
