"""The files of an issue by their names, and what its pages link."""

from __future__ import annotations

from functools import cache

from digest.check.markup import Document
from digest.model import Issue
from digest.render import Options, load_theme, render

theme_of = cache(load_theme)


def files_of(issue: Issue, style: str = "dispatch", options: Options = Options()) -> dict[str, str]:
    """Every file of an issue as text: `issue.html` and so on."""
    made = render(issue, theme_of(style), options)
    return {a.path.removeprefix(f"{issue.week}/"): a.content.decode() for a in made}


def links(html: str) -> list[tuple[str, str]]:
    """(text, address) of every link, in order, with single spaces."""
    return [(a.words, a.attributes.get("href", "")) for a in Document(html).all("a")]
