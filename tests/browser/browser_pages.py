"""The pages to look at: mails, the archive and a preview, with hostile and with plain stories."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "render"))

from msgspec.structs import replace
from sample_issue import ESSAY_ISSUE, ISSUE, QUIET_ISSUE

from digest.check import SIZE_LIMIT, check
from digest.model import Artifact, Image, Issue, IssueSection, Masthead
from digest.output import write
from digest.render import Options, load_theme, render, render_preview, render_site

ALERT = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
ARABIC = replace(
    ISSUE,
    week="2025-W07",
    masthead=Masthead(title="النشرة", language="ar", url="https://example.org/a/"),
)
_ISSUES = (QUIET_ISSUE, ISSUE, ESSAY_ISSUE, ARABIC)


def hostile() -> Issue:
    """The sample with a headline that wants to run."""
    [own, first, *others] = ISSUE.sections
    evil = replace(first.stories[0], title=ALERT, blurb=ALERT)
    section: IssueSection = replace(first, stories=(evil, *first.stories[1:]))
    return replace(
        ISSUE, week="2025-W08", title=ALERT, subject=ALERT, sections=(own, section, *others)
    )


def endless() -> Issue:
    """The sample with an address and a title that are wider than a phone."""
    word = "oberweserdampfschifffahrtsgesellschaft" * 4
    [own, first, *others] = ISSUE.sections
    long = replace(first.stories[0], title=word, url=f"https://example.org/{word}")
    section: IssueSection = replace(first, stories=(long, *first.stories[1:]))
    return replace(ISSUE, sections=(own, section, *others))


def pictured(folder: Path) -> list[Path]:
    """A mail and a page of the site with two pictures, of which one is narrow."""
    wide, narrow = (
        Image(url=f"https://pictures.example/{w}.png", alt="", width=w, height=w * 9 // 16)
        for w in (1600, 240)
    )
    issue = ISSUE.with_each(lambda s: replace(s, image={"s001": wide, "s004": narrow}.get(s.id)))
    theme = load_theme()
    write((*render(issue, theme, Options(images="all")),), folder)
    write(render_site([issue], theme, images="all"), folder)
    return [folder / "2025-W05" / "issue.html", folder / "site" / "2025-W05" / "index.html"]


def png() -> bytes:
    """A small picture of the shape 16:9, clear in one half."""
    from PIL import Image as Drawn

    drawn = Drawn.new("RGBA", (160, 90), (0, 0, 0, 0))
    drawn.paste((0x33, 0x66, 0x99, 0xFF), (0, 0, 80, 90))
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def write_all(folder: Path) -> Path:
    """Write every page below `folder`."""
    theme = load_theme()
    made: list[Artifact] = []
    for issue in (*_ISSUES, hostile()):
        files = render(issue, theme).artifacts
        preview = render_preview(issue, files, check(issue, files), theme, limit=SIZE_LIMIT)
        made += [*files, preview]
    write((*made, *render_site(_ISSUES, theme)), folder)
    for week in ("2025-W05", "2025-W06", "2025-W07"):
        _bare(folder / week)
    return folder


SITE_ISSUES = (*_ISSUES, hostile())


def _bare(folder: Path) -> None:
    """The mail as clients show it that drop <style> and classes."""
    html = (folder / "issue.html").read_text(encoding="utf-8")
    html = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL)
    html = re.sub(r' class="[^"]*"', "", html)
    (folder / "bare.html").write_text(html, encoding="utf-8")
