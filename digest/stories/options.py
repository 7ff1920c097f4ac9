"""What a publication may set of the story engine, with the values that hold everywhere."""

from __future__ import annotations

from typing import Annotated

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`[stories]` of digest.toml.

    `copy` is the least share of common words by which two texts are one article, 0.7 to 1, since
    the rules of `copy_rules` ask for at least 0.7 themselves. `encoder` names who compares
    meanings where words leave it open: `lexical` is nobody, `auto` is `minilm` where it is
    installed and nobody elsewhere.
    """

    copy: Annotated[float, msgspec.Meta(ge=0.7, le=1.0)] = 0.7
    encoder: str = "auto"
