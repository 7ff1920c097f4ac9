from __future__ import annotations

import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from fakes import article, pick
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article
from digest.stories.copies import Copies, find_copies
from digest.stories.copy_rules import RULES, Overlap, Rule, compare, rule_for
from digest.stories.signatures import hash_words
from digest.text import words as words_of

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "dev"
LEXICON = """
    harbour council ferry winter market bridge painter valley engine lantern orchard window garden
    copper island quarry teacher railway baker signal cotton meadow ticket summer parcel village
    morning thunder basket river captain letter kitchen forest planet doctor mirror pepper saddle
    tunnel velvet whistle anchor blanket candle dragon emerald falcon glacier hammer
""".split()


def prose(number: int, size: int) -> str:
    """Words without any sense, and other ones for each number."""
    dice = random.Random(number)
    return " ".join(dice.choice(LEXICON) + dice.choice("aeiou") for _ in range(size))


def groups(articles: Sequence[Article]) -> set[frozenset[str]]:
    found = find_copies(articles)
    roots = {root for root, _ in found.of.values()}
    return {frozenset({root, *(a.id for a in found.by(root))}) for root in roots}


def are_copies(one: Article, other: Article) -> bool:
    there, back = groups([one, other]), groups([other, one])
    assert there == back
    return bool(there)


def at(outlet: str, path: str = "") -> dict[str, str]:
    """An outlet with a site of its own, and a link on it."""
    return {"outlet": outlet, "url": f"https://{outlet.lower()}.example/{path}"}


# The rules: one test for each row, on either side of what it allows.

WHOLE, WHOLE_LEAD, EXCERPT, EXCERPT_LEAD = RULES


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


# Series, templates and lists: alike, but not copies.

WEATHER = (
    "The weather for the harbour and the islands on {day}. Expect a light wind from the west at "
    "{a} knots, with a temperature of {b} degrees at noon and {c} degrees at night. The sea is "
    "calm near the coast and moderate further out. Visibility is good at {d} miles. The next "
    "report follows in the evening, and a warning will be given here if the wind should rise."
)
STANDARD = prose(9, 90)


def weather(day: str, *numbers: int) -> str:
    return WEATHER.format(day=day, **dict(zip("abcd", numbers, strict=True)))


SERIES: dict[str, tuple[Article, Article]] = {
    "a report in which only numbers differ": (
        article("a", "Weather", weather("Monday", 8, 12, 3, 9), **at("Harbour", "1")),
        article("b", "The weather", weather("Tuesday", 11, 15, 4, 7), **at("Coast", "2")),
    ),
    "a number that stands last": (
        article("a", "Lottery", f"{STANDARD} number 41 77", **at("Echo")),
        article("b", "Results", f"{STANDARD} number 15 23", **at("Post")),
    ),
    "titles that differ in a number": (
        article("a", "The list, number 41", STANDARD, **at("Echo", "1")),
        article("b", "The list, number 42", STANDARD, **at("Mirror", "2")),
    ),
    "titles that differ in a day": (
        article("a", "Agenda for Monday", STANDARD, **at("Echo", "1")),
        article("b", "Agenda for Tuesday", STANDARD, **at("Echo", "2")),
    ),
    "one title and text on two days": (
        article("a", "Photos of the day", STANDARD, day=27, **at("Echo", "1")),
        article("b", "Photos of the day", STANDARD, day=28, **at("Echo", "2")),
    ),
    "one title and text without dates on one site": (
        article("a", "Photos of the day", STANDARD, day=0, **at("Echo", "1")),
        article("b", "Photos of the day", STANDARD, day=0, **at("Echo", "2")),
    ),
    "a podcast's standard text": (
        article("a", "How bridges are built", STANDARD, **at("Echo", "1")),
        article("b", "A night at the opera", STANDARD, **at("Echo", "2")),
    ),
}


