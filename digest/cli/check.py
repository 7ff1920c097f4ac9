"""`digest check`: what must hold before an issue leaves the house."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.command import (
    FAILED,
    SKIPPED,
    built_week_option,
    command,
    out_option,
    publication_options,
)
from digest.cli.common import built_week, checking, moment, note, open_config, tally

if TYPE_CHECKING:
    from digest.model import Finding

EXAMPLES = """\b
Examples:
  digest check                        the newest issue that was built
  digest check --week 2025-W05        one issue
  digest check --json | jq .errors    for a script
"""
_WIDTH = 100


@click.command(epilog=EXAMPLES, short_help="What should be mended in an issue that was built.")
@built_week_option
@out_option
@click.option("--strict", is_flag=True, help="Exit with status 3 when there are warnings.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as one JSON object.")
@publication_options
@command
def check(
    week: str | None,
    out: Path | None,
    *,
    strict: bool,
    as_json: bool,
    config_path: Path | None,
    now: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Check an issue that was built: links, titles, size, and how mail clients will take it.

    Reads out/WEEK/ and changes nothing. Exits with 1 when anything must be mended before the
    issue is sent. docs/check.md has every rule with its reason.
    """
    from digest.built import read_built
    from digest.check import RULES
    from digest.check import check as find

    config = open_config(config_path)
    folder = out or config.out
    label = built_week(config, folder, week, moment(now))
    found = find(*read_built(folder, label), checking(config))
    if as_json:
        click.echo(_as_json(label, found))
    elif found or not quiet:
        click.echo(_as_text(label, found))
    if verbose:
        note(f"{len(RULES)} rules")
    errors = any(finding.severity == "error" for finding in found)
    if errors or (strict and found):
        sys.exit(FAILED if errors else SKIPPED)


def _as_json(week: str, found: Sequence[Finding]) -> str:
    import msgspec

    errors = sum(finding.severity == "error" for finding in found)
    report = {
        "week": week,
        "errors": errors,
        "warnings": len(found) - errors,
        "findings": [msgspec.to_builtins(finding) for finding in found],
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _as_text(week: str, found: Sequence[Finding]) -> str:
    lines = [f"{week}: {tally(found) if found else 'nothing to mend'}"]
    for severity, heading in (("error", "Errors"), ("warning", "Warnings")):
        of_these = [finding for finding in found if finding.severity == severity]
        if of_these:
            lines += ["", heading]
        for rule in dict.fromkeys(finding.rule for finding in of_these):
            same = [finding for finding in of_these if finding.rule == rule]
            lines += ["", f"  {rule}: {same[0].hint}"]
            lines += [_line(f"{finding.where}: {finding.message}") for finding in same]
    return "\n".join(lines)


def _line(text: str) -> str:
    # Foreign text on a terminal: an escape sequence in a link must not reach it.
    plain = "".join(char if char.isprintable() else "\ufffd" for char in text)
    return textwrap.fill(
        plain,
        _WIDTH,
        initial_indent="    - ",
        subsequent_indent="      ",
        break_long_words=False,
        break_on_hyphens=False,
    )
