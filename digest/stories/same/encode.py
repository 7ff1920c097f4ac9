"""What of an article an encoder reads, and how its passages become one vector."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

DIMENSIONS = 384
LEAD_CHARACTERS = 480
LEAST_FURTHER = 100

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]


def passages(title: str, text: str) -> tuple[str, ...]:
    """What is encoded of an article: title and lead, and of a long one the next stretch too.

    The lead alone is not enough: an essay may come to its subject only in the second paragraph.
    """
    lead = text[:LEAD_CHARACTERS].strip()
    if title and not lead.lower().startswith(title.lower()):
        lead = f"{title}. {lead}" if lead else title
    further = text[LEAD_CHARACTERS : 2 * LEAD_CHARACTERS].strip()
    return (lead, further) if len(further) >= LEAST_FURTHER else (lead,)


def article_vectors(articles: Sequence[tuple[str, str]], encode: Encode) -> Vectors:
    """One unit vector for each title and text: the mean of its passages'."""
    parts = [passages(title, text) for title, text in articles]
    found = encode([part for of_one in parts for part in of_one])
    first = np.cumsum([0, *(len(of_one) for of_one in parts[:-1])])
    summed = np.add.reduceat(found, first, axis=0) if parts else found
    length = np.linalg.norm(summed, axis=1, keepdims=True)
    return np.asarray(summed / np.maximum(length, 1e-9), dtype=np.float32)