@pytest.mark.parametrize("name", SERIES)
def test_a_series_is_no_copy(name: str) -> None:
    assert not are_copies(*SERIES[name])


SENT_TWICE: dict[str, tuple[Article, Article]] = {
    "a headline that was edited": (
        article("a", "Ferry runs aground in the bay", STANDARD, **at("Echo", "1")),
        article("b", "Ferry runs aground in the bay: passengers safe", STANDARD, **at("Echo", "2")),
    ),
    "one title, twice on a day": (
        article("a", "Ferry runs aground", STANDARD, **at("Echo", "1")),
        article("b", "Ferry runs aground", STANDARD, **at("Echo", "2")),
    ),
    "without links or dates": (
        article("a", "Ferry runs aground", STANDARD, day=0),
        article("b", "Ferry runs aground", STANDARD, day=0),
    ),
}


@pytest.mark.parametrize("name", SENT_TWICE)
def test_one_text_of_one_publisher(name: str) -> None:
    assert are_copies(*SENT_TWICE[name])


def test_a_standard_text_tells_nothing_wherever_it_stands() -> None:
    titles = ("How bridges are built", "A night at the opera", "Why cats purr")
    episodes = [
        article(f"e{n}", title, STANDARD, **at("Podcast", str(n))) for n, title in enumerate(titles)
    ]
    elsewhere = article("x", "Something else", STANDARD, **at("Player"))
    same = article("y", titles[1], STANDARD, **at("Player", "2"))
    assert {frozenset({"e1", "y"})} == groups([*episodes, elsewhere, same])


def test_a_page_of_many_entries_is_not_one_article() -> None:
    page = {"outlet": "Awesome", "url": "https://awesome.example/list"}
    entries = [article(f"e{n}", f"Entry {n}", f"About {LEXICON[n]}", **page) for n in range(4)]
    again = article("z", "Entry 2", "About another thing", **page)
    assert {frozenset({"e2", "z"})} == groups([*entries, again])
    assert {frozenset({"e0", "e1"})} == groups(entries[:2])


def test_picks_of_one_link_are_votes_whatever_their_titles() -> None:
    link = "https://echo.example/1"
    votes = [pick(f"p{n}", "Weekly", f"Comment {n}", title=f"T{n}", url=link) for n in range(4)]
    found = find_copies([article("a", text="Short", url=link), *votes])
    assert {("a", "the same link")} == set(found.of.values())


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


# Calibration on real prose, which is read where it lies and changed here.


def shingles(text: str, size: int) -> frozenset[tuple[str, ...]]:
    found = words_of(text)
    return frozenset(tuple(found[i : i + size]) for i in range(len(found) - size + 1))


@cache
def corpus(name: str) -> tuple[tuple[str, str], ...]:
    """(title, text) of what is long enough, but for texts that stand in others as they are."""
    path = DATA / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip(f"no {path.name}")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    fewest, most, _ = CALIBRATION[name]
    texts = {row["text"] or "": row.get("title") or row["text"][:50] for row in rows}
    seen: dict[tuple[str, ...], list[int]] = defaultdict(list)
    kept: list[tuple[str, str]] = []
    for text, title in sorted(texts.items(), key=lambda item: (-len(item[0]), item[0])):
        runs = shingles(text, 3)
        shared = Counter(at for run in runs for at in seen[run])
        if len(text.split()) >= fewest and max(shared.values(), default=0) < most * len(runs):
            for run in runs:
                seen[run].append(len(kept))
            kept.append((title, text))
    return tuple(kept)


def edited(words: list[str], share: float, dice: random.Random) -> list[str]:
    out = list(words)
    for place in sorted(dice.sample(range(len(words)), round(share * len(words))), reverse=True):
        kind = dice.random()
        if kind < 0.5:
            out[place] = dice.choice(LEXICON)
        elif kind < 0.75:
            del out[place]
        else:
            out.insert(place, dice.choice(LEXICON))
    return out


