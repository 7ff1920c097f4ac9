"""Time a whole `digest build` on a folder of feeds: wall, CPU and peak memory, best of several.

    python tools/bench_build.py FOLDER --week 2026-W07 [--runs 5] [--encoder minilm] [--warm]

FOLDER holds feed files, gzipped or not; they are unpacked into a folder of their own. Every run
starts from nothing; with `--warm` the store is kept, and the vectors in it. The bound that the
project keeps on two idle cores: 8 s and 400 MB for 100 feeds of 25 MB together, by words alone.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from cost import Cost, measured

CONFIG = (
    '[publication]\ntitle = "Benchmark"\n[stories]\nencoder = "{encoder}"\n'
    '[[source]]\nfolder = "feeds"\nname = "Feeds"\n'
)


def unpack(folder: Path, target: Path) -> int:
    """Copy feeds into `target`, gunzipped; return their bytes."""
    target.mkdir()
    size = 0
    for path in sorted(folder.iterdir()):
        if path.suffix in (".gz", ".xml", ".json", ".rss", ".atom"):
            raw = path.read_bytes()
            data = gzip.decompress(raw) if path.suffix == ".gz" else raw
            (target / path.name.removesuffix(".gz")).write_bytes(data)
            size += len(data)
    return size


def once(home: Path, week: str, *, warm: bool) -> Cost:
    """Build in a process of its own."""
    if not warm:
        shutil.rmtree(home / ".digest", ignore_errors=True)
    command = (sys.executable, "-m", "digest", "build", "-q", "--config", home, "--week", week)
    return measured(command)[0]


def main() -> None:
    """Print one line a run, then the summary."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--week", required=True)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--encoder", default="lexical")
    parser.add_argument("--warm", action="store_true", help="keep the store between the runs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        size = unpack(options.folder, home / "feeds")
        (home / "digest.toml").write_text(CONFIG.format(encoder=options.encoder), encoding="utf-8")
        runs = [once(home, options.week, warm=options.warm) for _ in range(options.runs)]
    walls, cpus = [run.wall for run in runs], [run.cpu for run in runs]
    print(f"{size / 1e6:.1f} MB of feeds, {options.runs} runs")
    print(f"wall  min {min(walls):.2f} s, median {statistics.median(walls):.2f} s")
    print(f"CPU   min {min(cpus):.2f} s, median {statistics.median(cpus):.2f} s")
    print(f"peak  {runs[-1].memory:.0f} MB (the largest process)")


if __name__ == "__main__":
    main()
