"""Servers that drip, bomb, lie and hang up: each costs itself alone."""

import asyncio
import gzip
import resource
import time
import zlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from collect_raw import RawWeb, ResetError, talking

from digest.collect.http import fetch_all
from digest.collect.http.refused import RefusedError
from digest.collect.http.retry import pause
from digest.collect.parts import Fetched
from digest.collect.store import Store

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
FEED = b"<rss version='2.0'><channel><title>F</title></channel></rss>"
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(FEED), FEED)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"


@pytest.fixture
def web() -> Iterator[RawWeb]:
    with talking() as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        yield opened


def status(code: bytes, *headers: bytes) -> bytes:
    lines = [b"HTTP/1.1 " + code, b"Content-Length: 0", *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


@pytest.mark.parametrize("size", [10_000_000, 300_000_000])
def test_fault_15_a_gzip_bomb_stops_at_the_cap(web: RawWeb, size: int) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(size // 1_000_000))
    bomb += packer.flush()
    url = web.bytes("/b", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", bomb)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = fetch_all([url], None, web.options(max_bytes=5_000_000), NOW)[url]
    assert "larger than 5,000,000 bytes" in str(found)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 * 1024


def test_fault_16_stacked_encodings_are_refused(web: RawWeb) -> None:
    body = gzip.compress(gzip.compress(FEED))
    url = web.bytes("/s", b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n", body)
    assert "encoding 'gzip, gzip'" in str(fetch_all([url], None, web.options(), NOW)[url])


async def body_drip() -> AsyncIterator[bytes]:
    yield HEAD
    while True:
        yield b"x"
        await asyncio.sleep(0.1)


async def header_drip() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X-A: b\r\n"
        await asyncio.sleep(0.1)


async def mute() -> AsyncIterator[bytes]:
    await asyncio.sleep(60)
    yield b""


def test_faults_17_and_18_slow_servers_are_cut_and_the_others_do_not_wait(web: RawWeb) -> None:
    slow = [web.say("/1", body_drip), web.say("/2", header_drip), web.say("/3", mute)]
    good = web.bytes("/good", GOOD)
    start = time.monotonic()
    found = fetch_all([*slow, good], None, web.options(timeout=1.0, per_host=9), NOW)
    assert time.monotonic() - start < 2.0
    assert isinstance(found[good], Fetched)
    for url in slow:
        assert "no complete answer within 1 s" in str(found[url])


async def reset_in_the_middle() -> AsyncIterator[bytes]:
    yield HEAD + FEED[:20]
    await asyncio.sleep(0.05)
    raise ResetError


def test_fault_19_half_a_body_never_replaces_a_whole_one(web: RawWeb, store: Store) -> None:
    url = web.bytes("/f", GOOD)
    fetch_all([url], store, web.options(), NOW)
    later = NOW
    for script in ("lies", "resets"):
        if script == "lies":
            web.bytes("/f", HEAD, FEED[:-9])
        else:
            web.say("/f", reset_in_the_middle)
        later += timedelta(hours=2)
        found = fetch_all([url], store, web.options(), later)[url]
        assert isinstance(found, Fetched)
        assert found.snapshot.body == FEED
        assert "the transfer failed" in found.warning
        assert len(store.history(url)) == 1
    assert store.health()[url].failures == 2
    assert web.asked.count("/f") == 1 + 3 + 3  # two more tries each


def test_fault_28_nothing_is_no_feed(web: RawWeb) -> None:
    url = web.bytes("/e", status(b"200 OK"))
    assert "the answer is empty" in str(fetch_all([url], None, web.options(), NOW)[url])


def test_fault_28_a_304_without_a_copy_is_asked_again_without_conditions(web: RawWeb) -> None:
    answers = iter([status(b"304 Not Modified"), GOOD])

    async def script() -> AsyncIterator[bytes]:
        yield next(answers)

    url = web.say("/n", script)
    assert isinstance(fetch_all([url], None, web.options(), NOW)[url], Fetched)


def test_fault_28_a_damaged_copy_is_fetched_again(web: RawWeb, store: Store) -> None:
    url = web.bytes("/d", GOOD)
    fetch_all([url], store, web.options(), NOW)
    with store._file.writing() as db:
        db.execute("UPDATE body SET data = x'00'")
    found = fetch_all([url], store, web.options(), NOW + timedelta(hours=2))[url]
    assert isinstance(found, Fetched)
    kept = store.latest(url)
    assert kept is not None
    assert (kept.body, found.how) == (FEED, "new")


# --- asking again ---


def test_a_server_that_is_busy_is_asked_twice_more(web: RawWeb, store: Store) -> None:
    answers = iter([status(b"500 No"), status(b"503 Busy", b"Retry-After: 0"), GOOD])

    async def script() -> AsyncIterator[bytes]:
        yield next(answers)

    url = web.say("/busy", script)
    found = fetch_all([url], store, web.options(), NOW, chance=Random(1))[url]
    assert isinstance(found, Fetched)
    assert web.asked == ["/busy"] * 3


@pytest.mark.parametrize("code", [b"404 Not Found", b"403 Forbidden", b"401 Unauthorized"])
def test_what_the_client_did_wrong_is_not_tried_again(web: RawWeb, code: bytes) -> None:
    url = web.bytes("/no", status(code))
    fetch_all([url], None, web.options(), NOW)
    assert web.asked == ["/no"]


def test_who_asks_for_an_hour_is_left_alone_for_an_hour(web: RawWeb, store: Store) -> None:
    url = web.bytes("/f", GOOD)
    fetch_all([url], store, web.options(), NOW)
    web.bytes("/f", status(b"429 Too Many Requests", b"Retry-After: 7200"))
    at = NOW + timedelta(hours=2)
    found = fetch_all([url], store, web.options(), at)[url]
    assert isinstance(found, Fetched)
    assert found.how == "copy"
    assert len(web.asked) == 2  # longer than the deadline: not in this run
    found = fetch_all([url], store, web.options(), at + timedelta(minutes=119))[url]
    assert isinstance(found, Fetched)
    assert "asked not to be asked before 2026-02-18 16:00 UTC" in found.warning
    assert len(web.asked) == 2
    web.bytes("/f", GOOD)
    fetch_all([url], store, web.options(), at + timedelta(minutes=121))
    assert len(web.asked) == 3


def test_a_retry_after_date_counts_from_the_servers_clock(web: RawWeb, store: Store) -> None:
    headers = (
        b"Date: Wed, 01 Jan 2020 00:00:00 GMT",
        b"Retry-After: Wed, 01 Jan 2020 03:00:00 GMT",
    )
    url = web.bytes("/f", status(b"503 Busy", *headers))
    fetch_all([url], store, web.options(), NOW)
    assert store.health()[url].wait_until == NOW + timedelta(hours=3)
    web.bytes("/g", status(b"503 Busy", b"Retry-After: soon"))
    fetch_all([web.url + "/g"], store, web.options(), NOW)
    assert store.health()[web.url + "/g"].wait_until is None


def test_the_pause_doubles_with_jitter_and_fits_the_deadline() -> None:
    error = RefusedError("x", again=True)
    pauses = [pause(error, tried, 99, 1.0, Random(7)) for tried in (1, 2, 3)]
    first, second, third = pauses
    assert first is not None
    assert second is not None
    assert 0.5 <= first <= 1.5
    assert second == 2 * first  # the same seed
    assert third is None
    assert pause(error, 1, 0.1, 1.0, Random(7)) is None
    assert pause(RefusedError("x"), 1, 99, 1.0, Random(7)) is None


def test_gone_is_remembered(web: RawWeb, store: Store) -> None:
    url = web.bytes("/f", GOOD)
    fetch_all([url], store, web.options(), NOW)
    web.bytes("/f", status(b"410 Gone"))
    at = NOW + timedelta(hours=2)
    fetch_all([url], store, web.options(), at)
    assert store.health()[url].gone_at == at
    found = fetch_all([url], store, web.options(), at + timedelta(days=29))[url]
    assert isinstance(found, Fetched)
    assert "gone since 2026-02-18 14:00 UTC" in found.warning
    assert len(web.asked) == 2
    web.bytes("/f", GOOD)
    fetch_all([url], store, web.options(), at + timedelta(days=31))
    assert store.health()[url].gone_at is None


def test_a_permanent_redirect_is_followed_at_once_after_three_sightings(
    web: RawWeb, store: Store
) -> None:
    url = web.bytes("/old", status(b"301 Moved", b"Location: /new"))
    web.bytes("/new", GOOD)
    for run in range(5):
        fetch_all([url], store, web.options(), NOW + timedelta(hours=2 * run))
    assert web.asked == ["/old", "/new"] * 3 + ["/new"] * 2
    assert (store.health()[url].moved_to, store.health()[url].moved_seen) == (web.url + "/new", 5)
    web.bytes("/new", status(b"404 Not Found"))
    web.bytes("/old", GOOD)
    for run in (6, 7):
        fetch_all([url], store, web.options(), NOW + timedelta(hours=2 * run))
    assert web.asked[-2:] == ["/new", "/old"]
    assert store.health()[url].moved_to == ""


def test_a_temporary_redirect_is_no_move(web: RawWeb, store: Store) -> None:
    url = web.bytes("/old", status(b"302 Found", b"Location: /new"))
    web.bytes("/new", GOOD)
    fetch_all([url], store, web.options(), NOW)
    assert store.health()[url].moved_to == ""
