"""How a rule reports: severity and hint come from the table, place and words from the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from digest.check.rules import BY_ID
from digest.model import Finding


def found(rule: str, where: str, message: str) -> Finding:
    """One finding."""
    known = BY_ID[rule]
    return Finding(
        rule=rule, severity=known.severity, where=where, message=message, hint=known.hint
    )


def first(rule: str, offenders: Iterable[tuple[str, str]]) -> Iterator[Finding]:
    """One finding for all (where, message) of a rule: the first, and how many more there are."""
    listed = tuple(offenders)
    if listed:
        where, message = listed[0]
        more = f" (and {len(listed) - 1} more)" if len(listed) > 1 else ""
        yield found(rule, where, message + more)
