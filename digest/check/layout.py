"""The mail as a table: what Word and Gmail lay out, and what they throw away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from digest.check.found import first, found
from digest.check.page import Page, is_data
from digest.model import Finding

ACTIVE = frozenset(
    "script form iframe frame object embed applet video audio svg math input button select "
    "textarea link base".split()
)
SCAFFOLD = {"role": "presentation", "border": "0", "cellpadding": "0", "cellspacing": "0"}
DEEPEST = 4
WIDTH = 600
_LOADS = re.compile(r"@import|@font-face|\burl\(", re.IGNORECASE)
_MODERN = re.compile(
    r"\b(?:flex|grid|position|float)\b|var\(|calc\(|\drem\b|rgba?\(|hsla?\(|#[0-9a-fA-F]{7,8}\b"
)
_NEGATIVE = re.compile(r"(?:^|\s)-\d")
_IMPORTANT = re.compile(r"(?i)(.)!(\s*)(important)")


def check(page: Page) -> Iterator[Finding]:
    """What is wrong with the layout of the mail."""
    yield from _active(page)
    yield from _ids(page)
    yield from _tables(page)
    yield from _declarations(page)
    yield from _important(page)


def _active(page: Page) -> Iterator[Finding]:
    offenders = [(page.at(e), f"<{e.tag}>") for e in page.document.elements if e.tag in ACTIVE]
    offenders += [
        (page.at(element), f"{name} on <{element.tag}>")
        for element in page.document.elements
        for name in element.attributes
        if name.startswith("on")
    ]
    offenders += [
        (page.name, match[0]) for block in page.styles for match in _LOADS.finditer(block)
    ]
    offenders += [
        (page.at(element), match[0])
        for element in page.document.elements
        for match in _LOADS.finditer(element.attributes.get("style", ""))
    ]
    yield from first("active-content", offenders)


def _ids(page: Page) -> Iterator[Finding]:
    counts = Counter(e.attributes["id"] for e in page.document.elements if "id" in e.attributes)
    offenders = [
        (page.name, f"id={name!r} stands {n} times") for name, n in counts.items() if n > 1
    ]
    offenders += [
        (page.at(link), f"{link.attributes['href']} leads nowhere")
        for link in page.document.all("a")
        if link.attributes.get("href", "").startswith("#")
        and link.attributes["href"][1:] not in counts
    ]
    yield from first("ids", offenders)


def _tables(page: Page) -> Iterator[Finding]:
    layout = [table for table in page.word.all("table") if not is_data(table)]
    bare = [t for t in layout if any(t.attributes.get(n) != v for n, v in SCAFFOLD.items())]
    yield from first("table-role", [(page.at(t), "a table without its attributes") for t in bare])
    depths = [(t, t.parents.count("table") + 1) for t in page.word.all("table")]
    deep = [(page.at(t), f"a table {depth} deep") for t, depth in depths if depth > DEEPEST]
    yield from first("table-depth", deep)
    fluid = [
        table
        for table in page.document.all("table")
        if table.style.get("max-width") == f"{WIDTH}px" and table.attributes.get("width") == "100%"
    ]
    ghosts = [table for table in page.word.all("table") if table.attributes.get("width") == "600"]
    if len(fluid) != 1 or len(ghosts) != 1:
        told = f"{len(fluid)} fluid tables, {len(ghosts)} tables of {WIDTH} px for Word"
        yield found("container", page.name, told)


def _declarations(page: Page) -> Iterator[Finding]:
    modern: list[tuple[str, str]] = []
    padding: list[tuple[str, str]] = []
    margin: list[tuple[str, str]] = []
    for element in page.document.elements:
        where, said = page.at(element), f"<{element.tag}>"
        match = _MODERN.search(element.attributes.get("style", ""))
        if match:
            modern.append((where, f"{match[0]} on {said}"))
        for name, value in element.style.items():
            if name.startswith("padding") and element.tag not in ("td", "th"):
                padding.append((where, f"padding on {said}"))
            if name.startswith("margin") and _NEGATIVE.search(value):
                margin.append((where, f"{name}: {value} on {said}"))
    yield from first("modern-css", modern)
    yield from first("padding", padding)
    yield from first("margin", margin)


def _important(page: Page) -> Iterator[Finding]:
    offenders = [
        (page.at(element), f"on <{element.tag}>")
        for element in page.document.elements
        if "!" in element.attributes.get("style", "")
    ]
    offenders += [
        (page.name, repr(match[0]))
        for block in page.styles
        for match in _IMPORTANT.finditer(block)
        if match.groups() != (" ", "", "important")
    ]
    yield from first("important", offenders)
