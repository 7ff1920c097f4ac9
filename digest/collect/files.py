"""Files of this disk: read within their limits, and named in messages."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from digest.collect.reading import scalar
from digest.errors import InputError, SourceError
from digest.model import Source


def file_of(source: Source) -> Path:
    """The file that a source names; raises `SourceError` when there is none."""
    path = Path(source.location)
    if path.is_dir():
        raise SourceError(
            f"{shown(path)}: a folder, not a file", hint=f'use folder = "…", not {source.kind}'
        )
    if not path.exists():
        raise SourceError(
            f"{shown(path)}: no such file", hint=f"mend `{source.kind}` of source {source.name!r}"
        )
    return path


def read_bytes(path: Path, where: str, most: int) -> bytes:
    """A regular file of at most `most` bytes, else `InputError`; never waits on a FIFO."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb") as file:  # noqa: PTH123 - of a descriptor
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise InputError(f"{where}: not a regular file")
            data = file.read(most + 1)
    except OSError as error:
        raise InputError(f"{where}: {why(error)}") from None
    if len(data) > most:
        raise InputError(f"{where}: larger than {most:,} bytes")
    return data


def shown(path: Path) -> str:
    """The name of a file in messages: its folder and itself.

    Neither absolute nor relative to the working directory, so that an issue says the same
    wherever it is built.
    """
    return scalar(f"{path.parent.name}/{path.name}".lstrip("/"))


def why(error: Exception) -> str:
    """What a failed system call says, in the system's words without its number."""
    return getattr(error, "strerror", None) or str(error)
