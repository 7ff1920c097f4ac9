from __future__ import annotations

import pytest

from digest.extract import language

ENGLISH = (
    "The oak on the hill is older than the village below it, and nobody knows who planted it "
    "there, or why it was spared when all the others were cut down."
)
GERMAN = (
    "Die Eiche auf dem Hügel ist älter als das Dorf darunter, und niemand weiß, wer sie dort "
    "gepflanzt hat oder warum sie verschont wurde, als alle anderen gefällt wurden."
)


@pytest.mark.parametrize(
    ("declared", "page", "text", "expected"),
    [
        ("de-CH", "en", ENGLISH, "de"),
        ("", "en_US", GERMAN, "en"),
        ("", "", GERMAN, "de"),
        ("", "", ENGLISH, "en"),
        ("english language", "", ENGLISH, "en"),
        ("", "", "Zu kurz für ein Urteil", ""),
        ("", "", "", ""),
    ],
)
def test_language(declared: str, page: str, text: str, expected: str) -> None:
    assert language.of(declared, page, text) == expected
