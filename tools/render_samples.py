"""Render the issue of a week in every style, as mails and as sites, for `make lint-email`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from digest.model import Issue
from digest.output import write
from digest.render import Options, builtin_styles, load_theme, render, render_site


def main(issue_json: Path, out: Path) -> None:
    """Write the issue in `issue_json` below `out`, and print the mails.

    A folder for each style, and one for each with pictures; every site has them.
    """
    issue = msgspec.json.decode(issue_json.read_bytes(), type=Issue)
    for mail in mails(issue, out):
        print(mail)


def mails(issue: Issue, out: Path) -> Iterator[Path]:
    """Write everything; the paths of the mails."""
    for style in builtin_styles():
        theme = load_theme(style)
        write(render_site([issue], theme, search=True, images="all"), out / style)
        plain = write(render(issue, theme), out / style)
        pictured = write(render(issue, theme, Options(images="all")), out / f"{style}-pictures")
        yield from (path for path in (*plain, *pictured) if path.name == "issue.html")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
