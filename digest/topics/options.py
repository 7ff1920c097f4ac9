"""What a publication may set of its topics."""

from __future__ import annotations

from typing import Annotated

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[topics]` of digest.toml.

    `smallest` is how many stories make a discovered topic, `sure` how sure we must be of a
    configured one.
    """

    smallest: Annotated[int, msgspec.Meta(ge=2)] = 3
    sure: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.5
