"""Small material for tests: an article, a story or a section in one line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from digest.model import Article, Coverage, Pick, Placed, Ranked, Relation, Section, Source, Story
from digest.text import count_words
from digest.urls import canonical
from digest.week import Calendar

WINDOW = Calendar(zone=ZoneInfo("UTC")).window("2025-W05")
NOW = datetime(2025, 2, 2, 12, tzinfo=UTC)


def source(name: str = "Cluster Notes", **fields: Any) -> Source:
    return Source(
        **{"id": name.lower(), "name": name, "kind": "feed", "location": f"{name}.xml", **fields}
    )


def article(identifier: str, title: str = "", text: str = "", **fields: Any) -> Article:
    """An article dated in 2025-W05; `day` is the day of January 2025, 0 meaning undated."""
    day = fields.pop("day", 28)
    origin = fields.pop("source", None) or source(fields.pop("outlet", "Cluster Notes"))
    url = fields.get("url", "")
    return Article(
        **{
            "id": identifier,
            "source": origin,
            "outlet": origin.name,
            "title": title or f"Title of {identifier}",
            "text": text,
            "words": count_words(text),
            "language": "en",
            "canonical": canonical(url),
            "published": datetime(2025, 1, day, tzinfo=UTC) if day else None,
            "dated": "published" if day else "undated",
            **fields,
        }
    )


def pick(identifier: str, newsletter: str, comment: str = "", **fields: Any) -> Article:
    own_work = fields.pop("own_work", False)
    return article(
        identifier,
        text=comment,
        outlet=newsletter,
        pick=Pick(newsletter=newsletter, comment=comment, own_work=own_work),
        **fields,
    )


def story(lead: Article, *others: Article, relation: Relation = "same story") -> Story:
    coverage = tuple(Coverage(article=a, relation=relation, why="test") for a in others)
    return Story(id=lead.id, lead=lead, coverage=coverage)


def placed(told: Story, topic: str = "Cloud") -> Placed:
    return Placed(story=told, topic=topic, confidence=1.0)


def ranked(told: Story, score: float = 1.0, topic: str = "Cloud") -> Ranked:
    return Ranked(placed=placed(told, topic), score=score)


def section(name: str, stories: Sequence[Ranked], *, own: bool = False) -> Section[Ranked]:
    return Section(name=name, own=own, stories=tuple(stories))
