"""The editor's page: the mail in frames, its files to copy, and what the check found.

Nothing of a feed can run on it. What it embeds stands in JSON in which no tag can be closed, the
frames are sandboxed without scripts, and a policy (CSP) that the frames inherit allows the page's
own script alone, by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from digest.model import Artifact, Finding, Issue
from digest.render.theme import Theme
from digest.text import one_line

NAME = "preview.html"
# What the buttons copy, by the name that templates/…/preview.js uses.
EMBEDDED = {
    "html": "issue.html",
    "paste": "issue.paste.html",
    "markdown": "issue.md",
    "text": "issue.txt",
    "eml": "issue.eml",
}
_IN_SCRIPT = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def render_preview(
    issue: Issue,
    artifacts: Iterable[Artifact],
    findings: Sequence[Finding],
    theme: Theme,
    *,
    limit: int,
) -> Artifact:
    """The preview of an issue; `limit` is the size in bytes that its mail must keep to.

    Raises `TemplateError` when a template of the style fails.
    """
    contents = {artifact.path.rpartition("/")[2]: artifact.content for artifact in artifacts}
    script = theme.render("preview.js")
    page = theme.render(
        "preview.html",
        title=one_line(issue.subject) or issue.week,
        masthead=one_line(issue.masthead.title),
        window=one_line(issue.window.text),
        week=issue.week,
        size=len(contents.get("issue.html", b"")),
        limit=limit,
        findings=findings,
        has_eml="issue.eml" in contents,
        style=Markup(theme.render("preview.css")),  # noqa: S704 - the style's own file
        script=Markup(script),  # noqa: S704 - the style's own file
        script_hash=_hash(script),
        data=embedded(issue.week, contents),
    )
    return Artifact(path=f"{issue.week}/{NAME}", content=page.encode("utf-8"))


def embedded(week: str, contents: dict[str, bytes]) -> Markup:
    """The files as JSON for a <script>: nothing in it can end the element or begin a comment."""
    files = {
        key: contents[name].decode("utf-8", "replace")
        for key, name in EMBEDDED.items()
        if name in contents
    }
    text = json.dumps({"week": week, **files}, ensure_ascii=False)
    return Markup(text.translate(_IN_SCRIPT))  # noqa: S704 - nothing is left to escape


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
