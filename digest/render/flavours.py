"""The flavours of an issue: which function makes which file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec
from markupsafe import Markup

from digest.model import Issue
from digest.render import mail, plain
from digest.render.frontmatter import front_matter
from digest.render.theme import Theme
from digest.render.view import IssueView

Flavour = Callable[[Issue, IssueView, Theme], str]


def full(_issue: Issue, shown: IssueView, theme: Theme) -> str:
    """The whole mail."""
    css = theme.render("mail.css")
    return mail.inlined(_page("issue.html", shown, theme, fragment=False), css)


def fragment(_issue: Issue, shown: IssueView, theme: Theme) -> str:
    """One table with inline styles, for the HTML block of a sending service."""
    css = theme.render("mail.css", fragment=True)
    return mail.inlined_fragment(_page("issue.fragment.html", shown, theme, fragment=True), css)


def paste(_issue: Issue, shown: IssueView, theme: Theme) -> str:
    """Semantic HTML alone, for rich-text editors."""
    return mail.finished(_page("issue.paste.html", shown, theme))


def markdown(_issue: Issue, shown: IssueView, theme: Theme) -> str:
    """Portable Markdown with front matter."""
    matter = Markup(front_matter(shown, theme.front_matter))  # noqa: S704 - written for its reader
    return _spaced(_page("issue.md", shown, theme, front_matter=matter))


def text(_issue: Issue, shown: IssueView, theme: Theme) -> str:
    """Plain text as format=flowed, at most 73 columns wide with the blank of a soft break."""
    return plain.flowed(_page("issue.txt", shown, theme))


def data(issue: Issue, _shown: IssueView, _theme: Theme) -> str:
    """The issue itself as JSON."""
    encoded = msgspec.json.encode(issue, order="deterministic")
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def _spaced(page: str) -> str:
    """No blanks at line ends, one empty line at most; ends in one line break."""
    lines = re.sub(r"[ \t]+$", "", page, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"


def _page(name: str, shown: IssueView, theme: Theme, **more: object) -> str:
    return theme.render(name, issue=shown, words=theme.words_for(shown.language), **more)


FLAVOURS: Mapping[str, Flavour] = MappingProxyType(
    {
        "issue.html": full,
        "issue.fragment.html": fragment,
        "issue.paste.html": paste,
        "issue.md": markdown,
        "issue.txt": text,
        "issue.json": data,
    }
)
