"""A saved web page: what it says about itself, and its main text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from digest.extract import date
from digest.extract.blocks import MAX_RAW, Block
from digest.extract.markup import absolute, html_blocks, parse
from digest.text import one_line
from digest.urls import is_web

# Where a page names its parts, best first.
TITLE = (
    "//meta[@property='og:title']/@content",
    "//meta[@name='twitter:title']/@content",
    "/html/head/title//text()",
    "(//h1)[1]//text()",
)
SITE = (
    "//meta[@property='og:site_name']/@content",
    "//meta[@name='application-name']/@content",
)
AUTHOR = (
    "//meta[@name='author']/@content",
    "//meta[@property='article:author']/@content",
    "//*[@rel='author']//text()",
)
URL = (
    "//link[@rel='canonical']/@href",
    "//meta[@property='og:url']/@content",
)
LANGUAGE = ("/html/@lang", "//meta[@property='og:locale']/@content")
# trafilatura's own tree, in the words of HTML.
_TEI = {
    "head": "h2",
    "item": "li",
    "list": "ul",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "lb": "br",
    "hi": "span",
    "ref": "a",
}
_HEADING = re.compile(r"h[1-6]\Z")


@dataclass(frozen=True, slots=True)
class Page:
    """A saved page, read. Every name is "" when the page does not say it."""

    blocks: tuple[Block, ...] = ()
    title: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""
    language: str = ""
    published: datetime | None = None


def read(body: str, base: str, now: datetime, *, whole: bool = False) -> Page:
    """A saved page. Never raises. With `whole`, all of the body, as newsletters need."""
    body = body[: MAX_RAW["page"]]
    root = parse(body)
    if root is None:
        return Page()
    url = absolute(base, _first(root, URL)) or base
    author = _first(root, AUTHOR)
    blocks = () if whole else _main_text(body, url)
    return Page(
        blocks=blocks or html_blocks(body, url),
        title=_first(root, TITLE),
        outlet=_first(root, SITE),
        author="" if is_web(author) else author,
        url=url,
        language=_first(root, LANGUAGE),
        published=date.of_page(root, now),
    )


def _first(root: etree._Element, paths: Iterable[str]) -> str:
    for path in paths:
        found = root.xpath(path)
        values = [str(value) for value in found] if isinstance(found, list) else []
        text = one_line(" ".join(values) if path.endswith("text()") else (values or [""])[0])
        if text:
            return text
    return ""


def _main_text(body: str, url: str) -> tuple[Block, ...]:
    import trafilatura

    try:
        document = trafilatura.bare_extraction(
            body,
            url=url or None,
            fast=True,
            include_comments=False,
            include_formatting=True,
            include_links=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception:  # a foreign parser met by arbitrary pages: the fallback reads them all
        return ()
    tree = getattr(document, "body", None)
    if tree is None:
        return ()
    for node in tree.iter():
        if node.tag == "head" and _HEADING.match(node.get("rend") or ""):
            node.tag = node.get("rend")
        elif node.tag == "ref":
            node.set("href", node.get("target") or "")
        node.tag = _TEI.get(node.tag, node.tag)
    return html_blocks(etree.tostring(tree, encoding="unicode"), url)
