from __future__ import annotations

import pytest
from fakes import article

from digest.topics.kinds import RULES, kind_of

# One row for each rule, in its order: a link, a title, and the media type of a recording, that this
# rule, and no earlier one, takes.
ROWS: list[tuple[str, str] | tuple[str, str, str]] = [
    ("https://www.youtube.com/watch?v=1", "Ducks"),
    ("https://media.ccc.de/v/ducks", "Ducks"),
    ("https://example.org/a", "Ducks", "video/mp4"),
    ("https://example.org/a", "Ducks", "audio/mpeg"),
    ("https://example.org/a", "How ducks swim [video]"),
    ("https://podcasts.apple.com/show/ducks", "Ducks"),
    ("https://open.spotify.com/episode/1", "Ducks"),
    ("https://example.org/podcast/ducks", "Ducks"),
    ("https://example.org/a", "Episode 12: Ducks"),
    ("https://arxiv.org/abs/2501.00001", "Ducks"),
    ("https://example.org/a", "How ducks swim [paper]"),
    ("https://github.com/duck/pond/releases/tag/v1", "Ducks"),
    ("https://example.org/changelog/", "Ducks"),
    ("https://example.org/a", "Karpenter 1.2 is out"),
    ("https://example.org/a", "Announcing Duck 2.0"),
    ("https://example.org/a", "Duck release notes"),
    ("https://example.org/a", "Duck 2.0.1"),
    ("https://www.meetup.com/ducks", "Ducks"),
    ("https://example.org/a", "Call for papers: ducks"),
    ("https://example.org/a", "DuckConf 2025"),
    ("https://github.com/duck/pond", "Ducks"),
    ("https://crates.io/crates/duck", "Ducks"),
    ("https://example.org/a", "Show HN: Ducks"),
    ("https://example.org/opinion/ducks", "Ducks"),
    ("https://example.org/a", "Ponds considered harmful"),
]


@pytest.mark.parametrize(("number", "row"), list(enumerate(ROWS)))
def test_every_rule_has_its_row(number: int, row: tuple[str, str] | tuple[str, str, str]) -> None:
    found = article("a", row[1], url=row[0], enclosure=row[2] if len(row) == 3 else "")
    fitting = [n for n, rule in enumerate(RULES) if rule.fits(found)]
    assert number == fitting[0], RULES[fitting[0]]
    assert RULES[number].kind == kind_of(found)


def test_every_rule_is_tested() -> None:
    assert len(RULES) == len(ROWS)


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("", ""),
        ("https://example.org/a", "Why ducks are released in autumn by their keepers"),
        ("https://example.org/a", "Prices rose by 2.5 in May"),
        ("https://github.com/duck/pond/issues/3", "Ducks sink"),
        ("https://example.org/a", "What we learned from 3.5 years of ducks"),
        ("https://github.com/", "A forge"),
        ("https://example.org/conference-rooms", "A tool for ponds"),
    ],
)
def test_the_rest_are_articles(url: str, title: str) -> None:
    assert "article" == kind_of(article("a", title, url=url))
