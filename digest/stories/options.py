"""What a publication may set of the story engine, with the values that hold everywhere."""

from __future__ import annotations

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[stories]` of digest.toml.

    `copy` is the share of word shingles (0 to 1) above which two texts are one article; `encoder`
    names who compares meanings where words leave it open: `lexical` is nobody.
    """

    copy: float = 0.7
    encoder: str = "lexical"
