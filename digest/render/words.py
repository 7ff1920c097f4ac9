"""English in small pieces: separators, ordinals and dates. Pure functions."""

from __future__ import annotations

from datetime import date
from typing import Literal

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ENDS = ("?", "!", "？", "！", "؟", ".", "。", "…", ":")
_CLOSING = "\"'”’»)]"  # what may follow the mark that ends a title
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"}
)


def separator(title: str) -> str:
    """What stands between a title and its blurb.

    A space after a title that ends as a sentence does, ". " where it has a colon, otherwise ": ".
    """
    if title.rstrip().rstrip(_CLOSING).endswith(_ENDS):
        return " "
    return ". " if ":" in title or "：" in title else ": "


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th, 63rd."""
    teen = 10 <= abs(number) % 100 <= 20
    suffix = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(abs(number) % 10, "th")
    return f"{number}{suffix}"


def spoken_date(day: date, language: str) -> str:
    """A date as said aloud: "Friday, February 7th"; in other languages babel's full form."""
    if primary(language) == "en":
        return f"{_WEEKDAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {ordinal(day.day)}"
    return _babel(day, language, "full")


def long_date(day: date, language: str = "en") -> str:
    """A date with its year: "January 31, 2025"; in other languages babel's long form."""
    if primary(language) == "en":
        return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
    return _babel(day, language, "long")


def primary(language: str) -> str:
    """The first part of a language tag, in lower case: "de" for "de-AT"."""
    return language.replace("_", "-").partition("-")[0].lower() or "en"


def direction(language: str) -> str:
    """`rtl` for a language that is written from right to left, else `ltr`."""
    return "rtl" if primary(language) in _RIGHT_TO_LEFT else "ltr"


def _babel(day: date, language: str, length: Literal["long", "full"]) -> str:
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date

    try:
        locale = Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return day.isoformat()
    return format_date(day, length, locale=locale)
