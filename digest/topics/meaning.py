"""Where the stories of a week stand to each other, by their vectors."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from digest.topics import reference
from digest.topics.vectors import Encode, Floats, unit

# Stories of no special subject that every week is thought to have besides its own: in a small week
# about one thing, that thing must not count as what is usual.
USUAL = 20.0


@dataclass(frozen=True, slots=True)
class Meaning:
    """Centred unit vectors, one a story: what all stories have in common says nothing."""

    points: Floats
    middle: Floats
    encode: Encode | None = None

    @staticmethod
    def of(vectors: Floats, encode: Encode | None = None) -> Meaning:
        """Centre a week between itself and what is usual for the encoder."""
        usual = reference.load().mean
        if len(usual) != vectors.shape[1]:  # another encoder than the table knows
            usual = np.zeros(vectors.shape[1])
        middle = (vectors.sum(axis=0) + USUAL * usual) / (len(vectors) + USUAL)
        return Meaning(unit(vectors - middle), middle, encode)

    def fits(self, names: Sequence[str], rows: Collection[int]) -> list[float]:
        """How much more each name is like these stories than like the others."""
        if self.encode is None or not names:
            return [1.0] * len(names)
        alike = self.likeness_to(
            [n.lower().replace(" & ", " and ") for n in names], range(len(self.points))
        )
        own = np.isin(np.arange(len(alike)), sorted(rows))
        usual = alike[~own].mean(axis=0) if not own.all() else np.zeros(len(names))
        return [float(fit) for fit in alike[own].mean(axis=0) - usual]

    def likeness_to(self, passages: Sequence[str], rows: Sequence[int]) -> Floats:
        """How alike each of these stories is to each passage: (rows, passages)."""
        if self.encode is None or not passages:
            return np.zeros((len(rows), 0))
        told = np.asarray(self.encode(passages), dtype=np.float64)
        return np.asarray(self.points[[*rows]] @ unit(told - self.middle).T)

    def likeness(self, some: Collection[int], others: Collection[int]) -> float:
        """How alike two sets of stories are, middle to middle."""
        return float(self._centre(some) @ self._centre(others))

    def near(self, row: int, others: Collection[int]) -> float:
        """How alike a story is to a set of stories."""
        return float(self.points[row] @ self._centre(others))

    def _centre(self, rows: Collection[int]) -> Floats:
        return np.asarray(unit(self.points[sorted(rows)].mean(axis=0, keepdims=True))[0])
