from __future__ import annotations

import pytest

from digest.errors import ConfigError, nearest


def test_an_error_says_what_to_do_next_behind_what_happened() -> None:
    assert "it broke (mend it)" == str(ConfigError("it broke", hint="mend it"))
    assert "it broke" == str(ConfigError("it broke"))


@pytest.mark.parametrize(
    ("word", "expected"), [("titel", "title"), ("outhor", "author"), ("zzz", ""), ("", "")]
)
def test_the_nearest_word_is_perhaps_meant(word: str, expected: str) -> None:
    assert expected == nearest(word, ("author", "title"))
