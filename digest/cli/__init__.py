"""The command line: options, exit statuses, progress. The only place with a clock and a voice.

Commands import what they need when they run, so that `digest --help` is quick.
"""

from __future__ import annotations

import click

from digest import __version__
from digest.cli.build import build
from digest.cli.check import check
from digest.cli.collect import collect
from digest.cli.explain import explain
from digest.cli.init import init
from digest.cli.preview import preview
from digest.cli.sources import sources
from digest.cli.stories import stories
from digest.cli.templates import templates

EXAMPLES = """\b
Examples:
  digest init my-letter            start a publication
  digest build                     the newest week that has material
  digest build --week 2025-W05     one ISO week; also a date, `last` or `this`
  digest check                     what should be mended before it is sent
  digest preview                   look at it, copy it, with live reload
  digest sources                   what each source gave
"""


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, epilog=EXAMPLES)
@click.version_option(__version__, prog_name="digest")
def main() -> None:
    """Turn a week of feeds, newsletters and saved articles into one newsletter issue.

    Every story is told once, with all its sources; stories are grouped by topic; the issue is
    written as mail, Markdown, plain text, data and a page of a static site.
    """


for command in (init, collect, build, check, preview, stories, explain, sources, templates):
    main.add_command(command)
