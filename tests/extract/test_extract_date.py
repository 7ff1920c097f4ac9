from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.extract import date
from digest.extract.blocks import read
from digest.extract.date import FORMATS, META, Format
from digest.extract.markup import parse as parse_html
from digest.moments import plausible

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
DAY = datetime(2025, 1, 27, 12, tzinfo=UTC)
PROSE = (
    "The oak on the hill is older than the village, and nobody knows who planted it there at all."
)


def guessed(text: str) -> datetime | None:
    return date.of_blocks(read(text, "text"), NOW)


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.example)
def test_every_format_is_read(row: Format) -> None:
    assert date.of_line(row.example, NOW) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "January 27, 2025",
        "Jan 27, 2025",
        "Mon 27 Jan 2025",
        "Monday, 27th of January 2025",
        "27. Januar 2025",
        "27 de enero de 2025",
        "27 janvier 2025",
        "Published: 2025-01-27",
        "Posted on January 27, 2025 at 10:15 am",
        "January 27, 2025 · 5 min read",
        "By Jane Roe | January 27, 2025",
        "Jane Roe • Jan 27, 2025",
        "Published 2025-01-27T08:30:00Z",
    ],
)
def test_lines_about_the_date(line: str) -> None:
    assert guessed(f"Old Trees\n{line}\n{PROSE}") == DAY


@pytest.mark.parametrize(
    "line",
    [
        "On January 27, 2025 the storm took the oak.",
        "Release notes for January 27, 2025",
        "By January 27, 2025 all of us must have planted a tree",
        "The next issue arrives on Friday, February 14th",
        "30 February 2025",
        "27 January 1994",
        "27 January 2026",
        "January 2025",
        "01/02/2025",
    ],
)
def test_lines_that_are_no_date(line: str) -> None:
    assert guessed(f"Old Trees\n{line}\n{PROSE}") is None


def test_a_bare_date_below_the_beginning_is_of_something_else() -> None:
    assert guessed("\n".join([PROSE] * 9 + ["January 27, 2025", PROSE])) is None
    assert guessed("\n".join([PROSE] * 9 + ["Published January 27, 2025", PROSE])) == DAY


def test_published_beats_updated() -> None:
    assert guessed(f"Last updated: 2025-02-01\nPublished: 2025-01-27\n{PROSE}") == DAY
    assert guessed(f"Last updated: 2025-01-27\n{PROSE}") == DAY


PAGES = (
    "<meta property='article:published_time' content='{}'>",
    "<meta itemprop='datePublished' content='{}'>",
    "<p><time itemprop='datePublished' datetime='{}'></time></p>",
    "<meta name='parsely-pub-date' content='{}'>",
    "<meta name='sailthru.date' content='{}'>",
    "<meta name='citation_publication_date' content='{}'>",
    "<meta name='DC.date' content='{}'>",
    "<meta name='dcterms.created' content='{}'>",
    "<meta name='pubdate' content='{}'>",
    "<p><time pubdate datetime='{}'></time></p>",
    "<article><p><time datetime='{}'></time></p></article>",
)


@pytest.mark.parametrize(("row", "body"), list(zip(META, PAGES, strict=True)))
def test_every_place_of_a_page(row: tuple[str, str], body: str) -> None:
    root = parse_html(body.format("2025-01-27T12:00:00+00:00"))
    assert root is not None
    assert root.xpath(row[0]) == ["2025-01-27T12:00:00+00:00"]
    assert date.of_page(root, NOW) == DAY


def test_json_ld() -> None:
    root = parse_html('<script type="application/ld+json">{"datePublished": "2025-01-27"}</script>')
    assert root is not None
    assert date.of_page(root, NOW) == DAY


def test_impossible_dates() -> None:
    assert date.parse("2025-02-30", NOW) is None
    assert date.parse("soon", NOW) is None


def test_today_is_not_later_than_now() -> None:
    assert date.parse("2025-02-03", NOW) == NOW


@given(st.text(max_size=60))
def test_any_line_has_a_plausible_date_or_none(line: str) -> None:
    for found in (date.of_line(line, NOW), date.parse(line, NOW)):
        assert found is None or plausible(found, NOW)
    assert date.is_dateline(line) in (True, False)
