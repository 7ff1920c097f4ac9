"""The styles that ship with digest: where they lie, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from digest.errors import TemplateError, nearest

_PACKAGE = Path(__file__).resolve().parents[1]


def home() -> Path:
    """The folder of the built-in styles: in the wheel, or in the checkout."""
    shipped = _PACKAGE / "_templates"
    return shipped if shipped.is_dir() else _PACKAGE.parent / "templates"


def builtin_styles() -> tuple[str, ...]:
    """The names of the built-in styles."""
    return tuple(sorted(path.name for path in home().iterdir() if path.is_dir()))


def builtin_files(style: str) -> tuple[str, ...]:
    """The templates of a built-in style, with forward slashes."""
    folder = home() / style
    return tuple(sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()))


def builtin_templates(name: str) -> Mapping[str, bytes]:
    """The files of a style ("links") or one of them ("links/mail.css"), by their paths.

    Raises `TemplateError` when there is no such style or template.
    """
    styles = builtin_styles()
    known = {f"{style}/{file}": style for style in styles for file in builtin_files(style)}
    found = [path for path, style in known.items() if name.rstrip("/") in (path, style)]
    if not found:
        close = nearest(name, [*styles, *known])
        raise TemplateError(
            f"there is no built-in style or template {name!r}",
            hint=f"did you mean {close!r}?" if close else "see `digest templates list`",
        )
    return {path: (home() / path).read_bytes() for path in found}
