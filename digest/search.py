"""The search of the site: Pagefind's index, made over the written pages. An extra, `search`."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from digest.errors import OutputError
from digest.model import Artifact

SITE, BUNDLE, STAMP = "site", "pagefind", "digest.txt"
PATIENCE = 600  # seconds; 200 issues take about one


def available() -> bool:
    """Say whether Pagefind and its program are installed."""
    return find_spec("pagefind") is not None and find_spec("pagefind_bin") is not None


def index(out: Path, artifacts: Iterable[Artifact]) -> None:
    """Put the index of `out`/site into site/pagefind, in the place of an older one.

    `artifacts` are the site as it was written: an index of the very same pages is left alone, for
    two indexes of the same pages differ in their bytes (Pagefind's issue 638). The old one stays
    whole when anything fails. Raises `OutputError` with what Pagefind says.
    """
    site = (out / SITE).resolve()
    stamp = _stamp(artifacts)
    if _read(site / BUNDLE / STAMP) == stamp:
        return
    staging = site.parent / f".tmp-{os.getpid()}-search"
    try:
        staging.mkdir()
        _run(site, staging / "new")
        (staging / "new" / STAMP).write_text(stamp, encoding="utf-8")
        _replace(site / BUNDLE, staging)
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", "") or str(error)
        reason = next((line for line in said.strip().splitlines()[::-1] if line.strip()), "")
        raise OutputError(
            f"the search of {site} could not be made: {reason}",
            hint="set search = false below [site] to do without it",
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _stamp(artifacts: Iterable[Artifact]) -> str:
    """What an index was made of, by which version."""
    pages = sorted((a.path, a.content) for a in artifacts if a.path.endswith(".html"))
    made = hashlib.sha256(version("pagefind").encode())
    for path, content in pages:
        made.update(path.encode() + b"\0" + hashlib.sha256(content).digest())
    return made.hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _run(site: Path, bundle: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--output-path", str(bundle)]
    # In a folder of ours and without PAGEFIND_*: no settings of another site are picked up.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    subprocess.run(  # noqa: S603 - our own arguments, no shell
        [*command, "--silent"],
        cwd=bundle.parent,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        timeout=PATIENCE,
    )


def _replace(bundle: Path, staging: Path) -> None:
    if bundle.is_symlink():
        raise FileExistsError(0, "is a symbolic link: remove it", str(bundle))
    if bundle.exists():
        bundle.rename(staging / "old")
    (staging / "new").rename(bundle)
