"""The editor's Markdown as clean HTML that fits below the title of an issue."""

from __future__ import annotations

import re
from html import unescape

from digest.text import one_line, printable

_TAGS = set(
    "p h2 h3 h4 ul ol li a strong em b i code pre blockquote hr br img "
    "table thead tbody tr th td".split()
)
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
}
_DEAD = re.compile(r"<a>(.*?)</a>|<img(?![^>]* src=)[^>]*>", re.DOTALL)
_HEADING = re.compile(r"<(/?)h([1-6])([^>]*)>")
# The line and the paragraph separator of Unicode, which no Markdown knows as such.
_SEPARATORS = {0x2028: "\n", 0x2029: "\n\n"}


def cleaned(markdown_text: str) -> str:
    """The editor's Markdown without what no text may hold; its blanks and line breaks mean much."""
    return printable(markdown_text.translate(_SEPARATORS)).strip("\n ")


def to_html(markdown_text: str) -> str:
    """Clean HTML of the editor's Markdown: headings from h2 down without gaps, absolute links only.

    A link or picture that is not http, https or mailto is none; nothing of a script, style or form
    is left.
    """
    if not markdown_text.strip():
        return ""
    import markdown
    import nh3

    html = markdown.markdown(
        markdown_text, extensions=["tables", "sane_lists", "fenced_code"], output_format="html"
    )
    safe = nh3.clean(
        _levelled(html),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel=None,
    )
    return _DEAD.sub(lambda found: found[1] or "", safe).strip()


def opening(markdown_text: str) -> str:
    """The first paragraph without its formatting; "" when there is none."""
    first = re.search(r"<p>(.*?)</p>", to_html(markdown_text), re.DOTALL)
    return one_line(unescape(re.sub(r"<[^>]*>", "", first[1]))) if first else ""


def parts(html: str) -> tuple[str, ...]:
    """The HTML cut before each h2: classic Outlook tears rows that are taller than a page."""
    return tuple(part.strip() for part in re.split(r"(?=<h2\b)", html) if part.strip())


def _levelled(html: str) -> str:
    """Headings that start at h2 and go down one level at a time: the h1 is the title's."""
    shift = 2 - min((int(depth) for _, depth, _ in _HEADING.findall(html)), default=2)
    level = 1

    def replace(match: re.Match[str]) -> str:
        nonlocal level
        closing, depth, rest = match.groups()
        if not closing:
            level = min(int(depth) + shift, level + 1, 4)
        return f"<{closing}h{level}{rest}>"

    return _HEADING.sub(replace, html)
