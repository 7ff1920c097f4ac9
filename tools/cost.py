"""What the benchmarks measure: the time and the memory of a process, or of a command."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

_UNITS_OF_A_MB = 1024 * 1024 if sys.platform == "darwin" else 1024  # bytes there, KiB elsewhere


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost: seconds, and megabytes of the largest process so far."""

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:6.2f} s wall  {self.cpu:6.2f} s CPU  {self.memory:5.0f} MB"


def measured(command: Sequence[object]) -> tuple[Cost, str]:
    """Run a command to its end; what it cost, with its children, and what it said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        [str(part) for part in command],
        check=True,
        capture_output=True,
        text=True,
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, _megabytes(after)), done.stdout + done.stderr


def peak() -> float:
    """The most memory that this process had in use at once, in megabytes of 1,024 KiB."""
    return _megabytes(resource.getrusage(resource.RUSAGE_SELF))


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / _UNITS_OF_A_MB
