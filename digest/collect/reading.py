"""What every kind of source hands back."""

from __future__ import annotations

from dataclasses import dataclass

from digest.model import Entry, Outcome, Source
from digest.text import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one file or feed gave. `title` is its own name; a warning is one line for people."""

    entries: tuple[Entry, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    warnings: tuple[str, ...] = ()
    title: str = ""


def scalar(text: str) -> str:
    """The text without lone surrogates, which no encoder accepts."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def unreadable(source: Source, name: str, where: str, reason: str) -> Outcome:
    """Say that one document or entry could not be read; `name` identifies it in its source."""
    return Outcome(
        id=fingerprint(source.id, name),
        outcome="unreadable",
        reason=reason,
        title=where,
        source=source.name,
    )
