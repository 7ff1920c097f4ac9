"""A small issue with nothing wrong, and its files: the ground on which each rule is broken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

from digest.check import check
from digest.model import (
    Artifact,
    Finding,
    Issue,
    IssueCoverage,
    IssueSection,
    IssueStory,
    IssueWindow,
    Masthead,
    NextIssue,
)
from digest.render import load_theme, render

THEME = load_theme()
Files = dict[str, bytes]
Broken = Callable[[Issue, Files], tuple[Issue, Files]]


def told(number: int, title: str, source: str = "", url: str = "") -> IssueStory:
    """A story with another source."""
    name = source or f"Paper {number}"
    return IssueStory(
        id=f"s{number}",
        title=title,
        url=url or f"https://paper-{number}.example/story",
        source=name,
        published=datetime(2025, 1, 28, tzinfo=UTC),
        topic="Cloud",
        score=10 - number,
        blurb=f"{title}, says {name}, and it has the numbers to show for it.",
        coverage=(
            IssueCoverage(
                title=title,
                url=f"https://other-{number}.example/story",
                source=f"Other {number}",
                published=None,
                relation="same story",
            ),
        ),
    )


ISSUE = Issue(
    number=5,
    week="2025-W05",
    window=IssueWindow(
        start=datetime(2025, 1, 27, tzinfo=UTC),
        end=datetime(2025, 2, 3, tzinfo=UTC),
        timezone="UTC",
        text="2025-W05: Mon 27 Jan - Sun 2 Feb 2025, UTC",
    ),
    date="2025-01-31",
    subject="A Week Without Incidents | #5",
    title="A Week Without Incidents",
    essay="We slept.\n\n"
    '<img src="https://example.org/graph.png" alt="A graph" width="480" height="240">\n\n'
    "See [the report](https://example.org/a).",
    lead="s1",
    masthead=Masthead(
        title="The Example", url="https://example.org/letter/", address="1 Sample Street"
    ),
    next=NextIssue(number=6, date="2025-02-07"),
    sections=(
        IssueSection(
            name="Cloud",
            stories=(
                told(1, "Node pools learn to sleep"),
                told(2, "Ingress gets a successor"),
                told(3, "Budgets for churn"),
                told(4, "A proxy that reads ahead"),
            ),
        ),
    ),
)


def eml(html: str, text: str, **headers: str) -> bytes:
    """A message of both parts."""
    message = EmailMessage(policy=SMTP.clone(max_line_length=76))
    for name, value in {
        "Subject": ISSUE.subject,
        "Date": "Fri, 31 Jan 2025 12:00:00 +0000",
        **headers,
    }.items():
        message[name.replace("_", "-")] = value
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary("=_digest")
    return message.as_bytes()


def files_of(issue: Issue) -> Files:
    """The files of an issue by their names."""
    made = {a.path.rpartition("/")[2]: a.content for a in render(issue, THEME)}
    # A message with a boundary that is known, so that a test can break it.
    return {**made, "issue.eml": eml(made["issue.html"].decode(), made["issue.txt"].decode())}


FILES = files_of(ISSUE)


def findings(issue: Issue, files: Files) -> tuple[Finding, ...]:
    """What the checks say."""
    artifacts = (Artifact(path=f"2025-W05/{name}", content=c) for name, c in files.items())
    return check(issue, artifacts)


def edit(name: str, old: str, new: str, count: int = -1) -> Broken:
    """Replace a text of a file; fails when it is not there."""

    def broken(issue: Issue, files: Files) -> tuple[Issue, Files]:
        text = files[name].decode()
        assert old in text, f"{old!r} is not in {name}"
        return issue, {**files, name: text.replace(old, new, count).encode()}

    return broken


def mail(old: str, new: str, count: int = 1) -> Broken:
    """Replace a text of the mail, the first time it stands there."""
    return edit("issue.html", old, new, count)
