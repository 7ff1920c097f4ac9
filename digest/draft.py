"""The editor's file for one issue, `issues/WEEK.md`: front matter, then the essay."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import yaml

from digest.errors import InputError, nearest
from digest.model import Draft

KEYS = ("title", "subject", "number", "author", "date", "next")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*\n?", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"\A\s*# +(.+?)\s*#*\s*(?:\n|\Z)")


def read_draft(text: str, where: str) -> Draft:
    """Read a draft; `where` names the file in the `InputError` that a bad front matter raises.

    The title is `title` of the front matter (or `subject`), else a first-level heading on top.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    match = _FRONT_MATTER.match(text)
    fields = _front_matter(match[1], where) if match else {}
    essay = text[match.end() :] if match else text
    heading = _TITLE.match(essay)
    if heading:
        essay = essay[heading.end() :]
    title = fields.pop("title", "") or fields.pop("subject", "") or (heading[1] if heading else "")
    fields.pop("subject", None)
    try:
        return msgspec.convert(
            {**fields, "title": title, "essay": essay.strip()}, Draft, strict=False
        )
    except msgspec.ValidationError as error:
        raise InputError(f"{where}:1: front matter: {error}", hint="mend that line") from None


def _front_matter(raw: str, where: str) -> dict[str, Any]:
    try:
        fields = yaml.safe_load(raw) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problem = getattr(error, "problem", None) or "not YAML"
        raise InputError(
            f"{where}:{line}: front matter: {problem}", hint="write one `key: value` a line"
        ) from None
    if not isinstance(fields, dict):
        raise InputError(f"{where}:1: front matter has no keys", hint="write `title: …`")
    _only_known(fields, raw, where)
    return {"next_date" if key == "next" else key: value for key, value in fields.items()}


def _only_known(fields: dict[Any, Any], raw: str, where: str) -> None:
    """A misspelt `title` must not cost an issue its subject without a word."""
    for key in fields:
        if key not in KEYS:
            close = nearest(str(key), KEYS)
            lines = (n for n, line in enumerate(raw.split("\n"), 2) if line.startswith(str(key)))
            raise InputError(
                f"{where}:{next(lines, 1)}: front matter: unknown key {str(key)!r}",
                hint=f"did you mean {close!r}?" if close else f"there are {', '.join(KEYS)}",
            )
