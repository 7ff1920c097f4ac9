"""One item of a newsletter: which link a block is about, its title, and the editor's comment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.extract.blocks import Block, Link
from digest.text import one_line
from digest.urls import host

TITLE_WORDS = 3  # so few words of a sentence ("here", "a pull request") are no title
TITLE_CHARS = 200
SENTENCE_WORDS = 18  # a longer sentence is no title either, but its beginning is
CLIPPED_WORDS = 12
NEAR_START = 14  # characters before a link that opens an item: "[video] ", an emoji, a date
COMMENT_WORDS = 150  # an editor's comment; what follows after that is a text of its own
NAMED = 0.6  # of the longer words after a colon are capitalised: a subtitle, no comment


@dataclass(frozen=True, slots=True)
class Item:
    """A link that an editor chose. `own`: the newsletter's own work."""

    title: str
    url: str
    comment: str = ""
    own: bool = False
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A kind of link that is never an item: by its URL or by its words."""

    url: str
    words: str
    reason: str


REFUSALS = (
    Refusal(
        url=(
            r"[/.?&=_-]unsubscribe|[/.?&=](?:opt-?out|(?:e-?mail[-_]?|manage[-_]?)?"
            r"(?:preferences|subscriptions?|settings))(?:[/?&=#]|$)"
        ),
        words=(
            r"unsubscribe|"
            r"(?:manage|update|change) (?:your )?(?:preferences|settings|subscription|profile)"
        ),
        reason="mail footer, with the owner's token",
    ),
    Refusal(
        url="",
        words=(
            r"(?:view|read|open)(?: (?:this|it))?(?: (?:email|issue|newsletter))? (?:in|on) "
            r"(?:your |the |a )?(?:browser|web)|(?:view|read) online|web version"
        ),
        reason="the issue itself",
    ),
    Refusal(
        url=(
            r"//(?:www\.|m\.)?(?:twitter|x|instagram|facebook|threads|tiktok)\.(?:com|"
            r"net)/@?[\w.-]+/?$"
        ),
        words="",
        reason="a profile",
    ),
    Refusal(
        url=r"/(?:u|users?|profile|people|author|authors)/[^/]+/?$",
        words="",
        reason="a profile",
    ),
    Refusal(
        url=(
            r"//[\w.]+/@[\w.-]+(?:@[\w.-]+)?/?$|//bsky\.app/profile/[^/]+/?$|"
            r"//(?:[a-z]{2,3}\.)?linkedin\.com/(?:in|company)/[^/]+/?$|//github\.com/[\w-]+/?$"
        ),
        words="",
        reason="a profile",
    ),
    Refusal(
        url=(
            r"//(?:www\.)?(?:facebook\.com/sharer|twitter\.com/(?:intent|share)|x\.com/intent|"
            r"linkedin\.com/share|reddit\.com/submit|news\.ycombinator\.com/submitlink|t\.me/share)"
        ),
        words=(
            r"(?:share|tweet|forward|like)(?: this.{0,30})?|share on .{2,20}|forward to a friend"
        ),
        reason="a share button",
    ),
    Refusal(
        url=(r"/(?:subscribe|signup|sign-up)/?(?:$|\?)"),
        words=(r"(?:subscribe|sign up|join)(?: .{0,40})?"),
        reason="a call to subscribe",
    ),
    Refusal(
        url="",
        words=(
            r"(?:sponsor(?:ed)?|advertise|become a sponsor|ad|promoted|our sponsors?)(?: .{0,40})?"
        ),
        reason="an advertisement",
    ),
    Refusal(
        url="",
        words=(
            r"(?:archives?|past issues|previous issue|all issues|home|rss|feed|about|contact|"
            r"privacy policy|terms(?: of service)?|imprint|impressum|discuss(?: .{0,40})?|"
            r"comments?|edit(?: this page)?|submit a link.{0,30})"
        ),
        reason="about the newsletter, not in it",
    ),
)
_REFUSALS = tuple(
    (
        re.compile(row.url, re.IGNORECASE) if row.url else None,
        re.compile(row.words, re.IGNORECASE) if row.words else None,
    )
    for row in REFUSALS
)
_TAG = re.compile(r"\W{0,3}(?:\[?[\w /&-]{1,12}\]?[:|]?)?\W{0,4}\Z")
_BY = re.compile(r"(?:by|von) ([^.;:!?]{2,80})\.?\Z")
# The editor speaks to the readers; the link is where to answer.
_ASIDE = re.compile(
    r"\W*(?:please (?:submit|see|send|add|let|consider|visit)|thanks to|let us know|"
    r"want (?:to|something)|no .{2,60} (?:this week|were (?:issued|submitted))|"
    r"if you (?:are|would|have|want|know)|e-?mail (?:us|the)|do you (?:have|want)|"
    r"(?:more|full) (?:details|list|report) (?:at|on|in|here)|triage done by|"
    r"every (?:week|month|year),? (?:the|we|our)|follow us)\b",
    re.IGNORECASE,
)
# Whoever paid for a place does not tell what the editor likes.
_PAID = re.compile(
    r"\A\W*(?:sponsor(?:ed)?|advertisement|anzeige|werbung)\b|"
    r"[(\[](?:sponsor(?:ed)?|ad|advert|advertisement|anzeige|werbung|promoted)[)\]]",
    re.IGNORECASE,
)
_ENDS_TITLE = re.compile(r"\s*(?:[:.,;!?)(|•·–—>→-]|by\b|via\b|from\b|\Z)")
_STOP = re.compile(r"([.?!])[\"”’')]*\s+(?=[\"“”‘'(\[]?\w)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|vs|e\.g|i\.e|dr|mr|mrs|ms|st|no|inc|ltd|cf|etc|vol|approx))\Z", re.IGNORECASE
)
_BEGUN = re.compile(r"\w[\w'’/.-]*(?: [\w'’/.-]+){0,4}:? \Z")  # up to five words of a sentence
_LEAD = " \t:;,.|·•–—-→>»"


def split_line(line: str) -> tuple[str, str]:
    """Title and comment of a line without links; the comment is "" for a bare title.

    A title that ends in `?` or `!` is followed by a space, one that holds a colon by ". ", any
    other by ": ". What follows a colon belongs to the title when it is capitalised as titles are.
    """
    head, mark, rest = _first_sentence(line)
    before, colon, after = head.partition(": ")
    if colon and not (_is_named(after) and rest):
        if not rest and not mark and _is_named(after):
            return line, ""
        return before.strip(), _trimmed(line[len(before) + 2 :])
    if mark in ("?", "!"):
        return head + mark, _trimmed(rest)
    return (head, _trimmed(rest)) if rest else (line.rstrip("."), "")


def refused(block: Block) -> bool:
    """Say whether all that a block links to is never an item."""
    return bool(block.links) and all(_refuses(link) for link in block.links)


def is_entry(block: Block, *, named: bool) -> bool:
    """Say whether a block presents a link: it starts with one, or is a list item that has one.

    In a section whose name promises links (`named`), any paragraph with a link does.
    """
    link = _chosen(block)
    if link is None or block.kind in ("code", "quote", "heading"):
        return False
    if _ASIDE.match(block.text) or _PAID.search(block.text):
        return False
    if block.kind in ("item", "row") or named:
        return True
    return _opens(block, link) or (0 < block.bold < len(block.text))


def item_of(block: Block) -> Item | None:
    """The item that a block presents: its first link that may be one."""
    link = _chosen(block)
    if link is None:
        return None
    text = block.text
    if 0 < block.bold < link.start and not _opens(block, link):
        return _made(text[: block.bold].rstrip(" .:"), link, text[block.bold :])
    bare = link.text == link.url
    if bare:
        before = text[: link.start].rstrip(_LEAD + "(<[")
        return _made(before or link.url, link, text[link.end :].lstrip(")>]"))
    if _opens(block, link):
        return _opening(text, link)
    if len(link.text.split()) > TITLE_WORDS:
        announced = text[: link.start].rstrip().endswith(":")
        return _made(_worded(text, link), link, text[link.end :] if announced else text)
    return _told(text, link)


def _opening(text: str, link: Link) -> Item:
    """An item whose link comes first: what follows is a comment, or the sentence goes on."""
    after = text[link.end :]
    ends = not after.strip() or _ENDS_TITLE.match(after) or after.lstrip()[:1].isupper()
    if ends and (len(link.text.split()) > 1 or not after.strip() or _BY.match(_trimmed(after))):
        return _made(_worded(text, link), link, after)
    if not ends and len(link.text.split()) > TITLE_WORDS:
        return _made(_worded(text, link), link, text)
    return _told(text, link)


def _worded(text: str, link: Link) -> str:
    """The link's words; where they go on in a sentence, with its first words: "Adds a stage"."""
    before = text[: link.start]
    if link.text[:1].islower() and _BEGUN.match(before):
        return before + link.text
    return link.text


