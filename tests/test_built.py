from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from digest.built import built_weeks, issue_of, past_issues, read_built
from digest.errors import InputError
from digest.model import Artifact, Issue, IssueWindow, Masthead, NextIssue

WINDOW = IssueWindow(
    start=datetime(2025, 1, 27, tzinfo=UTC),
    end=datetime(2025, 2, 3, tzinfo=UTC),
    timezone="UTC",
    text="2025-W05",
)
ISSUE = Issue(
    number=1,
    week="2025-W05",
    window=WINDOW,
    date="2025-01-31",
    subject="S",
    title="T",
    masthead=Masthead(title="M"),
    next=NextIssue(number=2, date="2025-02-07"),
)


def lay(out: Path, week: str, content: bytes) -> None:
    """Put an issue.json where a build would."""
    (out / week).mkdir(parents=True)
    (out / week / "issue.json").write_bytes(content)


def test_past_issues_oldest_first(tmp_path: Path) -> None:
    later = replace(ISSUE, week="2025-W06", number=2)
    lay(tmp_path, "2025-W06", msgspec.json.encode(later))
    lay(tmp_path, "2025-W05", msgspec.json.encode(ISSUE))
    (tmp_path / "site").mkdir()
    assert past_issues(tmp_path) == ((ISSUE, later), ())


def test_past_issues_names_what_it_cannot_read(tmp_path: Path) -> None:
    lay(tmp_path, "2025-W05", msgspec.json.encode(ISSUE))
    lay(tmp_path, "2025-W06", b'{"schema": 1}')
    lay(tmp_path, "2025-W07", b"\xff not json")
    lay(tmp_path, "copy", msgspec.json.encode(ISSUE))
    (tmp_path / "2025-W08" / "issue.json").mkdir(parents=True)
    issues, problems = past_issues(tmp_path)
    assert issues == (ISSUE,)
    assert [
        str(tmp_path / week) in line
        for week, line in zip(("2025-W06", "2025-W07", "2025-W08", "copy"), problems, strict=True)
    ] == [True] * 4


def test_past_issues_of_nothing(tmp_path: Path) -> None:
    assert past_issues(tmp_path / "none") == ((), ())


def test_the_weeks_that_were_built(tmp_path: Path) -> None:
    lay(tmp_path, "2025-W06", b"")
    lay(tmp_path, "2025-W05", b"")
    (tmp_path / "site").mkdir()
    assert ("2025-W05", "2025-W06") == built_weeks(tmp_path)


def test_an_issue_is_read_with_its_files(tmp_path: Path) -> None:
    data = msgspec.json.encode(ISSUE)
    lay(tmp_path, "2025-W05", data)
    (tmp_path / "2025-W05" / "a.txt").write_bytes(b"a")
    issue, artifacts = read_built(tmp_path, "2025-W05")
    assert ISSUE == issue == issue_of(artifacts)
    assert [("2025-W05/a.txt", b"a"), ("2025-W05/issue.json", data)] == [
        (artifact.path, artifact.content) for artifact in artifacts
    ]


def test_an_issue_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no issue lies there .*build --week 2025-W05"):
        read_built(tmp_path, "2025-W05")
    lay(tmp_path, "2025-W05", b"{")
    with pytest.raises(InputError, match=r"cannot be read: .*run `digest build .*again"):
        read_built(tmp_path, "2025-W05")


def test_an_issue_is_found_among_what_was_rendered() -> None:
    data = Artifact(path="2025-W05/issue.json", content=msgspec.json.encode(ISSUE))
    assert ISSUE == issue_of((Artifact(path="2025-W05/issue.txt", content=b""), data))
