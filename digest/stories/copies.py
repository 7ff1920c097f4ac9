"""The same article again: one canonical URL, nearly the same words, or one short text twice.

Signatures propose pairs (`signatures`), rules judge them exactly (`copy_rules`), and what is known
of publishers, titles and dates has a veto (`copy_series`). Articles of one length that are one are
joined by components; an excerpt joins the one text that holds most of it, so that it can never be
the bridge between two texts that quote it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

from digest.model import Article
from digest.stories.copy_rules import Overlap, compare
from digest.stories.copy_series import same_link, same_title_and_text
from digest.stories.copy_texts import LIKELY, Groups, join_same_text
from digest.stories.options import Options
from digest.stories.signatures import hash_words


@dataclass(frozen=True, slots=True)
class Copies:
    """`of` maps the id of a copy to (id of its original, why)."""

    of: dict[str, tuple[str, str]]
    articles: dict[str, Article]
    _by: dict[str, list[Article]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by: dict[str, list[Article]] = defaultdict(list)
        for copy, (root, _) in self.of.items():
            by[root].append(self.articles[copy])
        object.__setattr__(self, "_by", dict(by))

    def by(self, original: str) -> tuple[Article, ...]:
        """The copies of an original, in the order in which they were given."""
        return tuple(self._by.get(original, ()))


def find_copies(articles: Sequence[Article], options: Options = Options()) -> Copies:
    """Which articles are copies of which. The original is the one with the most words.

    The result does not depend on the order of `articles` but for the order of `by`.
    """
    everyone = {a.id: a for a in articles}
    ordered = [everyone[name] for name in sorted(everyone)]
    groups = Groups(len(ordered))
    for one, other in chain(same_link(ordered), same_title_and_text(ordered)):
        groups.join(one, other)
    known = join_same_text(ordered, groups, options.copy)
    roots = _originals(ordered, groups)
    whys = _whys(ordered, roots, known)
    of = {ordered[at].id: (ordered[root].id, whys[at]) for at, root in roots.items()}
    return Copies({name: of[name] for name in everyone if name in of}, everyone)


def _originals(articles: Sequence[Article], groups: Groups) -> dict[int, int]:
    """The place of each copy's original."""
    members: dict[int, list[int]] = defaultdict(list)
    for at in range(len(articles)):
        members[groups.find(at)].append(at)
    roots: dict[int, int] = {}
    for group in members.values():
        root = min(group, key=lambda at: _merit(articles[at]))
        roots.update((at, root) for at in group if at != root)
    return roots


def _merit(article: Article) -> tuple[object, ...]:
    return (
        article.pick is not None,
        -article.words,
        article.published is None,
        article.published.timestamp() if article.published else 0.0,
        article.id,
    )


def _whys(
    articles: Sequence[Article], roots: dict[int, int], known: dict[tuple[int, int], Overlap]
) -> dict[int, str]:
    """Why each copy is one, in words: what it shares with its original, where that says it."""
    links = Counter(article.canonical for article in articles)
    best: dict[int, float] = defaultdict(float)
    for pair, found in known.items():
        for at in pair:
            best[at] = max(best[at], found.share)
    whys: dict[int, str] = {}
    for at, root in roots.items():
        copy, original = articles[at], articles[root]
        pair = (min(at, root), max(at, root))
        linked = bool(copy.canonical) and links[copy.canonical] > 1
        if linked and (copy.canonical == original.canonical or at not in best):
            whys[at] = "the same link"
        elif at not in best or (copy.text == original.text and _same_title(copy, original)):
            whys[at] = "same title and text"
        else:
            share = (known.get(pair) or _compare(copy, original)).share
            whys[at] = _percent(share if share >= LIKELY else best[at])
    return whys


def _compare(one: Article, other: Article) -> Overlap:
    words, begins = hash_words([one.text, other.text])
    return compare(words[: begins[1]], words[begins[1] :])


def _same_title(one: Article, other: Article) -> bool:
    return one.title.casefold() == other.title.casefold()


def _percent(share: float) -> str:
    return f"{int(share * 100):d}% of the text is the same"
