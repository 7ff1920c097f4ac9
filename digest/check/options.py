"""What a publication may set about its checks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`tokens` are the merge tags that the sending service fills in: these may stand in a mail.

    One source should lead at most `share` of the stories, and may always lead `few`.
    """

    tokens: tuple[str, ...] = ()
    share: float = 0.34
    few: int = 3
