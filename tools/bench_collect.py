"""Time `digest collect` on many local feeds: wall, CPU and memory, first and again.

    python tools/bench_collect.py [--feeds 200] [--latency 0.1] [--folder FOLDER] [--reader]
        [--largest BYTES]

A server of its own on the loopback addresses 127.0.0.2 and up, one for each feed as on the real
net, answers each request after LATENCY seconds and honours ETag. FOLDER holds feed files, gzipped
or not; without one the feeds of ../shared are used where they are, else made-up ones. --reader
installs lemon24/reader into a temporary virtual environment and gives it the same feeds.

The bounds on two idle cores: first 6 s wall and 5 s CPU, again 1.5 s wall, 250 MB, and 2.5 times
less CPU than reader.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import hashlib
import subprocess
import sys
import tempfile
import threading
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from cost import Cost, measured

SHARED = Path(__file__).parents[2] / "shared" / "data" / "feeds" / "real"
READER = """
import sys
from reader import make_reader
urls = open(sys.argv[1]).read().split()
reader = make_reader(sys.argv[2], feed_root=None)
for url in urls:
    reader.add_feed(url, exist_ok=True)
reader.update_feeds(workers=int(sys.argv[3]), scheduled=False)
print(reader.get_entry_counts().total, "entries")
"""


def bodies(folder: Path | None, count: int, largest: int = 1_000_000) -> list[bytes]:
    """`count` feeds; those of a folder are repeated, and told apart by empty lines at the end."""
    source = folder or (SHARED if SHARED.is_dir() else None)
    paths = sorted(source.glob("*.*")) if source else []
    files = [p for p in paths if p.suffix in (".gz", ".xml", ".rss", ".atom", ".json")]
    found = [
        gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in files
    ]
    found = [data for data in found if len(data) < largest] or [made_up(n) for n in range(count)]
    return [
        found[n] if n < len(found) else found[n % len(found)] + b"\n" * (n // len(found))
        for n in range(count)
    ]


def made_up(number: int) -> bytes:
    """A feed of 20 entries with some text."""
    text = "&lt;p&gt;A paragraph with a few words in it, again and again.&lt;/p&gt;" * 40
    items = "".join(
        f"<item><title>Entry {n} of {number}</title><link>https://{number}.example/{n}</link>"
        f"<pubDate>Wed, 18 Feb 2026 10:00:00 GMT</pubDate><description>{text}</description></item>"
        for n in range(20)
    )
    return f"<rss version='2.0'><channel><title>{number}</title>{items}</channel></rss>".encode()


@contextmanager
def serving(feeds: Sequence[bytes], latency: float) -> Iterator[list[str]]:
    """Serve each feed from an address of its own; gives the URLs."""
    loop, stop, ready = asyncio.new_event_loop(), asyncio.Event(), threading.Event()
    tags = [hashlib.sha256(data).hexdigest()[:16].encode() for data in feeds]
    ports: list[int] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                number = int(head.split(b" ", 2)[1].strip(b"/"))
                await asyncio.sleep(latency)
                tag = b'ETag: "%s"\r\n' % tags[number]
                if tags[number] in head:
                    writer.write(b"HTTP/1.1 304 Not Modified\r\n" + tag + b"\r\n")
                else:
                    start = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"
                    length = b"Content-Length: %d\r\n\r\n" % len(feeds[number])
                    writer.write(start + tag + length + feeds[number])
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def serve() -> None:
        server = await asyncio.start_server(answer, "127.0.0.2", 0)
        ports.append(server.sockets[0].getsockname()[1])
        others = [hosted(n) for n in range(1, len(feeds))]
        rest = await asyncio.start_server(answer, others, ports[0], backlog=8) if others else None
        ready.set()
        await stop.wait()
        server.close()
        if rest:
            rest.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    ready.wait(30)
    try:
        yield [f"http://{hosted(n)}:{ports[0]}/{n}" for n in range(len(feeds))]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(5)


def hosted(number: int) -> str:
    """The loopback address of a feed."""
    return f"127.0.{number // 200}.{number % 200 + 2}"


def publication(home: Path, urls: Sequence[str]) -> None:
    """A publication that follows these feeds and may ask these addresses."""
    port = urls[0].rpartition(":")[2].partition("/")[0]
    hosts = ", ".join(f'"{hosted(n)}"' for n in range(len(urls)))
    lines = ["[publication]", 'title = "Benchmark"', "[collect]"]
    lines += [f"allow = [{hosts}]", f"ports = [{port}]"]
    for number, url in enumerate(urls):
        lines += ["[[source]]", f'feed = "{url}"', f'name = "Feed {number}"']
    (home / "digest.toml").write_text("\n".join(lines), encoding="utf-8")


def ours(home: Path) -> tuple[Cost, Cost, Cost]:
    """First, again after two hours, and again within the hour."""
    found = []
    for now in ("2026-11-22T10:00Z", "2026-11-22T12:00Z", "2026-11-22T12:10Z"):
        command = (sys.executable, "-m", "digest", "collect", "--config", home, "--now", now)
        cost, said = measured(command)
        print(f"digest  {cost}  {_told(said)}")
        found.append(cost)
    return found[0], found[1], found[2]


def _told(said: str) -> str:
    lines = said.strip().splitlines()
    return next((line for line in lines if " from " in line and "warning" not in line), lines[-1])


def theirs(home: Path, urls: Sequence[str], workers: int) -> Cost:
    """Reader's first update of the same feeds."""
    venv.create(home / "venv", with_pip=True)
    python = home / "venv" / "bin" / "python"
    packages = ("reader", "sgmllib3k")
    subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    (home / "urls").write_text("\n".join(urls), encoding="utf-8")
    subprocess.run([python, "-c", "import reader"], check=True)  # compiles the modules
    cost, said = measured((python, "-c", READER, home / "urls", home / "reader.sqlite", workers))
    print(f"reader  {cost}  {said.strip().splitlines()[0]}")
    return cost


def main() -> None:
    """Print a line for each run, then the bounds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--latency", type=float, default=0.1)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--largest", type=int, default=1_000_000, help="bytes of a feed, at most")
    parser.add_argument("--reader", action="store_true")
    parser.add_argument("--workers", type=int, default=20, help="of reader")
    options = parser.parse_args()
    feeds = bodies(options.folder, options.feeds, options.largest)
    print(f"{len(feeds)} feeds, {sum(map(len, feeds)) / 1e6:.1f} MB, {options.latency:g} s latency")
    with tempfile.TemporaryDirectory() as temporary, serving(feeds, options.latency) as urls:
        home = Path(temporary)
        publication(home, urls)
        first, again, fresh = ours(home)
        bounds = [
            ("first, wall", first.wall, 6.0),
            ("first, CPU", first.cpu, 5.0),
            ("nothing changed, wall", again.wall, 1.5),
            ("within the hour, wall", fresh.wall, 1.5),
            ("memory, MB", max(first.memory, again.memory), 250.0),
        ]
        if options.reader:
            other = theirs(home, urls, options.workers)
            bounds.append(("our CPU of 2.5 times reader's", 2.5 * first.cpu / other.cpu, 1.0))
    for name, value, bound in bounds:
        print(f"{name:32} {value:7.2f} of {bound:6.2f}  {'ok' if value <= bound else 'OVER'}")


if __name__ == "__main__":
    main()
