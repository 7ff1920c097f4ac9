from __future__ import annotations

from datetime import date

import pytest

from digest.render.words import direction, long_date, ordinal, separator, spoken_date


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Who Wakes Up When the Pager Goes Off?", " "),
        ("The best incident review we read this month!", " "),
        ("“Is it over?”", " "),
        ("Really (really?)", " "),
        ("The Terralith: Monolithic Architecture of Terraform", ". "),
        ("Dispatch Radio #54: Who Answers the Pager?", " "),
        ("What Duck v1.0.0 means for ponds in winter", ": "),
        ("これは何ですか？", " "),
        ("It ends in a full stop.", " "),
        ("And then…", " "),
        ("", ": "),
    ],
)
def test_separator(title: str, expected: str) -> None:
    assert separator(title) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        *((0, "0th"), (1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (10, "10th")),
        *((11, "11th"), (12, "12th"), (13, "13th"), (19, "19th"), (20, "20th"), (21, "21st")),
        *((22, "22nd"), (63, "63rd"), (100, "100th"), (101, "101st"), (111, "111th")),
        *((112, "112th"), (1013, "1013th"), (1021, "1021st")),
    ],
)
def test_ordinal(number: int, expected: str) -> None:
    assert ordinal(number) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Friday, February 14th"),
        ("en-GB", "Friday, February 14th"),
        ("", "Friday, February 14th"),
        ("de", "Freitag, 14. Februar 2025"),
        ("fr-CA", "vendredi 14 février 2025"),
        ("xx", "2025-02-14"),
        ("not a language", "2025-02-14"),
    ],
)
def test_spoken_date(language: str, expected: str) -> None:
    assert spoken_date(date(2025, 2, 14), language) == expected


def test_long_date() -> None:
    assert long_date(date(2025, 1, 31)) == "January 31, 2025"
    assert long_date(date(2025, 1, 31), "de-AT") == "31. Jänner 2025"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("fa_IR", "rtl"), ("ja", "ltr"), ("", "ltr")],
)
def test_direction(language: str, expected: str) -> None:
    assert direction(language) == expected
