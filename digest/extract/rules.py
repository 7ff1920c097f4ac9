"""What is no part of an article, as data: one row a habit of publishing, each with its reason.

A row matches a whole block (`Line`, listed in `lines`), the end of one (`Clip`), or a heading after
which nothing belongs to the article (`Tail`). Patterns ignore case and see straight apostrophes. A
row must never match a sentence that somebody wrote to be read: when in doubt, there is no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# "start": before the first long paragraph; "below": there, but never the very first block, which
# may be a title; "end": among the last blocks.
Where = Literal["anywhere", "start", "below", "end"]


@dataclass(frozen=True, slots=True)
class Line:
    """A block to drop when all of it matches; `outlet` is a named group some patterns have.

    With `linked`, only when most of it is a link.
    """

    pattern: str
    example: str
    reason: str
    where: Where = "anywhere"
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Clip:
    """Words to cut off the end of a block; `left` stands in their place.

    The pattern is tried where one of the `hints` is there, in lower case: most blocks have none.
    """

    pattern: str
    example: str
    reason: str
    hints: tuple[str, ...]
    left: str = ""


@dataclass(frozen=True, slots=True)
class Tail:
    """A heading of something else: it and all that follows is dropped.

    With `teasers`, only when what follows is short: such words head real chapters too.
    """

    pattern: str
    example: str
    reason: str
    teasers: bool = False


TAILS = (
    Tail(
        r"(?:recent|related|latest|similar|popular|other|older|newer|previous|"
        r"suggested) (?:blog )?(?:posts?|articles?|stories|story|reading|news|content|entries|"
        r"essays|episodes|pages)",
        "Recent Blog Posts",
        "teasers of other posts, often dated",
    ),
    Tail(
        r"(?:trending|recommended|featured|top|most (?:read|popular)) (?:blog )?(?:posts?|"
        r"articles?|stories|story|reading|news|content|entries|essays|episodes|pages)",
        "Most Read Articles",
        "teasers of other posts",
        teasers=True,
    ),
    Tail(
        r"(?:you (?:might|may) (?:also )?(?:like|enjoy|be interested in)|(?:read|see) (?:also|"
        r"next)|up next|what to read next|keep reading|further reading from .{2,40}|"
        r"recommended(?: for you)?|related|related (?:links|topics|coverage))",
        "You might also like",
        "teasers of other posts",
        teasers=True,
    ),
    Tail(
        r"(?:more|read more|see more|latest) (?:from|by|on|in|about) .{2,40}",
        "More from this author",
        "teasers of other posts",
        teasers=True,
    ),
    Tail(
        r"(?:weitere|ähnliche|verwandte) (?:artikel|beiträge|themen)|(?:artículos|"
        r"entradas) relacionad[ao]s|articles (?:similaires|connexes)|(?:benzer|ilgili) (?:yazılar|"
        r"haberler)|artigos relacionados",
        "Ähnliche Beiträge",
        "teasers of other posts, in other languages",
    ),
    Tail(
        r"(?:leave a (?:reply|comment)|post a comment|add a comment|join the (?:conversation|"
        r"discussion))",
        "Leave a Reply",
        "the form and the comments below an article",
        teasers=True,
    ),
)

# A clipped end begins a sentence of its own: "To learn how, read on." stays whole.
_NEW = r"(?:(?<=[.!?…\]\x22)”])\s*|\s*(?:\[(?:…|\.\.\.)\]|…|\.\.\.)\s*)"
CLIPS = (
    Clip(
        _NEW + r"the (?:post|article|entry) .{1,250}? (?:first )?appeared first on [^.]{1,80}\.?\Z",
        "Oaks grow. The post Oaks appeared first on Field Notes.",
        "WordPress footer of a feed",
        ("first on", "appeared on"),
    ),
    Clip(
        _NEW + r"(?:continue reading(?: [^.]{1,100})?|"
        r"read (?:more|the (?:full|rest of the|whole|original) (?:article|post|story))"
        r"(?: (?:here|at|on) [^.]{1,40}| here)?)\s*(?:…|\.{1,3}|→|»|›|>|:)*\Z",
        "Oaks grow slowly. Read more…",
        "the rest is elsewhere",
        ("continue reading", "read more", "read the"),
    ),
    Clip(
        r"(?<=[.!?…])\s*\[(?:…|\.\.\.)\]\Z",
        "Oaks grow. [...]",
        "mark of a cut between sentences",
        ("[",),
    ),
    Clip(
        r"\s*\[(?:…|\.\.\.)\]\Z",
        "Oaks grow and [...]",
        "mark of a cut within a sentence, which must not look whole afterwards",
        ("[",),
        left="…",
    ),
    Clip(
        r"\s*submitted by\s+/?u/\S+(?:\s+to\s+r/\S+)?\s*(?:\[link\]\s*)?(?:\[comments\])?\s*\Z",
        "submitted by /u/someone [link] [comments]",
        "Reddit footer",
        ("submitted by",),
    ),
    Clip(
        r"\s*\(\s*(?:photo|image|picture)(?: credit)?\s*(?::|by\b)[^()]{2,80}\)\s*\Z",
        "Oaks in May. (Photo: Jane Roe)",
        "caption",
        ("photo", "image", "picture"),
    ),
)
