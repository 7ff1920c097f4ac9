"""`digest init`: scaffold a publication."""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli.command import command
from digest.cli.common import note

CONFIG = """\
# A publication. Every key but the title may be left out; docs/config.md has them all.
[publication]
title = {title}
language = "en"
timezone = "UTC"
publish_on = "friday"
style = {style}
# url = "https://example.org/letter/"             # where the archive will lie: "view online", feeds
# address = "The Letter, 1 Street, 12345 Town"    # the law asks for one in the footer of bulk mail

# Where entries come from: feed, opml, folder, mailbox, bookmarks or jsonl, as many as you like.
# `digest sources add URL` writes one for you.
[[source]]
folder = "seeds"
name = "Saved articles"

# [[source]]
# feed = "https://example.org/feed.xml"
# name = "Example"

# Sections of the issue. What fits none is grouped on its own.
"""

NO_TOPICS = """\
# [[topic]]
# name = "Kubernetes & Cloud"
# keywords = ["kubernetes", "eks", "karpenter"]
# max = 5
"""

WELCOME = """\
---
title: Your first saved article
---

Put articles here as .txt, .md or .html files, or name feeds in digest.toml, and run
`digest build`. This page is an entry like any other: delete it when you have your own.

A document may carry front matter with title, date, url and source. Without a date it belongs to
whichever week is built, unless digest.toml says `undated = "skip"`.
"""


@click.command(short_help="Start a publication in a folder.")
@click.argument("directory", default=".", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--style", default="dispatch", help="dispatch, brief or links; default: dispatch.")
@click.option(
    "--topics",
    type=click.Choice(["tech", "news", "none"]),
    default="none",
    help="Topics to begin with: engineering and operations, general news, or none.",
)
@command
def init(directory: Path, *, style: str, topics: str, quiet: bool, verbose: bool) -> None:
    """Start a publication in DIR: digest.toml, seeds/, templates/ and issues/."""
    from digest.edit import toml_string
    from digest.errors import OutputError
    from digest.render import load_theme

    load_theme(style)  # raises before anything is written when there is no such style

    target = directory / "digest.toml"
    if target.exists():
        raise OutputError(
            f"{target} is already there, and nothing was changed", hint="choose another folder"
        )
    title = directory.resolve().name.replace("-", " ").replace("_", " ").title() or "My Digest"
    try:
        for folder in ("seeds", "templates", "issues"):
            (directory / folder).mkdir(parents=True, exist_ok=True)
        (directory / "seeds" / "welcome.md").write_text(WELCOME, encoding="utf-8")
        config = CONFIG.format(title=toml_string(title), style=toml_string(style))
        target.write_text(config + _pack(topics), encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{directory}: cannot write: {error.strerror}", hint="choose another folder"
        ) from None
    if verbose:
        note(f"title: {title}")
    if not quiet:
        where = "" if directory == Path() else f" --config {directory}"
        note(f"{target} is ready: add your sources to it, then run `digest build{where}`")


def _pack(name: str) -> str:
    """The topics of a pack, as TOML to be read and edited."""
    from importlib.resources import files

    if name == "none":
        return NO_TOPICS
    return (files("digest") / "packs" / f"{name}.toml").read_text(encoding="utf-8")
