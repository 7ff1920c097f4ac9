"""One browser for the tests of browser/. They are skipped, and say so, where there is none."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from looking import EXECUTABLE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REASON = "no headless Chromium: apt-get install chromium-headless-shell (see .ci/run)"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of browser/, and skip them where no browser is."""
    here = Path(__file__).parent / "browser"
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not EXECUTABLE:
                item.add_marker(pytest.mark.skip(reason=REASON))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of a file: its event loop must not meet the tests of others."""
    from playwright.sync_api import sync_playwright

    # A browser refuses its sandbox to root, as whom a container usually runs.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=EXECUTABLE, args=["--no-sandbox"] if root else []
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    found = importlib.util.find_spec("axe_playwright_python")
    assert found
    assert found.origin
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")
