"""The results table in docs/stories.md, and the hash by which a stale one is found."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "digest" / "stories" / "same"
PAGE = ROOT / "docs" / "stories.md"
KINDS = (".py", ".json", ".npz")
BEGIN, END = "<!-- results: begin, by tools/eval_stories.py --table -->", "<!-- results: end -->"
_HASH = re.compile(r"engine `([0-9a-f]{12})`")


def engine_hash(folder: Path = ENGINE) -> str:
    """Twelve digits of the SHA-256 of the engine's code and data, by name and content."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in KINDS:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return found.hexdigest()[:12]


def documented_hash(page: Path = PAGE) -> str:
    """The hash that the results of the page were measured with; empty if it has none."""
    found = _HASH.search(_results(page.read_text("utf-8")))
    return found[1] if found else ""


def write_results(results: str, page: Path = PAGE) -> None:
    """Put new results between the markers of the page."""
    text = page.read_text("utf-8")
    page.write_text(text.replace(_results(text), f"{BEGIN}\n\n{results}\n\n{END}"), "utf-8")


def _results(text: str) -> str:
    start, end = text.index(BEGIN), text.index(END)
    return text[start : end + len(END)]
