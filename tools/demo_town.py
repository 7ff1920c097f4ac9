"""The small web that `demo_live.py` follows: four sites with a feed each, on 127.0.0.1."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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

        def log_message(self, *args: object) -> None:
            """Say nothing: the demonstration prints what was asked."""

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
