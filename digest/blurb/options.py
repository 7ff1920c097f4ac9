"""`[blurb]` of digest.toml."""

from __future__ import annotations

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lengths in words."""

    least: int = 25
    most: int = 60
    angle: int = 30
