"""An Issue as files: `render` makes those of one issue, `render_site` the archive.

Renderers see nothing but the Issue and the Theme, and give the same bytes for the same two.
"""

from __future__ import annotations

from digest.model import Artifact, Issue
from digest.render.flavours import FLAVOURS
from digest.render.site import render_site
from digest.render.site.card import available as can_draw
from digest.render.theme import Theme, load_theme
from digest.render.view import view

__all__ = ["FLAVOURS", "Theme", "can_draw", "load_theme", "render", "render_site"]


def render(issue: Issue, theme: Theme) -> tuple[Artifact, ...]:
    """Every file of one issue, in a folder named after its week, sorted by path.

    Raises `TemplateError` when a template of the style fails.
    """
    shown = view(issue, theme.words_for(issue.masthead.language))
    return tuple(
        Artifact(path=f"{issue.week}/{name}", content=flavour(issue, shown, theme).encode("utf-8"))
        for name, flavour in sorted(FLAVOURS.items())
    )
