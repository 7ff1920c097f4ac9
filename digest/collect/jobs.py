"""Parsing many feeds at once: in this process when there is little, else in several.

Workers import this module and what it imports, so nothing heavy may be imported at its top.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.collect.folder import read_bytes
from digest.collect.reading import Options, Reading
from digest.errors import DigestError, SourceError
from digest.model import Source

_WORTH_IT = 2_000_000  # bytes; below, starting workers costs more than it saves


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One feed to parse: its bytes, or the file to read them from."""

    source: Source
    where: str
    data: bytes | Path
    content_type: str = ""
    scope: str = ""

    @property
    def size(self) -> int:
        """About how many bytes there are to parse."""
        if isinstance(self.data, bytes):
            return len(self.data)
        try:
            return self.data.stat().st_size
        except OSError:
            return 0


def parse_all(
    jobs: Sequence[Job], now: datetime, options: Options
) -> Generator[Reading | SourceError, None, None]:
    """What each job gave, in the order of the jobs; a feed that fails is a value."""
    workers = min(os.cpu_count() or 1, len(jobs))
    if workers < 2 or sum(job.size for job in jobs) < _WORTH_IT:
        for job in jobs:
            yield run(job, now, options)
        return
    yield from _in_processes(jobs, now, options, workers)


def run(job: Job, now: datetime, options: Options) -> Reading | SourceError:
    """Parse one feed; the worker's whole task."""
    from digest.collect.feed import parse

    try:
        data = job.data
        if isinstance(data, Path):
            data = read_bytes(data, job.where, options.max_bytes)
        return parse(
            data,
            job.source,
            job.where,
            now,
            job.content_type,
            scope=job.scope,
            limit=options.max_entries,
        )
    except SourceError as error:
        return error
    except DigestError as error:
        return SourceError(error.message, hint=error.hint)


def _in_processes(
    jobs: Sequence[Job], now: datetime, options: Options, workers: int
) -> Generator[Reading | SourceError, None, None]:
    from multiprocessing import get_context

    # The largest first, so that no worker ends up alone with one. "spawn" behaves alike on every
    # system and does not copy the threads of a progress display.
    order = sorted(range(len(jobs)), key=lambda at: (-jobs[at].size, at))
    pool = ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_collect_garbage_rarely
    )
    try:
        futures = {at: pool.submit(run, jobs[at], now, options) for at in order}
        for at, job in enumerate(jobs):
            yield _result(futures[at], job, now, options)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _collect_garbage_rarely() -> None:
    """Parsers make millions of objects and few cycles: this saves a fifth of a worker's time."""
    gc.set_threshold(50_000, 20, 50)


def _result(
    future: Future[Reading | SourceError], job: Job, now: datetime, options: Options
) -> Reading | SourceError:
    try:
        return future.result()
    except BrokenProcessPool:
        # A main program that cannot be imported again, or a worker that was killed.
        return run(job, now, options)
