"""What a document says about itself: front matter, or a TOML file beside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from digest.collect.dates import noon, read_date
from digest.collect.plain import web_url
from digest.errors import InputError
from digest.moments import aware, plausible
from digest.text import one_line

_YAML = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
# Pelican and MultiMarkdown: "Key: value" lines from the first line to the first empty one.
_PLAIN = re.compile(
    r"(?=(?:title|date):)((?:[A-Za-z][\w-]*:[^\n]*\n)+)(?:[ \t]*\n|\Z)", re.IGNORECASE
)
_LONGEST = 65_536  # characters of front matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What is known beside the text; empty where nothing was said."""

    title: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    url: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""


def split_front_matter(text: str, where: str, now: datetime) -> tuple[Meta, str]:
    """Take the front matter (YAML, TOML or plain) off a Markdown text.

    Raises `InputError` naming file and line when it is malformed.
    """
    yaml, toml, plain = _YAML.match(text), _TOML.match(text), _PLAIN.match(text)
    found = yaml or toml or plain
    if found is None:
        return Meta(), text
    if len(found[1]) > _LONGEST:
        raise InputError(f"{where}:1: front matter over {_LONGEST} characters")
    if yaml:
        values = _yaml(found[1], where)
    elif toml:
        values = read_toml(found[1], where, first_line=2)
    else:
        pairs = (line.partition(":") for line in found[1].splitlines())
        values = {key.strip(): value.strip() for key, _, value in pairs}
    return meta_of(values, now), text[found.end() :]


def read_toml(text: str, where: str, *, first_line: int = 1) -> Mapping[str, object]:
    """A TOML table; raises `InputError` naming file and line."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) + first_line - 1 if found else first_line
        reason = re.sub(r"\s*\(at .*", "", str(error))
        raise InputError(f"{where}:{line}: not valid TOML: {reason}") from None


def _yaml(text: str, where: str) -> Mapping[str, object]:
    import yaml

    class Loader(yaml.SafeLoader):
        """Leaves dates as text: one impossible date must not cost the document."""

    Loader.yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in rules if not tag.endswith(":timestamp")]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    try:
        values = yaml.load(text, Loader=Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark is not None else 2
        reason = one_line(str(getattr(error, "problem", None) or error))[:120]
        raise InputError(f"{where}:{line}: front matter is not valid YAML: {reason}") from None
    except (ValueError, RecursionError) as error:
        reason = one_line(str(error))[:120]
        raise InputError(f"{where}:2: front matter is not valid YAML: {reason}") from None
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise InputError(f"{where}:2: front matter is not a table of keys and values")
    return values


def meta_of(values: Mapping[str, object], now: datetime) -> Meta:
    """Read the keys we know, in any case; others are ignored."""
    known = {str(key).strip().lower(): value for key, value in values.items()}
    return Meta(
        title=_first(known, "title"),
        published=_date(known, ("date", "published", "pubdate", "created"), now),
        updated=_date(known, ("updated", "modified", "lastmod"), now),
        url=web_url("", _first(known, "url", "link", "canonical_url")),
        outlet=_first(known, "source", "outlet", "site", "publisher"),
        authors=_list(known, "authors", "author"),
        tags=_list(known, "tags", "keywords", "categories", "category"),
        language=_first(known, "language", "lang"),
    )


def _scalar(value: object) -> str:
    is_text = isinstance(value, (str, int, float)) and not isinstance(value, bool)
    return one_line(str(value)) if is_text else ""


def _first(values: Mapping[str, object], *keys: str) -> str:
    return next((text for key in keys if (text := _scalar(values.get(key)))), "")


def _list(values: Mapping[str, object], *keys: str) -> tuple[str, ...]:
    """A list, or one text with commas."""
    for key in keys:
        value = values.get(key)
        items = value if isinstance(value, list) else _scalar(value).strip("[]").split(",")
        found = [_scalar(item) for item in items]
        if any(found):
            return tuple(dict.fromkeys(item for item in found if item))
    return ()


def _date(values: Mapping[str, object], keys: tuple[str, ...], now: datetime) -> datetime | None:
    for key in keys:
        value = values.get(key)
        moment = _moment(value, now) if isinstance(value, date) else None
        moment = moment or read_date(_scalar(value), now)
        if moment is not None:
            return moment
    return None


def _moment(value: date, now: datetime) -> datetime | None:
    """A TOML date or time, in UTC where it names no zone."""
    moment = aware(value).astimezone(UTC) if isinstance(value, datetime) else noon(value)
    return moment if plausible(moment, now) else None
