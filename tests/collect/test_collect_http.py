import gzip
import resource
import socket
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from web_plugin import Web, serving

from digest import __version__
from digest.collect.http import fetch_all
from digest.collect.options import Options
from digest.collect.parts import Fetched
from digest.collect.store import Store
from digest.collect.store.records import Snapshot
from digest.errors import DigestError, SourceError

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
FEED = b"<rss version='2.0'><channel><title>F</title></channel></rss>"


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serving() as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        yield opened


def local(url: str, **fields: Any) -> Options:
    """Options with which a server of this machine may be asked, and that lose no time."""
    port = urlsplit(url).port or 80
    given = {"allow": ("127.0.0.1",), "ports": (port,), "pause": 0.01, "timeout": 5.0, **fields}
    return Options(**given)


def fetch(
    url: str, store: Store | None = None, now: datetime = NOW, options: Options | None = None
) -> Fetched | SourceError:
    return fetch_all([url], store, options or local(url), now)[url]


def body(url: str, store: Store | None = None, now: datetime = NOW) -> bytes:
    found = fetch(url, store, now)
    assert isinstance(found, Fetched), found
    assert found.warning == ""
    return found.snapshot.body


def failure(url: str, options: Options | None = None) -> SourceError:
    found = fetch(url, options=options)
    assert isinstance(found, SourceError)
    assert found.message.startswith(url.partition("?")[0])
    assert found.hint
    return found


def reason(url: str, options: Options | None = None) -> str:
    return failure(url, options).message.removeprefix(url + ": ")


def test_a_body_arrives_and_we_say_who_asks(web: Web) -> None:
    url = web.page("/ok", FEED, Content_Type="text/xml", ETag='"1"')
    found = fetch(url, options=local(url, contact="https://a.org/"))
    assert isinstance(found, Fetched)
    assert (found.snapshot.body, found.snapshot.content_type) == (FEED, "text/xml")
    path, headers = web.asked[-1]
    assert path == "/ok"
    assert headers["user-agent"] == f"newsletter-digest/{__version__} (+https://a.org/)"
    assert headers["accept-encoding"] == "gzip, deflate"


def test_an_environment_proxy_is_ignored(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert body(web.page("/proxy", FEED)) == FEED


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [("gzip", gzip.compress(FEED, mtime=0)), ("deflate", zlib.compress(FEED)), ("identity", FEED)],
)
def test_compressed_bodies_are_inflated(web: Web, encoding: str, packed: bytes) -> None:
    assert body(web.page(f"/{encoding}", packed, Content_Encoding=encoding)) == FEED


def test_an_unchanged_feed_is_not_sent_again(web: Web, store: Store) -> None:
    url = web.page("/same", FEED, ETag='"1"', Last_Modified="Wed, 18 Feb 2026 10:00:00 GMT")
    assert body(url, store) == FEED
    later = NOW + timedelta(hours=2)
    web.page("/same", b"", 304)
    assert body(url, store, later) == FEED
    headers = web.asked[-1][1]
    assert headers["if-none-match"] == '"1"'
    assert headers["if-modified-since"] == "Wed, 18 Feb 2026 10:00:00 GMT"
    kept = store.latest(url)
    assert kept is not None
    assert (kept.fetched_at, kept.confirmed_at, kept.etag) == (NOW, later, '"1"')


def test_within_the_hour_nobody_is_asked(web: Web, store: Store) -> None:
    url = web.page("/fresh", FEED)
    body(url, store)
    count = len(web.asked)
    assert body(url, store, NOW + timedelta(minutes=59)) == FEED
    assert len(web.asked) == count
    body(url, store, NOW + timedelta(minutes=61))
    assert len(web.asked) == count + 1


def test_a_304_that_nobody_asked_for_is_a_failure(web: Web) -> None:
    assert reason(web.page("/odd", b"", 304)) == "answers 304 Not Modified"


@pytest.mark.parametrize(
    ("status", "hint"),
    [(404, "new address"), (410, "remove"), (403, "ask"), (500, "next time"), (299, "next time")],
)
def test_a_status_is_told_with_what_to_do(web: Web, status: int, hint: str) -> None:
    error = failure(web.page(f"/{status}", b"x", status))
    assert f"answers {status}" in error.message
    assert hint in error.hint


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("file:///etc/passwd", "leads to a 'file' address"),
        ("gopher://a.org/", "leads to a 'gopher' address"),
        ("data:,x", "the transfer failed: For absolute URLs, path must be empty or begin with '/'"),
        ("//[bad", "the transfer failed: Invalid IPv6 URL"),
    ],
)
def test_redirects_stay_on_the_web(web: Web, target: str, told: str) -> None:
    assert reason(web.page("/away", b"", 302, Location=target)) == told


