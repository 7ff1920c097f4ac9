"""What a feed is called to readers."""

from __future__ import annotations

import pytest

from digest.collect.names import SHELF, outlet_name


@pytest.mark.parametrize(
    ("title", "site", "name"),
    [
        ("World - Herald.com", "herald.com", "Herald.com"),
        ("Tech – HERALD", "herald.com", "HERALD"),
        ("Evening Herald - Category World", "eveningherald.example", "Evening Herald"),
        ("Herald Topics: World", "herald.com", "Herald"),
        ("Herald News Search Records Found 1000", "herald.com", "Herald"),
        ("TheHerald feed", "theherald.com", "TheHerald"),
        ("EH > World News", "eveningherald.example", "EH"),
        ("Always Herald| Articles", "always.example", "Always Herald"),
        ("Rest of Town -", "restoftown.example", "Rest of Town"),
        ("Comments on: Pond Notes – Home", "pondnotes.example", "Pond Notes"),
        ("World", "washingtonpost.com", "The Washington Post"),
        ("RSS", "pond.example", "pond.example"),
        # What stays: no shelf, or a platform, whose name is no outlet's.
        ("Ada's Blog", "ada.example", "Ada's Blog"),
        ("Learnpond Blog", "learnpond.example", "Learnpond Blog"),
        ("Thoughts - Ada", "youtube.com", "Thoughts - Ada"),
        ("Ada - GitHub", "github.com", "Ada - GitHub"),
        ("ponds: blog", "ponds.example", "ponds"),
        ("World", "", "World"),
        ("All of A", "pond.example", "All of A"),
        ("The Front Page", "pond.example", "pond.example"),
        ("***", "pond.example", "***"),
        ("", "pond.example", ""),
        ("北京日报", "pond.example", "北京日报"),
    ],
)
def test_outlet_name(title: str, site: str, name: str) -> None:
    assert name == outlet_name(title, site)


@pytest.mark.parametrize("word", sorted(SHELF))
def test_a_shelf_is_no_name(word: str) -> None:
    assert "Pond" == outlet_name(f"Pond | {word.title()}", "")
