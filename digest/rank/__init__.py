"""Which stories come first, and which make it into the issue: a score with named reasons.

`rank` weighs each story alone; `select` chooses those that add most under all caps. The tables are
`weights.WEIGHTS` and `penalties.PENALTIES`; docs/rank.md says it in words.
"""

from __future__ import annotations

from digest.rank.choose import select
from digest.rank.options import Options
from digest.rank.penalties import PENALTIES
from digest.rank.score import rank
from digest.rank.sources import publishers
from digest.rank.weights import WEIGHTS

__all__ = ["PENALTIES", "WEIGHTS", "Options", "publishers", "rank", "select"]
