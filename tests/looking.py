"""A page in a real browser: what it asks for, whether it fits, what axe-core says of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# The shell first: full Chromium lays out nothing below 500 pixels when it has no window.
NAMES = ("chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser")
EXECUTABLE = next(filter(None, map(shutil.which, NAMES)), "")


class Look:
    """A page at one width and in one scheme, and everything it asked the network for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))

    @property
    def remote(self) -> list[str]:
        """Requests that leave the machine."""
        local = ("file:", "data:", "blob:", "about:", "http://127.0.0.1:")
        return [url for url in self.asked if not url.startswith(local)]

    def fits(self) -> bool:
        """Say whether nothing is wider than the screen."""
        wide: bool = self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        return wide

    def violations(self, axe: str, *off: str) -> list[str]:
        """What axe-core finds, without the rules that are switched `off`."""
        self.page.evaluate(axe)
        rules = {rule: {"enabled": False} for rule in off}
        found: dict[str, Any] = self.page.evaluate(
            "rules => axe.run(document, {rules, resultTypes: ['violations'], iframes: false})",
            rules,
        )
        return [
            f"{violation['id']}: {node['html'][:120]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]


@contextmanager
def looking(
    browser: Browser, width: int = 600, scheme: str = "light", **context: Any
) -> Iterator[Look]:
    """A new page; `context` are further options of Playwright."""
    opened = browser.new_context(
        viewport={"width": width, "height": 1000},
        color_scheme="dark" if scheme == "dark" else "light",
        **context,
    )
    try:
        yield Look(opened.new_page())
    finally:
        opened.close()
