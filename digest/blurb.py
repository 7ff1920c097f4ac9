"""What a story says about itself: whole sentences taken from its sources, never composed.

A blurb answers what happened and why it matters in 25 to 60 words; an angle is the one sentence in
which another source adds something. Every sentence keeps its source and its offsets.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import msgspec

from digest.model import Article, Ranked, Section, Sentence, Story, Told
from digest.text import STOPWORDS, Span, count_words, names, numbers, sentences, stem, words


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[blurb]` of digest.toml: lengths in words."""

    least: int = 25
    most: int = 60
    angle: int = 30


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a sentence cannot be printed: `pattern` is searched in the sentence."""

    name: str
    pattern: re.Pattern[str]
    why: str


def _rule(name: str, pattern: str, why: str, flags: re.RegexFlag = re.IGNORECASE) -> Rule:
    return Rule(name, re.compile(pattern, flags), why)


# Searched in each sentence; the first that matches refuses it.
REFUSED = (
    _rule("no end", r"[^.!?…。！？\"'”’)\]]\Z", "a heading, a label or a cut-off line"),
    _rule("cut off", r"(?:\.\.\.|…)[\"'”’)\]]*\Z", "a teaser that stops in mid-sentence"),
    _rule("question", r"\?[\"'”’)]*\Z", "asks the reader instead of telling"),
    _rule(
        "sign-up", r"\b(?:subscribe|sign up|newsletter|inbox|unsubscribe)\b", "is an advertisement"
    ),
    _rule(
        "link",
        r"\b(?:click here|read more|read on|continue reading|check out|learn more|here'?s)\b",
        "points elsewhere",
    ),
    _rule("first seen", r"\bappeared first on\b", "a feed's footer"),
    _rule(
        "credit",
        r"^(?:photo|image|credit|source|illustration|video|listen|watch|via)\b ?[:/]",
        "is a caption or a credit",
    ),
    _rule(
        "byline",
        r"^(?:by|written by|posted by|published|updated|editor's note)\b.{0,60}\Z",
        "is a byline",
    ),
    _rule(
        "dateline",
        r"^[A-Z][A-Z .,]{2,30}(?:\([A-Za-z ]+\) ?)?[—–-] ",
        "opens with a dateline",
        re.RegexFlag(0),
    ),
    _rule("bullet", r"^(?:[-*•–—>#|]|\d+[.)] )", "is an item of a list"),
    _rule("code", r"[{}<>]|=>|::|\bhttps?://|\$ ", "holds code or a bare URL"),
    _rule("shouting", r"^(?:[A-Z]{3,}[^a-z]{10,})\Z", "is set in capitals", re.RegexFlag(0)),
    _rule(
        "thanks",
        r"\b(?:thanks to our|thank you|sponsored by|our sponsor|welcome back|see you)\b",
        "speaks to the audience",
    ),
    _rule("no start", r"^[\"'“‘(]*[a-zà-öø-ÿ]", "begins in mid-sentence", re.RegexFlag(0)),
)
# A run-in label before a sentence is left out: "TL;DR: The release …", "Impact: Shares …".
LABEL = re.compile(r"^[A-Z][\w'’;/& -]{1,28}:\s+(?=[\"“‘']?[A-Z0-9])")

# A sentence that opens with one of these leans on the one before it, and may only stand behind it.
OPENERS = (
    *"it its he his she her they their them this that these those such there here".split(),
    *"but and or so yet also however moreover furthermore meanwhile instead then thus".split(),
    *"therefore hence still otherwise besides additionally similarly likewise nonetheless".split(),
    *"nevertheless indeed both neither either another others now first second third".split(),
    *"finally lastly again too which who".split(),
    *("in contrast", "by contrast", "on the other", "in one", "as a result", "in addition"),
    *("for example", "for instance", "in fact", "of course", "the former", "the latter"),
    *("back then", "after that", "before that", "until then", "since then", "that said"),
    *("at the same time", "because of this"),
)
_ELLIPSIS = r"(?:we|i|you|they|he|she) (?:do|did|does|have|had|will|would|are|were)(?=,)"
LEANS = re.compile(rf"^[\"'“‘(]?(?:{'|'.join(OPENERS)}|{_ELLIPSIS})\b", re.IGNORECASE)
# I and we of another author are not ours to print, where there is anything else.
SINGULAR = re.compile(r"\b(?:I|[Mm]y|me|[Mm]yself)\b")
PLURAL = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|ours)\b")
# Said on another day than it is read.
TODAY = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening))\b", re.IGNORECASE
)
# What a sentence loses for each, on the scale of `_score`, where the first sentence has 1 for its
# place: enough that a plain one is preferred, not so much that a text of nothing else is silent.
FAULTS = ((SINGULAR, 0.9), (PLURAL, 0.4), (TODAY, 0.3))

_CANDIDATES = 14  # sentences of a text that are weighed against each other
_READ = 60  # sentences of a text that are read at all: news stands on top
_SHORTEST = 6  # words of one sentence
_TIRING = 35  # words from which a sentence costs the reader breath
_NEW = 0.5  # an angle must bring this share of words that were not said yet


@dataclass(frozen=True, slots=True)
class _Candidate:
    span: Span
    number: int  # of the sentence in its text
    terms: frozenset[str]
    words: int
    score: float
    leans: bool


def tell(
    sections: Sequence[Section[Ranked]], options: Options = Options()
) -> tuple[Section[Told], ...]:
    """Give every story its blurb, and each piece of coverage its angle (or None)."""
    return tuple(
        Section(name=s.name, own=s.own, stories=tuple(_told(r, options) for r in s.stories))
        for s in sections
    )


def _told(ranked: Ranked, options: Options) -> Told:
    story = ranked.story
    weights = _weights(story)
    blurb = _blurb(story, weights, options)
    said = {t for sentence in blurb for t in _terms(sentence.text)} | _terms(story.lead.title)
    angles: list[Sentence | None] = []
    for coverage in story.coverage:
        angle = None
        if coverage.relation != "copy":
            angle = _angle(coverage.article, weights, said, options)
        if angle:
            said |= _terms(angle.text)
        angles.append(angle)
    return Told(ranked=ranked, blurb=blurb, angles=tuple(angles))


def _blurb(story: Story, weights: Mapping[str, float], options: Options) -> tuple[Sentence, ...]:
    """The best sentences of the lead; of the fullest other text when the lead has none to print."""
    others = sorted((c.article for c in story.coverage), key=lambda a: (-a.words, a.id))
    for article in (story.lead, *others):
        chosen = _choose(article, weights, options)
        if chosen:
            return tuple(_sentence(article, c.span) for c in chosen)
    return ()


def _choose(
    article: Article, weights: Mapping[str, float], options: Options
) -> tuple[_Candidate, ...]:
    """One to three sentences in their order, of `least` to `most` words together.

    A text too short for that is told whole, as far as it can be printed.
    """
    found = list(_candidates(article, weights))
    best = sorted(found, key=lambda c: (-c.score, c.number))[:_CANDIDATES]
    best.sort(key=lambda c: c.number)
    fits = [
        combination
        for size in (1, 2, 3)
        for combination in combinations(best, size)
        if options.least <= sum(c.words for c in combination) <= options.most
        and _stands(combination)
    ]
    if fits:
        return max(fits, key=lambda group: (_worth(group), [-c.number for c in group]))
    short = [g for n in (3, 2, 1) for g in combinations(best, n) if _stands(g)]
    fitting = [g for g in short if sum(c.words for c in g) <= options.most]
    return max(fitting, key=lambda g: (sum(c.words for c in g), _worth(g)), default=())


def _stands(group: Sequence[_Candidate]) -> bool:
    """Say whether every sentence that leans on the one before it has it before it."""
    numbers_ = {c.number for c in group}
    return all(not c.leans or c.number - 1 in numbers_ for c in group)


def _worth(group: Sequence[_Candidate]) -> float:
    """Sum of scores, less what the sentences repeat of each other; close sentences read better."""
    repeated = sum(
        len(one.terms & other.terms) / max(1, min(len(one.terms), len(other.terms)))
        for one, other in combinations(group, 2)
    )
    gaps = sum(min(b.number - a.number - 1, 3) for a, b in pairwise(group))
    return sum(c.score for c in group) / math.sqrt(len(group)) - 0.8 * repeated - 0.1 * gaps


def _candidates(article: Article, weights: Mapping[str, float]) -> Iterator[_Candidate]:
    title = _terms(article.title)
    for number, found in enumerate(sentences(article.text, article.language)):
        if number >= _READ:
            return
        span = _unlabelled(found)
        size = count_words(span.text)
        if size < _SHORTEST or refusal(span.text):
            continue
        terms = _terms(span.text)
        yield _Candidate(
            span,
            number,
            terms,
            size,
            _score(span, number, terms, title, weights),
            bool(LEANS.match(span.text)),
        )


def _score(
    span: Span,
    number: int,
    terms: frozenset[str],
    title: frozenset[str],
    weights: Mapping[str, float],
) -> float:
    """Position, weight of the terms, facts, and what the sentence adds to the title."""
    position = 1.0 / (1.0 + 0.25 * number)
    central = sum(weights.get(t, 0.0) for t in terms) / max(8, len(terms))
    facts = min(len(numbers(span.text)), 2) * 0.15 + min(len(names(span.text)), 3) * 0.1
    echo = len(terms & title) / max(1, len(terms))
    repeats = 0.8 if echo > 0.7 else 0.0
    faults = sum(cost for pattern, cost in FAULTS if pattern.search(span.text))
    breath = 0.02 * max(0, len(span.text.split()) - _TIRING)
    return position + 1.5 * central + facts - repeats - faults - breath


def _unlabelled(span: Span) -> Span:
    match = LABEL.match(span.text)
    return Span(span.text[match.end() :], span.start + match.end(), span.end) if match else span


def refusal(sentence: str) -> str:
    """Why a sentence cannot be printed, or "" when it can."""
    for rule in REFUSED:
        if rule.pattern.search(sentence):
            return rule.why
    return "" if _paired(sentence) else "its quotation marks do not pair"


def _paired(sentence: str) -> bool:
    straight = sentence.count('"') % 2 == 0
    curly = sentence.count("“") == sentence.count("”")
    return straight and curly and sentence.count("(") == sentence.count(")")


def _angle(
    article: Article,
    weights: Mapping[str, float],
    said: set[str] | frozenset[str],
    options: Options,
) -> Sentence | None:
    """The sentence of another source that adds most to what is already said, if any does."""
    best: tuple[float, int, Span] | None = None
    for candidate in _candidates(article, weights):
        if candidate.words > options.angle or candidate.leans:
            continue
        new = candidate.terms - said
        if len(new) < _NEW * len(candidate.terms):
            continue
        gain = candidate.score + sum(weights.get(t, 0.0) for t in new) / max(8, len(new))
        if best is None or gain > best[0]:
            best = (gain, candidate.number, candidate.span)
    return _sentence(article, best[2]) if best else None


def _weights(story: Story) -> dict[str, float]:
    """How much each term is of this story: the share of its articles that use it, 0 to 1."""
    used = Counter(t for a in story.articles for t in _terms(a.title + "\n" + a.text[:6000]))
    if len(story.articles) == 1:
        lead = story.lead
        counts = Counter(
            stem(w) for w in words(lead.title + "\n" + lead.text[:6000]) if w not in STOPWORDS
        )
        top = max(counts.values(), default=1)
        return {term: count / top for term, count in counts.items()}
    return {term: count / len(story.articles) for term, count in used.items()}


def _terms(text: str) -> frozenset[str]:
    return frozenset(stem(w) for w in words(text) if w not in STOPWORDS)


def _sentence(article: Article, span: Span) -> Sentence:
    return Sentence(
        text=span.text, article=article.id, source=article.outlet, start=span.start, end=span.end
    )
