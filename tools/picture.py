"""Take the README's picture of the sample mail: `python tools/picture.py`, after `make digest`.

Needs a headless Chromium; on Debian: chromium-headless-shell, fonts-liberation and
fonts-noto-color-emoji.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAIL = ROOT / "out" / "2025-W05" / "issue.html"
PICTURE = ROOT / "docs" / "images" / "issue.png"
SIZE = "640,1180"  # a mail's 600 px and a margin; the height of the first sections


def main() -> None:
    """Write docs/images/issue.png."""
    browser = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if browser is None:
        sys.exit("no headless Chromium found: install chromium-headless-shell")
    if not MAIL.exists():
        sys.exit(f"{MAIL} is missing: run `make digest` first")
    options = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={SIZE}"]
    subprocess.run(
        [browser, "--headless", *options, f"--screenshot={PICTURE}", MAIL.as_uri()],
        check=True,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    main()
