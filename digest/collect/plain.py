"""Titles, names and tags as plain text, and the links inside a body made absolute."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

from digest.text import one_line
from digest.urls import is_web

# Formatting that some feeds put into titles. Anything else in angle brackets stays visible: a
# title may be about `<img>`, and whatever prints it escapes it.
_INLINE = (
    "a|abbr|b|bdi|bdo|big|cite|code|del|dfn|div|em|font|i|ins|kbd|mark|p|q|s|small|span|strike"
)
_INLINE += "|strong|sub|sup|time|tt|u|var"
_PAIR = re.compile(rf"<({_INLINE})(?:\s[^<>]*)?>([^<>]*)</\1\s*>", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:br|wbr|hr)\s*/?>", re.IGNORECASE)
# html.unescape also replaces names without a semicolon, which turns "?a&copy=1" into "?a©=1".
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG = re.compile(r"<(?:a|img|source|video|audio|iframe)\s[^<>]*>", re.IGNORECASE)
_RELATIVE = re.compile(
    r"""(\b(?:href|src)\s*+=\s*+)(["'])\s*+(?![a-z][a-z0-9+.-]*:|\#|["'])([^"'<>]*)\2""",
    re.IGNORECASE,
)
_NESTING = 8  # formatting tags inside each other


def unescape(text: str) -> str:
    """Replace character references once."""
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda found: html.unescape(found.group()), text)


def untagged(markup: str) -> str:
    """Plain text of a title that may hold markup: paired formatting goes, the rest is literal."""
    text = _BREAK.sub(" ", markup) if "<" in markup else markup
    for _ in range(_NESTING):
        if "</" not in text:
            break
        stripped = _PAIR.sub(r"\2", text)
        if stripped == text:
            break
        text = stripped
    return one_line(unescape(text))


def web_url(base: str, link: str) -> str:
    """The link as an absolute http or https URL, or "" when it is none."""
    link = "".join(link.split()) if link.startswith(("http", "//")) else link.strip()
    if not link:
        return ""
    try:
        joined = urljoin(base, link)
    except ValueError:
        return ""
    return joined if is_web(joined) else ""


def absolute_links(markup: str, base: str) -> str:
    """The markup with the relative addresses of its links and pictures joined to `base`."""
    if not is_web(base) or "<" not in markup:
        return markup

    def join(found: re.Match[str]) -> str:
        target = web_url(base, html.unescape(found[3]))
        return f"{found[1]}{found[2]}{html.escape(target)}{found[2]}" if target else found[0]

    return _TAG.sub(lambda tag: _RELATIVE.sub(join, tag.group()), markup)
