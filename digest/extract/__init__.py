"""Entries -> Articles: plain clean text, one title, one date, one language, one canonical URL.

A newsletter issue gives several: its essay, and each link its editor chose. What gives none has an
Outcome that says why.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from digest.extract import blocks, boilerplate, date, language, newsletter, page, sections, title
from digest.extract.blocks import Block
from digest.extract.image import image_of
from digest.extract.items import Item, heading_item
from digest.extract.repeats import without_repeats
from digest.model import (
    Article,
    Dated,
    Entry,
    Extracted,
    Outcome,
    Pick,
    Progress,
    Reporter,
    outcome_of,
    silent,
)
from digest.text import count_words, fingerprint, one_line
from digest.urls import canonical, host, untracked
from digest.week import Window

__all__ = ["date_of", "extract"]

ESSAY_WORDS = 40  # a shorter beginning of an issue greets and announces
_AUTHORS = re.compile(r",\s*|\s+(?:and|und|&)\s+")
EVERY = 100  # entries between two reports


@dataclass(frozen=True, slots=True)
class _Read:
    """An entry's body as blocks, and what the body says about itself."""

    blocks: tuple[Block, ...]
    page: page.Page


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What is known about a document beside its text; `names` may stand behind its title."""

    outlet: str
    named: bool  # False: the outlet is only the name of the source
    url: str
    canonical: str
    language: str
    authors: tuple[str, ...]
    names: tuple[str, ...]


def date_of(entry: Entry, now: datetime) -> tuple[datetime | None, Dated]:
    """When an entry was published and how we know it; (None, "undated") when we do not.

    Cheap when the source gave a date; documents without one are read for it.
    """
    published, dated = date.declared(entry, now)
    if published or entry.media == "html":
        return published, dated
    return _inferred(entry, _read(entry, now), now)


def extract(
    entries: Sequence[Entry],
    window: Window | None,
    *,
    now: datetime,
    undated: Literal["include", "skip"] = "include",
    reporter: Reporter = silent,
) -> Extracted:
    """The articles of the window in the order of the entries. Deterministic; never raises.

    Entries outside the window are not read at all; `window` None takes everything.
    """
    articles: list[Article] = []
    outcomes: list[Outcome] = []
    for at, entry in enumerate(entries):
        if at % EVERY == 0:
            reporter(Progress(stage="extract", done=at, total=len(entries)))
        found = _one(entry, window, now, undated)
        articles.extend(found.articles)
        outcomes.extend(found.outcomes)
    reporter(Progress(stage="extract", done=len(entries), total=len(entries)))
    return Extracted(articles=without_repeats(articles), outcomes=tuple(outcomes))


def _one(entry: Entry, window: Window | None, now: datetime, undated: str) -> Extracted:
    published, dated = date.declared(entry, now)
    if window and published and published not in window:
        return _nothing(entry, "outside the window", _outside(published, window))
    read = None
    if not published and entry.media != "html":
        read = _read(entry, now)
        published, dated = _inferred(entry, read, now)
        if window and published and published not in window:
            return _nothing(entry, "outside the window", _outside(published, window))
    if window and not published and entry.planned:
        day = entry.planned.astimezone(window.zone).date().isoformat()
        return _nothing(entry, "outside the window", f"dated {day}, which is still to come")
    if window and not published and undated == "skip":
        return _nothing(entry, "outside the window", "no date, and undated entries are skipped")
    return _articles(entry, read or _read(entry, now), published, dated)


def _read(entry: Entry, now: datetime) -> _Read:
    if entry.media == "page":
        whole = bool(entry.source.newsletter)
        found = page.read(entry.body, entry.url, now, whole=whole)
        return _Read(found.blocks, found)
    given = blocks.read(entry.body, entry.media, entry.url)
    if entry.page:
        linked = page.read(entry.page, entry.url, now)
        # It may be a login or a consent form: a page counts only where it says more.
        if count_words(blocks.prose(linked.blocks)) > count_words(blocks.prose(given)):
            return _Read(linked.blocks, page.Page(url=linked.url, author=linked.author))
    return _Read(given, page.Page())


def _inferred(entry: Entry, read: _Read, now: datetime) -> tuple[datetime | None, Dated]:
    found = read.page.published or date.of_blocks(boilerplate.without_teasers(read.blocks), now)
    if not found and entry.source.kind == "folder":
        found = date.of_name(entry.where.rpartition("/")[2], now)
    return (found, "inferred") if found else (None, "undated")


def _articles(entry: Entry, read: _Read, published: datetime | None, dated: Dated) -> Extracted:
    given = entry.title or read.page.title
    wanted = entry.source.newsletter
    first = read.blocks[0].text if read.blocks else ""
    if wanted or (wanted is None and (entry.mail or sections.is_issue(given or first))):
        found = _issue(entry, read, published, dated, unasked=wanted is None)
        if found:
            return found
    stripped = boilerplate.strip(read.blocks, titled=bool(given))
    about = _about(entry, read, stripped)
    titled = title.find(given, stripped.blocks, about.names)
    if not titled.title:
        return _nothing(entry, "unreadable", "neither text nor title")
    article = _article(entry, about, titled, titled.blocks, published, dated)
    return Extracted(articles=(article,))


def _issue(
    entry: Entry, read: _Read, published: datetime | None, dated: Dated, *, unasked: bool
) -> Extracted | None:
    """The parts of a newsletter issue; None when it is none after all."""
    given = entry.title or read.page.title
    stripped = boilerplate.strip(read.blocks, titled=bool(given), teasers=True)
    about = _about(entry, read, stripped)
    titled = title.find(given, stripped.blocks, about.names)
    name, told = sections.numbered(titled.title)
    titled = replace(titled, title=told)
    if name and not about.named:
        about = replace(about, outlet=name)
    site = host(about.url or entry.source.location)
    issue = newsletter.unpack((*_headline(stripped, titled, site), *titled.blocks), site)
    found = len(issue.items) if entry.mail else issue.headed
    if not issue.items or (unasked and found < newsletter.ENOUGH):
        return None
    if titled.derived:  # a title for the essay alone, not for what the links say
        titled = title.find("", issue.essay)
        issue = replace(issue, essay=titled.blocks)
    whole = _article(entry, about, titled, issue.essay, published, dated)
    picks = tuple(_pick(item, whole) for item in issue.items)
    if whole.words >= ESSAY_WORDS:
        return Extracted(articles=(whole, *picks))
    count = len(picks)
    said = (
        f"{count} links became articles of their own"
        if count > 1
        else "its one link became an article"
    )
    return Extracted(articles=picks, outcomes=(outcome_of(entry, "unpacked", said),))


def _headline(stripped: boilerplate.Stripped, titled: title.Titled, site: str) -> tuple[Block, ...]:
    """The heading that gave the issue its title, where it is an item: it links to another site."""
    for block in stripped.blocks[:3]:
        item = heading_item(block) if block.kind == "heading" else None
        if item and site and host(item.url) != site and block not in titled.blocks:
            return (block,)
    return ()


def _about(entry: Entry, read: _Read, stripped: boilerplate.Stripped) -> _About:
    # A feed is its outlet; what its articles invite to is often another letter of the house.
    if entry.source.kind != "folder":
        stripped = replace(stripped, outlet="", url="")
    outlet = one_line(entry.outlet) or read.page.outlet or stripped.outlet
    url = entry.url or read.page.url or stripped.url
    site = host(url)
    authors = entry.authors or (read.page.author,)
    if not any(authors):
        authors = tuple(_AUTHORS.split(stripped.author))
    return _About(
        outlet=outlet or one_line(entry.source.name) or site,
        named=bool(outlet),
        url=url,
        canonical=read.page.url or url,
        language=read.page.language,
        authors=tuple(filter(None, map(one_line, authors))),
        names=tuple(filter(None, (outlet, entry.source.name, site, *site.split(".")[:-1][-1:]))),
    )


def _article(
    entry: Entry,
    about: _About,
    titled: title.Titled,
    body: Sequence[Block],
    published: datetime | None,
    dated: Dated,
) -> Article:
    text = blocks.prose(body)
    given = one_line(entry.title)
    return Article(
        id=entry.id,
        source=entry.source,
        outlet=about.outlet,
        url=untracked(about.url),
        canonical=canonical(about.canonical),
        title=titled.title,
        title_derived=titled.derived,
        given=given if given != titled.title else "",
        text=text,
        language=language.of(entry.language, about.language, f"{titled.title}\n{text}"),
        words=count_words(text),
        published=published,
        dated=dated,
        authors=about.authors,
        tags=tuple(filter(None, map(one_line, entry.tags))),
        own=entry.source.own,
        image=image_of(entry),
        enclosure=entry.enclosure,
    )


def _pick(item: Item, issue: Article) -> Article:
    return Article(
        id=fingerprint(issue.id, item.url or item.title),
        source=issue.source,
        outlet=issue.outlet if item.own else host(item.url) or issue.outlet,
        url=untracked(item.url),
        canonical=canonical(item.url),
        title=item.title,
        text=item.comment,
        language=issue.language,
        words=count_words(item.comment),
        published=issue.published,
        dated=issue.dated,
        authors=item.authors,
        own=issue.source.own and item.own,
        pick=Pick(newsletter=issue.outlet, comment=item.comment, own_work=item.own),
    )


def _outside(published: datetime, window: Window) -> str:
    day = published.astimezone(window.zone).date()
    return f"dated {day.isoformat()}, outside {window.label}"


def _nothing(
    entry: Entry, kind: Literal["outside the window", "unreadable"], why: str
) -> Extracted:
    return Extracted(outcomes=(outcome_of(entry, kind, why),))
