"""What a publication may set of its topics."""

from __future__ import annotations

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[topics]` of digest.toml.

    `smallest` is how many stories make a discovered topic, `sure` how sure we must be of a
    configured one.
    """

    smallest: int = 3
    sure: float = 0.5
