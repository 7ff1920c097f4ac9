"""`digest init`: scaffold a publication."""

from __future__ import annotations

from pathlib import Path

import click

from digest.cli.common import command, note

CONFIG = """\
# A publication. Every key but the title may be left out; docs/config.md has them all.
[publication]
title = {title}
language = "en"
timezone = "UTC"
publish_on = "friday"
style = {style}

# Where entries come from: feed, opml, folder, mailbox, bookmarks or jsonl, as many as you like.
# `digest sources add URL` writes one for you.
[[source]]
folder = "seeds"
name = "Saved articles"

# [[source]]
# feed = "https://example.org/feed.xml"
# name = "Example"

# Sections of the issue, by whole words and phrases. What fits none is grouped on its own.
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


@click.command()
@click.argument("directory", default=".", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--style", default="dispatch", help="dispatch, brief or links; default: dispatch.")
@command
def init(directory: Path, *, style: str, quiet: bool, verbose: bool) -> None:
    """Start a publication in DIR: digest.toml, seeds/, templates/ and issues/."""
    from digest.errors import OutputError
    from digest.render import load_theme

    load_theme(style)  # raises before anything is written when there is no such style

    target = directory / "digest.toml"
    if target.exists():
        raise OutputError(f"{target} is already there", hint="nothing was changed")
    title = directory.resolve().name.replace("-", " ").replace("_", " ").title() or "My Digest"
    try:
        for folder in ("seeds", "templates", "issues"):
            (directory / folder).mkdir(parents=True, exist_ok=True)
        (directory / "seeds" / "welcome.md").write_text(WELCOME, encoding="utf-8")
        text = CONFIG.format(title=_toml_string(title), style=_toml_string(style))
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(
            f"{directory}: cannot write: {error.strerror}", hint="choose another folder"
        ) from None
    if verbose:
        note(f"title: {title}")
    if not quiet:
        note(f"{target} is ready: add your sources to it, then run `digest build`")


def _toml_string(text: str) -> str:
    import json

    return json.dumps(text, ensure_ascii=False)  # a JSON string is a TOML basic string
