from __future__ import annotations

from fakes import article, source

from digest.extract.repeats import without_repeats
from digest.model import Article, Pick

NOTE = "Jane Roe writes about trees and lives near the sea."


def body(number: int) -> str:
    return f"Oak number {number} is old.\nIt stands on hill {number}, and has done so for long."


def texts(articles: list[Article]) -> list[str]:
    return [found.text for found in without_repeats(articles)]


def test_a_standing_note_is_dropped_wherever_it_stands() -> None:
    articles = [article(str(n), text=f"{body(n)}\n{NOTE}") for n in range(4)]
    assert texts(articles) == [body(n) for n in range(4)]
    assert [a.words for a in without_repeats(articles)] == [16] * 4


def test_three_articles_prove_nothing() -> None:
    articles = [article(str(n), text=f"{body(n)}\n{NOTE}") for n in range(3)]
    assert without_repeats(articles) == tuple(articles)


def test_other_sources_and_picks_do_not_count() -> None:
    articles = [
        article(str(n), text=f"{body(n)}\n{NOTE}", source=source(f"S{n}")) for n in range(4)
    ]
    assert without_repeats(articles) == tuple(articles)
    picks = [article(str(n), text=NOTE, pick=Pick(newsletter="N")) for n in range(4)]
    assert without_repeats(picks) == tuple(picks)


def test_copies_do_not_erase_each_other() -> None:
    articles = [article(str(n), text=f"{body(1)}\nVersion {n}.") for n in range(4)]
    assert without_repeats(articles) == tuple(articles)
    assert without_repeats([article(str(n), text=body(1)) for n in range(4)])[0].text == body(1)
