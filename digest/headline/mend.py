"""Titles mended: what a site puts around its titles goes, what they say stays."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.headline.spelling import unshouted
from digest.model import Article, Kind
from digest.text import one_line, sentences, words

LEAST = 3  # words that must be left: a shorter rest was the title's own beginning
LONGEST = 30  # words of a sentence that can still stand as a title
_STOP = re.compile(r"\.([”\"]?)\Z")
CUT = re.compile(r"\s*(?:\[?(?:…|\.{3,})\]?)[\"'”’)]*\Z")

# Names of sections that say nothing of one article. Places and products are no sections.
_SECTIONS = (
    r"(?:politics|world(?: news)?|business|economy|markets?|tech(?:nology)?|science|health|sports?|"
    r"culture|arts?|entertainment|lifestyle|travel|news|latest|featured?|top stor(?:y|ies)|blog|"
    r"articles?|posts?|company news)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """What `pattern` finds is replaced by `to`; with a `kind`, only where its label says the same.

    `section`: only where the address names the section `found` too.
    """

    name: str
    why: str
    pattern: re.Pattern[str]
    to: str = ""
    kind: Kind | None = None
    section: bool = False


def _rule(
    name: str,
    why: str,
    pattern: str,
    to: str = "",
    *,
    kind: Kind | None = None,
    section: bool = False,
) -> Rule:
    return Rule(name, why, re.compile(pattern, re.IGNORECASE), to, kind, section)


# Tried in this order, each once. "[Sponsored]" and "Ad:" are in no rule: readers must see them.
RULES = (
    _rule("doubled quotes", "two marks where one is meant", r"\"{2,}|“{2,}|”{2,}|''", '"'),
    _rule(
        "urgency",
        "“Breaking” is no news at the end of the week",
        r"^\W*(?:breaking(?: news)?|just in|developing(?: story)?|happening now|exclusive|"
        r"must[- ](?:read|watch|see))\s*(?:[:|–—-]|\])\s+",
    ),
    _rule(
        "video before",
        "the label says “Video”",
        r"^[\[(]?(?:watch|video|film)(?:[\])]\s*[:|–—-]?|\s*[:|–—-])\s+",
        kind="video",
    ),
    _rule("video behind", "the label says “Video”", r"\s*[\[(|]\s*video\s*[\])]?\Z", kind="video"),
    _rule(
        "podcast before",
        "the label says “Podcast”",
        r"^[\[(]?(?:listen|podcast|audio)(?:[\])]\s*[:|–—-]?|\s*[:|–—-])\s+",
        kind="podcast",
    ),
    _rule(
        "podcast behind",
        "the label says “Podcast”",
        r"\s*[\[(|]\s*(?:podcast|audio)\s*[\])]?\Z",
        kind="podcast",
    ),
    _rule(
        "episode before",
        "a number that only the show's own list needs",
        r"^(?:s\d+\s?e\d+|(?:episode|ep\.?|folge)\s*#?\d+|#\d+)\s*[:|–—-]\s+",
        kind="podcast",
    ),
    _rule(
        "episode behind",
        "a number that only the show's own list needs",
        r"\s*[|(\[–—-]\s*(?:s\d+\s?e\d+|(?:episode|ep\.?|folge)\s*#?\d+)\s*[\])]?\Z",
        kind="podcast",
    ),
    _rule(
        "paper",
        "the label says “Paper”",
        r"^[\[(]?(?:paper|preprint)(?:[\])]\s*:?|:)\s+|\s*[\[(](?:paper|preprint|pdf)[\])]\Z",
        kind="paper",
    ),
    _rule(
        "opinion",
        "the label says “Opinion”",
        r"^[\[(]?(?:opinion|op-ed|editorial|comment|commentary|column)(?:[\])]\s*[:|]?|\s*[:|])\s+"
        r"|\s+[|–—-]\s+(?:opinion|op-ed|editorial|commentary)\Z",
        kind="opinion",
    ),
    _rule("show hn", "a habit of one site; the label says “Tool”", r"^show hn:\s+", kind="tool"),
    _rule("number before", "the number of an issue, no part of the title", r"^#\d+\s*[:|–—-]\s+"),
    _rule("section before a bar", "the name of a section", rf"^{_SECTIONS}\s*\|\s+"),
    _rule("section behind a bar", "the name of a section", rf"\s*\|\s*{_SECTIONS}\Z"),
    _rule(
        "section before a colon",
        "the name of a section, as its address says",
        rf"^(?P<found>{_SECTIONS}):\s+",
        section=True,
    ),
    _rule("dangling", "a separator with nothing behind it", r"\s+[|:–—-]\Z"),
    _rule(
        "full stop",
        "headlines have none",
        # Not behind an abbreviation, nor where the title is several sentences.
        r"\A(?P<whole>(?:[^.!?…]|\b[A-Z]\.(?=[A-Z]|\s)|\.(?=\w))*[a-z)]{3}(?<!\bInc)(?<!\bLtd)(?<!\betc)(?<!Bros)(?<!Corp))\.\Z",
        r"\g<whole>",
    ),
)


@dataclass(frozen=True, slots=True)
class Mended:
    """A title as it may be printed, and what was done to it."""

    title: str
    why: tuple[str, ...] = ()


def mended(article: Article, kind: Kind = "article") -> Mended:
    """The article's title with every rule applied; titles that we made ourselves stay."""
    if article.title_derived:
        return Mended(article.title)
    title = one_line(article.title)
    why: list[str] = []
    for rule in RULES:
        changed = _applied(rule, title, article, kind)
        if changed != title:
            title = changed
            why.append(rule.why)
    own = without_show(title, article.outlet)
    if own != title:
        title = own
        why.append("the name of its show, and who is on it")
    quiet = unshouted(title, article.text)
    if quiet != title:
        title = quiet
        why.append("capitals as its own text has them")
    whole = completed(title, article)
    if whole != title:
        title = whole
        why.append("the whole of what was cut off stands in its text")
    return Mended(title, tuple(dict.fromkeys(why)))


