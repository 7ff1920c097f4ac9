"""What the issues say together: their topics, their sources, and which of them are alike."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.model import Issue, IssueCoverage, IssueStory
from digest.render.escape import direction_of
from digest.render.view import IssueView
from digest.text import fingerprint, one_line, slug
from digest.urls import is_web, printable

RELATED = 3  # more is a list nobody reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An article as a topic or a source lists it; `story` is its anchor in the issue."""

    title: str
    url: str
    source: str
    story: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """What one issue told of a topic or from a source."""

    issue: IssueView
    told: tuple[Listed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A topic or a source with all that the issues told of it, newest first."""

    name: str
    slug: str
    chapters: tuple[Chapter, ...]

    @property
    def count(self) -> int:
        """How many articles there are."""
        return sum(len(chapter.told) for chapter in self.chapters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The issues newest first, the shelves by name, and what is on them by week."""

    shown: tuple[IssueView, ...]
    topics: tuple[Shelf, ...]
    sources: tuple[Shelf, ...]
    topics_of: Mapping[str, tuple[Shelf, ...]]
    sources_of: Mapping[str, tuple[Shelf, ...]]
    related: Mapping[str, tuple[IssueView, ...]]

    @property
    def shelves(self) -> Mapping[str, tuple[Shelf, ...]]:
        """Both kinds of shelf, by the name of the folder in which their pages lie."""
        return {"topics": self.topics, "sources": self.sources}


Labelled = tuple[tuple[str, Listed], ...]  # of one issue: the name of a shelf, what to put on it


def archive(issues: Sequence[Issue], shown: Sequence[IssueView]) -> Archive:
    """Arrange `issues`, newest first, each beside what is `shown` of it."""
    by_topic = [tuple(_by_topic(issue)) for issue in issues]
    by_source = [tuple(_by_source(issue)) for issue in issues]
    topics, sources = _shelves(shown, by_topic), _shelves(shown, by_source)
    features = [_features(*both) for both in zip(by_topic, by_source, strict=True)]
    return Archive(
        shown=tuple(shown),
        topics=_sorted(topics),
        sources=_sorted(sources),
        topics_of=_by_week(shown, by_topic, topics),
        sources_of={
            week: _sorted(those) for week, those in _by_week(shown, by_source, sources).items()
        },
        related={
            view.week: tuple(shown[other] for other in others)
            for view, others in zip(shown, related(features), strict=True)
        },
    )


def related(features: Sequence[frozenset[str]]) -> list[list[int]]:
    """For each issue the places of those most like it: what few issues share counts most.

    The neighbours in time are left out: they are linked anyway.
    """
    known = Counter(feature for found in features for feature in found)
    holders: dict[str, list[int]] = defaultdict(list)
    for at, found in enumerate(features):
        for feature in found:
            holders[feature].append(at)
    weight = {feature: math.log(len(features) / count) ** 2 for feature, count in known.items()}
    norms = [math.sqrt(sum(weight[f] for f in sorted(found))) or 1.0 for found in features]
    return [_nearest(at, found, holders, weight, norms) for at, found in enumerate(features)]


def _nearest(
    at: int,
    features: frozenset[str],
    holders: Mapping[str, Sequence[int]],
    weight: Mapping[str, float],
    norms: Sequence[float],
) -> list[int]:
    scores: dict[int, float] = defaultdict(float)
    for feature in sorted(features):
        for other in holders[feature] if weight[feature] else ():
            scores[other] += weight[feature] / norms[other]
    far = [(round(-score, 9), other) for other, score in scores.items() if abs(other - at) > 1]
    return [other for _score, other in sorted(far)[:RELATED]]


def _features(topics: Labelled, sources: Labelled) -> frozenset[str]:
    """What makes issues alike: their topics, their sources, and the very same articles."""
    return frozenset(
        [
            *(f"topic {name.casefold()}" for name, _told in topics),
            *(f"source {name.casefold()}" for name, _told in sources),
            *(f"link {told.url}" for _name, told in sources if told.url),
        ]
    )


def _by_topic(issue: Issue) -> Iterator[tuple[str, Listed]]:
    for section in issue.sections:
        name = one_line(section.name)
        if name and not section.own:
            for story in section.stories:
                yield name, _listed(story, story)


def _by_source(issue: Issue) -> Iterator[tuple[str, Listed]]:
    for story in issue.stories:
        told = (_listed(story, story), *(_listed(article, story) for article in story.coverage))
        yield from ((each.source, each) for each in told if each.source)


def _listed(article: IssueStory | IssueCoverage, story: IssueStory) -> Listed:
    title, url = one_line(article.title) or one_line(story.title), printable(article.url)
    source = one_line(article.source)
    return Listed(
        title=title or source,
        url=url if is_web(url) else "",
        source=source,
        story=story.id,
        direction=direction_of(title),
    )


def _shelves(shown: Sequence[IssueView], labelled: Sequence[Labelled]) -> tuple[Shelf, ...]:
    """In the order in which the newest issue that has them prints them."""
    names: dict[str, str] = {}
    found: dict[str, dict[int, dict[Listed, None]]] = {}
    for at, labels in enumerate(labelled):
        for name, told in labels:
            key = name.casefold()
            names.setdefault(key, name)
            found.setdefault(key, {}).setdefault(at, {})[told] = None
    slugs = _slugs(labelled)
    return tuple(
        Shelf(
            name=names[key],
            slug=slugs[key],
            chapters=tuple(
                Chapter(issue=shown[at], told=tuple(told)) for at, told in chapters.items()
            ),
        )
        for key, chapters in found.items()
    )


def _slugs(labelled: Sequence[Labelled]) -> dict[str, str]:
    """Who came first keeps the plain slug, so that later issues change no address."""
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for labels in reversed(labelled):
        for name, _told in labels:
            key = name.casefold()
            if key not in slugs:
                plain = slug(name, 60)
                slugs[key] = plain if plain not in taken else f"{plain}-{fingerprint(key)[:6]}"
                taken.add(slugs[key])
    return slugs


def _sorted(shelves: Sequence[Shelf]) -> tuple[Shelf, ...]:
    return tuple(sorted(shelves, key=lambda shelf: (shelf.name.casefold(), shelf.slug)))


def _by_week(
    shown: Sequence[IssueView], labelled: Sequence[Labelled], shelves: Sequence[Shelf]
) -> Mapping[str, tuple[Shelf, ...]]:
    """The shelves of each issue, in the order in which it prints them."""
    known = {shelf.name.casefold(): shelf for shelf in shelves}
    return {
        view.week: tuple(known[key] for key in dict.fromkeys(n.casefold() for n, _ in labels))
        for view, labels in zip(shown, labelled, strict=True)
    }
