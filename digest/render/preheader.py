"""What a mail client's list shows beside the subject."""

from __future__ import annotations

from digest.model import Issue, IssueStory
from digest.render import essay
from digest.text import one_line

LENGTH = (40, 90)


def preheader(issue: Issue) -> str:
    """40 to 90 characters that go on where the subject stops: the best headlines, cut at a word."""
    best = sorted(printed(issue), key=lambda story: (-story.score, story.id))
    titles = [one_line(story.title) for story in best]
    found = " · ".join(title for title in titles if title != one_line(issue.title))
    if issue.essay.strip():
        found = " · ".join(filter(None, [essay.opening(issue.essay), found]))
    if len(found) < LENGTH[0]:
        found = " · ".join(filter(None, [found, _imprint(issue)]))
    return _cut(found)


def printed(issue: Issue) -> tuple[IssueStory, ...]:
    """The stories in the order of printing: the lead, what we made, what we found."""
    lead = issue.lead_story
    ordered = sorted(issue.sections, key=lambda section: not section.own)
    rest = (story for section in ordered for story in section.stories)
    return (*((lead,) if lead else ()), *(s for s in rest if lead is None or s.id != lead.id))


def _imprint(issue: Issue) -> str:
    return f"{one_line(issue.masthead.title)} #{issue.number} · {one_line(issue.window.text)}"


def _cut(text: str, limit: int = LENGTH[1]) -> str:
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    whole = head[: head.rfind(" ")] if " " in head[LENGTH[0] :] else head
    return whole.rstrip(" ·,;:-–—") + "…"
