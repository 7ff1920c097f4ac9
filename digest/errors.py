"""The errors that a user can meet.

::

    DigestError             what happened, where, and what to do next
    ├── ConfigError         digest.toml cannot be used
    ├── InputError          a file or a line that was named cannot be read
    ├── SourceError         one source failed; recorded in the report, never stops a build
    ├── EmptyWeekError      nothing usable in the window
    ├── TemplateError       a template is missing or fails
    ├── OutputError         an artifact cannot be written
    └── BusyError           another run holds the publication

They know nothing of the command line: `digest.cli` decides on exit statuses.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class DigestError(Exception):
    """Something the user can mend: `message` says what and where, `hint` what to do next."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message


class ConfigError(DigestError):
    """digest.toml is missing, malformed, or says something impossible."""


class InputError(DigestError):
    """A file or a line that was named cannot be read."""


class SourceError(DigestError):
    """One source failed as a whole."""


class EmptyWeekError(DigestError):
    """The window holds nothing to make an issue of."""


class TemplateError(DigestError):
    """A template is missing or fails."""


class OutputError(DigestError):
    """An artifact cannot be written."""


class BusyError(DigestError):
    """Another run holds the publication."""


def nearest(word: str, known: Iterable[str], likeness: float = 0.5) -> str:
    """The known word that was perhaps meant; "" when none is so much like it (0 to 1)."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=likeness)), "")
