"""What is wrong in digest.toml, where, and what was perhaps meant."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from digest.config.tables import Document, SourceTable
from digest.errors import ConfigError
from digest.model import Topic


def explain(path: Path, text: str, problem: str) -> ConfigError:
    """Turn "Object contains unknown field `x` - at `$.select`" into a line a person can act on."""
    what, _, at = problem.partition(" - at `$")
    place = re.sub(r"\[(?:\d+|\.\.\.)\]", "", at.rstrip("`").lstrip("."))
    table = _table_at_fault(text, place.partition(".")[0])
    unknown = re.search(r"unknown field `(.+?)`", what)
    if unknown:
        key = unknown[1]
        close = difflib.get_close_matches(key, _known_keys(place), n=1, cutoff=0.5)
        hint = (
            f"did you mean {close[0]!r}?" if close else "see docs/config.md for the keys there are"
        )
        scope = f"[{place}]" if place else "the top level"
        return ConfigError(
            f"{path}:{_line_of_key(text, key, table)}: unknown key {key!r} in {scope}", hint=hint
        )
    missing = re.search(r"missing required field `(.+?)`", what)
    if missing:
        key = f"{place}.{missing[1]}" if place else missing[1]
        where = f"{path}:{table}" if table else path
        hint = f"add {missing[1]} = ..." if table else "only publication.title is required"
        return ConfigError(f"{where}: {key} is missing", hint=hint)
    line = _line_of_key(text, place.rpartition(".")[2], table)
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


def _line_of_key(text: str, key: str, start: int) -> int:
    """The first line from `start` on that sets a key."""
    pattern = re.compile(rf"""(?:^\s*|[{{,]\s*|^\s*\[+)["']?{re.escape(key)}["']?\s*[=\]]""")
    lines = text.splitlines()
    found = (n for n, line in enumerate(lines, 1) if n >= start and pattern.search(line))
    return next(found, start or 1)


def _table_at_fault(text: str, name: str) -> int:
    """The line of the first `[[topic]]` or `[[source]]` that cannot be read; 0 for other tables."""
    kind = {"topic": Topic, "source": SourceTable}.get(name)
    tables = tomllib.loads(text).get(name)
    if kind is None or not isinstance(tables, list):
        return 0
    for number, table in enumerate(tables, 1):
        try:
            msgspec.convert(table, kind)
        except msgspec.ValidationError:
            return line_of_table(text, name, number)
    return 0


def line_of_table(text: str, name: str, number: int) -> int:
    """The line of the `number`-th `[[name]]`, from 1 on; 1 where it is written in another way."""
    pattern = re.compile(rf"^\s*\[\[\s*{name}\s*\]\]")
    found = [n for n, line in enumerate(text.splitlines(), 1) if pattern.search(line)]
    return found[number - 1] if number <= len(found) else 1