def without_show(title: str, outlet: str) -> str:
    """The title before a bar, when what is behind begins with the name of the outlet."""
    head, bar, behind = title.rpartition(" | ")
    named = words(outlet)
    if bar and len(named) > 1 and words(behind)[: len(named)] == named and len(words(head)) > 1:
        return head
    return title


def completed(title: str, article: Article) -> str:
    """The sentence of the article that a cut title begins; else its whole sentences, if any."""
    head = CUT.sub("", title)
    if head == title:
        return title
    head = _tight(head)
    for at, span in enumerate(sentences(article.text, article.language)):
        if at >= 3:
            break
        goes_on = span.text.startswith(head) and not span.text[len(head) :][:1].isalnum()
        if goes_on and len(span.text.split()) <= LONGEST and not CUT.search(span.text):
            return _STOP.sub(r"\1", span.text)
    return _whole_sentences(head) or title


def _tight(title: str) -> str:
    """Without the blanks that markup left inside marks and before them."""
    return re.sub(r"(?<=[“‘(]) | (?=[.,:;!?”’)])", "", title)


def _whole_sentences(head: str) -> str:
    """What is left of a cut title without the sentence that was cut; "" when that is too little."""
    *whole, _ = sentences(head)
    text = head[: whole[-1].end] if whole else ""
    paired = text.count("“") == text.count("”") and text.count("(") == text.count(")")
    return text.removesuffix(".") if len(text.split()) >= LEAST and paired else ""


def _applied(rule: Rule, title: str, article: Article, kind: Kind) -> str:
    match = rule.pattern.search(title)
    if match is None or (rule.kind and rule.kind != kind):
        return title
    if rule.section and f"/{match['found'].lower()}/" not in article.url.lower():
        return title
    changed = one_line(rule.pattern.sub(rule.to, title))
    if len(changed.split()) < min(LEAST, len(title.split())):
        return title
    return changed if match.start() else changed[:1].upper() + changed[1:]
