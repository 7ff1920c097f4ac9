"""Take the README's pictures of the sample: `python tools/picture.py`, after `make digest`.

The mail in light, and the editor's preview in light and in dark. Needs a headless Chromium; on
Debian: chromium-headless-shell, fonts-liberation and fonts-noto-color-emoji.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
WEEK = ROOT / "out" / "2025-W05"
IMAGES = ROOT / "docs" / "images"
COLOURS = 256  # of a palette: a third of the bytes, and an emoji keeps its own
_PLAIN = Image.Dither.NONE


@dataclass(frozen=True, slots=True)
class Shot:
    """A page of the sample, and the size in pixels in which it is shown."""

    name: str
    page: str
    size: tuple[int, int]
    dark: bool = False


SHOTS = (
    Shot("issue.png", "issue.html", (640, 1180)),  # the mail's 600 px and a margin
    Shot("preview.png", "preview.html", (1100, 900)),
    Shot("preview-dark.png", "preview.html", (1100, 900), dark=True),
)


def take(browser: str, shot: Shot) -> Path:
    """Write one picture in few colours; its path."""
    target = IMAGES / shot.name
    width, height = shot.size
    options = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=3000"]
    options += [f"--window-size={width},{height}", f"--screenshot={target}"]
    options += ["--blink-settings=preferredColorScheme=0"] if shot.dark else []
    page = (WEEK / shot.page).as_uri()
    command = [browser, "--headless", *options, page]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    with Image.open(target) as taken:
        few = taken.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=_PLAIN)
    few.save(target, optimize=True)
    return target


def main() -> None:
    """Write docs/images/, and say how large each picture is."""
    browser = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if browser is None:
        sys.exit("no headless Chromium found: install chromium-headless-shell")
    if not WEEK.exists():
        sys.exit(f"{WEEK} is missing: run `make digest` first")
    for shot in SHOTS:
        target = take(browser, shot)
        print(f"{target.name}: {target.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
