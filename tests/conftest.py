"""What all tests share: `fakes` is importable from everywhere, a browser is there for who asks."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

pytest_plugins = ["browser_plugin"]
