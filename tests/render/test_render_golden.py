"""Whole files beside their expected form: `DIGEST_UPDATE_GOLDEN=1 pytest` writes them anew.

Look at every changed file in a browser before it is committed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from sample_issue import ESSAY_ISSUE, ISSUE, QUIET_ISSUE

from digest.render import load_theme, render, render_site

GOLDEN = Path(__file__).parents[1] / "golden" / "render"
THEME = load_theme("dispatch")
ISSUES = (QUIET_ISSUE, ISSUE, ESSAY_ISSUE)
SITE = render_site(ISSUES, THEME, search=True)
# One source and the newest addresses stand for all: the others differ in their words alone.
ALIKE = re.compile(r"site/(?:sources/(?!index|cluster-notes)|(?:[a-z][a-z-]*-)?[45]/)")
ARTIFACTS = {
    artifact.path: artifact.content
    for artifacts in (*(render(issue, THEME).artifacts for issue in ISSUES), SITE)
    for artifact in artifacts
    if not ALIKE.match(artifact.path)
}
ARTIFACTS |= {
    f"{style}/{artifact.path}": artifact.content
    for style in ("brief", "links")
    for artifact in render(ISSUE, load_theme(style))
    if artifact.path.endswith(("issue.html", "issue.paste.html", ".md", ".txt"))
}


@pytest.mark.parametrize("path", ARTIFACTS)
def test_golden(path: str) -> None:
    expected = GOLDEN / path
    if os.environ.get("DIGEST_UPDATE_GOLDEN"):
        expected.parent.mkdir(parents=True, exist_ok=True)
        expected.write_bytes(ARTIFACTS[path])
    assert expected.read_bytes().decode() == ARTIFACTS[path].decode()


def test_no_golden_file_is_left_over() -> None:
    found = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    assert found == set(ARTIFACTS)
