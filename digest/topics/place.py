"""Which configured topic each story belongs to: first evidence, then what the week teaches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from digest.model import Reason, Story, Topic
from digest.text import is_personal
from digest.topics.evidence import (
    FITTING,
    LEAST_FITTING,
    LEAST_OWN,
    PERSONAL,
    SIGNALS,
    SUFFICES,
    WEIGHTS,
    Evidence,
    gather,
)
from digest.topics.learn import Vocabulary, self_train, softmax
from digest.topics.terms import terms_of
from digest.topics.vectors import Encode, Floats, of_stories

# A week must have stories to teach: below this many, each speaks for itself.
_LEAST_TO_LEARN = 20
# Two topics this close are a tie, and the reader of the reasons is told.
_TIE = 0.15


@dataclass(frozen=True, slots=True)
class Places:
    """The share of each story that belongs to each topic; the last column is no topic at all."""

    stories: tuple[Story, ...]
    topics: tuple[Topic, ...]
    share: Floats
    evidence: Evidence
    _least: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        placed = float(np.mean((self.share[:, :-1] >= 0.5).any(axis=1))) if len(self.share) else 0.0
        learned = len(self.stories) >= _LEAST_TO_LEARN and placed >= FITTING
        least = LEAST_FITTING if learned else LEAST_OWN
        kind = "encoder" if self.evidence.encoded else "lexical"
        object.__setattr__(self, "_least", least[kind])

    def best(
        self, row: int, allowed: Callable[[Topic], bool] = lambda _: True
    ) -> tuple[int | None, float]:
        """The topic with the largest share, whether that is enough or not; ties to the earlier."""
        columns = [c for c, topic in enumerate(self.topics) if allowed(topic)]
        column = max(columns, key=lambda c: (self.share[row, c], -c), default=None)
        if column is None:
            return None, 0.0
        share = float(self.share[row, column])
        return column, max(share, SUFFICES) if self.evidence.named[row, column] else share

    def own(self, row: int, column: int) -> bool:
        """Whether the story itself says enough: the week decides between topics, and adds none."""
        if self.evidence.named[row, column]:
            return True
        least = self._least + PERSONAL * is_personal(self.stories[row].lead.text)
        return bool(self.evidence.presence[row, column] >= least)

    def reasons(self, row: int, column: int) -> tuple[Reason, ...]:
        """Why this story may be of this topic, strongest first, and which other it may be of."""
        found = [*self._matches(row, column), *self._likeness(row, column)]
        rivals = [c for c in range(len(self.topics)) if c != column]
        rival = max(rivals, key=lambda c: (self.share[row, c], -c), default=None)
        if rival is not None and self.share[row, column] - self.share[row, rival] < _TIE:
            share = round(float(self.share[row, rival]), 3)
            text = f"nearly as much speaks for {self.topics[rival].name}"
            found.append(Reason(name="tie", value=-share, text=text))
        return tuple(found)

    def _matches(self, row: int, column: int) -> list[Reason]:
        return [
            Reason(
                name=match.place,
                value=_weight(match.place, encoded=self.evidence.encoded),
                text=f"{match.keyword!r} in the {match.place}",
            )
            for match in self.evidence.matches[row]
            if match.topic == column
        ]

    def _likeness(self, row: int, column: int) -> list[Reason]:
        texts = {
            "summary": "reads like the name, keywords and description",
            "nearest": "reads like one of the keywords",
            "kin": "its words are used in writing on this subject",
            "source": "its source mostly writes about this",
        }
        found = []
        for name, text in texts.items():
            signal = float(self.evidence.signals[row, column, SIGNALS.index(name)])
            value = round(signal * _weight(name, encoded=self.evidence.encoded), 2)
            if value >= 0.5:
                found.append(Reason(name=name, value=value, text=text))
        first = float(self.evidence.scores[row, column])
        if not found and not any(m.topic == column for m in self.evidence.matches[row]):
            text = "like the stories of this week that surely belong here"
            found.append(Reason(name="week", value=round(-first, 2), text=text))
        return sorted(found, key=lambda reason: (-reason.value, reason.name))


def place_stories(
    stories: Sequence[Story],
    topics: Sequence[Topic],
    encode: Encode | None = None,
    documents: Sequence[frozenset[str]] | None = None,
) -> Places:
    """Shares of every story among the topics and none; `documents` are the terms of the stories."""
    documents = documents or [terms_of(story) for story in stories]
    vectors = of_stories(stories, encode) if encode and stories else None
    evidence = gather(stories, topics, documents, vectors, encode)
    first = evidence.first
    if len(stories) < _LEAST_TO_LEARN:
        return Places(tuple(stories), tuple(topics), softmax(first), evidence)
    counts = Vocabulary.of(documents).counts(documents)
    return Places(
        tuple(stories), tuple(topics), softmax(self_train(first, vectors, counts)), evidence
    )


def _weight(name: str, *, encoded: bool) -> float:
    weight = WEIGHTS[name]  # type: ignore[index]
    return weight.encoder if encoded else weight.lexical
