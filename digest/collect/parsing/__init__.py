"""Parsing many feeds: from the cache, here when there is little, else in workers on all processors.

A feed whose worker had to be killed has failed, alone; the others go on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec

from digest.collect.files import read_bytes
from digest.collect.options import Options
from digest.collect.parsing.questions import Question, answered, key_of, opened, packed
from digest.collect.reading import Reading, as_of
from digest.collect.store import Store
from digest.errors import DigestError, SourceError
from digest.model import Progress, Reporter, Source, silent

# Bytes that are parsed in this process: too little to take a second, whatever they hold.
_WORTH_IT = 8_192
_BATCH = 32  # readings kept in one transaction

Result = Reading | SourceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One feed to parse: its bytes, the file they are in, or how to get them.

    `moment` is when they were fetched, `content` their hash where it is known.
    """

    source: Source
    where: str
    data: bytes | Path | Callable[[], bytes]
    content_type: str = ""
    scope: str = ""
    moment: datetime | None = None
    content: str = ""

    def read(self, most: int) -> bytes:
        """The bytes; raises `DigestError`."""
        if isinstance(self.data, Path):
            return read_bytes(self.data, self.where, most)
        return self.data if isinstance(self.data, bytes) else self.data()


@dataclass(slots=True)
class _Work:
    """What is still to be parsed, and what came of it."""

    jobs: Sequence[Job]
    options: Options
    store: Store | None
    keys: dict[int, str] = field(default_factory=dict)
    sizes: dict[int, int] = field(default_factory=dict)
    results: dict[int, Result] = field(default_factory=dict)
    fresh: dict[str, bytes] = field(default_factory=dict)

    def question(self, at: int, data: bytes = b"") -> Question:
        job = self.jobs[at]
        return Question(
            source=job.source,
            where=job.where,
            content_type=job.content_type,
            scope=job.scope,
            limit=self.options.max_entries,
            data=data,
        )


def parse_all(
    jobs: Sequence[Job],
    now: datetime,
    options: Options,
    store: Store | None = None,
    reporter: Reporter = silent,
) -> tuple[Result, ...]:
    """What each job gave, in the order of the jobs; a feed that fails is a value."""
    work = _Work(jobs, options, store)
    _identify(work)
    _recall(work)
    missing = [at for at in work.keys if at not in work.results]
    if sum(work.sizes[at] for at in missing) <= _WORTH_IT:
        for at in missing:
            _settle(work, at, answered(packed(work.question(at, jobs[at].read(options.max_bytes)))))
    else:
        _in_workers(work, missing, reporter)
    _keep(work)
    return tuple(_judged(work.results[at], job, now) for at, job in enumerate(jobs))


def _judged(result: Result, job: Job, now: datetime) -> Result:
    return result if isinstance(result, SourceError) else as_of(result, job.moment or now)


def _identify(work: _Work) -> None:
    """Find the key of each job; a file that cannot be read has failed already."""
    for at, job in enumerate(work.jobs):
        try:
            content = job.content
            work.sizes[at] = len(job.data) if isinstance(job.data, bytes) else _WORTH_IT
            if not content:
                data = job.read(work.options.max_bytes)
                content = sha256(data).hexdigest()
                work.sizes[at] = len(data)
            work.keys[at] = key_of(work.question(at), content)
        except DigestError as error:
            work.results[at] = _as_source_error(error)


def _recall(work: _Work) -> None:
    kept = work.store.readings(tuple(work.keys.values())) if work.store is not None else {}
    for at, key in work.keys.items():
        if key in kept:
            try:
                work.results[at] = opened(kept[key])
            except (ValueError, msgspec.MsgspecError):
                continue  # written by another program: parse it again


def _in_workers(work: _Work, missing: Sequence[int], reporter: Reporter) -> None:
    from digest.collect.parsing.workers import processors, working

    # The largest first, so that no worker ends up alone with one.
    waiting = sorted(missing, key=lambda at: (work.sizes[at], -at))
    count = min(processors(), len(missing))
    with working(count, work.options.parse_timeout) as pool:
        while waiting or pool.running:
            while waiting and len(pool.running) < 2 * count:
                at = waiting.pop()
                try:
                    data = work.jobs[at].read(work.options.max_bytes)
                except DigestError as error:
                    work.results[at] = _as_source_error(error)
                    continue
                pool.give(at, packed(work.question(at, data)))
            for at, answer in pool.take().items() if pool.running else ():
                _settle(work, at, answer)
            done = len(missing) - len(waiting) - len(pool.running)
            reporter(Progress(stage="parse", done=done, total=len(missing)))


def _settle(work: _Work, at: int, answer: bytes | None) -> None:
    """Note an answer; a worker that gave none was killed, or died."""
    if answer is None:
        limit = f"{work.options.parse_timeout:g} s"
        work.results[at] = SourceError(
            f"{work.jobs[at].where}: not parsed within {limit}",
            hint="the feed is made so that reading it takes forever; tell its publisher",
        )
        return
    work.results[at] = opened(answer)
    work.fresh[work.keys[at]] = answer
    if len(work.fresh) >= _BATCH:
        _keep(work)


def _keep(work: _Work) -> None:
    """Keep what was parsed; a cache that cannot be written costs nothing but time."""
    fresh: Mapping[str, bytes] = work.fresh
    work.fresh = {}
    if work.store is not None and fresh:
        try:
            work.store.keep_readings(fresh)
        except DigestError:
            work.store = None


def _as_source_error(error: DigestError) -> SourceError:
    if isinstance(error, SourceError):
        return error
    return SourceError(error.message, hint=error.hint)
