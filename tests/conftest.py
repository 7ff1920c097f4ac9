"""What all tests share: a browser, and a command line, for who asks."""

from __future__ import annotations

pytest_plugins = ["browser_plugin", "cli_plugin"]