def test_redirects_are_followed_five_times(web: Web) -> None:
    for hop in range(7):
        web.page(f"/hop{hop}", b"", 301, Location=f"/hop{hop + 1}")
    web.page("/hop7", FEED)
    assert body(web.url + "/hop2") == FEED
    assert reason(web.url + "/hop1") == "more than 5 redirects"


def drip(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def header_drip(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for n in range(100):
        handler.wfile.write(b"X-%d: y\r\n" % n)
        time.sleep(0.05)


def silent(_: BaseHTTPRequestHandler) -> None:
    time.sleep(1.5)


def test_the_deadline_is_for_everything_and_others_do_not_wait(web: Web) -> None:
    slow = [
        web.serve("/drip", drip),
        web.serve("/headers", header_drip),
        web.serve("/silent", silent),
    ]
    good = web.page("/quick", FEED)
    start = time.monotonic()
    found = fetch_all([*slow, good], None, local(good, timeout=0.5, per_host=9), NOW)
    assert time.monotonic() - start < 1.5
    assert isinstance(found[good], Fetched)
    for url in slow:
        assert str(found[url]).startswith(f"{url}: no complete answer within 0.5 s")


def test_too_much_is_refused(web: Web) -> None:
    url = web.page("/big", b"x" * 1001)
    options = local(url, max_bytes=1000)
    assert reason(url, options) == "larger than 1,000 bytes"
    assert body(web.page("/fits", b"x" * 1000)) == b"x" * 1000


def test_a_bomb_stops_at_the_limit(web: Web) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(200)) + packer.flush()
    url = web.page("/bomb", bomb, Content_Encoding="gzip")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert reason(url) == "larger than 10,000,000 bytes"
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 64 * 1024  # KiB


@pytest.mark.parametrize(
    ("headers", "data", "told"),
    [
        ({"Content_Encoding": "gzip, gzip"}, b"x", "answers in the encoding 'gzip, gzip'"),
        ({"Content_Encoding": "br"}, b"x", "answers in the encoding 'br'"),
        ({"Content_Encoding": "gzip"}, b"not gzip", "broken compression"),
        ({"Content_Encoding": "gzip"}, gzip.compress(FEED, mtime=0)[:-9], "ends in the middle"),
        ({"Content_Length": "999"}, FEED, "the transfer failed"),
        ({}, b" \n", "the answer is empty"),
    ],
)
def test_broken_answers_are_named(
    web: Web, headers: dict[str, str], data: bytes, told: str
) -> None:
    assert told in reason(web.page("/broken", data, 200, **headers))


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert reason(f"http://127.0.0.1:{port}/x").startswith("cannot connect: ")


def test_no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    assert reason("http://nowhere.invalid/feed") == "no such host"


def test_a_failure_falls_back_to_the_stored_copy(web: Web, store: Store) -> None:
    url = web.page("/down", FEED)
    body(url, store)
    for status, answer in (
        (503, b"x"),
        (200, b""),
        (200, b"<!doctype html><p>Back soon"),
        (200, b'{"error": 1}'),
    ):
        web.page("/down", answer, status)
        found = fetch(url, store, NOW + timedelta(days=1))
        assert isinstance(found, Fetched)
        assert found.snapshot.body == FEED
        assert "; using the copy of 2026-02-18 12:00 UTC (" in found.warning


def test_a_web_page_is_given_but_not_kept(web: Web, store: Store) -> None:
    url = web.page("/page", b"<html>no feed")
    assert body(url, store) == b"<html>no feed"
    assert store.latest(url) is None


def test_a_store_that_fails_is_the_users_error(web: Web, store: Store) -> None:
    store.path.parent.write_text("a file where the folder should be")
    with pytest.raises(DigestError, match=r"store\.sqlite3: cannot be used"):
        fetch(web.page("/kept", FEED), store)


def test_secrets_stay_out_of_messages(web: Web) -> None:
    url = web.page("/secret?token=abc", b"x", 500).replace("://", "://me:pw@")
    told = str(fetch(url))
    assert "answers 500" in told
    assert "abc" not in told
    assert "pw" not in told


def test_no_host_is_asked_by_more_than_two_at_once(web: Web) -> None:
    running, most = [0], [0]

    def busy(handler: BaseHTTPRequestHandler) -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        time.sleep(0.05)
        running[0] -= 1
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")

    urls = [web.serve(f"/busy{n}", busy) for n in range(8)]
    found = fetch_all(urls, None, local(urls[0]), NOW)
    assert list(found) == urls
    assert most[0] == 2


def test_a_future_copy_is_fresh(store: Store) -> None:
    url = "http://127.0.0.1:1/never"
    store.save(Snapshot(url=url, fetched_at=NOW + timedelta(days=9), body=FEED))
    assert body(url, store) == FEED
