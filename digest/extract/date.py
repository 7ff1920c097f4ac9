"""When something was published: what it says of itself, or a careful guess, or nothing.

A wrong date moves an article into a wrong issue, and nobody notices; a missing one is reported. So
a guess needs a line that is about the date, and an impossible date is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from digest.extract.blocks import Block
from digest.model import Dated, Entry
from digest.moments import aware, plausible

TOP = 8  # the blocks among which a bare date is the document's own
TOP_WORDS = 60  # a longer paragraph: the text has begun
LINE_WORDS = 16  # a line about the date is short

_NAMES = (
    "january jan januar janvier enero|february feb februar février fevrier febrero|"
    "march mar märz maerz mars marzo|april apr avril abril|may mai mayo|"
    "june jun juni juin junio|july jul juli juillet julio|august aug août aout agosto|"
    "september sep sept septembre septiembre|october oct oktober okt octobre octubre|"
    "november nov novembre noviembre|december dec dezember dez décembre decembre diciembre"
)
MONTHS = {name: at for at, row in enumerate(_NAMES.split("|"), 1) for name in row.split()}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY, _YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a full date: the pattern has the groups day, month and year."""

    pattern: str
    example: str


FORMATS = (
    Format(
        rf"\b{_YEAR}-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?",
        "2025-01-27",
    ),
    Format(
        rf"\b{_DAY}(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?{_MONTH},?\s+(?:de\s+)?{_YEAR}\b",
        "27 January 2025",
    ),
    Format(rf"\b{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}\b", "January 27, 2025"),
    Format(rf"\b(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}\b", "27.01.2025"),
    Format(rf"\b{_YEAR}[./](?P<month>\d{{2}})[./](?P<day>\d{{2}})\b", "2025/01/27"),
)
_FORMATS = tuple(re.compile(f.pattern, re.IGNORECASE) for f in FORMATS)

# What may stand beside a date in a line about the date.
_BESIDE = re.compile(
    r"\b(?:first|last|originally|published|posted|written|created|updated|modified|revised|date|on|"
    r"at|am|pm|a\.m\.|p\.m\.|utc|gmt|c?est|e[sd]t|p[sd]t|z|min(?:ute)?s?|read(?:ing)?|time|"
    r"mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"veröffentlicht|aktualisiert|am|publié|le|publicado|el)\b|\d{1,2}[:.h]\d{2}(?::\d{2})?|\b\d{1,2}\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W{0,3}(?:(?:first|originally)\s+)?(?P<label>published|posted|written|created|date|veröffentlicht|"
    r"publié|publicado|(?:last\s+)?(?:updated|modified|revised)|aktualisiert)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)")
_CHANGED = re.compile(r"updated|modified|revised|aktualisiert", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[|·•–—/]\s*|\s+-\s+")
_BY = re.compile(r"\W*(?:by|von|par|por)\s+\S", re.IGNORECASE)
# Where a saved page says it, best first: an XPath and who writes it there.
META = (
    ("//meta[@property='article:published_time']/@content", "Open Graph"),
    ("//meta[@itemprop='datePublished']/@content", "schema.org microdata"),
    ("//*[@itemprop='datePublished']/@datetime", "schema.org microdata"),
    ("//meta[@name='parsely-pub-date']/@content", "Parse.ly"),
    ("//meta[@name='sailthru.date']/@content", "Sailthru"),
    ("//meta[@name='citation_publication_date']/@content", "Google Scholar"),
    (
        "//meta[@name='DC.date' or @name='dc.date' or @name='DC.date.issued']/@content",
        "Dublin Core",
    ),
    ("//meta[@name='dcterms.created']/@content", "Dublin Core"),
    ("//meta[@name='date' or @name='pubdate' or @name='publish-date']/@content", "older systems"),
    ("//time[@pubdate]/@datetime", "the HTML5 draft"),
    ("//article//time/@datetime", "HTML5; the first one of an article is its own"),
)
_JSON_LD = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{8,40})\"")


