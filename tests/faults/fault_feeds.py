"""Faults go through the whole program: from a feed on the disk to what stands in the issue."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from outputs import build

SHARED = Path(__file__).parents[2].parent / "shared"

DAY = "<pubDate>Tue, 28 Jan 2025 08:00:00 GMT</pubDate>"
BODY = "Oaks grow slowly in the northern hills, and nobody there is in a hurry about them at all."


def item(title: str, link: str = "", body: str = BODY, more: str = "") -> str:
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
        f"<description>{escape(body)}</description>{DAY}{more}</item>"
    )


def rss(*items: str) -> str:
    head = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>F</title>'
    )
    return head + "".join(items) + "</channel></rss>"


def publish(root: Path, *items: str) -> Path:
    """Build an issue from one feed."""
    (root / "f.xml").write_text(rss(*items), encoding="utf-8")
    build(root, '[[source]]\nfeed = "f.xml"\nname = "Feed"\n')
    return root


def issue(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "out/2025-W05/issue.json").read_text("utf-8"))
    return found


def titles(root: Path) -> list[str]:
    return [story["title"] for section in issue(root)["sections"] for story in section["stories"]]
