"""Names for discovered topics: two or three words that the other sections do not use.

Class-based TF-IDF: a term is worth how many stories of the group have it, times how much rarer it
is elsewhere. Names and phrases come before words, and a single ordinary word never stands alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from digest.model import PastTopic, Story
from digest.text import STOPWORDS, names
from digest.topics.earlier import kept_names
from digest.topics.terms import TOKEN, stem_of, stems

Term = tuple[str, ...]

# Words that fit any section, or none: no heading is made of them.
VAGUE = frozenset(
    """
    according action added amount announced announcement area article asked back bad based
    became best better big biggest blog book call called came case cause chance change clear
    come coming day deal decision different early earlier easy end ended episode example
    expected experience fact far feature find first five follow former found four free full
    future give given going good got great group guide half hard head help high hour hundred
    idea including interview issue job join key kind know large last late later latest launch
    lead learn least left let level life like line list little live local long look lot low main
    man marked march mean mid million minute moment month morning move name national near need
    never news next night note number offer official old open order outside part past people
    percent place plan play point post power problem project public put question quarter quick
    read reader real really reason recent release remain report result return right rise role
    run second see send set seven show side simple since six small something source start state
    statement step story strong take talk team tell ten thing think thought thousand three time
    today told tomorrow took top trend true try turn type update version video view want way
    week weekend win won word work world write wrong year yesterday among ago third ever every
    yet much beat missed firm company inc ltd corp reuters associated press getty images image
    photo picture everyone entire active bunch fun sort another beyond gentle personal sure able
    introduction january february april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday mr mrs ms dr
    """.split()
)
# Words of a text that may name its subject: later ones wander.
_TEXT_WORDS = 120
_BREAK = re.compile(r"[.,;:!?()\[\]\"“”–—|/]+\s|\n")

# A phrase may be rarer than the best word by this factor, and a name alone must be in so many
# stories of its group: a heading has to fit most of what stands under it.
PHRASE, NAME_ALONE = 0.45, 0.6
# A term in a smaller part of the group, or in fewer stories, is an accident.
_LEAST, _FEWEST = 0.05, 3


@dataclass(frozen=True, slots=True)
class Named:
    """A group of rows with its name, and the words it was named for."""

    name: str
    members: tuple[int, ...]
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Scored:
    term: Term
    value: float
    share: float
    proper: bool


def name_groups(
    stories: Sequence[Story],
    groups: Sequence[Sequence[int]],
    *,
    taken: Sequence[str] = (),
    earlier: Sequence[PastTopic] = (),
) -> list[Named]:
    """Name every group; one without a telling word stays unnamed and is left out."""
    spelled = [_spellings(story) for story in stories]
    everywhere = Counter(term for of_one in spelled for term in of_one)
    used = {s for name in taken for s in stems(name)}
    ordered = sorted(groups, key=lambda rows: (-len(rows), rows))
    kept = kept_names(
        [_words(_scored_of(rows, stories, spelled, everywhere, set())) for rows in ordered],
        earlier,
        used,
    )
    used |= {s for name in kept.values() for s in stems(name)}
    found: list[Named] = []
    for number, members in enumerate(ordered):
        scored = _scored_of(members, stories, spelled, everywhere, used)
        spelling = _commonest(spelled[row] for row in members)
        chosen = kept.get(number) or _chosen(scored, spelling)
        if chosen:
            told = tuple(spelling[s.term] for s in scored[:3])
            found.append(Named(chosen, tuple(members), told))
            used |= set(stems(chosen))
    return found


def _words(scored: Sequence[_Scored]) -> list[tuple[str, float]]:
    """The stems of the terms with what they are worth, each once, the best first."""
    found: dict[str, float] = {}
    for s in scored:
        for word in s.term:
            found.setdefault(word, s.value)
    return list(found.items())


def _scored_of(
    members: Sequence[int],
    stories: Sequence[Story],
    spelled: Sequence[Mapping[Term, Counter[str]]],
    everywhere: Mapping[Term, int],
    used: Set[str],
) -> list[_Scored]:
    banned = used | {s for row in members for s in _sources(stories[row])}
    return _scored([spelled[row] for row in members], everywhere, len(stories), banned)


def _chosen(scored: Sequence[_Scored], spelling: Mapping[Term, str]) -> str:
    """A phrase if it is nearly as good as the best word, a name that most share, or two words."""
    if not scored:
        return ""
    best = scored[0]
    phrase = next((s for s in scored if len(s.term) > 1), None)
    if phrase and phrase.value >= PHRASE * best.value:
        return _title(spelling[phrase.term])
    if best.proper and best.share >= NAME_ALONE:
        return _title(spelling[best.term])
    second = next((s for s in scored[1:] if len(s.term) == 1 and s.term != best.term), None)
    if second is None:
        return ""
    return f"{_title(spelling[best.term])} & {_title(spelling[second.term])}"


def _scored(
    members: Sequence[Mapping[Term, Counter[str]]],
    everywhere: Mapping[Term, int],
    size: int,
    banned: Set[str],
) -> list[_Scored]:
    inside = Counter(term for of_one in members for term in of_one)
    found = []
    for term, n in inside.items():
        if n < max(_FEWEST, _LEAST * len(members)) or banned & set(term):
            continue
        outside = (everywhere[term] - n + 0.5) / (size - len(members) + 1)
        lift = math.log((n / len(members)) / outside)
        spelled = sum((of_one[term] for of_one in members if term in of_one), Counter[str]())
        proper = sum(c for s, c in spelled.items() if s[:1].isupper()) > 0.5 * spelled.total()
        if lift > 0:
            share = n / len(members)
            found.append(_Scored(term, share * lift, share, proper))
    return sorted(found, key=lambda s: (-s.value, -len(s.term), s.term))


def _spellings(story: Story) -> dict[Term, Counter[str]]:
    """Every term of a story that could be part of a heading, as it is written there."""
    found: dict[Term, Counter[str]] = {}
    for article in story.articles[:4]:
        text = " ".join(article.text.split()[:_TEXT_WORDS])
        proper = {n for part in (article.title, text) for n in names(part) if n.count(" ") < 3}
        for name in sorted(proper):
            _add(found, name, name.split())
        for part in (*_BREAK.split(article.title), *_BREAK.split(text)):
            run = TOKEN.findall(part)
            for size in (1, 2):
                for at in range(len(run) - size + 1):
                    tokens = run[at : at + size]
                    _add(found, " ".join(tokens), tokens)
    return found


def _add(found: dict[Term, Counter[str]], spelling: str, tokens: Sequence[str]) -> None:
    """Count a spelling under its stems, unless one of its words could stand in any heading."""
    lower = [t.lower().replace("’", "'") for t in tokens]
    if any(_empty(word) for word in lower):
        return
    found.setdefault(tuple(stem_of(t) for t in tokens), Counter())[spelling] += 1


def _empty(word: str) -> bool:
    return (
        len(word) < 3
        or not word[0].isalpha()
        or word in STOPWORDS
        or word in VAGUE
        or stem_of(word) in _VAGUE_STEMS
        or word.endswith(("ly", "ed"))
    )


def _sources(story: Story) -> Iterable[str]:
    for article in story.articles:
        yield from stems(article.source.name)
        yield from stems(article.outlet)


def _commonest(members: Iterable[Mapping[Term, Counter[str]]]) -> dict[Term, str]:
    total: dict[Term, Counter[str]] = {}
    for of_one in members:
        for term, spelled in of_one.items():
            total.setdefault(term, Counter()).update(spelled)
    return {term: min(c, key=lambda s: (-c[s], s)) for term, c in total.items()}


def _title(spelling: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in spelling.split())


_VAGUE_STEMS = frozenset(stem_of(word) for word in VAGUE)
