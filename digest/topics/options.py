"""What a publication may set of its topics."""

from __future__ import annotations

import msgspec

from digest.model import Topic


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[topics]` of digest.toml; `topics` themselves come from its `[[topic]]` tables.

    `smallest` is the number of stories that makes a discovered topic.
    """

    smallest: int = 3
    topics: tuple[Topic, ...] = ()
