"""The finer meaning: sentence vectors without what all articles of one subject have in common.

Two articles on one country's politics are close in any encoder. Along the directions in which
articles at large differ most, the broad subjects, differences count for less; what is left tells
events apart. The directions are fixed data, so that a pool cannot change what two articles say.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fine:
    """A mean, broad directions and how much of each to keep."""

    mean: Vectors
    directions: Vectors  # one a row, of length one
    keep: Vectors

    def __call__(self, vectors: Vectors) -> Vectors:
        """Unit vectors; a zero vector stays zero."""
        known = np.abs(vectors).max(axis=1, initial=0.0) > 0
        moved = (vectors - self.mean) * known[:, None]
        moved -= ((moved @ self.directions.T) * (1.0 - self.keep)) @ self.directions
        length = np.linalg.norm(moved, axis=1, keepdims=True)
        return np.asarray(moved / np.maximum(length, 1e-9), dtype=np.float32)


def load(path: Path | None = None) -> Fine:
    """The directions that `tools` found."""
    with np.load(path or Path(__file__).parent / "data" / "broad.npz") as data:
        scale = data["scale"].astype(np.float32)
        return Fine(data["mean"], data["directions"].astype(np.float32) * scale, data["keep"])
