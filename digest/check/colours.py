"""Colours and type: what can be read, in light and in the dark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from digest.check.found import first, found
from digest.check.markup import Element
from digest.check.page import Page
from digest.model import Finding

ENOUGH, ENOUGH_LARGE, LARGE = 4.5, 3.0, 24  # WCAG 2.2, 1.4.3; 24 px are 18 pt
SMALLEST = 13
GENERIC = ("serif", "sans-serif", "monospace")
_SIX = re.compile(r"#[0-9a-fA-F]{6}\Z")
_COLOURS = re.compile(r"#[0-9a-fA-F]+\b|\b(?:rgb|hsl)a?\([^)]*\)")
_NAMED = frozenset(
    "white black red green blue yellow orange purple gray grey silver navy teal maroon".split()
)
_DARK = re.compile(r"@media[^{}]*prefers-color-scheme:\s*dark[^{}]*\{((?:[^{}]*\{[^{}]*\})*)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PAIR = re.compile(r"([\w-]*color):\s*(#[0-9a-fA-F]{6})\b")


def check(page: Page) -> Iterator[Finding]:
    """What is wrong with the colours and the type of the mail."""
    yield from _notation(page)
    yield from _pairs(page)
    yield from _contrast(page)
    yield from _fonts(page)
    yield from _twins(page)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours of six hex digits, 1 to 21, as WCAG 2 defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _notation(page: Page) -> Iterator[Finding]:
    offenders: list[tuple[str, str]] = []
    for element in page.document.elements:
        for name, value in element.style.items():
            odd = [found for found in _COLOURS.findall(value) if not _SIX.match(found)]
            odd += [word for word in value.lower().split() if "color" in name and word in _NAMED]
            offenders += [(page.at(element), f"{name}: {value}") for _ in odd[:1]]
        if "bgcolor" in element.attributes:
            attribute, style = element.attributes["bgcolor"], element.style.get("background-color")
            if attribute != style:
                offenders.append((page.at(element), f"bgcolor {attribute}, but {style}"))
    for block in page.styles:
        odd = [found for found in _COLOURS.findall(_bodies(block)) if not _SIX.match(found)]
        offenders += [(page.name, f"{value} in <style>") for value in odd]
    yield from first("colour-notation", offenders)


def _bodies(block: str) -> str:
    return " ".join(body for _, body in _RULE.findall(block))


def _pairs(page: Page) -> Iterator[Finding]:
    offenders = [
        (page.at(element), f"a background on <{element.tag}> without a colour")
        for element in page.document.elements
        if "bgcolor" in element.attributes
        and not any("color" in e.style for e in (element, *element.children))
    ]
    offenders += [
        (page.at(link), f"the link “{link.words[:40]}” has no colour")
        for link in page.document.all("a")
        if "style" in link.attributes and "color" not in link.style
    ]
    yield from first("colour-pairs", offenders)


def _contrast(page: Page) -> Iterator[Finding]:
    offenders = []
    for element in page.document.elements:
        colour, ground = element.style.get("color", ""), _ground(element)
        if not (_SIX.match(colour) and _SIX.match(ground) and element.words):
            continue
        size = element.style.get("font-size", "").removesuffix("px")
        enough = ENOUGH_LARGE if size.isdigit() and int(size) >= LARGE else ENOUGH
        if contrast(colour, ground) < enough:
            told = f"{colour} on {ground} is {contrast(colour, ground):.1f}"
            offenders.append((page.at(element), f"“{element.words[:30]}”: {told}"))
    offenders += [(page.name, told) for told in _dim(_dark_rules(page))]
    yield from first("contrast", offenders)


def _ground(element: Element) -> str:
    at: Element | None = element
    while at is not None:
        if "background-color" in at.style:
            return at.style["background-color"]
        at = at.parent
    return ""


def _dark_rules(page: Page) -> list[tuple[str, str, str]]:
    """(selector, property, colour) of every colour for the dark."""
    return [
        (selector.strip(), name, colour)
        for block in page.styles
        for inner in _DARK.findall(block)
        for selectors, body in _RULE.findall(inner)
        for selector in selectors.split(",")
        for name, colour in _PAIR.findall(body)
    ]


def _dim(rules: list[tuple[str, str, str]]) -> list[str]:
    # Which text stands on which ground is not known here: it must be readable on one of them.
    grounds = {colour for _, name, colour in rules if name.startswith("background")}
    texts = {colour: selector for selector, name, colour in rules if name == "color"}
    best: Mapping[str, float] = {
        colour: max(contrast(colour, ground) for ground in grounds) for colour in texts if grounds
    }
    return [
        f"{texts[colour]}: {colour} in the dark is {value:.1f}"
        for colour, value in sorted(best.items())
        if value < ENOUGH
    ]


def _fonts(page: Page) -> Iterator[Finding]:
    styled = page.document.elements
    families = ((e, e.style["font-family"]) for e in styled if "font-family" in e.style)
    endless = [
        (page.at(e), family)
        for e, family in families
        if family.rpartition(",")[2].strip() not in GENERIC
    ]
    yield from first("font-generic", endless)
    sizes = ((e, e.style["font-size"]) for e in styled if "font-size" in e.style)
    small = [
        (page.at(e), f"“{e.words[:30]}”: {size}")
        for e, size in sizes
        if size.endswith("px") and float(size[:-2]) < SMALLEST and e.words
    ]
    yield from first("font-size", small)


def _twins(page: Page) -> Iterator[Finding]:
    sheet = "\n".join(page.styles)
    for selector, name, colour in _dark_rules(page):
        mark = "[data-ogsb]" if name.startswith("background") else "[data-ogsc]"
        twin = re.escape(f"{mark} {selector}") + r"(?![\w-])[^{}]*\{[^{}]*"
        if not re.search(twin + re.escape(name) + r":\s*" + colour, sheet):
            yield found("dark-twin", page.name, f"{selector} has no {mark} {selector}: {colour}")
            return
