"""The same happening in other words: every likely pair is judged, then pairs become stories.

`judge` is the engine over arrays; this is its face: articles in, groups and reasons out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import Article
from digest.stories.same.encode import Encode
from digest.stories.same.evidence import Evidence, evidence, near
from digest.stories.same.judge import Judgement, judge
from digest.stories.same.terms import Document

__all__ = ["Evidence", "Likeness", "same_story"]

_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """The groups, and what is known of any two articles."""

    articles: tuple[Article, ...]
    groups: tuple[tuple[Article, ...], ...]
    judgement: Judgement

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the pool, in its order."""
        return tuple(article.id for article in self.articles)

    def nearest(self, article: str) -> tuple[tuple[str, float], ...]:
        """The articles that were compared with this one, the likeliest first."""
        ids = self.ids
        found = near(self.judgement, ids.index(article)).items()
        return tuple(sorted(((ids[i], p) for i, p in found), key=lambda pair: (-pair[1], pair[0])))

    def evidence(self, one: str, other: str) -> Evidence:
        """What speaks for and against two articles, by their ids."""
        ids = self.ids
        texts = {a.id: f"{a.title}\n{a.text}" for a in self.articles if a.id in (one, other)}
        return evidence(self.judgement, ids.index(one), ids.index(other), texts[one], texts[other])

    def why(self, article: str, group: Sequence[str]) -> str:
        """Why an article is in a group, in words: its best pair with any of the others."""
        ids = {a.id: at for at, a in enumerate(self.articles)}
        chances = near(self.judgement, ids[article])
        best = max(
            (other for other in group if other != article),
            key=lambda other: (chances.get(ids[other], 0.0), other),
        )
        return str(self.evidence(article, best))


def same_story(articles: Sequence[Article], encode: Encode | None = None) -> Likeness:
    """Group the articles that tell one story; each article is in one group, in the given order.

    The judgement does not depend on the order: it is made over the articles sorted by id.
    """
    ordered = tuple(sorted(articles, key=lambda a: a.id))
    judgement = judge([_document(a) for a in ordered], encode)
    members: dict[int, list[Article]] = defaultdict(list)
    for article, label in zip(ordered, judgement.story.tolist(), strict=True):
        members[label].append(article)
    return Likeness(ordered, tuple(tuple(group) for group in members.values()), judgement)


def _document(article: Article) -> Document:
    return Document(
        title=article.title,
        text=article.text,
        day=article.published.timestamp() / _DAY if article.published else float("nan"),
        source=article.teller,
    )
