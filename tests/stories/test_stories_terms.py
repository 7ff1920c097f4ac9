from __future__ import annotations

import pytest

from digest.stories.same import background
from digest.stories.same.terms import ROW_TERMS, Document, rows, term

FILLING = " ".join(f"filling{letter}{other}" for letter in "abcdefghij" for other in "klmnopqrst")


@pytest.mark.parametrize(
    ("token", "found"),
    [
        ("1.38.0", "1.38"),  # and not 1.3, or all releases of a year would be one
        ("1.34.0", "1.34"),
        ("1.38", "1.38"),
        ("v1.38.0", "1.38"),
        ("2.0.0", "2"),
        ("3.10", "3.10"),  # no decimal: the tenth after 3.0
        ("1.41.1", "1.41.1"),
        ("10,000", "10000"),
        ("100", "100"),
        ("vaccine", "vaccin"),
    ],
)
def test_numbers_and_releases(token: str, found: str) -> None:
    assert term(token) == found


def test_what_a_text_mentions_late_and_once_is_mentioned() -> None:
    lead = f"{FILLING} {FILLING} and at last Wexmoor."
    found = rows([Document("Bridge closed", lead), Document("Wexmoor waits")], background.load())
    at = found.words.index(term("Wexmoor"))
    assert len(FILLING.split()) > ROW_TERMS
    assert found.text[[0], :][:, [at]].sum() == 0
    assert found.any[[0], :][:, [at]].sum() == 1
