"""When to ask again: a decision, made of facts alone.

A retry library would add its loop and take every rule of this page as a callback, so there is none.
"""

from __future__ import annotations

from random import Random

from digest.collect.http.refused import RefusedError

TRIES = 3  # the first, and two more


def pause(
    error: RefusedError, tried: int, left: float, base: float, chance: Random
) -> float | None:
    """Seconds to wait before the next try; None when there is none.

    `left` is what remains of the deadline. A server that names a time is obeyed exactly or not
    asked again in this run; else the pause doubles, and varies by half so that many clients do not
    come back together.
    """
    if not error.again or tried >= TRIES:
        return None
    if error.after is not None:
        wait = error.after
    else:
        wait = base * 2.0 ** (tried - 1) * chance.uniform(0.5, 1.5)
    return wait if wait < left else None
