"""Render the issue of a week in every style, for `make lint-email`."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from digest.model import Issue
from digest.output import write
from digest.render import builtin_styles, load_theme, render


def main(issue_json: Path, out: Path) -> None:
    """Write each style's files of the issue in `issue_json` below `out`, and print the mails."""
    issue = msgspec.json.decode(issue_json.read_bytes(), type=Issue)
    for style in builtin_styles():
        for path in write(render(issue, load_theme(style)), out / style):
            if path.name == "issue.html":
                print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
