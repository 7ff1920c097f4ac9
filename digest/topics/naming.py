"""Names for discovered topics: two or three words that the other sections do not use.

Class-based TF-IDF (Grootendorst 2022): a heading is worth how much of its group says it, times how
much rarer it is elsewhere. A heading is a noun phrase, or two that complete each other; it must be
said by enough of what stands under it, else the group has no name.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import combinations

from digest.model import PastTopic, Story
from digest.topics.earlier import kept_names
from digest.topics.headings import Phrase, is_wide, objection, title
from digest.topics.meaning import Meaning
from digest.topics.phrases import Term, read_phrases
from digest.topics.terms import stems

# So many of the best terms of a group are tried, alone and in pairs, and so many headings of
# these are read against the stories.
TRIED, READ = 16, 24
# A phrase reads better than a pair, so it may be worth less by this factor.
PHRASE = 0.45
# Part of its group that must say a heading: one name alone, or a phrase or pair (a mention counts
# for less than a title); and stories that must say each half.
NAME_ALONE, COVER, FEWEST = 0.6, 0.1, 3
# Titles of the group that must say a term.
TITLES = 2
# With an encoder: how much more a heading must be like its own stories than like the others.
FIT = 0.15
# ... and how alike those who say one half must be to those who say the other.
HALVES = 0.15
# Part of the group that must say both halves of a pair, and if one of them is too wide to be a
# subject: "Germany & Strike" over what happened in Germany is none.
BOTH, BOTH_WIDE = 0.3, 0.5
# A term in a smaller part of the group is an accident.
_LEAST = 0.05
# Other stories that are thought to say every term, so that rare terms are not worth the most.
_SMOOTH = 2.0
# So many words have a heading at most.
_WORDS = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A group of rows with its name, the words of it that its stories say, and which say them."""

    name: str
    members: tuple[int, ...]
    terms: tuple[str, ...]
    saying: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Scored:
    """A term, or two: what it is worth as a heading of a group, and which stories say it."""

    terms: tuple[Term, ...]
    value: float
    share: float
    phrases: tuple[Phrase, ...]
    rows: frozenset[int]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for phrase in self.phrases for word in phrase.words)

    @property
    def text(self) -> str:
        return " & ".join(title(phrase.words) for phrase in self.phrases)


def name_groups(
    stories: Sequence[Story],
    groups: Sequence[Sequence[int]],
    *,
    taken: Sequence[str] = (),
    earlier: Sequence[PastTopic] = (),
) -> list[Named]:
    """Name every group; one without a telling name stays unnamed and is left out."""
    namer = Namer(stories, taken, earlier)
    ordered = sorted(groups, key=lambda rows: (-len(rows), rows))
    namer.keep(ordered)
    found = []
    for rows in ordered:
        named = namer.name(rows)
        if named:
            namer.take(named.name)
            found.append(named)
    return found


