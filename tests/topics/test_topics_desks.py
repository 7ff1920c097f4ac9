from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import pytest
from fakes import article, story
from numpy.typing import NDArray

from digest.model import PastTopic
from digest.topics import EVERYTHING_ELSE, sort_into_sections
from digest.topics.desks import DESKS, SMALL, Desk, desk_of, is_claimed
from digest.topics.meaning import Meaning


def encode(passages: Sequence[str]) -> NDArray[np.float32]:
    """Each desk is a direction of its own; a text goes where the first desk's name in it goes."""
    found = np.zeros((len(passages), len(DESKS) + 1), dtype=np.float32)
    for row, passage in enumerate(passages):
        words = set(passage.lower().replace(",", " ").replace(":", " ").split())
        at = [n for n, desk in enumerate(DESKS) if desk.about.split(", ")[0] in words]
        found[row, at[0] if at else -1] = 1.0
    return found


def week(*desks: Desk | None, each: int = 1) -> Meaning:
    told = [desk.about if desk else "ducks" for desk in desks for _ in range(each)]
    return Meaning(np.asarray(encode(told), dtype=np.float64), np.zeros(len(DESKS) + 1), encode)


@pytest.mark.parametrize("desk", DESKS, ids=[desk.about for desk in DESKS])
def test_every_desk_heads_what_it_prints(desk: Desk) -> None:
    heading, own = desk_of(range(4), week(desk, each=4))
    assert (desk.heading, frozenset(range(4))) == (heading, own)


def test_two_beats_of_one_desk_are_one_section() -> None:
    world, politics = (desk for desk in DESKS if desk.heading == "World & Politics")
    assert "World & Politics" == desk_of(range(4), week(world, politics, each=2))[0]


def test_a_group_of_many_desks_has_none() -> None:
    assert ("", frozenset()) == desk_of(range(4), week(DESKS[2], DESKS[3], DESKS[6], DESKS[7]))


def test_what_is_like_no_desk_is_not_of_it() -> None:
    heading, own = desk_of(range(4), week(DESKS[3], DESKS[3], DESKS[3], None))
    assert (DESKS[3].heading, frozenset(range(3))) == (heading, own)


def test_without_an_encoder_there_is_no_desk() -> None:
    assert ("", frozenset()) == desk_of([0], Meaning(np.eye(1), np.zeros(1)))


def keywords(pack: str) -> list[str]:
    text = files("digest").joinpath("packs", f"{pack}.toml").read_text(encoding="utf-8")
    return [word for topic in tomllib.loads(text)["topic"] for word in topic["keywords"]]


@pytest.mark.parametrize(
    ("pack", "claimed"),
    [
        (
            "news",
            {
                "World & Politics", "Crime & Courts", "Business & Economy", "Technology & Software",
                "Science & Space", "Climate & Environment", "Health & Medicine", "Film & Music",
                "Books & Art", "Sport",
            },
        ),
        ("tech", {"Technology & Software"}),
    ],
)  # fmt: skip
def test_a_desk_that_configured_topics_cover_is_not_opened(pack: str, claimed: set[str]) -> None:
    assert claimed == {d.heading for d in DESKS if is_claimed(d.heading, keywords(pack))}


def test_a_wide_group_is_headed_by_its_desk() -> None:
    sport = next(desk for desk in DESKS if desk.heading == "Sport")
    word = sport.about.split(", ")[0]
    titles = [f"{word} {chr(97 + n) * 4}" for n in range(SMALL + 2)]
    rest = [f"{chr(97 + n) * 3} ducks" for n in range(20)]
    sections = sort_into_sections(
        [story(article(f"{n:02}", title)) for n, title in enumerate([*titles, *rest])],
        encode=encode,
    )
    assert [("Sport", SMALL + 2), (EVERYTHING_ELSE, 20)] == [
        (section.name, len(section.stories)) for section in sections
    ]


def test_a_desk_tells_that_it_is_one() -> None:
    sport = next(desk for desk in DESKS if desk.heading == "Sport")
    titles = [f"{sport.about.split(', ')[0]} {chr(97 + n) * 4}" for n in range(SMALL + 2)]
    titles += [f"{chr(97 + n) * 3} ducks" for n in range(20)]
    [section, _] = sort_into_sections(
        [story(article(f"{n:02}", title)) for n, title in enumerate(titles)], encode=encode
    )
    assert {f"one of {SMALL + 2} stories alike that a newspaper would print there"} == {
        reason.text for placed in section.stories for reason in placed.reasons
    }


def test_a_desk_of_an_earlier_issue_is_no_subject_that_returns() -> None:
    sport = next(desk for desk in DESKS if desk.heading == "Sport")
    wide = [f"{sport.about.split(', ')[0]} {chr(97 + n) * 4}" for n in range(SMALL + 2)]
    ferry = [f"The sport of the Calmar ferry {n}" for n in range(4)]
    titles = [*wide, *ferry, *(f"{chr(97 + n) * 3} ducks" for n in range(20))]
    stories = [story(article(f"{n:02}", title)) for n, title in enumerate(titles)]
    past = PastTopic(name="Sport", titles=tuple(ferry))
    found = {s.name: s for s in sort_into_sections(stories, encode=encode, earlier=[past])}
    assert SMALL + 2 == len(found["Sport"].stories)
