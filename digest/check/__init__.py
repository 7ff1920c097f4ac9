"""What must hold before an issue leaves the house: plain functions of the Issue and its files.

`rules.RULES` is the table: what holds, how bad it is when it does not, and why. Every group of
rules is a function that yields what it found; none of them needs a browser, a network or a clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from digest.check import colours, editorial, eml, flavours, layout, links, reading, source
from digest.check.options import Options
from digest.check.page import Page
from digest.check.rules import RULES, Rule
from digest.check.source import SIZE_LIMIT
from digest.model import Artifact, Finding, Issue

__all__ = ["RULES", "SIZE_LIMIT", "Options", "Rule", "check"]

MAIL = "issue.html"


def check(
    issue: Issue, artifacts: Iterable[Artifact], options: Options = Options()
) -> tuple[Finding, ...]:
    """Everything that is wrong with an issue and its files, errors first, in the rules' order."""
    files = {artifact.path.rpartition("/")[2]: artifact.content for artifact in artifacts}
    found = [
        *editorial.check(issue, options),
        *links.check(issue),
        *(_mail(issue, files[MAIL], options) if MAIL in files else ()),
        *flavours.check(issue, _texts(files), options),
        *(eml.check(files["issue.eml"]) if "issue.eml" in files else ()),
    ]
    return _ordered(found)


def _mail(issue: Issue, content: bytes, options: Options) -> Iterator[Finding]:
    page = Page.of(MAIL, content.decode("utf-8", "replace"))
    yield from source.check(page, issue, size=len(content))
    yield from layout.check(page)
    yield from colours.check(page)
    yield from reading.check(page, issue, options)


def _texts(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: content.decode("utf-8", "replace") for name, content in files.items()}


def _ordered(found: Iterable[Finding]) -> tuple[Finding, ...]:
    place = {rule.id: number for number, rule in enumerate(RULES)}
    return tuple(sorted(found, key=lambda f: (f.severity != "error", place[f.rule])))
