"""How far a run is, as a bar on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from digest.model import Progress, Reporter

_PATIENCE = 1.0  # seconds before the bar appears


@contextmanager
def progress(*, quiet: bool) -> Iterator[Reporter]:
    """A reporter that draws a bar on a terminal for what takes longer than a second."""
    from digest.model import silent

    if quiet or not sys.stderr.isatty():
        yield silent
        return
    bar = _Bar()
    try:
        yield bar
    finally:
        bar.close()


class _Bar:
    """A bar that shows itself only after `_PATIENCE`, with a line for each stage."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._bar: RichProgress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, progress: Progress, /) -> None:
        if self._bar is None:
            if time.monotonic() - self._started < _PATIENCE:
                return
            from rich.console import Console
            from rich.progress import Progress as RichProgress

            self._bar = RichProgress(console=Console(stderr=True), transient=True)
            self._bar.start()
        if progress.stage not in self._tasks:
            self._tasks[progress.stage] = self._bar.add_task(progress.stage, total=progress.total)
        self._bar.update(self._tasks[progress.stage], completed=progress.done, total=progress.total)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()
