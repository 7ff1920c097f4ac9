"""What all tests share: a browser, a command line and a web server, for who asks."""

from __future__ import annotations

pytest_plugins = ["browser_plugin", "cli_plugin", "web_plugin"]
