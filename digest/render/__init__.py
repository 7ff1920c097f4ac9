"""An Issue as files: those of one issue, the page on which its editor looks at them, the archive.

Renderers see nothing but the Issue, the Theme and the Options, and give the same bytes for the same
three.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from msgspec.structs import replace as replaced

from digest.model import Artifact, Issue
from digest.render.budget import Fitted, fit
from digest.render.builtin import builtin_files, builtin_styles, builtin_templates
from digest.render.flavours import FLAVOURS
from digest.render.message import message
from digest.render.options import Options
from digest.render.pictures import only
from digest.render.preview import render_preview
from digest.render.site import render_site
from digest.render.site.card import available as can_draw
from digest.render.targets import Slots, sealed, slots, tokens_of
from digest.render.theme import Theme, load_theme
from digest.render.view import IssueView, filled, view

__all__ = [
    "FLAVOURS",
    "Options",
    "Rendered",
    "Theme",
    "builtin_files",
    "builtin_styles",
    "builtin_templates",
    "can_draw",
    "load_theme",
    "render",
    "render_preview",
    "render_site",
    "tokens_of",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The files of an issue, sorted by path, and what was done to make the mail fit."""

    artifacts: tuple[Artifact, ...]
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Artifact]:
        return iter(self.artifacts)


def render(issue: Issue, theme: Theme, options: Options = Options()) -> Rendered:
    """Every file of one issue, in a folder named after its week, sorted by path.

    The mail and what is pasted in its place are cut alike where the mail would be clipped;
    issue.json has the whole issue and says so. Raises `TemplateError` when a template of the style
    fails.
    """
    fixed = theme.words_for(issue.masthead.language)
    places = slots(issue, options)

    def size(cut: Fitted) -> int:
        page = FLAVOURS["issue.html"](cut.issue, _shown(cut, fixed, places), theme)
        return len(sealed(page, places).encode())

    cut = fit(only(issue, options.images), size)
    shown = _shown(cut, fixed, places)
    recorded = replaced(issue, notes=cut.notes)
    pages = {
        name: flavour(recorded, shown, theme)
        if name.endswith(".json")
        else sealed(flavour(recorded, shown, theme), places)
        for name, flavour in FLAVOURS.items()
    }
    files = {name: page.encode("utf-8") for name, page in pages.items()}
    addressed = replace(shown, subject=sealed(shown.subject, places))
    files["issue.eml"] = message(addressed, pages["issue.html"], pages["issue.txt"], options)
    artifacts = (
        Artifact(path=f"{issue.week}/{name}", content=content)
        for name, content in sorted(files.items())
    )
    return Rendered(artifacts=tuple(artifacts), notes=cut.notes)


def _shown(cut: Fitted, fixed: Mapping[str, str], places: Slots) -> IssueView:
    """The view of a cut issue, with a line on what is missing."""
    shown = view(cut.issue, fixed, places)
    if cut.left_out:
        key = "left_out" if shown.view_url else "left_out_offline"
        key += "_one" if cut.left_out == 1 else ""
        return replace(shown, rest=filled(fixed, key, count=cut.left_out))
    return replace(shown, rest=fixed["rest"] if cut.shortened and shown.view_url else "")
