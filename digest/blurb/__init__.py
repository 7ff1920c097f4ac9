"""What a story says about itself: whole sentences taken from its sources, never composed.

A blurb answers what happened and why it matters in 25 to 60 words; an angle is the one sentence in
which another source adds something. Every sentence keeps its source and its offsets.
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.blurb.angle import Said, angle
from digest.blurb.choose import blurb
from digest.blurb.explain import grounds
from digest.blurb.options import Options
from digest.blurb.rules import REFUSED, refusal
from digest.blurb.standing import leans
from digest.blurb.weights import weigh
from digest.model import Ranked, Section, Sentence, Told

__all__ = ["REFUSED", "Options", "grounds", "leans", "refusal", "tell"]


def tell(
    sections: Sequence[Section[Ranked]], options: Options = Options()
) -> tuple[Section[Told], ...]:
    """Give every story its blurb, and each piece of coverage its angle (or None)."""
    return tuple(
        Section(name=s.name, own=s.own, stories=tuple(_told(r, options) for r in s.stories))
        for s in sections
    )


def _told(ranked: Ranked, options: Options) -> Told:
    story = ranked.story
    weights = weigh(story)
    chosen = blurb(story, weights, options)
    said = Said()
    for text in (story.lead.title, *(sentence.text for sentence in chosen)):
        said.add(text)
    angles: list[Sentence | None] = []
    for coverage in story.coverage:
        found = None
        if coverage.relation != "copy":
            found = angle(coverage.article, weights, said, options)
        if found:
            said.add(found.text)
        angles.append(found)
    return Told(ranked=ranked, blurb=chosen, angles=tuple(angles))
