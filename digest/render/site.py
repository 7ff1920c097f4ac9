"""The archive: a page for each issue, an index, a style sheet and an Atom feed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.model import Artifact, Issue
from digest.render.mail import tidied
from digest.render.theme import Theme
from digest.render.view import IssueView, view
from digest.urls import host

# XML 1.0 has no way to write these, not even as references.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_site(issues: Sequence[Issue], theme: Theme) -> tuple[Artifact, ...]:
    """The archive of all `issues` in any order, below site/, sorted by path.

    Links are relative, so that it works from any folder of any host. Without issues there is no
    site. Raises `TemplateError` when a template of the style fails.
    """
    newest_first = sorted(issues, key=lambda issue: (issue.week, issue.number), reverse=True)
    if not newest_first:
        return ()
    shown = [view(issue, theme.words_for(issue.masthead.language)) for issue in newest_first]
    pages = {
        "site/index.html": _page("site/index.html", shown[0], theme, issues=shown),
        "site/style.css": theme.render("site/style.css"),
        "site/feed.xml": _feed(shown, theme),
    }
    for number, issue in enumerate(shown):
        pages[f"site/{issue.week}/index.html"] = _page(
            "site/issue.html",
            issue,
            theme,
            newer=shown[number - 1] if number else None,
            older=shown[number + 1] if number + 1 < len(shown) else None,
        )
    return tuple(
        Artifact(path=path, content=page.encode("utf-8")) for path, page in sorted(pages.items())
    )


def _page(name: str, issue: IssueView, theme: Theme, **more: object) -> str:
    return tidied(theme.render(name, issue=issue, words=theme.words_for(issue.language), **more))


def _feed(shown: Sequence[IssueView], theme: Theme) -> str:
    entries = [
        {"issue": issue, "id": tag(issue), "content": _article(issue, theme)} for issue in shown
    ]
    page = _page(
        "site/feed.xml", shown[0], theme, entries=entries, feed_id=tag(shown[0], feed=True)
    )
    return _NOT_XML.sub("", page)


def _article(issue: IssueView, theme: Theme) -> str:
    """The issue as HTML; a plain string, so that the feed escapes it once."""
    return _page("_article.html", issue, theme)


def tag(issue: IssueView, *, feed: bool = False) -> str:
    """A name that outlives titles and paths (RFC 4151): host and week, nothing an editor edits.

    The year is part of every tag and only says when the host was theirs: it must never move.
    """
    name = f"tag:{host(issue.url) or 'localhost'},2025:digest"
    return name if feed else f"{name}/{issue.week}"
