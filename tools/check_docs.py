"""Write docs/check.md from the table of rules: `python tools/check_docs.py`."""

from __future__ import annotations

from pathlib import Path

from digest.check.rules import GROUPS, RULES

PAGE = Path(__file__).parents[1] / "docs" / "check.md"
HEAD = """\
# What is checked before an issue is sent

`digest check` reads what `digest build` wrote to `out/WEEK/` and says what should be mended. It
needs no browser and no network, and changes nothing. An **error** makes it exit with 1: the mail
would be clipped, broken, unlawful, or would betray its editor or readers. A **warning** is for the
editor to decide; with `--strict` it exits with 3. The same findings stand in `preview.html`.

```console
$ digest build --week 2025-W05
$ digest check --week 2025-W05
```

```
digest check --json | jq '.findings[] | select(.severity == "error")'
```

What only a browser can know (the width at 320 pixels, what the copy buttons put into the clipboard,
the rules of axe-core) is tested in `tests/browser/`, and that two builds give the same bytes in
`tests/test_determinism.py`.

This page is made from the table in `digest/check/rules.py`.
"""


def page() -> str:
    """The page, complete."""
    parts = [HEAD]
    for group, heading in GROUPS.items():
        rows = [rule for rule in RULES if rule.group == group]
        parts += [f"\n## {heading}\n", "\n| Rule | | What holds | Why |\n|---|---|---|---|\n"]
        parts += [f"| `{r.id}` | {r.severity} | {_cell(r.what)} | {_cell(r.why)} |\n" for r in rows]
    return "".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "\\<").replace("*", "\\*")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