CREDIT = "By OUR CORRESPONDENT, Agency Press. LONDON (Agency) —"
FOOTER = (
    "Copyright 2025 The Agency. All rights reserved. This material may not be published, "
    "broadcast, rewritten or redistributed. Sign up for our newsletter, and follow us everywhere."
)
CHANGES: dict[str, Callable[[list[str], random.Random], list[str]]] = {
    "1 % edited": lambda words, dice: edited(words, 0.01, dice),
    "3 % edited": lambda words, dice: edited(words, 0.03, dice),
    "5 % edited": lambda words, dice: edited(words, 0.05, dice),
    "10 % edited": lambda words, dice: edited(words, 0.10, dice),
    "20 % edited": lambda words, dice: edited(words, 0.20, dice),
    "30 % edited": lambda words, dice: edited(words, 0.30, dice),
    "cut to 70 %": lambda words, dice: words[: len(words) * 7 // 10],
    "cut to 40 %": lambda words, dice: words[: len(words) * 4 // 10],
    "another lead": lambda words, dice: [*dice.choices(LEXICON, k=min(45, len(words) // 5)),
                                         *words[min(45, len(words) // 5):]],
    "wire credit": lambda words, dice: [*CREDIT.split(), *words],
    "footer": lambda words, dice: [*words, *FOOTER.split()],
}  # fmt: skip
# By corpus: the fewest words; the share of a text in another from which they are one agency's text,
# read by eye; and the least recall. What is missing in a row is beyond the rules there.
CALIBRATION = {
    "allsides_articles": (70, 0.80, {
        "1 % edited": 0.99, "3 % edited": 0.99, "5 % edited": 0.99, "10 % edited": 0.97,
        "20 % edited": 0.55, "30 % edited": 0.0, "cut to 70 %": 0.98, "wire credit": 0.99,
        "footer": 0.99,
    }),
    "ecbplus_docs": (125, 0.50, {
        "1 % edited": 0.99, "3 % edited": 0.99, "5 % edited": 0.99, "10 % edited": 0.99,
        "20 % edited": 0.9, "30 % edited": 0.0, "cut to 70 %": 0.99, "cut to 40 %": 0.97,
        "another lead": 0.95, "wire credit": 0.99, "footer": 0.99,
    }),
    "wikiref220": (125, 0.80, {
        "1 % edited": 0.99, "3 % edited": 0.99, "5 % edited": 0.99, "10 % edited": 0.99,
        "20 % edited": 0.9, "30 % edited": 0.0, "cut to 70 %": 0.98, "cut to 40 %": 0.97,
        "another lead": 0.97, "wire credit": 0.98, "footer": 0.98,
    }),
}  # fmt: skip
CASES = [(name, change) for name, (*_, recall) in CALIBRATION.items() for change in recall]


@pytest.mark.parametrize(("name", "change"), CASES)
def test_recall_and_precision_on_edited_prose(name: str, change: str) -> None:
    right, wrong, planted = calibrate(name, change)
    assert set() == wrong
    assert right >= CALIBRATION[name][2][change] * planted


def calibrate(name: str, change: str) -> tuple[int, set[tuple[str, str]], int]:
    """Copies found, wrong pairs, and copies planted, among all the texts of a corpus."""
    dice = random.Random(f"{name} {change}")
    told = corpus(name)
    sample = set(dice.sample(range(len(told)), min(300, len(told))))
    material = []
    for n, (title, text) in enumerate(told):
        material.append(article(f"{n}", title, text, **at(f"O{n}")))
        if n in sample:
            changed = " ".join(CHANGES[change](text.split(), dice))
            material.append(article(f"{n}c", f"New: {title}", changed, **at(f"C{n}")))
    pairs = {(copy, root) for copy, (root, _) in find_copies(material).of.items()}
    wrong = {pair for pair in pairs if pair[0].strip("c") != pair[1].strip("c")}
    return len(pairs - wrong), wrong, len(sample)
