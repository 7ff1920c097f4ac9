"""Commands of digest in processes that start at once: forked from one that has imported it all.

`python collect_runs.py` is that process. It reads one JSON list of a command a line (the seconds
after which it is killed, or null, and its arguments), and answers with the exit status.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Runs:
    """The process that forks."""

    process: subprocess.Popen[str]

    def run(self, *arguments: object, kill_after: float | None = None) -> int:
        """The exit status; -9 of one that was killed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps([kill_after, *map(str, arguments)]), file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


@contextmanager
def running(*warm_up: object) -> Iterator[Runs]:
    """Start it; the command `warm_up` makes it import what such commands need."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(
        [sys.executable, __file__, *map(str, warm_up)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        try:
            yield Runs(process)
        finally:
            process.kill()


def command(arguments: list[str]) -> int:
    from digest.cli import main

    try:
        main(arguments)
    except SystemExit as done:
        return int(done.code or 0)
    return 0


def waited(pid: int, kill_after: float | None) -> int:
    """Wait for a child, and kill it when its time is over."""
    end = time.monotonic() + (60.0 if kill_after is None else kill_after)
    while True:
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= end:
            os.kill(pid, signal.SIGKILL)
            end += 3600
        time.sleep(0.002)


def serve() -> None:
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    command(sys.argv[1:])
    for line in sys.stdin:
        kill_after, *arguments = json.loads(line)
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                status = command(arguments)
            finally:
                os._exit(status)
        print(waited(pid, kill_after), file=answers, flush=True)


if __name__ == "__main__":
    serve()
