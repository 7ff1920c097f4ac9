"""The program of one of the `workers`: questions from stdin, answers to stdout, to the end."""

from __future__ import annotations

import gc
import os
import signal
import sys

from digest.collect.feed import warm_up
from digest.collect.parsing.frames import read_frame, write_frame
from digest.collect.parsing.questions import answered


def main() -> None:
    """Answer until nobody asks."""
    # Parsers make millions of objects and few cycles: this saves a fifth of the time.
    gc.set_threshold(50_000, 20, 50)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asks decides when to stop
    warm_up()
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        write_frame(answers, b"ready")
        while (question := read_frame(sys.stdin.buffer)) is not None:
            write_frame(answers, answered(question))


if __name__ == "__main__":
    main()
