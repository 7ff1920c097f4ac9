"""What every kind of source hands back, and the limits that all of them keep."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from digest.model import Entry, Outcome, Source
from digest.text import fingerprint


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits of collecting. Times are seconds, sizes bytes after decompression."""

    timeout: float = 20.0  # for one URL in total, redirects and body included
    max_bytes: int = 10_000_000
    max_entries: int = 500  # the newest of one feed
    concurrency: int = 32
    per_host: int = 2
    pause: float = 1.0  # before the second try; twice that before the third
    fresh_for: float = 3600.0  # a URL fetched within this is not fetched again
    contact: str = ""  # the publication's URL, told to the servers we ask
    allow: tuple[str, ...] = ()  # hosts that may be asked although they are not public
    ports: tuple[int, ...] = (80, 443)
    parse_timeout: float = 20.0  # for one feed; then its worker is killed


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one file or feed gave. `title` is its own name; a warning is one line for people."""

    entries: tuple[Entry, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    warnings: tuple[str, ...] = ()
    title: str = ""


def shown(path: Path) -> str:
    """The name of a file in messages: its folder and itself.

    Neither absolute nor relative to the working directory, so that an issue says the same
    wherever it is built.
    """
    return scalar(f"{path.parent.name}/{path.name}".lstrip("/"))


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
