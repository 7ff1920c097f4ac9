"""The mail as bytes: size, encoding, lines, head, and tags that match."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.check.found import first, found
from digest.check.page import Page
from digest.model import Finding, Issue
from digest.text import counted, one_line

SIZE_LIMIT = 102_400
SIZE_NEAR = 90_000
STYLE_LIMIT = 8_192
LINE_LIMIT = 998
CHARSET_WITHIN = 1024
METAS = ("viewport", "color-scheme", "format-detection", "x-apple-disable-message-reformatting")
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_OTHER_AT_RULE = re.compile(r"@(?!media\b)[\w-]+")
_NESTED_AT_RULE = re.compile(r"@[^{}]*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*@")
_CHARSET_FIRST = re.compile(r"<head[^>]*>\s*<meta charset=[\"']?utf-8", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def check(page: Page, issue: Issue, *, size: int) -> Iterator[Finding]:
    """What is wrong with the source of the mail."""
    yield from _size(page, size)
    yield from _styles(page)
    yield from _characters(page)
    yield from _lines(page)
    yield from _head(page, issue)
    yield from _tags(page)


def _size(page: Page, size: int) -> Iterator[Finding]:
    if size > SIZE_LIMIT:
        yield found("size-limit", page.name, f"{size:,} bytes, {size - SIZE_LIMIT:,} too many")
    elif size > SIZE_NEAR:
        yield found("size-near", page.name, f"{size:,} of {SIZE_LIMIT:,} bytes")


def _styles(page: Page) -> Iterator[Finding]:
    size = sum(len(block) for block in page.styles)
    if size > STYLE_LIMIT:
        yield found("style-size", page.name, f"{size:,} characters of <style>")
    odd = [
        match[0].split("{")[0].strip()
        for block in page.styles
        for match in (_OTHER_AT_RULE.search(block) or _NESTED_AT_RULE.search(block),)
        if match
    ]
    yield from first("style-nested", [(page.name, f"{name} in a <style> block") for name in odd])


def _characters(page: Page) -> Iterator[Finding]:
    if not _CHARSET_FIRST.search(page.html.encode()[:CHARSET_WITHIN].decode("utf-8", "ignore")):
        yield found("charset", page.name, "no <meta charset> at the beginning of <head>")
    if max(map(ord, page.html), default=0) <= 0xFF:
        yield found("beyond-latin-1", page.name, "every character fits into Latin-1")
    controls = (
        (page.at(number), f"U+{ord(match[0]):04X}")
        for number, line in enumerate(page.html.split("\n"), 1)
        for match in _CONTROL.finditer(line)
    )
    yield from first("control-characters", controls)
    lost = ((page.at(n), "a lost character") for n, t in _numbered(page) if "\ufffd" in t)
    yield from first("replacement-character", lost)


def _lines(page: Page) -> Iterator[Finding]:
    offenders = [
        (page.at(number), f"{len(line.encode()):,} bytes")
        for number, line in _numbered(page)
        if len(line.encode()) > LINE_LIMIT
    ]
    offenders += [(page.at(n), "a carriage return") for n, line in _numbered(page) if "\r" in line]
    yield from first("line-length", offenders)


def _head(page: Page, issue: Issue) -> Iterator[Finding]:
    if not page.html[:15].lower().startswith("<!doctype html>"):
        yield found("doctype", page.at(1), f"the file begins with {page.html[:20]!r}")
    yield from _language(page)
    subject = one_line(issue.subject)
    titles = [element.words for element in page.document.all("title")]
    if len(titles) != 1 or not titles[0] or (subject and titles[0] != subject):
        title = titles[0] if titles else ""
        yield found("title-element", page.name, f"<title> is {title!r}, the subject {subject!r}")
    named = {meta.attributes.get("name", "").lower() for meta in page.document.all("meta")}
    absent = [name for name in METAS if name not in named]
    if absent:
        yield found("head-metas", page.name, f"no meta of the name {', '.join(absent)}")


def _language(page: Page) -> Iterator[Finding]:
    said = [
        (element.attributes.get("lang", ""), element.attributes.get("dir", ""))
        for element in (*page.document.all("html")[:1], *page.document.all("div")[:1])
    ]
    fine = len(said) == 2 and said[0] == said[1]
    if not fine or not _LANGUAGE.fullmatch(said[0][0]) or said[0][1] not in ("ltr", "rtl"):
        told = ", ".join(f"lang={lang!r} dir={side!r}" for lang, side in said)
        yield found("language", page.name, told or "neither <html> nor <div>")


def _tags(page: Page) -> Iterator[Finding]:
    yield from first("balanced", [(page.name, fault) for fault in page.document.faults])
    faults = list(page.word.faults)
    opened, closed = page.html.count("<!--[if"), page.html.count("<![endif]-->")
    if opened != closed:
        faults.append(f"{counted(opened, 'condition')} opened, {closed} closed")
    yield from first("balanced-word", [(page.name, fault) for fault in faults])


def _numbered(page: Page) -> Iterator[tuple[int, str]]:
    return enumerate(page.html.split("\n"), 1)
