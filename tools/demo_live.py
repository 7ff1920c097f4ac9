"""Show live sources at work: subscribe, collect, collect again, be killed, go on, build twice.

    python tools/demo_live.py

A small server on 127.0.0.1 serves four sites with a feed each; a publication in a temporary folder
follows them with the real command line. Every step is checked; the first that is not as it should
be ends the demonstration with status 1. Nothing outside this machine is asked, and nothing stays.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).parents[1]
WEEK = "2026-W08"
FIRST, AGAIN, KILLED, RESUMED = (
    f"2026-02-22T{clock}Z" for clock in ("10:00", "12:00", "14:00", "14:05")
)
PATIENCE = 120.0  # seconds until we give up on a command that does not come to its point
SITES: Mapping[str, tuple[str, str]] = {
    "harbour": (
        "Harbour Post",
        """\
17 Night ferry to Lindholm returns in April
The night ferry between the old harbour and Lindholm sails again from 3 April, the port authority
said on Tuesday. The line had stopped two years ago, when its only ship failed an inspection. A
smaller ship with 90 berths takes its place.

19 Crane four is repaired
Crane four lifts containers again after eleven weeks. A bearing had to be cast anew, because its
maker closed in 1998 and no drawing of it was left.""",
    ),
    "rails": (
        "Rails and Ropes",
        """\
18 Lindholm night ferry sails again from 3 April
From 3 April a night ferry runs to Lindholm once more. The port authority expects 40,000 passengers
a year; the morning train now waits ten minutes for the ship.""",
    ),
    "orchard": (
        "Orchard Notes",
        """\
16 Why we prune in frost
Cuts made in dry frost heal before the sap rises. We compared forty trees over five winters: those
pruned in February had a third less canker than those of November.""",
    ),
    "slow": (
        "Slow Letters",
        """\
20 A typewriter repairer closes her shop
After 51 years Edda Brun locks the door of the last typewriter workshop in town. She leaves 3,000
type bars, sorted by hand, to the museum of technology.""",
    ),
}
LATER: Mapping[str, str] = {
    "harbour": """\
22 Seals count themselves in
Fourteen seals lay on the breakwater on Sunday morning, the most since counting began. The pilot
boats pass it at half speed until the pups can swim.""",
    "slow": """\
22 The post horn is in tune again
Volunteers have restored the horn of the 1884 mail coach. It plays a clean B flat, and will be heard
at noon on market days.""",
}


class WrongError(Exception):
    """Something is not as it should be."""


def expect(holds: object, what: str) -> None:
    """Go on only where this holds."""
    if not holds:
        raise WrongError(what)


def item(site: str, article: str) -> str:
    """An article as a feed has it; its first line is the day of February 2026, and the title."""
    head, _, text = article.partition("\n")
    day, _, title = head.partition(" ")
    return (
        f"<item><title>{escape(title)}</title><link>https://{site}.example/{day}</link>"
        f"<guid>https://{site}.example/{day}</guid>"
        f"<pubDate>{day} Feb 2026 09:00:00 GMT</pubDate>"
        f"<description>{escape(text)}</description></item>"
    )


@dataclass
class Town:
    """The server's state: its address, what it says now, and what it answered."""

    url: str = ""
    news: bool = False  # the later articles are out
    drip: bool = False  # the slow feed sends a byte now and then, and never ends
    dripping: threading.Event = field(default_factory=threading.Event)
    closing: threading.Event = field(default_factory=threading.Event)
    answers: list[int] = field(default_factory=list)

    def feed(self, site: str) -> bytes:
        """The feed of a site as it is now."""
        title, articles = SITES[site]
        if self.news and site in LATER:
            articles = f"{LATER[site]}\n\n{articles}"
        items = "".join(item(site, article) for article in articles.split("\n\n"))
        channel = f"<title>{title}</title><link>https://{site}.example/</link>{items}"
        return f'<rss version="2.0"><channel>{channel}</channel></rss>'.encode()

    def page(self, site: str) -> bytes:
        """The home page of a site; it declares the feed."""
        link = f'<link rel="alternate" type="application/rss+xml" href="/{site}.xml">'
        title = SITES[site][0]
        return f"<!doctype html><html><head><title>{title}</title>{link}</head></html>".encode()


def handler(town: Town) -> type[BaseHTTPRequestHandler]:
    """A request handler that speaks for the town."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site, _, suffix = self.path.strip("/").partition(".")
            with suppress(ConnectionError):
                if site not in SITES:
                    self.answer(404, b"", "text/plain")
                elif suffix == "xml":
                    self.answer(200, town.feed(site), "application/rss+xml", site == "slow")
                else:
                    self.answer(200, town.page(site), "text/html")

        def answer(self, status: int, body: bytes, kind: str, slow: bool = False) -> None:
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            town.answers.append(status)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", tag)
            self.end_headers()
            if slow and town.drip:
                town.dripping.set()
                while not town.closing.wait(0.2):
                    self.wfile.write(b" ")
                    self.wfile.flush()
            else:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    return Handler


@contextmanager
def serving() -> Iterator[Town]:
    """Run the server while the block runs."""
    town = Town()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(town))
    server.daemon_threads = True
    town.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield town
    finally:
        town.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


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
