"""Messages on a pipe: their length, then their bytes."""

from __future__ import annotations

import struct
from typing import IO

_LENGTH = struct.Struct(">Q")


def write_frame(pipe: IO[bytes], message: bytes) -> None:
    """Send a message; raises `OSError` when nobody listens any more."""
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def read_frame(pipe: IO[bytes]) -> bytes | None:
    """The next message; None when the other side is gone."""
    try:
        head = pipe.read(_LENGTH.size)
        if len(head) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack(head)
        message = pipe.read(length)
    except (OSError, ValueError):
        return None
    return message if len(message) == length else None
