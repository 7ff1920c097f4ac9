"""What a mail client's list shows beside the subject."""

from __future__ import annotations

from digest.model import Issue
from digest.render import essay
from digest.text import one_line

LENGTH = (40, 90)  # characters


def preheader(issue: Issue) -> str:
    """40 to 90 characters that go on where the subject stops: the best headlines, cut at a word."""
    best = sorted(issue.printed, key=lambda story: (-story.score, story.id))
    titles = [one_line(story.title) for story in best]
    found = " · ".join(title for title in titles if title != one_line(issue.title))
    if issue.essay.strip():
        found = " · ".join(filter(None, [essay.opening(issue.essay), found]))
    if len(found) < LENGTH[0]:
        found = " · ".join(filter(None, [found, _imprint(issue)]))
    return _cut(found)


def _imprint(issue: Issue) -> str:
    return f"{one_line(issue.masthead.title)} #{issue.number} · {one_line(issue.window.text)}"


def _cut(text: str) -> str:
    shortest, longest = LENGTH
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    whole = head[: head.rfind(" ")] if " " in head[shortest:] else head
    return whole.rstrip(" ·,;:-–—") + "…"
