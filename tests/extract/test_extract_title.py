from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.extract import title
from digest.extract.blocks import read
from digest.text import words

PROSE = (
    "The oak on the hill is older than the village, and nobody knows who planted it there at all."
)


@pytest.mark.parametrize(
    ("given_title", "names", "expected"),
    [
        ("Old Trees", (), "Old Trees"),
        ("Old Trees | Field Notes", ("Field Notes",), "Old Trees"),
        ("Old Trees - field notes", ("Field Notes",), "Old Trees"),
        ("Old Trees — Field Notes", ("Elsewhere",), "Old Trees — Field Notes"),
        ("Oaks - Elms - Field Notes", ("Field Notes",), "Oaks - Elms"),
        ("Field Notes", ("Field Notes",), "Field Notes"),
        ("Old Trees Fall - The Field Notes", ("Field Notes",), "Old Trees Fall"),
        ("Old Trees Fall | Field Notes Online", ("fieldnotes",), "Old Trees Fall"),
        ("Old Trees Fall – The Old Pond Times", ("optimes",), "Old Trees Fall"),
        ("Old Trees Fall – The Guardian", ("theguardian",), "Old Trees Fall"),
        ("Old Trees Fall : OPT", ("OPT",), "Old Trees Fall"),
        ("Old Trees - a big community", ("abc",), "Old Trees - a big community"),
        ("Old Trees - Ann Bee Cee", ("Elsewhere",), "Old Trees - Ann Bee Cee"),
        ("Old Trees - Ann Bee Cee", ("Old Trees",), "Old Trees - Ann Bee Cee"),
        ("Release 1.9 - Duck", ("Duck",), "Release 1.9 - Duck"),
        ("Changes - Duck", ("Duck",), "Changes - Duck"),
        ("Old Trees - ???", ("???",), "Old Trees - ???"),
        ("Old Trees: Who Planted Them? | ✉️ #12", (), "Old Trees: Who Planted Them?"),
        ("Old Trees - Issue 12", (), "Old Trees"),
        ("Old Trees | #12", (), "Old Trees"),
        ("Issue #12", (), "Issue #12"),
        ("Podcast #12: Old Trees", (), "Podcast #12: Old Trees"),
        ("Windows 11", (), "Windows 11"),
        ("From 8 - 12", (), "From 8 - 12"),
        ("<b>Old</b> Trees", (), "<b>Old</b> Trees"),
        ("  Old\n Trees ", (), "Old Trees"),
    ],
)
def test_a_given_title(given_title: str, names: tuple[str, ...], expected: str) -> None:
    found = title.find(given_title, (), names)
    assert (found.title, found.derived) == (expected, False)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"Old Trees\n{PROSE}", "Old Trees"),
        (f"Who Planted the Oak?\n{PROSE}", "Who Planted the Oak?"),
        (f"DeepRoot V. The Great Forest Race\n{PROSE}", "DeepRoot V. The Great Forest Race"),
    ],
)
def test_a_title_line(body: str, expected: str) -> None:
    found = title.find("", read(body, "text"))
    assert (found.title, found.derived) == (expected, False)
    assert [b.text for b in found.blocks] == [PROSE]


def test_the_first_real_heading() -> None:
    found = title.find("", read(f"<p>{PROSE}</p><h1>Old Trees</h1><p>{PROSE}</p>", "html"))
    assert (found.title, found.derived) == ("Old Trees", False)


def test_a_repeated_title_is_dropped_from_the_text() -> None:
    found = title.find("Old Trees", read(f"<h1>Old  trees!</h1><p>{PROSE}</p>", "html"))
    assert [b.text for b in found.blocks] == [PROSE]


ESSAY = (
    "The recent storms, and above all the one of last week, which took the roofs of forty houses "
    "in the valley, have made people look at trees again. They used to be scenery.\n"
    "Some say that planting is enough. "
    "By growing slowly, Oakhaven builds a wood that can stand a storm.\n"
    "Last year Oakhaven planted a thousand oaks. The wood of Oakhaven is young."
)


def test_a_made_title_names_what_the_text_is_about() -> None:
    found = title.find("", read(ESSAY, "text"))
    assert (found.title, found.derived) == ("Oakhaven builds a wood that can stand a storm", True)
    assert len(found.blocks) == 3


def test_central_name() -> None:
    assert title.central_name(ESSAY) == "Oakhaven"
    assert title.central_name("trees are old. they grow.") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A short note.", "A short note"),
        ("", ""),
        ("...", ""),
        (
            "one two three four five six seven eight nine ten eleven twelve 13 14 15.",
            "One two three four five six seven eight nine ten eleven twelve…",
        ),
    ],
)
def test_made_titles_of_poor_texts(text: str, expected: str) -> None:
    assert title.derive(text) == expected


@settings(deadline=None)
@given(st.text(max_size=400))
def test_a_made_title_is_short_and_the_texts_own(text: str) -> None:
    made = title.derive(text)
    assert made == title.derive(text)
    assert "\n" not in made
    assert len(made) <= title.LINE_CHARS + 1 or len(made.split()) <= title.CLAUSE[1]
    assert set(words(made)) <= set(words(text)) or len(made) > 0
