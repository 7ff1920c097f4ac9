"""Parsing in processes that can be killed: a feed that takes too long costs itself alone.

A worker is a plain program with a pipe in and a pipe out (`worker.py`). A standard process pool
cannot end one task, and it imports the main program again in every worker.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import IO

from digest.collect.parsing.frames import read_frame, write_frame

_START = 60.0  # seconds for a worker to import what it needs, on a machine that is busy


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


@dataclass(slots=True)
class Worker:
    """One process, started at the first question and again after it was killed."""

    _process: subprocess.Popen[bytes] | None = None

    def ask(self, question: bytes, limit: float) -> bytes | None:
        """The answer, or None when the worker died or was killed after `limit` seconds."""
        if self._process is None:
            self._process = _started()
            if self._told(_START) is None:
                return None
        assert self._process.stdin is not None
        try:
            write_frame(self._process.stdin, question)
        except OSError:
            self.close()
            return None
        return self._told(limit)

    def _told(self, limit: float) -> bytes | None:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        timer = threading.Timer(limit, process.kill)
        timer.daemon = True
        timer.start()
        try:
            answer = read_frame(process.stdout)
        finally:
            timer.cancel()
        if answer is None:
            self.close()
        return answer

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            _shut(pipe)
        process.wait()


def _started() -> subprocess.Popen[bytes]:
    # -P: no module of the working directory may stand in for one of ours.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "digest.collect.parsing.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _shut(pipe: IO[bytes] | None) -> None:
    if pipe is not None:
        with suppress(OSError):
            pipe.close()


@dataclass(slots=True)
class Pool:
    """Several workers; `take` gives what is finished."""

    limit: float
    threads: ThreadPoolExecutor
    idle: SimpleQueue[Worker]
    running: dict[Future[bytes | None], int] = field(default_factory=dict)

    def give(self, number: int, question: bytes) -> None:
        """Ask the next free worker question `number`."""
        self.running[self.threads.submit(self._answered, question)] = number

    def take(self) -> Mapping[int, bytes | None]:
        """Wait until something is finished, and give it by its number."""
        done, _ = wait(self.running, return_when=FIRST_COMPLETED)
        return {self.running.pop(future): future.result() for future in done}

    def _answered(self, question: bytes) -> bytes | None:
        worker = self.idle.get()
        try:
            return worker.ask(question, self.limit)
        finally:
            self.idle.put(worker)


@contextmanager
def working(count: int, limit: float) -> Iterator[Pool]:
    """A pool of `count` workers, all of which are gone afterwards."""
    workers = [Worker() for _ in range(count)]
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)
    with ThreadPoolExecutor(count) as threads:
        try:
            yield Pool(limit=limit, threads=threads, idle=idle)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for worker in workers:
                worker.close()
