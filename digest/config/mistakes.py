"""What msgspec and tomllib find in digest.toml, in words that an editor can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec

from digest.errors import ConfigError, nearest

_SEE = "see docs/config.md"
# What tomllib says, and what to do about it.
_SYNTAX = (
    ("Invalid value", 'text stands in quotes: key = "value"'),
    ("Illegal character", "is a quote missing?"),
    ("Unescaped", "write / in paths, not \\\\"),
    ("Cannot overwrite", "the key stands there twice: keep one"),
    ("Cannot declare", "the table stands there twice: join them"),
)
_KINDS = {
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list in [brackets]",
    "object": "a table",
}


class Lines:
    """Where the tables and keys of a digest.toml stand; lines count from 1."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def of(self, table: str, key: str = "", *, at: int = 1) -> int:
        """The line of a key, else of its table, the `at`-th of that name; else 1."""
        start, end = self._span(table, at)
        if not key:
            return start
        pattern = re.compile(
            rf"""(?:^\s*|[{{,]\s*|^\s*\[+)["']?{re.escape(key)}["']?(?:\.\w+)*\s*[=\]]"""
        )
        found = (n for n in range(start, end) if pattern.search(self._lines[n - 1]))
        return next(found, start)

    def _span(self, table: str, at: int) -> tuple[int, int]:
        """The first line of a table and the one behind its last; "" is the whole file."""
        after = len(self._lines) + 1
        if not table:
            return 1, after
        head = re.compile(rf"^\s*\[+\s*{re.escape(table)}\s*\]")
        starts = [n for n, line in enumerate(self._lines, 1) if head.search(line)]
        if at > len(starts):
            return 1, after
        start = starts[at - 1]
        heads = (n for n in range(start + 1, after) if self._lines[n - 1].lstrip().startswith("["))
        return start, next(heads, after)


def syntax(path: Path, problem: str) -> ConfigError:
    """What tomllib says, with the line where people look for it."""
    what, _, place = problem.partition(" (at line ")
    line = re.match(r"\d+", place)
    where = f"{path}:{line[0]}" if line else str(path)
    hint = next((told for start, told in _SYNTAX if what.startswith(start)), "mend that line")
    return ConfigError(f"{where}: not valid TOML: {what[:1].lower()}{what[1:]}", hint=hint)


def explain(
    path: Path, lines: Lines, raw: Mapping[str, Any], document: type, problem: str
) -> ConfigError:
    """Turn "Object contains unknown field `x` - at `$.select`" into a line a person can act on."""
    what, _, place = problem.partition(" - at `$")
    steps = re.sub(r"\[(?:\d+|\.\.\.)\]", "", place.rstrip("`").lstrip(".")).split(".")
    steps = [step for step in steps if step]
    table, key = (steps[0], steps[1] if len(steps) > 1 else "") if steps else ("", "")
    at = _which(raw.get(table), document, table)
    unknown = re.search(r"unknown field `(.+?)`", what)
    missing = re.search(r"missing required field `(.+?)`", what)
    if unknown:
        line = lines.of(table, key or unknown[1], at=at)
        scope = f"[{'.'.join(steps)}]" if steps else "the top level"
        return ConfigError(
            f"{path}:{line}: unknown key {unknown[1]!r} in {scope}",
            hint=_meant(unknown[1], steps, document),
        )
    if missing:
        name = ".".join([*steps, missing[1]])
        where = f"{path}:{lines.of(table, at=at)}" if table else str(path)
        hint = (
            f'write {missing[1]} = "…" there'
            if table
            else 'write [publication] and below it title = "…"'
        )
        return ConfigError(f"{where}: {name} is missing", hint=hint)
    named = re.match(r"\w+(?= = )", what)
    line = lines.of(table, key or (named[0] if named else ""), at=at)
    told, hint = _wrong(what, steps, document)
    return ConfigError(f"{path}:{line}: {'.'.join(steps)}{told}", hint=hint)


def _which(tables: object, document: type, name: str) -> int:
    """The number of the first table of an array that is wrong; 1 where it is no array."""
    whole = _fields(document).get(name)
    if not isinstance(tables, list) or get_origin(whole) is not tuple:
        return 1
    kind = _table(whole)
    for number, table in enumerate(tables, 1):
        try:
            msgspec.convert(table, kind)
        except msgspec.ValidationError:
            return number
    return 1


def _wrong(what: str, steps: list[str], document: type) -> tuple[str, str]:
    """What is wrong with a value, and what to do."""
    enum = re.match(r"Invalid enum value '?(.+?)'?$", what)
    if enum:
        choices = tuple(_choices(_type_of(steps, document)))
        close = nearest(enum[1].lower(), choices, 0.6)
        hint = f"did you mean {close!r}?" if close else _SEE
        return f": {enum[1]!r} is none of {', '.join(choices)}", hint
    kinds = re.match(r"Expected `(.+?)`, got `(.+?)`$", what)
    if kinds and steps in (["source"], ["topic"]):
        return " needs double brackets", f"write [[{steps[0]}]] above each"
    if kinds and kinds[1] == "object" and kinds[2] == "array":
        return " has double brackets", f"write [{steps[0]}], once"
    if kinds:
        given = "a fraction" if kinds[2] == "float" else _kind(kinds[2])
        return f" needs {_kind(kinds[1])}, not {given}", _SEE
    bound = re.match(r"Expected `(.+?)` (.+)$", what)
    if bound:
        return f" needs {_kind(bound[1])} {bound[2]}", _SEE
    return f": {what[:1].lower()}{what[1:]}", _SEE


def _kind(name: str) -> str:
    kinds = (part.strip() for part in name.split("|"))
    return " or ".join(_KINDS.get(part, part) for part in kinds if part != "null")


def _meant(key: str, steps: list[str], document: type) -> str:
    """The key that was meant: of this table, or of another one."""
    here = list(_fields(_type_of(steps, document)))
    tables = {n: list(_fields(_table(kind))) for n, kind in _fields(document).items()}
    belongs = [name for name, keys in tables.items() if key in keys]
    if belongs:
        brackets = "[[{}]]" if belongs[0] in ("source", "topic") else "[{}]"
        return f"it belongs below {brackets.format(belongs[0])}"
    close = nearest(key, here)
    return f"did you mean {close!r}?" if close else f"{_SEE} for the keys there are"


def _type_of(steps: list[str], document: type) -> Any:
    """The type of a key; of an array of tables that of one table."""
    found: Any = document
    for step in steps:
        found = _table(_fields(found)[step])
    return found


def _table(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is tuple else kind


def _fields(table: Any) -> dict[str, Any]:
    try:
        return {field.encode_name: field.type for field in msgspec.structs.fields(table)}
    except TypeError:
        return {}


def _choices(kind: Any) -> Iterator[str]:
    if get_origin(kind) is Literal:
        yield from map(str, get_args(kind))
    for part in () if get_origin(kind) is Literal else get_args(kind):
        yield from _choices(part)
