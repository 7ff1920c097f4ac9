"""Issues that were built, read back from where they lie: an output folder, or what goes there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from digest.errors import InputError
from digest.model import Artifact, Issue


def past_issues(out: Path, *, without: str = "") -> tuple[tuple[Issue, ...], tuple[str, ...]]:
    """The issues that lie in `out`, oldest first, and a line for each that cannot be read.

    The week `without` is left out: it is about to be written anew.
    """
    found: list[Issue] = []
    problems: list[str] = []
    for path in sorted(out.glob("*/issue.json")):
        if path.parent.name == without:
            continue
        try:
            issue = msgspec.json.decode(path.read_bytes(), type=Issue)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            problems.append(f"{path}: left out of the archive: {error}")
            continue
        if issue.week != path.parent.name:
            problems.append(f"{path}: left out of the archive: it says that it is {issue.week!r}")
            continue
        found.append(issue)
    return tuple(sorted(found, key=lambda issue: issue.week)), tuple(problems)


def issue_of(artifacts: Iterable[Artifact]) -> Issue:
    """The issue as its issue.json has it, which is among `artifacts`."""
    [data] = (a.content for a in artifacts if a.path.endswith("/issue.json"))
    return msgspec.json.decode(data, type=Issue)


def built_weeks(out: Path) -> tuple[str, ...]:
    """The weeks of which an issue lies in `out`, oldest first."""
    return tuple(sorted(path.parent.name for path in out.glob("*/issue.json")))


def read_built(out: Path, week: str) -> tuple[Issue, tuple[Artifact, ...]]:
    """An issue as it lies in `out`, and its files, sorted by path; raises `InputError`."""
    folder = out / week
    try:
        issue = msgspec.json.decode((folder / "issue.json").read_bytes(), type=Issue)
        names = sorted(path.name for path in folder.iterdir() if path.is_file())
        artifacts = (
            Artifact(path=f"{week}/{name}", content=(folder / name).read_bytes()) for name in names
        )
        return issue, tuple(artifacts)
    except FileNotFoundError:
        raise InputError(
            f"{folder}: no issue lies there", hint=f"run `digest build --week {week}` first"
        ) from None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(
            f"{folder}: cannot be read: {error}", hint=f"run `digest build --week {week}` again"
        ) from None
