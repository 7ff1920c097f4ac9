"""What a feed or a row says under a key, whatever its author put there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digest.collect.reading import scalar

Table = Mapping[str, Any]  # foreign: its values are of any type


def string(table: Table, key: str) -> str:
    """The string under a key as it is; "" for anything else."""
    value = table.get(key)
    return value if isinstance(value, str) else ""


def text(table: Table, key: str) -> str:
    """A string or a number of JSON as text that every encoder accepts; "" for anything else."""
    value = table.get(key)
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return ""


def tables(table: Table, key: str) -> tuple[Table, ...]:
    """The tables of a list under a key; what else is in the list is left out."""
    value = table.get(key)
    items = value if isinstance(value, (list, tuple)) else ()
    return tuple(item for item in items if isinstance(item, Mapping))
