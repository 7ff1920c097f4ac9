"""What a story adds to those chosen: maximal marginal relevance (Carbonell & Goldstein 1998).

Their penalty is the likeness to the nearest chosen story. Ours is the sum over all of them, because
an issue has room for two stories of a saga, not for five.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from digest.model import Ranked
from digest.rank.score import reason_of, with_reason
from digest.rank.subjects import Subjects, on_subject

_CROWD = 0.5  # of a subject's worth, for each chosen story after the first under one name


class Repeats:
    """The subjects that are taken, and how much of each story they cover."""

    def __init__(self, subjects: Subjects) -> None:
        self._subjects = subjects
        self._chosen: list[str] = []
        self._headed: Counter[str] = Counter()  # chosen stories with this name at their head
        self._compared: Counter[str] = Counter()
        self._taken: dict[str, _Taken] = {}

    def add(self, story: str) -> None:
        """A story was chosen: what follows on its subject is worth less."""
        if story in self._subjects.compared:
            self._chosen.append(story)
            self._headed.update(self._subjects.headed(story).keys())

    def counted_in(self, ranked: Ranked) -> Ranked:
        """The story at its worth beside those chosen so far, with the reason."""
        story = ranked.story.id
        if story not in self._subjects.compared:
            return ranked
        taken = max(self._told(story), self._crowd(story), key=lambda taken: taken.amount)
        if not taken.amount:
            return ranked
        return with_reason(ranked, reason_of("repeats", taken.amount, _text(taken)))

    def _told(self, story: str) -> _Taken:
        """What stories on the same subject cover of this one."""
        taken = self._taken.get(story, _Taken(0.0, 0, {}))
        for other in self._chosen[self._compared[story] :]:
            sure, shared = self._subjects.same(story, other)
            if sure:
                names = {n: taken.names.get(n, 0.0) + worth for n, worth in shared.items()}
                taken = _Taken(taken.amount + sure, taken.count + 1, {**taken.names, **names})
        self._compared[story] = len(self._chosen)
        self._taken[story] = taken
        return taken

    def _crowd(self, story: str) -> _Taken:
        """What it takes that one of its names is at the head of many chosen stories.

        The name of a week is in too many stories to tell that two of them are one subject, and
        still the fifth is one too many.
        """
        return max(
            (
                _Taken(_CROWD * worth * (count - 1), count, {spelling: worth})
                for word, (spelling, worth) in sorted(self._subjects.headed(story).items())
                if (count := self._headed[word]) > 1
            ),
            key=lambda taken: taken.amount,
            default=_Taken(0.0, 0, {}),
        )


@dataclass(frozen=True, slots=True)
class _Taken:
    """How much of a story is taken (1.0: another story on its subject), by how many, on what."""

    amount: float
    count: int
    names: Mapping[str, float]


def _text(taken: _Taken) -> str:
    subject = on_subject(taken.names, "on the same subject")
    if taken.count == 1:
        return f"another story {subject} was already chosen"
    return f"{taken.count} stories {subject} were already chosen"
