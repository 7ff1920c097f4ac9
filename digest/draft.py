"""The editor's file for one issue, `issues/WEEK.md`: front matter, then the essay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from digest.errors import InputError, nearest
from digest.model import Draft

KEYS = ("title", "subject", "number", "author", "date", "next")
_FRONT_MATTER = re.compile(r"\A\s*^---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_UNCLOSED = re.compile(rf"\A\s*^---[ \t]*\n(?:{'|'.join(KEYS)}):", re.MULTILINE)
_TITLE = re.compile(r"\A\s*# +(.+?)\s*#*\s*(?:\n|\Z)")
_LINE = re.compile(r"(\w+):[ \t]+(.*?)[ \t]*")


@dataclass(frozen=True, slots=True)
class _Front:
    """The front matter: its keys with what stands behind them, and where they stand."""

    where: str
    first: int  # the number of its first line
    raw: str
    fields: Mapping[str, str]

    def wrong(self, key: str, problem: str, hint: str) -> InputError:
        """A mistake at a key, by its line."""
        lines = enumerate(self.raw.split("\n"), self.first)
        line = next((n for n, text in lines if text.startswith(key)), self.first - 1)
        return InputError(f"{self.where}:{line}: front matter: {problem}", hint=hint)

    def text(self, key: str) -> str:
        """A text on one line, "" where there is none."""
        return " ".join(self.fields.get(key, "").split())

    def number(self, key: str) -> int | None:
        """A whole number from 1; raises `InputError`."""
        given = self.text(key)
        if given and not (given.isascii() and given.isdecimal() and int(given)):
            raise self.wrong(key, f"{key}: {given!r} is no whole number from 1", "such as 12")
        return int(given) if given else None

    def day(self, key: str) -> date | None:
        """A day; raises `InputError` for one that no calendar has."""
        given = self.text(key)
        try:
            return date.fromisoformat(given) if given else None
        except ValueError:
            problem = f"{key}: {given!r} is no day"
            raise self.wrong(key, problem, "write it as 2025-01-31") from None


def read_draft(text: str, where: str) -> Draft:
    """Read a draft; `where` names the file in the `InputError` that a bad front matter raises.

    The title is `title` of the front matter (or `subject`), else a first-level heading on top.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    match = _FRONT_MATTER.match(text)
    if not match and _UNCLOSED.match(text):
        raise InputError(f"{where}:1: front matter does not end", hint="write --- below it")
    essay = text[match.end() :] if match else text
    front = _front_matter(match, where) if match else _Front(where, 1, "", {})
    heading = _TITLE.match(essay)
    if heading:
        essay = essay[heading.end() :]
    return Draft(
        title=front.text("title") or front.text("subject") or (heading[1] if heading else ""),
        number=front.number("number"),
        author=front.text("author"),
        date=front.day("date"),
        next_date=front.day("next"),
        essay=essay.strip(),
    )


def _front_matter(match: re.Match[str], where: str) -> _Front:
    raw = match[1]
    first = match.string[: match.start(1)].count("\n") + 1
    try:
        # Texts alone: a title may be 1984, and what is no date is told in our words.
        fields = yaml.load(raw, yaml.BaseLoader) or {}  # noqa: S506 - it makes nothing but texts
    except yaml.YAMLError as error:
        fields = _plain(raw)
        if fields is None:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + first if mark else first
            problem = getattr(error, "problem", None) or "not YAML"
            raise InputError(
                f"{where}:{line}: front matter: {problem}", hint="write one `key: value` a line"
            ) from None
    if not isinstance(fields, dict):
        raise InputError(f"{where}:{first - 1}: front matter has no keys", hint="write `title: …`")
    front = _Front(where, first, raw, fields)
    for key, value in fields.items():
        if key not in KEYS:
            # A misspelt `title` must not cost an issue its subject without a word.
            close = nearest(str(key), KEYS)
            hint = f"did you mean {close!r}?" if close else f"there are {', '.join(KEYS)}"
            raise front.wrong(str(key), f"unknown key {str(key)!r}", hint)
        if not isinstance(value, str):
            raise front.wrong(key, f"{key} is no text", "put it in quotes")
    return front


def _plain(raw: str) -> dict[str, str] | None:
    """What is one `key: value` a line, but no YAML: `title: Bricks: a story`."""
    lines = [line for line in raw.split("\n") if line.strip()]
    matches = [_LINE.fullmatch(line) for line in lines]
    if not all(m and m[1] in KEYS and m[2][:1] not in "\"'[{|>&*!%@`" for m in matches):
        return None
    return {m[1]: m[2] for m in matches if m}
