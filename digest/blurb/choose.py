"""The blurb: the sentences of one article that tell the story best together."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from digest.blurb.candidates import Candidate, candidates, density
from digest.blurb.options import Options
from digest.blurb.standing import OURSELVES
from digest.blurb.weights import Weights, terms
from digest.model import Article, Sentence, Story

_CANDIDATES = 10  # sentences of a text that are weighed against each other
_FIRST = 3  # of them always the text's first
_WHOLE = 120  # words of a lead that speaks for itself: it is the most complete original
_LEAD = 0.4  # the title is the lead's: another article must tell the story better by so much
_ABOUT = 0.1  # and it must use this share of the title's words
# Where one article tells a story, of 98 blurbs that did not begin as it does 39 were flawed: 13 of
# 26 that began deep, 7 of 8 late with I or we.
_DEEP = 8  # sentences and lines
_EARLY = 300  # characters
_TITLE = 30  # words up to which a sentence completes a cut title
_CUT = re.compile(r"\s*(?:\[?(?:…|\.{3,})\]?)[\"'”’)]*\Z")
_SAYS = 8  # words: in fewer nothing is told, but in an editor's comment


@dataclass(frozen=True, slots=True)
class Taste:
    """What counts in a choice, beside the place and the facts of each sentence."""

    central: float  # what a story is about
    opens: float  # a blurb that begins where its text does needs no context
    gap: float  # sentences that stood together read better
    loose: float  # what hints at a sentence that is not printed
    personal: float  # a sentence that speaks of its author, beside others that do not
    start: float  # the same of the first sentence, once more
    loosest: float  # and its bound: rather silent than not understood


# What several tell is what a story is about. How often one article says a word proves less, and of
# blurbs that pick sentences of a personal text apart, half cannot be understood.
SHARED = Taste(central=2.0, opens=4.0, gap=0.2, loose=1.0, personal=0.0, start=0.0, loosest=9.0)
SOLE = Taste(central=1.0, opens=4.0, gap=0.8, loose=2.0, personal=0.9, start=4.0, loosest=0.4)

Group = tuple[Candidate, ...]


def blurb(story: Story, weights: Weights, options: Options) -> tuple[Sentence, ...]:
    """One to three sentences of one article, of `least` to `most` words together.

    The lead's, unless it is short and another's say more of what everybody tells. Texts too short
    for that are told whole, as far as they can be printed.
    """
    title = terms(story.lead.title).one
    told = [story.lead]
    if story.lead.words < _WHOLE:
        told += [c.article for c in story.coverage if c.relation == "same story"]
    taste = SHARED if weights.shared_by > 1 else SOLE
    best = [_best(article, weights, taste) for article in told]
    overlap = _overlaps(best, weights)
    groups = [
        (worth(group, overlap, taste) - (_LEAD if number else 0.0), group)
        for number, found in enumerate(best)
        for group in _fitting(found, title, options)
        if (not number or _about(group, title)) and group[0].loose <= taste.loosest
    ]
    others = sorted((c.article for c in story.coverage), key=lambda a: (-a.words, a.id))
    whole = (
        _whole(_best(article, weights, taste), title, taste, options)
        for article in (story.lead, *others)
    )
    chosen = max(groups, key=lambda g: g[0])[1] if groups else next(filter(None, whole), ())
    silent = (taste is SOLE and _strays(chosen)) or _is_title(chosen, story.lead.title)
    return () if silent else _sentences(chosen)


def _sentences(group: Group) -> tuple[Sentence, ...]:
    return tuple(candidate.sentence for candidate in group)


def _strays(group: Group) -> bool:
    """Say whether what one article tells is picked out of its middle, where half is not understood.

    Deep in the text, or late in what its author says of themselves.
    """
    first = group[0] if group else None
    return first is not None and (
        first.number > _DEEP
        or (first.span.start > _EARLY and bool(OURSELVES.search(first.span.text)))
    )


def _is_title(group: Group, title: str) -> bool:
    """Say whether a sentence alone is the whole of a cut title: it stands above the blurb then."""
    head = _CUT.sub("", title)
    cut = head != title and len(group) == 1 and group[0].words <= _TITLE
    return cut and group[0].span.text.startswith(head)


def _about(group: Group, title: frozenset[str]) -> bool:
    """Say whether sentences under another article's title are about what it says."""
    said = frozenset[str]().union(*(c.terms.one for c in group))
    return len(said & title) >= _ABOUT * len(title)


def _best(article: Article, weights: Weights, taste: Taste) -> Group:
    """The most promising sentences of an article, in their order."""
    found = tuple(candidates(article, weights))
    first, others = found[:_FIRST], found[_FIRST:]
    best = sorted(others, key=lambda c: (-_alone(c, taste), c.number))[: _CANDIDATES - _FIRST]
    return first + tuple(sorted(best, key=lambda c: c.number))


def _alone(candidate: Candidate, taste: Taste) -> float:
    return candidate.score + taste.central * density(candidate.weight, candidate.words)


def _fitting(found: Group, known: frozenset[str], options: Options) -> Iterator[Group]:
    for size in (1, 2, 3):
        for group in combinations(found, size):
            fits = options.least <= sum(c.words for c in group) <= options.most
            if fits and stands(group, known):
                yield group


def _whole(found: Group, known: frozenset[str], taste: Taste, options: Options) -> Group:
    """As much of a short text as can be printed."""
    groups = (g for n in (3, 2, 1) for g in combinations(found, n) if stands(g, known))
    least = 0 if found and found[0].article.pick else _SAYS
    fitting = (
        g
        for g in groups
        if least <= sum(c.words for c in g) <= options.most and g[0].loose <= taste.loosest
    )
    return max(
        fitting,
        key=lambda g: (sum(c.words for c in g), sum(_alone(c, taste) for c in g)),
        default=(),
    )


def stands(group: Sequence[Candidate], known: frozenset[str]) -> bool:
    """Say whether every sentence that leans on the one before has it there.

    So has everything that is taken as `known`, from the title or the sentences before.
    """
    before = None
    for candidate in group:
        if candidate.leans and before != candidate.number - 1:
            return False
        if candidate.refers - known:
            return False
        known |= candidate.terms.one
        before = candidate.number
    return True


def _overlaps(found: Iterable[Group], weights: Weights) -> Mapping[tuple[str, int, int], float]:
    """The weight of what two sentences of one article both say."""
    return {
        (a.article.id, a.number, b.number): weights.shared(a.terms, b.terms)
        for group in found
        for a, b in combinations(group, 2)
    }


def worth(group: Group, overlap: Mapping[tuple[str, int, int], float], taste: Taste) -> float:
    """What a group says of its story, once each, and how well it reads."""
    pairs = combinations(group, 2)
    repeated = sum(overlap[a.article.id, a.number, b.number] for a, b in pairs)
    said = sum(c.weight for c in group) - repeated
    gaps = sum(min(b.number - a.number - 1, 3) for a, b in pairwise(group))
    central = density(said, sum(c.words for c in group))
    opens = taste.opens / (1 + 0.5 * group[0].place)
    alone = sum(c.score for c in group) / math.sqrt(len(group))
    before = (None, *(c.number for c in group))
    loose = sum(c.loose for c, last in zip(group, before, strict=False) if last != c.number - 1)
    # "I" beside sentences without it is what can be spared.
    personal = sum(c.personal for c in group)
    mixed = taste.personal * personal if personal < len(group) else 0.0
    loose = taste.loose * loose + taste.start * group[0].loose
    return taste.central * central + opens + alone - taste.gap * gaps - loose - mixed
