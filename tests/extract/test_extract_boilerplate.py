from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.extract import boilerplate
from digest.extract.blocks import Block, Link, read
from digest.extract.lines import LINES
from digest.extract.rules import CLIPS, TAILS, Clip, Line, Tail

PROSE = (
    "The oak on the hill is older than the village below it, and nobody knows who planted it there "
    "or why it was spared when all the others were cut down for ships."
)
TEXT = [PROSE, PROSE.replace("oak", "elm"), PROSE.replace("oak", "ash")]


def block(text: str, *, linked: bool = False) -> Block:
    links = (Link(text, "https://example.org/x", 0, len(text)),) if linked else ()
    return Block("paragraph", text, links=links)


def stripped(*lines: str | Block) -> list[str]:
    blocks = [line if isinstance(line, Block) else block(line) for line in lines]
    return [b.text for b in boilerplate.strip(blocks).blocks]


@pytest.mark.parametrize("row", LINES, ids=lambda row: row.example)
def test_every_line_matches_its_example(row: Line) -> None:
    assert row in [found for found, _match in boilerplate.matching(row.example)]
    assert row.reason


@pytest.mark.parametrize("row", LINES, ids=lambda row: row.example)
def test_every_line_is_dropped_in_its_place(row: Line) -> None:
    example = block(row.example, linked=row.linked)
    if row.where in ("start", "below"):
        assert stripped("Old Trees", example, *TEXT) == ["Old Trees", *TEXT]
    else:
        assert stripped("Old Trees", *TEXT, example) == ["Old Trees", *TEXT]


@pytest.mark.parametrize("row", TAILS, ids=lambda row: row.example)
def test_every_tail_drops_what_follows(row: Tail) -> None:
    assert stripped(*TEXT, row.example, "A post about elms", "Elms are tall.") == TEXT
    assert row.reason


@pytest.mark.parametrize("row", [row for row in TAILS if row.teasers], ids=lambda row: row.example)
def test_a_doubtful_tail_heads_no_chapter(row: Tail) -> None:
    chapter = " ".join([PROSE] * 4)
    assert stripped(*TEXT, row.example, chapter) == [*TEXT, row.example, chapter]


@pytest.mark.parametrize("row", CLIPS, ids=lambda row: row.example)
def test_every_clip_leaves_the_sentence(row: Clip) -> None:
    text = boilerplate.clip(block(row.example)).text
    assert text != row.example
    assert not text.endswith(("more", "more…", "Notes.", "[...]", "Roe)", "[comments]"))


@pytest.mark.parametrize(
    "text",
    [
        "Back to basics: why oaks matter",
        "Comments on the new forest law were invited until May.",
        "By night the oak is a different tree, and owls own it.",
        "To learn how the roots find water, read on.",
        "Share prices of timber companies fell by a third on Monday.",
        "Subscribe semantics differ between the two brokers, as the tests show.",
        "Related work on root growth goes back to the 1950s.",
        "The 12th Congress will be remembered for its law on forests.",
        "Subscribe to the topic before you start the broker",
        "The next release will land in May, and it will be large.",
        "Best practices for pruning",
        "Source code for the sensor is on the project's page.",
        "Updated guidelines for planting",
        "Image formats: a comparison",
        "Hello world in twelve languages",
        "Print media lost another tenth of its readers.",
        "June 14, 2021 - Bulletin updated with the new pest",
        "I like this book | it is short, and it is true.",
        "Advertisement fraud costs the industry billions.",
    ],
)
def test_prose_is_never_eaten(text: str) -> None:
    linked = block(text)
    assert text in stripped("Old Trees", linked, *TEXT)
    assert text in stripped("Old Trees", *TEXT, linked)


def test_breadcrumbs_name_the_outlet() -> None:
    body = "- Field Notes\n- Posts\n- Old Trees\nOld Trees\n" + PROSE
    found = boilerplate.strip(read(body, "text"))
    assert found.outlet == "Field Notes"
    assert [b.text for b in found.blocks] == ["Old Trees", PROSE]


def test_a_list_at_the_start_is_no_breadcrumb() -> None:
    body = "- Oaks\n- Elms\nTrees\n" + PROSE
    assert len(boilerplate.strip(read(body, "text")).blocks) == 4


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("Get SIGNAL BOX in your inbox daily", "SIGNAL BOX"),
        ("Subscribe to Field Notes for free", "Field Notes"),
        ("The 12th Field Notes will arrive on Friday.", "Field Notes"),
        ("The 12th Field Notes of the year will arrive on Friday. Bye!", "Field Notes"),
        ("Sign up for our weekly letter", ""),
    ],
)
def test_calls_name_the_outlet(line: str, outlet: str) -> None:
    assert boilerplate.strip([block("T"), *map(block, TEXT), block(line)]).outlet == outlet


def test_a_title_is_no_caption_and_no_comment_label() -> None:
    assert stripped("Oaks | Field Notes", *TEXT) == ["Oaks | Field Notes", *TEXT]
    assert boilerplate.strip([block("Comments")], titled=True).blocks == ()


def test_lines_of_the_masthead_go() -> None:
    lines = [
        "back",
        "Old Trees",
        "By Jane Roe",
        "January 27, 2025",
        "Painter | An oak in May",
        "Hey! 👋",
    ]
    assert stripped(*lines, *TEXT) == ["Old Trees", *TEXT]


def test_a_heading_of_teasers_at_the_top_costs_no_text() -> None:
    assert stripped("Related Posts", *TEXT) == TEXT


def test_a_cut_within_a_sentence_stays_visible() -> None:
    assert stripped(*TEXT, "Oaks grow and [...]")[-1] == "Oaks grow and…"


def test_repeated_and_empty_blocks_go() -> None:
    assert stripped("Old Trees", PROSE, PROSE, "***") == ["Old Trees", PROSE]


@given(
    st.lists(
        st.sampled_from([r.example for r in (*LINES, *TAILS)]) | st.text(max_size=60), max_size=12
    )
)
def test_stripping_only_ever_drops(lines: list[str]) -> None:
    blocks = [block(line) for line in lines if line.strip()]
    kept = boilerplate.strip(blocks).blocks
    assert len(kept) <= len(blocks)
    assert (
        boilerplate.strip(kept, titled=True).blocks == boilerplate.strip(kept, titled=True).blocks
    )
