"""What is wrong in digest.toml, where, and what was perhaps meant."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import msgspec

from digest.config.tables import Document
from digest.errors import ConfigError, nearest


def explain(path: Path, text: str, problem: str) -> ConfigError:
    """Turn "Object contains unknown field `x` - at `$.select`" into a line a person can act on."""
    what, _, at = problem.partition(" - at `$")
    place = re.sub(r"\[(?:\d+|\.\.\.)\]", "", at.rstrip("`").lstrip("."))
    unknown = re.search(r"unknown field `(.+?)`", what)
    if unknown:
        key = unknown[1]
        close = nearest(key, _known_keys(place))
        hint = f"did you mean {close!r}?" if close else "see docs/config.md for the keys there are"
        scope = f"[{place}]" if place else "the top level"
        return ConfigError(
            f"{path}:{_line_of_key(text, key)}: unknown key {key!r} in {scope}", hint=hint
        )
    missing = re.search(r"missing required field `(.+?)`", what)
    if missing:
        key = f"{place}.{missing[1]}" if place else missing[1]
        return ConfigError(f"{path}: {key} is missing", hint="only publication.title is required")
    line = _line_of_key(text, place.rpartition(".")[2])
    return ConfigError(
        f"{path}:{line}: {place}: {what[:1].lower()}{what[1:]}", hint="see docs/config.md"
    )


def _known_keys(place: str) -> list[str]:
    table: Any = Document
    for step in filter(None, place.split(".")):
        fields = {f.encode_name: f.type for f in msgspec.structs.fields(table)}
        table = fields[step]
        table = getattr(table, "__args__", (table,))[0]
    return [f.encode_name for f in msgspec.structs.fields(table)]


def _line_of_key(text: str, key: str) -> int:
    pattern = re.compile(rf"""(?:^\s*|[{{,]\s*|^\s*\[+)["']?{re.escape(key)}["']?\s*[=\]]""")
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if pattern.search(line)), 1)


def line_of_table(text: str, name: str, number: int) -> int:
    """The line of the `number`-th `[[name]]`, from 1 on; 1 where it is written in another way."""
    pattern = re.compile(rf"^\s*\[\[\s*{name}\s*\]\]")
    found = [n for n, line in enumerate(text.splitlines(), 1) if pattern.search(line)]
    return found[number - 1] if number <= len(found) else 1
