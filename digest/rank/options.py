"""How much an issue prints, and how it spreads its places."""

from __future__ import annotations

import msgspec

from digest.rank.penalties import Page


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[select]` of digest.toml: caps on stories, 0 meaning none.

    Below `thin` stories an issue has room: then sections, sources and domains may exceed their
    caps, but not the `max` of a topic. `floor` stories of each configured topic have their place
    before others take more. `welcome` names penalties that do not count in this publication.
    """

    total: int = 24
    per_section: int = 5
    per_source: int = 4
    per_domain: int = 4
    floor: int = 1
    own: int = 6
    thin: int = 12
    welcome: tuple[Page, ...] = ()