def _told(text: str, link: Link) -> Item:
    """An item whose title is the sentence that the link stands in."""
    head, mark, rest = _first_sentence(text)
    if mark:
        head += mark if mark != "." else ""
    if len(head.split()) > SENTENCE_WORDS:
        return _made(" ".join(head.split()[:CLIPPED_WORDS]) + "…", link, text)
    return _made(head.rstrip("."), link, rest)


def heading_item(block: Block) -> Item | None:
    """The item that a linked heading opens."""
    link = _chosen(block)
    if link is None or link.end - link.start < len(block.text) / 2:
        return None
    return _made(link.text, link, "")


def with_more(item: Item, texts: Sequence[str]) -> Item:
    """The item with further paragraphs of comment, up to what a comment can hold."""
    parts = [item.comment] if item.comment else []
    for text in texts:
        if len(" ".join(parts).split()) >= COMMENT_WORDS:
            break
        parts.append(text.lstrip("> "))
    return replace(item, comment=one_line(" ".join(parts)))


def _made(title: str, link: Link, comment: str) -> Item:
    comment = _trimmed(comment)
    by = _BY.match(comment)
    if by:
        comment = _trimmed(comment[by.end() :])
    return Item(
        title=one_line(title)[:TITLE_CHARS],
        url=link.url,
        comment=comment,
        authors=tuple(re.split(r",\s*|\s+(?:and|&)\s+", by[1].strip())) if by else (),
    )


def _chosen(block: Block) -> Link | None:
    return next((link for link in block.links if not _refuses(link)), None)


def _refuses(link: Link) -> bool:
    if not host(link.url):
        return True
    text = link.text.replace("’", "'").strip(_LEAD + "()[]!")
    return any(
        (url is not None and url.search(link.url)) or (said is not None and said.fullmatch(text))
        for url, said in _REFUSALS
    )


def _opens(block: Block, link: Link) -> bool:
    return link.start <= NEAR_START and bool(_TAG.match(block.text[: link.start]))


def _first_sentence(line: str) -> tuple[str, str, str]:
    """A line up to its first stop, the stop, and the rest; ("line", "", "") without one inside."""
    for match in _STOP.finditer(line):
        head = line[: match.start()]
        if match[1] != "." or not _ABBREVIATION.search(head[-12:]):
            return head, match[1], line[match.end() :]
    return line, "", ""


def _is_named(text: str) -> bool:
    longer = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in longer)
    return bool(longer) and text[:1].isupper() and capitals >= NAMED * len(longer)


def _trimmed(comment: str) -> str:
    comment = one_line(comment).lstrip(_LEAD).lstrip(")]").lstrip(_LEAD)
    return comment.rstrip(" :") if comment.endswith(":") else comment
