"""Publications that follow feeds, and how commands are run on them."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from web_plugin import Web

from digest.cli import main
from digest.collect import Snapshot, Store

NOW = datetime(2026, 2, 20, 12, tzinfo=UTC)
WEEK = "2026-W08"


def feed(name: str, count: int = 30, words: str = "") -> bytes:
    rows = (
        f"<item><title>{name} reports on subject {n}{words}</title>"
        f"<link>https://{name}.example/{n}</link><guid>{name}-{n}</guid>"
        f"<pubDate>Wed, 18 Feb 2026 0{n % 10}:00:00 GMT</pubDate>"
        f"<description>What {name} found out about subject number {n} this week.</description>"
        "</item>"
        for n in range(count)
    )
    title = f"<title>{name}</title>"
    return f"<rss version='2.0'><channel>{title}{''.join(rows)}</channel></rss>".encode()


def publication(root: Path, urls: dict[str, str], web: Web | None = None) -> Path:
    """A publication that follows these feeds, of a local server if there is one."""
    root.mkdir(parents=True, exist_ok=True)
    port = web.url.rpartition(":")[2] if web else "80"
    lines = ["[publication]", 'title = "Test"', 'url = "https://example.org/"']
    lines += ["[collect]", 'allow = ["127.0.0.1"]', f"ports = [{port}]", "pause = 0.01"]
    for name, url in urls.items():
        lines += ["[[source]]", f'feed = "{url}"', f'name = "{name}"']
    (root / "digest.toml").write_text("\n".join(lines), encoding="utf-8")
    return root


def command(*arguments: object, **options: object) -> subprocess.Popen[str]:
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen(
        [sys.executable, "-m", "digest", *map(str, arguments)], text=True, **pipes
    )


def ran(*arguments: object, **options: object) -> tuple[int, str]:
    """Exit status, and everything that was said."""
    with command(*arguments, **options) as process:
        try:
            out, err = process.communicate(timeout=100)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return process.returncode, out + err


def invoked(*arguments: object) -> tuple[int, str]:
    """The same in this process, which is quicker."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def tree(folder: Path) -> dict[str, bytes]:
    """The files that digest wrote; Pagefind makes its index anew, and never twice the same."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and "pagefind" not in p.parts
    }


def followed(root: Path, names: str = "abcdefgh", words: str = "") -> Path:
    """A publication whose feeds were fetched in the week and after it."""
    urls = {name: f"https://{name}.example/feed" for name in names}
    publication(root, urls)
    with Store(root) as store:
        for name, url in urls.items():
            for days in (0, 4):
                at = NOW + timedelta(days=days)
                store.save(Snapshot(url=url, fetched_at=at, body=feed(name, 9 + days, words)))
    return root
