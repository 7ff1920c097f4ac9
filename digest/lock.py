"""One run at a time for a publication.

The lock is the operating system's and ends with the process, however that ends. Who holds it is
written beside it, for the message of the one who comes second.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from digest.errors import BusyError, OutputError

_READ_ONLY = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def only_run(root: Path, now: datetime) -> Iterator[None]:
    """Hold the publication in `root` while the block runs; `BusyError` names who holds it."""
    folder = root / ".digest"
    lock = FileLock(folder / "lock", timeout=0)
    holder = folder / "run.json"
    try:
        folder.mkdir(exist_ok=True)
        lock.acquire()
    except Timeout:
        raise BusyError(
            f"{root}: another run holds this publication{_who(holder)}",
            hint="wait until it is done, or end it",
        ) from None
    except OSError as error:
        if error.errno in _READ_ONLY:  # whoever may not write here cannot disturb another run
            yield
            return
        raise OutputError(
            f"{folder}: cannot be locked: {error.strerror or error}",
            hint="the publication's folder must be writable",
        ) from None
    try:
        _sign(holder, now)
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        lock.release()


def _sign(holder: Path, now: datetime) -> None:
    told = {"pid": os.getpid(), "since": now.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")}
    try:
        holder.write_text(json.dumps(told), encoding="utf-8")
    except OSError:  # a full disk: the lock holds all the same
        return


def _who(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
        return f" (process {int(told['pid'])}, since {str(told['since'])[:30]})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
