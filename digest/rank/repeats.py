"""What a story adds to those chosen: maximal marginal relevance (Carbonell & Goldstein 1998).

Their penalty is the likeness to the nearest chosen story. Ours is the sum over all of them, because
an issue has room for two stories of a saga, not for five.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from digest.model import Ranked
from digest.rank.score import by_score, reason_of, with_reason
from digest.rank.subjects import Subjects

# The best so many stories are compared with what is chosen: no issue reaches further down, and to
# compare all with all would grow with the square of the week.
NEAR = 300
_NAMED = 2  # names are enough to say what a subject is


class Repeats:
    """The subjects that are taken, and how much of each story they cover."""

    def __init__(self, everyone: Sequence[Ranked]) -> None:
        near = sorted(everyone, key=by_score)[:NEAR]
        self._near = frozenset(ranked.story.id for ranked in near)
        self._subjects = Subjects([ranked.story for ranked in everyone], self._near)
        self._chosen: list[str] = []
        self._compared: Counter[str] = Counter()
        self._taken: dict[str, tuple[float, int, dict[str, float]]] = {}

    def add(self, story: str) -> None:
        """A story was chosen: what follows on its subject is worth less."""
        if story in self._near:
            self._chosen.append(story)

    def counted_in(self, ranked: Ranked) -> Ranked:
        """The story at its worth beside those chosen so far, with the reason."""
        story = ranked.story.id
        if story not in self._near:
            return ranked
        amount, count, names = self._taken.get(story, (0.0, 0, {}))
        for other in self._chosen[self._compared[story] :]:
            sure, shared = self._subjects.same(story, other)
            if sure:
                amount, count = amount + sure, count + 1
                names = {**names, **{n: names.get(n, 0.0) + w for n, w in shared.items()}}
        self._compared[story] = len(self._chosen)
        self._taken[story] = amount, count, names
        if not amount:
            return ranked
        return with_reason(ranked, reason_of("repeats", amount, _text(count, names)))


def _text(count: int, names: Mapping[str, float]) -> str:
    best = sorted(names, key=lambda name: (-names[name], name))[:_NAMED]
    subject = f"on {', '.join(best)}" if best else "on the same subject"
    if count == 1:
        return f"another story {subject} was already chosen"
    return f"{count} stories {subject} were already chosen"
