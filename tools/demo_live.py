"""Show live sources at work: subscribe, collect, collect again, be killed, go on, build twice.

    python tools/demo_live.py

A small server on 127.0.0.1 serves four sites with a feed each; a publication in a temporary folder
follows them with the real command line. Every step is checked; the first that is not as it should
be ends the demonstration with status 1. Nothing outside this machine is asked, and nothing stays.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from demo_town import SITES, Town, serving

ROOT = Path(__file__).parents[1]
WEEK = "2026-W08"
FIRST, AGAIN, KILLED, RESUMED = (
    f"2026-02-22T{clock}Z" for clock in ("10:00", "12:00", "14:00", "14:05")
)
PATIENCE = 120.0  # seconds until we give up on a command that does not come to its point


class WrongError(Exception):
    """Something is not as it should be."""


def expect(holds: object, what: str) -> None:
    """Go on only where this holds."""
    if not holds:
        raise WrongError(what)


@dataclass(frozen=True)
class Desk:
    """A publication in a folder, and the command line in it."""

    home: Path
    town: Town

    def __post_init__(self) -> None:
        port = self.town.url.rpartition(":")[2]
        (self.home / "digest.toml").write_text(
            '[publication]\ntitle = "The Town Week"\n\n'
            f'[collect]\nallow = ["127.0.0.1"]\nports = [{port}]\n',
            encoding="utf-8",
        )

    def say(self, text: str) -> None:
        """Print without what differs from run to run."""
        port = self.town.url.rpartition(":")[2]
        plain = text.replace(f"{self.home}/", "").replace(str(self.home), ".")
        print(plain.replace(f"127.0.0.1:{port}", "127.0.0.1:PORT"), flush=True)

    def start(
        self, *words: str, to: int = subprocess.PIPE, extra: Mapping[str, str] | None = None
    ) -> subprocess.Popen[str]:
        """Start `digest WORDS`, with more environment."""
        extra = extra or {}
        shown = [f"{name}={value}" for name, value in extra.items()]
        self.say(" ".join(("\n>", *shown, "digest", *words)))
        paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
        return subprocess.Popen(
            (sys.executable, "-m", "digest", *words),
            cwd=self.home,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), **extra},
            stdin=subprocess.DEVNULL,
            stdout=to,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def digest(self, *words: str, **extra: str) -> str:
        """Run `digest WORDS` to its end and print what it said."""
        child = self.start(*words, extra=extra)
        try:
            said, _ = child.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
            raise WrongError(f"`digest {words[0]}` did not end") from None
        self.say(said.rstrip())
        expect(child.returncode == 0, f"`digest {words[0]}` exited with {child.returncode}")
        return said

    def stored(self, now: str) -> int:
        """How many feeds have answered at that moment, as the store knows it."""
        address = (self.home / ".digest" / "store.sqlite3").as_uri()
        with closing(sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=PATIENCE)) as store:
            found = store.execute(
                "SELECT count(*) FROM source WHERE last_success >= ?", (now.removesuffix("Z"),)
            )
            return int(found.fetchone()[0])


def subscribe(desk: Desk) -> None:
    """Follow every site by the address of its page."""
    for site, (title, _) in SITES.items():
        said = desk.digest("sources", "add", f"{desk.town.url}/{site}")
        expect(f"added {title}" in said, f"the feed of {title} is added")


def collect_twice(desk: Desk) -> None:
    """Fetch everything, and two hours later nothing."""
    said = desk.digest("collect", "--now", FIRST)
    expect(said.count(": fetched:") == len(SITES), "every feed is fetched")
    before = len(desk.town.answers)
    said = desk.digest("collect", "--now", AGAIN)
    answers = desk.town.answers[before:]
    desk.say(f"(the server answered {', '.join(map(str, answers))})")
    expect(answers == [304] * len(SITES), "no feed is sent again")
    expect(said.count(": not changed:") == len(SITES), "no feed has changed")


def kill_and_resume(desk: Desk) -> None:
    """Kill a run when all feeds but the slow one are stored; the next one fetches that one."""
    town = desk.town
    town.news = town.drip = True
    child = desk.start("collect", "--now", KILLED, to=subprocess.DEVNULL)
    try:
        end = time.monotonic() + PATIENCE
        while not (town.dripping.is_set() and desk.stored(KILLED) == len(SITES) - 1):
            expect(child.poll() is None, "the run waits for the slow feed")
            expect(time.monotonic() < end, "the other feeds are stored meanwhile")
            time.sleep(0.05)
    finally:
        child.kill()
        child.wait()
    expect(child.returncode < 0, "the run is killed before its end")
    desk.say(f"(killed with SIGKILL while Slow Letters drips; {desk.stored(KILLED)} are stored)")
    town.drip = False
    before = len(town.answers)
    said = desk.digest("collect", "--now", RESUMED)
    expect(town.answers[before:] == [200], "the slow feed alone is asked again")
    expect(said.count(": asked within the hour:") == len(SITES) - 1, "the others are there")
    expect("Slow Letters: fetched: 2 entries" in said, "the slow feed is fetched")
    expect(
        "Harbour Post: asked within the hour: 3 entries" in said, "the killed run's news is kept"
    )


def build_twice(desk: Desk) -> None:
    """Build the week offline in two different surroundings; the bytes are the same."""
    before = len(desk.town.answers)
    for out, zone, seed in (("one", "Asia/Tokyo", "1"), ("two", "America/Lima", "2")):
        words = ("build", "--offline", "--week", WEEK, "--now", RESUMED, "--out", out)
        desk.digest(*words, TZ=zone, PYTHONHASHSEED=seed)
    expect(len(desk.town.answers) == before, "offline asks nobody")
    one, two = (contents(desk.home / out) for out in ("one", "two"))
    different = [name for name in {**one, **two} if one.get(name) != two.get(name)]
    expect(f"{WEEK}/issue.html" in one, "there is an issue")
    expect(not different, f"these are the same: {', '.join(sorted(different))}")
    desk.say(f"({len(one)} files, the same bytes in both folders)")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file but the search index, whose program promises no bytes."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: path.read_bytes()
        for name, path in named.items()
        if not name.startswith("site/pagefind/")
    }


def main() -> None:
    """Run the steps one after another."""
    with tempfile.TemporaryDirectory(prefix="digest-demo-") as temporary, serving() as town:
        desk = Desk(Path(temporary).resolve(), town)
        try:
            for step in (subscribe, collect_twice, kill_and_resume, build_twice):
                step(desk)
            said = desk.digest("sources", "--offline", "--now", RESUMED)
            expect(all(title in said for title, _ in SITES.values()), "every source is listed")
        except WrongError as error:
            sys.exit(f"\nNOT as it should be: {error}")
    print("\nEverything is as it should be.")


if __name__ == "__main__":
    main()
