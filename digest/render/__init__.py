"""An Issue as files: `render` makes those of one issue, `render_site` the archive.

Renderers see nothing but the Issue, the Theme and the Options, and give the same bytes for the same
three.
"""

from __future__ import annotations

from dataclasses import replace

from digest.model import Artifact, Issue
from digest.render.flavours import FLAVOURS
from digest.render.message import message
from digest.render.options import Options
from digest.render.site import render_site
from digest.render.targets import sealed, slots
from digest.render.theme import Theme, load_theme
from digest.render.view import view

__all__ = ["FLAVOURS", "Options", "Theme", "load_theme", "render", "render_site"]


def render(issue: Issue, theme: Theme, options: Options = Options()) -> tuple[Artifact, ...]:
    """Every file of one issue, in a folder named after its week, sorted by path.

    Raises `TemplateError` when a template of the style fails.
    """
    places = slots(issue, options)
    shown = view(issue, theme.words_for(issue.masthead.language), places)
    pages = {
        name: flavour(issue, shown, theme)
        if name.endswith(".json")
        else sealed(flavour(issue, shown, theme), places)
        for name, flavour in FLAVOURS.items()
    }
    files = {name: page.encode("utf-8") for name, page in pages.items()}
    addressed = replace(shown, subject=sealed(shown.subject, places))
    files["issue.eml"] = message(addressed, pages["issue.html"], pages["issue.txt"], options)
    return tuple(
        Artifact(path=f"{issue.week}/{name}", content=content)
        for name, content in sorted(files.items())
    )
