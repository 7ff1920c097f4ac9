from __future__ import annotations

from datetime import date

import pytest

from digest.draft import read_draft
from digest.errors import InputError
from digest.model import Draft

FRONT = "---\ntitle: Bricks\nnumber: 7\nauthor: Ada\ndate: 2025-01-31\nnext: 2025-02-14\n---\n"


def test_front_matter_and_essay() -> None:
    draft = read_draft(FRONT + "\nHello.\n\n## Part\n\nMore.\n", "x.md")
    assert draft == Draft(
        title="Bricks",
        number=7,
        author="Ada",
        date=date(2025, 1, 31),
        next_date=date(2025, 2, 14),
        essay="Hello.\n\n## Part\n\nMore.",
    )


@pytest.mark.parametrize(
    ("text", "title", "essay"),
    [
        ("", "", ""),
        ("Just an essay.", "", "Just an essay."),
        ("# A title\n\nText.", "A title", "Text."),
        ("---\nsubject: S\n---\nText.", "S", "Text."),
        ("---\ntitle: T\n---\n# H\n\nText.", "T", "Text."),
        ("\ufeff---\r\ntitle: T\r\n---\r\nText.", "T", "Text."),
        ("---\n---\nText.", "", "Text."),
        ("\n\n---\ntitle: T\n---\nText.", "T", "Text."),
        ("---\ntitle: Bricks: a story\nauthor: A\n---\nText.", "Bricks: a story", "Text."),
        ("---\ntitle: 1984\n---\nText.", "1984", "Text."),
        ("---\ntitle: 2025-01-01\n---\nText.", "2025-01-01", "Text."),
        ("---\ntitle: >\n  Two\n  lines\n---\nText.", "Two lines", "Text."),
        ("---\ntitle:\n---\nText.", "", "Text."),
        ("Text.\n\n---\n\nA rule is no front matter.", "", None),
    ],
)
def test_titles(text: str, title: str, essay: str | None) -> None:
    draft = read_draft(text, "x.md")
    assert (title, text if essay is None else essay) == (draft.title, draft.essay)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("---\ntitle: [a\n---\n", r"x\.md:3: front matter: "),
        ("---\ntitle: [a]\n---\n", r"x\.md:2: front matter: title is no text"),
        ("\n---\nauthor: A\ntitle: {a: b}\n---\n", r"x\.md:4: front matter: title is no text"),
        ("---\nnext: 2025-02-30\n---\n", r"x\.md:2: .*'2025-02-30' is no day.*2025-01-31"),
        ("---\nauthor: A\ndate: 31.1.2025\n---\n", r"x\.md:3: .*date: '31\.1\.2025' is no day"),
        ("---\nnumber: -4\n---\n", r"x\.md:2: .*number: '-4' is no whole number"),
        ("---\nnumber: 0\n---\n", r"x\.md:2: .*number: '0' is no whole number"),
        ("---\ntitle: T\nText.\n", r"x\.md:1: front matter does not end \(write ---"),
        ("---\n? [a]\n: b\n---\n", r"x\.md:2: front matter: found unhashable key"),
        ("---\n- a\n---\n", r"x\.md:1: front matter has no keys"),
        ("---\nnumber: many\n---\n", r"x\.md:2: front matter: number: 'many'"),
        (
            "---\ndate: 2025-01-31\ntitel: T\n---\n",
            r"x\.md:3: .*'titel' \(did you mean 'title'\?\)",
        ),
        ("---\nnext_date: 2025-02-14\n---\n", r"x\.md:2: .*did you mean 'next'"),
        ("---\nqqq: 1\n---\n", r"'qqq' \(there are title, subject, number, author, date, next\)"),
    ],
)
def test_bad_front_matter(text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_draft(text, "x.md")
