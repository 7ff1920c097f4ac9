"""What a value of digest.toml may be, where its type alone allows what makes no sense."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digest.config.mistakes import Lines
from digest.errors import ConfigError
from digest.urls import is_web

_ANY = math.inf
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Bound:
    """The least and the most that a number may be, and why."""

    key: str
    least: float
    most: float
    why: str


BOUNDS = (
    Bound("publication.first_issue.number", 1, _ANY, "issues are counted from 1"),
    Bound("source.weight", 0, 10, "1 is usual, 0.5 little, 2 much"),
    Bound("select.total", 0, _ANY, "0 means no limit"),
    Bound("select.per_section", 0, _ANY, "0 means no limit"),
    Bound("select.per_source", 0, _ANY, "0 means no limit"),
    Bound("select.per_domain", 0, _ANY, "0 means no limit"),
    Bound("select.floor", 0, _ANY, "0 means no place of its own"),
    Bound("select.own", 0, _ANY, "0 means no limit"),
    Bound("select.thin", 0, _ANY, "0 means that no issue has room"),
    Bound("blurb.least", 0, _ANY, "it counts words"),
    Bound("blurb.most", 1, _ANY, "it counts words"),
    Bound("blurb.angle", 0, _ANY, "it counts words"),
    Bound("memory.issues", 0, _ANY, "0 means that none is remembered"),
    Bound("collect.timeout", 0.1, _ANY, "it counts seconds"),
    Bound("collect.max_bytes", 1, _ANY, "it counts bytes"),
    Bound("collect.max_entries", 1, _ANY, "it counts entries"),
    Bound("collect.concurrency", 1, _ANY, "one request at a time is the least"),
    Bound("collect.per_host", 1, _ANY, "one request at a time is the least"),
    Bound("collect.pause", 0, _ANY, "it counts seconds"),
    Bound("collect.fresh_for", 0, _ANY, "it counts seconds"),
    Bound("collect.parse_timeout", 0.1, _ANY, "it counts seconds"),
    Bound("collect.ports", 1, 65535, "ports are numbers up to 65535"),
)


def check_bounds(path: Path, lines: Lines, document: Any) -> None:
    """Raise `ConfigError` for the first value that makes no sense."""
    for bound in BOUNDS:
        for at, value in _values(document, bound.key.split(".")):
            if not (bound.least <= value <= bound.most) or math.isinf(value):
                raise _refused(path, lines, bound.key, at, f"{value:g}", bound.why)
    publication = document.publication
    if not publication.title.strip():
        raise _refused(path, lines, "publication.title", 1, '""', "readers know it by its title")
    if publication.url and not is_web(publication.url):
        why = "write all of it: https://example.org/letter/"
        raise _refused(path, lines, "publication.url", 1, repr(publication.url), why)
    if not _LANGUAGE.fullmatch(publication.language):
        why = "write a code such as en, de or pt-BR"
        raise _refused(path, lines, "publication.language", 1, repr(publication.language), why)


def _values(document: Any, steps: list[str]) -> Iterator[tuple[int, float]]:
    """The numbers at a key, each with the number of its table."""
    first = getattr(document, steps[0])
    tables = first if isinstance(first, tuple) else (first,)
    for at, table in enumerate(tables, 1):
        value = table
        for step in steps[1:]:
            value = getattr(value, step)
        yield from ((at, one) for one in (value if isinstance(value, tuple) else (value,)))


def _refused(path: Path, lines: Lines, key: str, at: int, value: str, why: str) -> ConfigError:
    table, _, name = key.partition(".")
    line = lines.of(table, name.partition(".")[0], at=at)
    return ConfigError(f"{path}:{line}: {key} = {value}", hint=why)