class Namer:
    """Gives each name, and each word of it, once: what is taken is not given again."""

    def __init__(
        self,
        stories: Sequence[Story],
        taken: Sequence[str] = (),
        earlier: Sequence[PastTopic] = (),
        meaning: Meaning | None = None,
    ) -> None:
        self._stories = stories
        self._phrases = read_phrases(stories)
        self._used = {s for name in taken for s in stems(name)}
        self._earlier = earlier
        self._meaning = meaning
        self._kept: dict[tuple[int, ...], str] = {}

    def keep(self, groups: Sequence[Sequence[int]]) -> None:
        """Give the headings of past issues to the groups of the same subject."""
        words = [_words(self._scored(rows)) for rows in groups] if self._earlier else []
        for number, name in kept_names(words, self._earlier, self._used).items():
            self._kept[tuple(groups[number])] = name
            self._used |= {*stems(name)}

    def take(self, name: str) -> None:
        """Give no word of this name again."""
        self._used |= {*stems(name)}

    def is_kept(self, rows: Sequence[int]) -> bool:
        """Whether these rows have the heading of a past issue."""
        return tuple(rows) in self._kept

    def is_free(self, name: str) -> bool:
        """Whether no word of this name was given."""
        return not self._used & {*stems(name)}

    def name(
        self, rows: Sequence[int], cover: float = COVER, *, pairs: bool = True
    ) -> Named | None:
        """A name for these rows that nothing else has, said by `cover` of them."""
        scored = self._scored(rows)
        kept = self._kept.get(tuple(rows))
        best = None if kept else self._best(scored, rows, cover, pairs=pairs)
        if not kept and not best:
            return None
        name = kept or (best.text if best else "")
        saying = self._saying(best) if best else frozenset(r for s in scored[:3] for r in s.rows)
        told = best.phrases if best else tuple(s.phrases[0] for s in scored[:3])
        return Named(
            name, tuple(rows), tuple(" ".join(p.words) for p in told), saying & frozenset(rows)
        )

    def _saying(self, s: _Scored) -> frozenset[int]:
        """Who says a phrase, or both halves of a pair."""
        if len(s.terms) == 1:
            return s.rows
        return frozenset.intersection(*(self._phrases.stories[term] for term in s.terms))

    def _scored(self, rows: Sequence[int]) -> list[_Scored]:
        """The terms that may name these rows, the best first."""
        banned = self._used | {s for row in rows for s in _sources(self._stories[row])}
        inside = frozenset(rows)
        fewest = max(min(FEWEST, len(rows)), _LEAST * len(rows))
        # What stands in no title is a habit of the texts; some material has no titles at all.
        titles = min(TITLES, sum(bool(self._stories[row].lead.title) for row in rows))
        found = []
        for term in {t for row in rows for t in self._phrases.weight[row]}:
            said = self._phrases.stories[term]
            if len(said & inside) < fewest or banned & {*term}:
                continue
            if sum(self._phrases.weight[row][term] == 1.0 for row in said & inside) < titles:
                continue
            phrase = self._phrases.spelling(term, said & inside)
            found.append(self._valued((term,), (phrase,), inside))
        found.sort(key=lambda s: (-s.value, -len(s.terms[0]), s.terms))
        return [s for s in found[: 8 * TRIED] if s.value > 0 and not objection(s.phrases[0])][
            :TRIED
        ]

    def _valued(
        self, terms: tuple[Term, ...], phrases: tuple[Phrase, ...], inside: frozenset[int]
    ) -> _Scored:
        """Class-based TF-IDF of saying any of the terms, or a word of them that is only a name."""
        weight, stories = self._phrases.weight, self._phrases.stories
        ways = {*terms}
        for term, phrase in zip(terms, phrases, strict=True):
            if phrase.proper and len(term) > 1:
                ways |= {(s,) for s in term if (s,) in stories and not self._phrases.words[s].small}
        said = frozenset(row for way in ways for row in stories.get(way, ()))
        share = sum(max(weight[row].get(t, 0.0) for t in ways) for row in sorted(said & inside))
        share /= len(inside)
        outside = (len(said - inside) + _SMOOTH) / (len(self._stories) - len(inside) + _SMOOTH)
        value = share * math.log(share / outside) if share else 0.0
        return _Scored(terms, value, share, phrases, said)

    def _best(
        self, scored: Sequence[_Scored], rows: Sequence[int], cover: float, *, pairs: bool
    ) -> _Scored | None:
        """The best phrase or name alone, or the best pair if that is clearly better."""
        inside = frozenset(rows)
        joined = {frozenset(s.terms[0]) for s in scored if len(s.terms[0]) > 1}
        joint = [
            self._pair(a, b, inside)
            for a, b in combinations(scored if pairs else (), 2)
            if _complete(a, b, joined) and self._together(a, b, inside)
        ]
        tried = [s for s in (*scored, *joint) if _is_heading(s) and s.share >= cover]
        tried.sort(key=lambda s: (-_worth(s), s.terms))
        tried = tried[:READ]
        fits = self._fits(tried, inside)
        fit = {s.terms: f for s, f in zip(tried, fits, strict=True) if f >= FIT}
        good = [s for s in tried if s.terms in fit]
        return max(good, key=lambda s: round(_worth(s) * fit[s.terms], 9), default=None)

    def _pair(self, a: _Scored, b: _Scored, inside: frozenset[int]) -> _Scored:
        """Two terms, written as the phrase that a story of the group makes of them, if one does."""
        pair = self._valued(a.terms + b.terms, a.phrases + b.phrases, inside)
        for one, two in ((a, b), (b, a)):
            phrase = one.terms[0] + two.terms[0]
            rows = self._phrases.stories.get(phrase, frozenset()) & inside
            if rows and not objection(found := self._phrases.spelling(phrase, rows)):
                return dataclasses.replace(pair, phrases=(found,))
        return pair

    def _together(self, a: _Scored, b: _Scored, inside: frozenset[int]) -> bool:
        """Whether enough stories of the group say both halves of a pair."""
        least = BOTH_WIDE if is_wide(a.words) or is_wide(b.words) else BOTH
        return len(a.rows & b.rows & inside) >= max(TITLES, least * len(inside))

    def _fits(self, tried: Sequence[_Scored], inside: frozenset[int]) -> list[float]:
        """How much more each heading is like its stories than like the others; 0 if it is two."""
        if self._meaning is None:
            return [1.0] * len(tried)
        fits = self._meaning.fits([s.text for s in tried], inside)
        return [fit * self._one(s, inside) for s, fit in zip(tried, fits, strict=True)]

    def _one(self, s: _Scored, inside: frozenset[int]) -> bool:
        """Whether the halves of a pair have to do with each other."""
        assert self._meaning is not None
        halves = [self._phrases.stories[term] & inside for term in s.terms]
        return len(halves) == 1 or self._meaning.likeness(halves[0], halves[1]) >= HALVES


def _worth(s: _Scored) -> float:
    return s.value if len(s.terms) > 1 else s.value / PHRASE


def _is_heading(s: _Scored) -> bool:
    """A pair, a phrase, or a name like "OpenAI" that most stories say."""
    if len(s.terms) > 1:
        return True
    phrase = s.phrases[0]
    telling = any(c.isupper() for c in phrase.words[0][1:]) and s.share >= NAME_ALONE
    return (len(s.terms[0]) > 1 or telling) and not is_wide(s.words)


def _complete(a: _Scored, b: _Scored, joined: Set[frozenset[str]]) -> bool:
    """Whether two terms make a heading of few words that does not say one thing twice."""
    both = frozenset(a.terms[0] + b.terms[0])
    return (
        len(both) == len(a.terms[0]) + len(b.terms[0]) <= _WORDS
        and not (is_wide(a.words) and is_wide(b.words))
        and not any(both <= phrase for phrase in joined)
    )


def _words(scored: Sequence[_Scored]) -> list[tuple[str, float]]:
    """The stems of the terms with what they are worth, each once, the best first."""
    found: dict[str, float] = {}
    for s in scored:
        for word in s.terms[0]:
            found.setdefault(word, s.value)
    return list(found.items())


def _sources(story: Story) -> Iterator[str]:
    for article in story.articles:
        yield from stems(article.source.name)
        yield from stems(article.outlet)
