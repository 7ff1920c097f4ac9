"""An issue in a minute: the lead in a sentence, key points of others, and why it matters.

Nothing is written here: every line is a sentence of a source, word for word, with its offsets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from digest.model import Article, Brief, Point, Section, Sentence, Story, Told, lead_of
from digest.text import STOPWORDS, count_words, sentences, stem, words

MOST_POINTS = 5
MOST_SECTION = 2  # stories of one section among which points are chosen: an issue is broader
LEAST_POINTS = 3  # with fewer stories than this, other sources of the lead fill up
MOST_WHY = 2
LENGTH = (8, 40)  # words of a sentence that says why
_READ = 40  # sentences of a text: what follows a news story stands on top
_ON_SUBJECT = 2  # words that a sentence must share with its story's titles


@dataclass(frozen=True, slots=True)
class Consequence:
    """Words by which a source says what follows from its news; searched in the sentence."""

    name: str
    why: str
    pattern: re.Pattern[str]


def _says(name: str, why: str, pattern: str) -> Consequence:
    return Consequence(name, why, re.compile(pattern, re.IGNORECASE))


# A plain "because" or "led to" tells causes at least as often as consequences, so neither is here.
CONSEQUENCES = (
    _says(
        "means",
        "spells out what follows",
        r"\b(?:means|meaning) (?:that|no|fewer|more|less|users|teams|customers|anyone|the)\b",
    ),
    _says(
        "will allow",
        "says what becomes possible",
        r"\b(?:will|would|could) (?:now )?(?:allow|enable|let|pave the way)\b",
    ),
    _says(
        "will force",
        "says what somebody must now do",
        r"\b(?:will|would|could) (?:now )?"
        r"(?:force|oblige|prevent|affect|cost|require [\w ]{2,30} to)\b",
    ),
    _says(
        "first",
        "measures it against what was before",
        r"\b(?:is|was|are|were|marks?|marked|becom\w+|became|been) (?:\w+ )?"
        r"(?:the|its|their|his|her) "
        r"(?:first|largest|biggest|worst|deadliest|highest|lowest|longest|most \w+)\b"
        r"(?=.{0,80}\b(?:since|ever|history|on record|in \w+ (?:years|decades|months))\b)",
    ),
    _says("first time", "measures it against what was before", r"\bfor the first time\b"),
    _says(
        "as a result", "names the result", r"(?<!\A)\b(?:as a result|as a consequence|therefore)\b"
    ),
    _says(
        "matters",
        "says that it matters",
        r"\bmatters? (?:because|for|to)\b|\bsignificant because\b|\bat stake\b|"
        r"\b(?:is|are|was|were) (?:\w+ )?(?:important|crucial|critical|vital) (?:for|because|to)\b",
    ),
    _says(
        "could lead",
        "says what may come of it",
        r"\b(?:could|may|might|will|would) (?:lead to|trigger|spark|deepen|escalate|undermine|"
        r"reshape|jeopardi[sz]e|mean)\b",
    ),
    _says(
        "raises",
        "says what it raises",
        r"\b(?:raises?|raised|raising|fuels?|fuell?ed|stokes?|stoked|sparks?|sparked) (?:\w+ )?"
        r"(?:fears|concerns?|doubts|questions|hopes|alarm)\b",
    ),
    _says(
        "no longer",
        "says what ends",
        r"\b(?:can|will|would|must|need) no longer\b|\bno longer (?:be|have|need)\b",
    ),
    _says(
        "should",
        "says what readers are to do",
        r"\b(?:users|teams|administrators|admins|customers|operators|maintainers|developers|anyone|"
        r"everyone) (?:\w+ ){0,5}(?:should|must|need to|have to)\b",
    ),
)
# Who is meant, or which evening, is said elsewhere.
_OURS = re.compile(r"[\"'“‘(]?(?:we|i|our|my)\b", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|us|me|[Tt]onight|[Tt]his (?:morning|afternoon|evening))\b|\A\("
)


def brief(
    sections: Sequence[Section[Told]],
    refusal: Callable[[str], str] = lambda _: "",
    leans: Callable[[str], bool] = lambda _: False,
) -> Brief:
    """The parts of a brief, from the stories as they are told.

    `refusal` says why a sentence cannot be printed, "" when it can; `leans`, whether it can only
    stand behind the one before it.
    """
    everyone = [told for section in sections for told in section.stories]
    lead = lead_of(sections) or next(iter(everyone), None)
    if lead is None:
        return Brief()
    tldr = _first(lead)
    points = tuple(_key_points(sections, lead, tldr))
    said = {point.sentence.text for point in (tldr, *points) if point}
    return Brief(
        tldr=tldr,
        key_points=points,
        why=tuple(p for p in _reasons(lead.story, refusal, leans) if p.sentence.text not in said)[
            :MOST_WHY
        ],
    )


def _first(told: Told) -> Point | None:
    """The first sentence of a story's blurb: it leans on nothing."""
    return _point(told.story, told.blurb[0]) if told.blurb else None


