"""An issue cut to what Gmail shows: it hides whatever comes after the first 102,400 bytes.

The ladder is climbed rung by rung until the mail fits, always in this order, and each rung is told.
Only the mail is cut: issue.json and the site keep every word.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from digest.model import Issue, IssueCoverage, IssueStory
from digest.text import counted

HARD = 102_400  # bytes of HTML that Gmail shows (docs/rendering.md)
WARN = 90_000  # what a cut aims at: services make links longer when they count clicks


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """An issue as it fits, what was done to it, and how many stories it no longer has."""

    issue: Issue
    notes: tuple[str, ...] = ()
    left_out: int = 0
    shortened: bool = False

    def noted(self, told: str, size: int) -> Fitted:
        """The same, and what was done last, after which the mail has `size` bytes."""
        return dataclasses.replace(self, notes=(*self.notes, f"{told}: {size:,} bytes"))


Measure = Callable[[Fitted], int]  # bytes of the mail
Rung = tuple[str, Callable[[IssueStory], IssueStory]]


def fit(issue: Issue, measure: Measure) -> Fitted:
    """The issue in at most `HARD` bytes as `measure` finds them, if any rung leads there."""
    whole = Fitted(issue=issue)
    size = measure(whole)
    if size <= WARN:
        return whole
    if size <= HARD:
        told = f"the mail has {size:,} bytes: near {HARD:,}, where Gmail cuts it off"
        return Fitted(issue=issue, notes=(told,))
    cut = Fitted(issue=issue, notes=(f"the mail had {size:,} bytes: Gmail shows {HARD:,}",))
    for told, rung in LADDER:
        shorter = cut.issue.with_each(rung)
        if shorter == cut.issue:
            continue
        cut = Fitted(issue=shorter, notes=cut.notes, shortened=True)
        size = measure(cut)
        cut = cut.noted(told, size)
        if size <= WARN:
            return cut
    for told, strip in (("without blurbs", _bare), ("left out", _gone)):
        cut = _weakest(cut, measure, told, strip)
        if measure(cut) <= WARN:
            return cut
    return cut


def _sentences(most: int) -> Callable[[IssueStory], IssueStory]:
    def rung(story: IssueStory) -> IssueStory:
        kept = story.sentences[:most]
        whole = story.blurb == " ".join(sentence.text for sentence in story.sentences)
        if not whole or len(kept) == len(story.sentences):  # an editor's own words stay
            return story
        return replace(story, sentences=kept, blurb=" ".join(sentence.text for sentence in kept))

    return rung


def _angles(most: int) -> Callable[[IssueStory], IssueStory]:
    def rung(story: IssueStory) -> IssueStory:
        coverage: list[IssueCoverage] = []
        said = 0
        for other in story.coverage:
            said += bool(other.angle)
            spared = not other.angle or said <= most
            coverage.append(other if spared else replace(other, angle="", sentence=None))
        return replace(story, coverage=tuple(coverage))

    return rung


LADDER: Sequence[Rung] = (
    ("no pictures", lambda story: replace(story, image=None)),
    ("blurbs of at most two sentences", _sentences(2)),
    ("at most two angles a story", _angles(2)),
    ("blurbs of one sentence", _sentences(1)),
    ("no angles, their sources named", _angles(0)),
)


def _bare(issue: Issue, weak: frozenset[str]) -> Issue:
    return issue.with_each(lambda s: replace(s, blurb="", sentences=()) if s.id in weak else s)


def _gone(issue: Issue, weak: frozenset[str]) -> Issue:
    return replace(
        issue,
        sections=tuple(
            replace(section, stories=tuple(s for s in section.stories if s.id not in weak))
            for section in issue.sections
        ),
    )


def _weakest(
    cut: Fitted, measure: Measure, told: str, strip: Callable[[Issue, frozenset[str]], Issue]
) -> Fitted:
    """Strip as few of the weakest stories as it takes; the lead and our own work come last."""
    own = {s.id for section in cut.issue.sections if section.own for s in section.stories}
    stories = cut.issue.stories
    order = sorted(stories, key=lambda s: (s.id == cut.issue.lead, s.id in own, s.score, s.id))

    def stripped(count: int) -> Fitted:
        issue = strip(cut.issue, frozenset(story.id for story in order[:count]))
        left_out = len(stories) - len(issue.stories)
        return Fitted(issue=issue, notes=cut.notes, left_out=left_out, shortened=True)

    low, high = 0, len(order)
    while low < high:  # the size falls with the count, so halving finds the least
        middle = (low + high) // 2
        if measure(stripped(middle)) <= WARN:
            high = middle
        else:
            low = middle + 1
    found = stripped(low)
    return found.noted(f"{told}: {counted(low, 'weak story', 'weakest stories')}", measure(found))
