"""digest.toml as text: values for it, and new sources that change nothing else in it."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence

from digest.errors import ConfigError

_TABLE = re.compile(
    r"^[ \t]*\[\[?[ \t]*([A-Za-z0-9_\-\"'.]+)[ \t]*\]\]?[ \t]*(?:#.*)?$", re.MULTILINE
)
_QUIET = re.compile(r"[ \t]*(?:#.*)?")  # a line that says nothing to a machine

Table = Mapping[str, str]


def with_sources(text: str, tables: Sequence[Table]) -> str:
    """The text of a digest.toml with further `[[source]]` tables, after those it has.

    Comments, order and layout of what is there stay. Raises `ConfigError` where that cannot be done
    by adding lines, as with `source = [...]`.
    """
    if not tables:
        return text
    ends = "\r\n" if "\r\n" in text else "\n"
    block = "\n".join(_written(table) for table in tables).replace("\n", ends)
    wanted = tomllib.loads(text)
    wanted["source"] = [*wanted.get("source", []), *map(dict, tables)]
    for place in (_behind_sources(text), len(text)):
        before = text[:place].rstrip() + ends * 2 if text[:place].strip() else ""
        after = text[place:].lstrip("\r\n")
        made = before + block + (ends + after if after else "")
        try:
            if tomllib.loads(made) == wanted:
                return made
        except tomllib.TOMLDecodeError:
            continue
    raise ConfigError(
        "the sources cannot be added to digest.toml as it is written",
        hint="write each source as a [[source]] table of its own",
    )


def toml_string(text: str) -> str:
    """The text as a value of TOML: a JSON string is a TOML basic string, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "")


def _written(table: Table) -> str:
    lines = (f"{key} = {toml_string(value)}" for key, value in table.items())
    return "[[source]]\n" + "\n".join(lines) + "\n"


def _behind_sources(text: str) -> int:
    """Where the last `[[source]]` table ends; comments above the next table belong to that one."""
    headers = list(_TABLE.finditer(text))
    sources = [at for at, found in enumerate(headers) if found[1].strip("\"'") == "source"]
    if not sources or sources[-1] + 1 == len(headers):
        return len(text)
    start, end = headers[sources[-1]].end(), headers[sources[-1] + 1].start()
    lines = text[start:end].splitlines(keepends=True)
    while lines and _QUIET.fullmatch(lines[-1].rstrip("\r\n")):
        end -= len(lines.pop())
    return end