def _plain(told: Told) -> Point | None:
    """The same, where it can be understood without its title.

    It speaks of what the title names, and not of I or we, who are nobody among many sources, of
    this evening, or in brackets.
    """
    first = _first(told)
    if first is None or _ASIDE.search(first.sentence.text):
        return None
    subject = _subject(told.story.lead.title)
    shared = subject & {stem(w) for w in words(first.sentence.text)}
    return first if len(shared) >= min(_ON_SUBJECT, len(subject)) else None


def _subject(*titles: str) -> set[str]:
    return {stem(w) for title in titles for w in words(title) if w not in STOPWORDS}


def _point(story: Story, sentence: Sentence) -> Point:
    url = next((a.url for a in story.articles if a.id == sentence.article), "")
    return Point(story=story.id, url=url, sentence=sentence)


def _key_points(
    sections: Sequence[Section[Told]], lead: Told, tldr: Point | None
) -> Iterator[Point]:
    """One point a story and one a source: the biggest stories first, a few of each section."""
    told = [
        found
        for section in sections
        if not section.own
        for found in [t for t in section.stories if t is not lead][:MOST_SECTION]
    ]
    told.sort(key=lambda t: (-t.ranked.score, t.story.id))
    heard = {tldr.sentence.source} if tldr else set()
    found = 0
    for point in (*map(_plain, told), *_angles(lead)):
        full = found >= (LEAST_POINTS if point and point.story == lead.story.id else MOST_POINTS)
        if point is None or full or point.sentence.source in heard:
            continue
        heard.add(point.sentence.source)
        found += 1
        yield point


def _angles(told: Told) -> Iterator[Point]:
    """What other sources add to a story; an editor's praise is no fact."""
    for coverage, angle in zip(told.story.coverage, told.angles, strict=True):
        if angle and coverage.relation != "pick":
            yield _point(told.story, angle)


def _reasons(
    story: Story, refusal: Callable[[str], str], leans: Callable[[str], bool]
) -> Iterator[Point]:
    """Sentences by which the story's sources say what follows from it, one a source."""
    copies = {c.article.id for c in story.coverage if c.relation in ("copy", "pick")}
    told = [a for a in story.articles if a.id not in copies]
    subject = _subject(*(a.title for a in told))
    heard: set[str] = set()
    for article in told:
        found = next(_consequences(article, subject, refusal, leans), None)
        if found and article.outlet not in heard:
            heard.add(article.outlet)
            yield _point(story, found)


def _consequences(
    article: Article,
    subject: set[str],
    refusal: Callable[[str], str],
    leans: Callable[[str], bool],
) -> Iterator[Sentence]:
    for number, span in enumerate(sentences(article.text, article.language)):
        if number >= _READ:
            return
        if not LENGTH[0] <= count_words(span.text) <= LENGTH[1] or not consequence(span.text):
            continue
        shared = subject & {stem(w) for w in words(span.text)}
        if len(shared) >= min(_ON_SUBJECT, len(subject)) and not (
            _OURS.match(span.text) or leans(span.text) or refusal(span.text)
        ):
            yield Sentence(
                text=span.text,
                article=article.id,
                source=article.outlet,
                start=span.start,
                end=span.end,
            )


def consequence(sentence: str) -> str:
    """Why a sentence says what its news leads to, "" when it does not."""
    return next((rule.why for rule in CONSEQUENCES if rule.pattern.search(sentence)), "")
