"""The names that newsletters give to their sections, and to their issues, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionName:
    """A heading that opens a link section; `use` says whose links they are, or none."""

    pattern: str
    example: str
    use: str  # "own", "found", or "skip"


SECTIONS = (
    SectionName(
        r"what (?:we|i)(?:'ve| have)? (?:shared|written|wrote|published|made|posted|recorded)\b.*",
        "What We've Shared",
        "own",
    ),
    SectionName(
        r"(?:news |fresh |latest )?from (?:our|my|the) (?:own )?(?:desk|blog|team|site|website|"
        r"archives?|channel|workshop)\b.*",
        "From our own desk",
        "own",
    ),
    SectionName(
        r"(?:our|my) (?:latest |new(?:est)? |recent |own )?(?:posts?|articles?|stories|work|"
        r"writing|news|videos?|podcasts?|episodes?|blog|content)",
        "Our posts",
        "own",
    ),
    SectionName(
        r"(?:new|latest|recently) (?:on|in|from) (?:the|our|my) (?:blog|site|website|channel|"
        r"podcast)",
        "New on the blog",
        "own",
    ),
    SectionName(
        r"what (?:we|i)(?:'ve| have|'re| are)?(?: been)? (?:discovered|found|reading|read|liked?|"
        r"loved|learned|noticed|watching|listening to)\b.*",
        "What We've Discovered",
        "found",
    ),
    SectionName(
        r"(?:(?:this|last) week's |weekly |more |other |quick |interesting |useful |favou?rite |"
        r"top |the )*(?:links|reads|picks|finds|headlines|bookmarks|discoveries|recommendations|"
        r"shortlist)(?: of the week| we (?:like|liked|love))?",
        "Links of the week",
        "found",
    ),
    SectionName(
        r"(?:worth (?:reading|your time|a read|a look)|around the web|from (?:around )?the (?:web|"
        r"community|internet)|elsewhere(?: on the web)?|reading list|in brief|in other news|"
        r"further reading|what (?:else )?(?:to read|caught our eye)|news and articles|"
        r"community (?:news|updates)|articles(?: (?:and|&) (?:tutorials|videos|news))?|tutorials|"
        r"tools(?: (?:and|&) libraries)?|projects|releases|videos?|podcasts?|news)",
        "Around the web",
        "found",
    ),
    SectionName(
        r"(?:our |this week's |today's )?(?:sponsors?|sponsored|partners?|advertisements?|"
        r"classifieds|a word from .+|(?:jobs?|careers|who's hiring|hiring|open positions)"
        r"(?: board)?)\b.*",
        "Our sponsors",
        "skip",
    ),
    SectionName(
        r"(?:upcoming |community |local )?(?:events|meetups|conferences)\b.*|(?:calls?|"
        r"cfps?)\b.*(?:participation|papers|speakers|projects|events|testing)\b.*|cfp\b.*|"
        r"(?:quote|joke|meme|tip) of the (?:week|day|month)",
        "Upcoming Events",
        "skip",
    ),
    SectionName(
        r"(?:contributors?|credits|shout ?outs|about (?:us|me|this newsletter)|feedback|contact|"
        r"subscribe|unsubscribe|share|support us|colophon|imprint)\b.*|.*\bedited by:?",
        "Contributors",
        "skip",
    ),
)
_SECTIONS = tuple((re.compile(row.pattern, re.IGNORECASE), row.use) for row in SECTIONS)

# Titles that say "this is an issue": the row's example must match.
ISSUE_TITLES = (
    (re.compile(r"[|·•–—-]\s*(?:[^\w\s#]+\s*)?#\s?\d{1,4}\s*\Z"), "Rain and Roots | ✉️ #12"),
    (
        re.compile(
            r"\b(?:issue|edition|newsletter|dispatch|digest|weekly)\s*(?:#|no\.?|nr\.?|number)?\s*\d{1,4}\b",
            re.IGNORECASE,
        ),
        "Field Notes Issue 42",
    ),
    (re.compile(r"\A\W*#\s?\d{1,4}\b"), "#42: Rain and Roots"),
    (
        re.compile(r"\bweek (?:ending|of|in review)\b|\b\d{4}[- ]?W\d\d\b", re.IGNORECASE),
        "Week Ending 12 July",
    ),
    (re.compile(r"\bthis week in \w+ \d{1,4}\b", re.IGNORECASE), "This Week in Gardens 66"),
)


def is_issue(title: str) -> bool:
    """Say whether a title is one that only issues of newsletters have."""
    return any(pattern.search(title) for pattern, _example in ISSUE_TITLES)


def use_of(heading: str) -> str:
    """What the name of a section says of its links: "own", "found", "skip" or ""."""
    name = heading.replace("’", "'").strip(" \t:-–—*#")
    name = re.sub(r"\A[^\w]+", "", name)
    return next((use for pattern, use in _SECTIONS if pattern.fullmatch(name)), "")


_NUMBERED = re.compile(
    r"(?P<name>[^#:|]{2,60}?),?\s+(?:(?:issue|edition|no\.?|nr\.?)\s*)?#\s?\d{1,4}\s*[:|–—-]\s*(?P<title>\S.*)",
    re.IGNORECASE,
)


def numbered(title: str) -> tuple[str, str]:
    """The newsletter's name and the essay's title in "Name #12: Title"; ("", title) otherwise."""
    match = _NUMBERED.fullmatch(title)
    return (match["name"], match["title"]) if match else ("", title)
