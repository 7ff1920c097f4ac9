"""Topics of the week itself: stories alike, named by the words that set them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from digest.model import Placed, Reason, Story
from digest.text import STOPWORDS, names, stem, words
from digest.topics.options import Options

# Two stories are of one topic when they share a name or a rare word that at most this part of the
# homeless stories has: what everybody mentions tells nobody apart.
_COMMON = 0.34


def discover(
    stories: Sequence[Story], options: Options = Options()
) -> tuple[dict[str, list[Placed]], list[Story]]:
    """Groups of at least `options.smallest` stories by name, and the stories left over.

    Greedy set cover: the name or word that most stories share (weighed by how rarely the others
    use it) takes its stories, then the next, until none has enough.
    """
    labels = {story.id: _labels(story) for story in stories}
    spelling = _spellings(stories)
    left = {story.id: story for story in stories}
    found: dict[str, list[Placed]] = {}
    while True:
        counts = Counter(label for i in left for label in labels[i])
        fit = {
            label: n
            for label, n in counts.items()
            if n >= options.smallest and n <= max(options.smallest, _COMMON * len(stories))
        }
        if not fit:
            break
        best = min(fit, key=lambda label: (-fit[label], -len(label), label))
        members = [story for i, story in left.items() if best in labels[i]]
        name = spelling[best]
        found[name] = [_placed(story, name, len(members)) for story in members]
        for story in members:
            del left[story.id]
    ordered = dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))
    return ordered, list(left.values())


def _placed(story: Story, name: str, size: int) -> Placed:
    reason = Reason(name="shared name", value=1.0, text=f"{size} stories are about {name!r}")
    return Placed(story=story, topic=name, confidence=0.5, reasons=(reason,))


def _labels(story: Story) -> frozenset[tuple[str, ...]]:
    """What a story could be filed under: the proper names of its titles."""
    return frozenset(_key(name) for a in story.articles for name in names(a.title) if _key(name))


def _key(name: str) -> tuple[str, ...]:
    return tuple(stem(w) for w in words(name) if w not in STOPWORDS)


def _spellings(stories: Iterable[Story]) -> dict[tuple[str, ...], str]:
    """The commonest spelling of each label."""
    spelled: dict[tuple[str, ...], Counter[str]] = {}
    for story in stories:
        for article in story.articles:
            for name in names(article.title):
                spelled.setdefault(_key(name), Counter())[name] += 1
    return {key: min(c, key=lambda n: (-c[n], n)) for key, c in spelled.items()}