def declared(entry: Entry, now: datetime) -> tuple[datetime | None, Dated]:
    """The date that the source gave with the entry, when it is possible; else when it came."""
    given: tuple[tuple[datetime | None, Dated], ...] = (
        (entry.published, "published"),
        (entry.updated, "updated"),
        (entry.first_seen, "first seen"),
    )
    for said, dated in given:
        if said and plausible(moment := aware(said), now):
            return moment, dated
    return None, "undated"


def of_page(root: etree._Element, now: datetime) -> datetime | None:
    """The date that a saved page declares in its markup."""
    for path, _who in META:
        for value in _strings(root.xpath(path))[:1]:
            found = parse(value, now)
            if found:
                return found
    for script in _strings(root.xpath("//script[@type='application/ld+json']/text()")):
        match = _JSON_LD.search(script)
        if match and (found := parse(match[1], now)):
            return found
    return None


def of_blocks(blocks: Sequence[Block], now: datetime) -> datetime | None:
    """The date in a line about the date. The caller has dropped the teasers of other posts."""
    changed: datetime | None = None
    top = _top(blocks)
    for at, block in enumerate(blocks):
        if block.kind == "code" or len(block.text) > 200 or len(block.text.split()) > LINE_WORDS:
            continue
        label = _LABEL.match(block.text)
        if not label and at >= top:
            continue
        found = of_line(block.text, now)
        if found and label and _CHANGED.search(label["label"]) and "ublished" not in block.text:
            changed = changed or found
        elif found:
            return found
    return changed


def of_name(name: str, now: datetime) -> datetime | None:
    """The date in the name of a file, as site generators ask for: "2025-01-27-oaks.md"."""
    dates = _NAMED.findall(name)
    return parse(dates[0], now) if dates else None


def of_line(line: str, now: datetime) -> datetime | None:
    """The date of a line that says little else: a byline may stand beside it, a sentence not."""
    for pattern in _FORMATS:
        match = pattern.search(line)
        if not match:
            continue
        rest = (line[: match.start()], line[match.end() :])
        if all(_says_little(part) for part in rest):
            return _made(match, now)
        parts = _SEPARATOR.split(line)
        around = [part for part in parts if match.group() in part]
        if len(parts) > 1 and any(_says_little(p.replace(match.group(), "")) for p in around):
            return _made(match, now)
        return None
    return None


def is_dateline(line: str) -> bool:
    """Say whether a line tells when, and perhaps by whom, and nothing else."""
    match = next((m for pattern in _FORMATS if (m := pattern.search(line))), None)
    if not match:
        return False
    parts = _SEPARATOR.split(f"{line[: match.start()]} | {line[match.end() :]}")
    return all(_says_little(part) for part in parts)


def parse(value: str, now: datetime) -> datetime | None:
    """A date or a moment from a metadata value; None when it is unreadable or impossible."""
    value = value.strip()
    try:
        moment = aware(datetime.fromisoformat(value))
    except ValueError:
        matches = (pattern.search(value) for pattern in _FORMATS)
        return next((_made(m, now) for m in matches if m), None)
    if len(value) <= len("2025-01-27"):
        moment = _noon(moment, now)
    return moment if plausible(moment, now) else None


def _made(match: re.Match[str], now: datetime) -> datetime | None:
    month = match["month"].lower().rstrip(".")
    number = int(month) if month.isdigit() else MONTHS[month]
    try:
        day = datetime(int(match["year"]), number, int(match["day"]), tzinfo=UTC)
    except ValueError:
        return None
    moment = _noon(day, now)
    return moment if plausible(moment, now) else None


def _noon(day: datetime, now: datetime) -> datetime:
    """Noon UTC is the same day in nearly every zone, so the week is right everywhere."""
    noon = day.replace(hour=12)
    return min(noon, now) if now.astimezone(UTC).date() == day.date() else noon


def _says_little(part: str) -> bool:
    return not re.search(r"\w", _BESIDE.sub("", part)) or bool(_BY.match(part) and "." not in part)


def _top(blocks: Sequence[Block]) -> int:
    for at, block in enumerate(blocks[:TOP]):
        if len(block.text.split()) >= TOP_WORDS:
            return at
    return TOP


def _strings(found: object) -> list[str]:
    return [str(value) for value in found] if isinstance(found, Iterable) else []
