from __future__ import annotations

import pytest

from digest.collect.fields import string, tables, text


@pytest.mark.parametrize(
    ("value", "as_string", "as_text"),
    [
        ("oaks", "oaks", "oaks"),
        ("oa\ud800ks", "oa\ud800ks", "oa?ks"),
        (7, "", "7"),
        (8.5, "", "8.5"),
        (True, "", ""),
        (None, "", ""),
        (["oaks"], "", ""),
    ],
)
def test_a_value_is_a_text_or_nothing(value: object, as_string: str, as_text: str) -> None:
    assert (as_string, as_text) == (string({"key": value}, "key"), text({"key": value}, "key"))


def test_what_is_absent_is_nothing() -> None:
    assert ("", "", ()) == (string({}, "key"), text({}, "key"), tables({}, "key"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [([{"a": 1}, "b", {"c": 2}], ({"a": 1}, {"c": 2})), ({"a": 1}, ()), ("text", ()), (None, ())],
)
def test_tables_of_a_list(value: object, expected: tuple[object, ...]) -> None:
    assert expected == tables({"key": value}, "key")
