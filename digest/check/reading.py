"""What a reader meets: headings, links, pictures, the preheader, and the way out."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from digest.check.found import first, found
from digest.check.markup import Element, without_styles
from digest.check.options import Options
from digest.check.page import Page
from digest.model import Finding, Issue
from digest.text import one_line

PREHEADER = (40, 90)
HIDDEN = {"display": "none", "max-height": "0", "overflow": "hidden", "mso-hide": "all"}
EMPTY_WORDS = frozenset({"click here", "read more", "here", "more", "link", "this", "hier", "mehr"})
PICTURES = (".png", ".jpg", ".jpeg", ".gif")
WIDEST = 600  # the column of the mail
MOST_PICTURES = 12
TOKEN = re.compile(r"\{\{|\{%|\{#|\*\||%%|\[\[")
# How a way out is called, in the languages that have their words in templates/ and some more.
WAY_OUT = re.compile(
    r"unsub|opt[- ]?out|abbestell|abmeld|désabonn|desabonn|cancelar|darse de baja|disiscri|"
    r"uitschrijv|afmeld|avslut|wypis|отпис|配信停止|إلغاء الاشتراك|לבטל",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://[^\s/]|mailto:[^\s@]+@", re.IGNORECASE)
_SIZE = re.compile(r"[1-9]\d{0,3} x [1-9]\d{0,3}")
_FILLER = re.compile("[\u034f\u200b\u200c\u00a0\u00ad\ufeff\u2007]")


def check(page: Page, issue: Issue, options: Options) -> Iterator[Finding]:
    """What is wrong with the mail as it is read."""
    yield from _headings(page)
    yield from _links(page, options)
    yield from _pictures(page)
    yield from _preheader(page, issue)
    yield from _footer(page, issue)
    yield from _tokens(page, options)


def _headings(page: Page) -> Iterator[Finding]:
    headings = page.document.all("h1", "h2", "h3", "h4", "h5", "h6")
    ones = [heading for heading in headings if heading.tag == "h1"]
    offenders = [] if len(ones) == 1 else [(page.name, f"{len(ones)} h1")]
    levels = itertools.pairwise([(0, None), *((int(h.tag[1]), h) for h in headings)])
    offenders += [
        (page.at(after), f"<{after.tag}> “{after.words[:40]}” follows h{before}")
        for (before, _), (level, after) in levels
        if after and level > before + 1
    ]
    yield from first("headings", offenders)


def _links(page: Page, options: Options) -> Iterator[Finding]:
    links = page.document.all("a")
    odd = [
        (page.at(link), f"{link.attributes.get('href', '')[:60]!r}")
        for link in links
        if not _leads(link.attributes.get("href", ""), options.tokens)
    ]
    yield from first("link-scheme", odd)
    vague = [
        (page.at(link), f"“{_label(link)}” leads to {link.attributes.get('href', '')[:60]}")
        for link in links
        if len(_label(link)) < 2 or _label(link).lower() in EMPTY_WORDS
    ]
    yield from first("link-text", vague)
    twice = [
        (page.at(after), f"“{_label(after)[:40]}” leads where the link before it does")
        for before, after in itertools.pairwise(links)
        if before.attributes.get("href") == after.attributes.get("href")
    ]
    yield from first("link-adjacent", twice)


def _leads(href: str, tokens: tuple[str, ...]) -> bool:
    return bool(_WEB.match(href)) or any(token in href for token in tokens)


def _label(link: Element) -> str:
    pictures = (e.attributes.get("alt", "") for e in link.children if e.tag == "img")
    return link.words or " ".join(pictures).strip()


def _pictures(page: Page) -> Iterator[Finding]:
    pictures = page.document.all("img")
    mute = [
        (page.at(e), e.attributes.get("src", "")) for e in pictures if "alt" not in e.attributes
    ]
    yield from first("image-alt", mute)
    odd = [
        (page.at(e), source)
        for e in pictures
        if (source := e.attributes.get("src", ""))
        and not (
            source.startswith("https://") and source.partition("?")[0].lower().endswith(PICTURES)
        )
    ]
    yield from first("image-source", odd)
    shapeless = [
        (page.at(e), f"{e.attributes.get('src', '')}: {_size(e) or 'it says none'}")
        for e in pictures
        if not _SIZE.fullmatch(_size(e)) or int(e.attributes["width"]) > WIDEST
    ]
    yield from first("image-size", shapeless)
    if len(pictures) > MOST_PICTURES:
        yield found("image-many", page.name, f"{len(pictures)} pictures")


def _size(picture: Element) -> str:
    sides = (picture.attributes.get(side, "") for side in ("width", "height"))
    return " x ".join(filter(None, sides))


def _preheader(page: Page, issue: Issue) -> Iterator[Finding]:
    bodies = page.document.all("body")
    hidden = [e for e in page.document.all("div", "span") if e.style.get("display") == "none"]
    if not hidden or not bodies:
        yield found("preheader", page.name, "there is none")
        return
    shown = one_line(_FILLER.sub("", hidden[0].text))
    faults = []
    if not PREHEADER[0] <= len(shown) <= PREHEADER[1]:
        faults.append(f"it has {len(shown)} characters")
    if shown in (one_line(issue.title), one_line(issue.subject)):
        faults.append("it repeats the title")
    if any(hidden[0].style.get(name) != value for name, value in HIDDEN.items()):
        faults.append(f"it lacks one of {', '.join(HIDDEN)}")
    if not bodies[0].text.strip().startswith(hidden[0].text.strip()):
        faults.append("other text stands before it")
    yield from first("preheader", [(page.at(hidden[0]), fault) for fault in faults])


def _footer(page: Page, issue: Issue) -> Iterator[Finding]:
    bodies = page.document.all("body")
    text = bodies[0].words if bodies else ""
    hrefs = [link.attributes.get("href", "") for link in page.document.all("a")]
    if not any(WAY_OUT.search(place) for place in (text, *hrefs)):
        yield found("way-out", page.name, "neither a link nor a word of it")
    address = one_line(issue.masthead.address)
    if not (address and address in text) and not re.search(r"(?i)[{*|%\[]\W*\S*addr", text):
        yield found("address", page.name, "there is none")
    home = issue.masthead.url.rstrip("/")
    online = any(href.startswith(f"{home}/") and href.rstrip("/") != home for href in hrefs)
    tagged = any(TOKEN.search(href) and not WAY_OUT.search(href) for href in hrefs)
    if home and not online and not tagged:
        yield found("view-online", page.name, f"no link to a page of {issue.masthead.url}")


def _tokens(page: Page, options: Options) -> Iterator[Finding]:
    text = without_styles(page.html)
    for token in options.tokens:
        text = text.replace(token, "")
    live = [
        (page.name, f"{match[0]} in “{one_line(text[match.start() : match.start() + 40])}”")
        for match in TOKEN.finditer(text)
    ]
    yield from first("template-token", live)
