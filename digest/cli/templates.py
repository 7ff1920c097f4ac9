"""`digest templates`: the styles there are, and copies of them to change."""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli.command import command, config_option
from digest.cli.common import note, open_config

EXAMPLES = """\b
Examples:
  digest templates list
  digest templates copy dispatch                 the whole style into templates/dispatch/
  digest templates copy dispatch/_rows.html      one template of it
"""


@click.group(epilog=EXAMPLES, short_help="List the styles, or copy one to change it.")
def templates() -> None:
    """List the styles, or copy one into the publication's templates/ to change it."""


@templates.command("list", short_help="The styles and their templates.")
@config_option
@command
def list_styles(*, config_path: Path | None, quiet: bool, verbose: bool) -> None:
    """Print each style and its templates: the built-in ones, then the publication's own."""
    from digest.errors import ConfigError
    from digest.render import builtin_files, builtin_styles

    for style in builtin_styles():
        click.echo(style)
        if not quiet:
            for name in builtin_files(style):
                click.echo(f"  {style}/{name}")
    try:
        own = open_config(config_path).root / "templates"
    except ConfigError:
        if config_path or verbose:
            raise
        return
    for path in sorted(p for p in own.rglob("*") if p.is_file()):
        click.echo(f"yours: {path.relative_to(own).as_posix()}")


@templates.command("copy", short_help="Copy a style or one template.")
@click.argument("name")
@click.option("--force", is_flag=True, help="Replace files that are there already.")
@config_option
@command
def copy(name: str, *, force: bool, config_path: Path | None, quiet: bool, verbose: bool) -> None:
    """Copy the style NAME, or one template of it (STYLE/TEMPLATE), into templates/."""
    folder = open_config(config_path).root / "templates"
    copied = copy_templates(name, folder, force=force)
    if verbose:
        for path in copied:
            note(str(path))
    if not quiet:
        what = name if len(copied) == 1 else f"{len(copied)} templates of {name}"
        note(f"{what} copied to {folder}: see docs/templates.md")


def copy_templates(name: str, folder: Path, *, force: bool) -> tuple[Path, ...]:
    """Copy a built-in style or one template of it below `folder`; all of it or nothing.

    Raises `TemplateError` for a name that there is not, `OutputError` for a file in the way.
    """
    from digest.errors import OutputError
    from digest.render import builtin_templates

    wanted = {folder / path: content for path, content in builtin_templates(name).items()}
    there = [path for path in wanted if path.exists()]
    if there and not force:
        raise OutputError(f"{there[0]} is already there", hint="--force replaces it")
    try:
        for path, content in wanted.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot write: {error.strerror}", hint="make the folder writable"
        ) from None
    return tuple(wanted)
