"""Text made safe for where it goes: Markdown, mail with merge tags, mixed directions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from markupsafe import Markup
from markupsafe import escape as escape_html

from digest.urls import is_web, printable

# Braces as entities: Hugo, Jekyll and Eleventy run what stands between them, even in a post.
# `<`, `>`, `|` and `~` too, since not every Markdown takes a backslash before them.
_ENTITIES = {c: f"&#{ord(c)};" for c in "{}|~"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_SPECIAL = re.compile(
    r"[\\`*\[\]]"  # code, emphasis, links
    r"|(?<![^\W_])_|_(?![^\W_])"  # emphasis, but not snake_case
    r"|^\#|^[-+](?=\s|$)|^[-=]{2,}|^\d{1,9}[.)](?=\s|$)"  # headings, lists, rules
    r"|[{}<>|~]|&(?=\#|\w+;)",  # markup, and what is read as an entity: some need no semicolon
    re.MULTILINE,
)
_URL_UNSAFE = re.compile(r"""[\s<>()\[\]{}\\"'`|^*]""")

# What a merge tag is made of; no path or query needs them as they are.
_BRACKETS = re.compile(r"[{}|\[\]]|%(?=%)")

# What sending services run: Liquid, Jinja, Handlebars, Mailchimp, SendGrid, Salesforce.
_MERGE_TAG = re.compile(r"\{(?=[{%#])|(?<=\*)\||%(?=%)|\[(?=\[)")
_STYLE = re.compile(r"(<style\b.*?</style>)", re.DOTALL | re.IGNORECASE)


def markdown(text: str) -> str:
    """Text that Markdown shows as it is; line breaks are kept, leading marks lose their meaning."""
    return _SPECIAL.sub(_escaped, text)


def markdown_url(url: str) -> Markup:
    """A URL for the round brackets of a Markdown link: nothing that ends or changes it."""
    return Markup(_URL_UNSAFE.sub(lambda m: f"%{ord(m[0]):02X}", url))  # noqa: S704 - escaped here


def web_address(url: str) -> str:
    """A URL as it is printed in any file; "" for what is neither http nor https."""
    found = url.strip()
    if not is_web(found):
        return ""
    path = found.find("/", found.index("://") + 3)
    head, rest = (found[:path], found[path:]) if path > 0 else (found, "")
    return printable(head + _BRACKETS.sub(lambda m: f"%{ord(m[0]):02X}", rest))


def disarmed(html: str) -> str:
    """HTML in which no sending service finds a merge tag; style sheets are left alone."""
    return outside_styles(html, lambda part: _MERGE_TAG.sub(lambda m: f"&#{ord(m[0])};", part))


def outside_styles(html: str, change: Callable[[str], str]) -> str:
    """HTML with everything changed but its <style> elements, whose braces are their own."""
    parts = _STYLE.split(html)
    return "".join(part if index % 2 else change(part) for index, part in enumerate(parts))


def bidi(text: str, around: str = "ltr") -> Markup:
    """The text as HTML, set apart with <bdi> where it runs against the direction `around` it."""
    own = direction_of(text)
    inner = escape_html(text)
    if own in ("", around):
        return inner
    return Markup('<bdi dir="{}">{}</bdi>').format(own, inner)


def direction_of(text: str) -> str:
    """`ltr` or `rtl` by the first letter that has a direction, "" when none has."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind == "L":
            return "ltr"
        if kind in ("R", "AL"):
            return "rtl"
    return ""


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    if found in _ENTITIES:
        return _ENTITIES[found]
    if found[0].isdigit():
        return f"{found[:-1]}\\{found[-1]}"
    if found[0] == "=":
        return "&#61;" + found[1:]
    return "\\" + found
