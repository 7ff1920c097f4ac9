"""What only a browser knows. Skipped where there is none."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from sample_issue import ESSAY_ISSUE, ISSUE, QUIET_ISSUE

from digest.render import load_theme, render, render_site

BROWSER = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chrome-headless-shell"))), ""
)
MEASURE = """<script>
addEventListener("load", () => {
  const rows = [...document.querySelectorAll("td")].filter(e => !e.querySelector("table"));
  const tall = Math.max(0, ...rows.map(e => e.offsetHeight));
  document.documentElement.dataset.found =
    [document.documentElement.scrollWidth, innerWidth, tall, document.compatMode].join(" ");
});
</script>"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not BROWSER, reason="no headless Chromium shell"),
]


def pages(folder: Path) -> dict[str, Path]:
    """The pages to measure, written to `folder`: mail, mail without styles, site."""
    theme = load_theme()
    artifacts = [*render(ISSUE, theme), *render(ESSAY_ISSUE, theme)]
    artifacts += render_site((QUIET_ISSUE, ISSUE, ESSAY_ISSUE), theme)
    for artifact in artifacts:
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.content)
    mail = (folder / "2025-W05" / "issue.html").read_text(encoding="utf-8")
    bare = folder / "bare.html"
    bare.write_text(
        re.sub(r"<style.*?</style>| class=\"[^\"]*\"", "", mail, flags=re.DOTALL), encoding="utf-8"
    )
    return {
        "mail": folder / "2025-W05" / "issue.html",
        "essay": folder / "2025-W06" / "issue.html",
        "bare": bare,
        "site": folder / "site" / "index.html",
        "site issue": folder / "site" / "2025-W05" / "index.html",
    }


@pytest.mark.parametrize("width", [320, 375, 600])
@pytest.mark.parametrize("name", ["mail", "essay", "bare", "site", "site issue"])
def test_nothing_is_wider_than_the_screen_or_taller_than_word_likes(
    tmp_path: Path, name: str, width: int
) -> None:
    page = pages(tmp_path)[name]
    measured = page.with_name("measured.html")
    html = page.read_text(encoding="utf-8").replace("</body>", f"{MEASURE}</body>")
    measured.write_text(html, encoding="utf-8")
    options = ["--no-sandbox", "--disable-gpu", f"--window-size={width},1200", "--dump-dom"]
    dom = subprocess.run(
        [BROWSER, *options, measured.as_uri()], capture_output=True, timeout=60, check=True
    ).stdout.decode()
    found = re.search(r'data-found="(\d+) (\d+) (\d+) (\w+)"', dom)
    assert found, dom[:500]
    scroll, inner, tall = (int(found[n]) for n in (1, 2, 3))
    assert inner == width
    assert scroll <= width
    assert tall <= 1800
    assert found[4] == "CSS1Compat"
