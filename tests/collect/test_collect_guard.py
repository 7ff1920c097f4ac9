"""The guard: every way into a private network that we know is refused before a byte is sent."""

import asyncio
import socket
from asyncio.selector_events import BaseSelectorEventLoop
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from web_plugin import Web, serving

from digest.collect.http import fetch_all
from digest.collect.http.addresses import _INWARD, refusal
from digest.collect.http.guard import GuardedBackend
from digest.collect.http.refused import RefusedError
from digest.collect.options import Options
from digest.collect.parts import Fetched
from digest.errors import SourceError

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
FEED = b"<rss version='2.0'><channel><title>F</title></channel></rss>"


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serving() as server:
        yield server


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::", "10.0.0.1", "172.16.0.1"),
        *("192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "239.1.1.1", "ff02::1"),
        *("240.0.0.1", "255.255.255.255", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::5db8:d822"),
        *("64:ff9b:1::1", "2002:7f00:1::", "2001::1", "fec0::1", "::127.0.0.1", "192.0.0.8"),
        *("192.0.0.9", "192.88.99.1", "198.18.0.1", "203.0.113.1", "2001:db8::1", "no address"),
    ],
)
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "2a00:1450::1"])
def test_public_addresses_are_asked(address: str) -> None:
    assert refusal(address) == ""


@pytest.mark.parametrize("network", _INWARD, ids=lambda row: row.block)
def test_every_row_of_the_table_refuses_its_network(network: Any) -> None:
    first = network.block.partition("/")[0]
    inside = first.removesuffix("0") + "5" if "." in first else first + "5"
    assert refusal(inside) == network.what.partition(":")[0]


@pytest.mark.parametrize(
    "target",
    [
        *("http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f.1/"),
        *("http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/"),
        *("http://169.254.169.254/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/"),
        *("http://10.0.0.1/", "http://100.64.0.1/", "http://224.0.0.1/", "http://1.1.1.1:22/"),
        *("http://me:pw@127.0.0.1/", "http://①②⑦.0.0.1/", "https://127.0.0.1/"),
    ],
)
def test_fault_10_ways_into_this_network_are_refused(
    target: str, sockets_opened: list[Any]
) -> None:
    found = fetch_all([target], None, Options(timeout=5, pause=0.01), NOW)[target]
    assert isinstance(found, SourceError)
    assert "pw" not in str(found)
    assert sockets_opened == []


@pytest.fixture
def sockets_opened(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every connection that is tried."""
    tried: list[Any] = []

    async def connect(self: Any, sock: Any, address: Any) -> None:
        tried.append(address)
        raise OSError("tried")

    monkeypatch.setattr(BaseSelectorEventLoop, "sock_connect", connect)
    return tried


def test_fault_11_a_redirect_into_this_network_is_refused(web: Web) -> None:
    port = int(web.url.rpartition(":")[2])
    url = web.page("/hop", b"", 302, Location=f"http://localhost:{port}/secret")
    web.page("/secret", FEED)
    before = len(web.asked)
    found = fetch_all([url], None, web.options(), NOW)[url]
    assert "leads to 127.0.0.1 (loopback)" in str(found) or "leads to ::1 (loopback)" in str(found)
    assert [path for path, _ in web.asked[before:]] == ["/hop"]


def test_fault_11_a_redirect_to_another_port_is_refused(web: Web) -> None:
    url = web.page("/port", b"", 301, Location="http://127.0.0.1:22/")
    found = fetch_all([url], None, web.options(), NOW)[url]
    assert "leads to port 22" in str(found)


def test_fault_12_only_the_address_that_was_checked_is_connected_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The name means a public address once, and this machine ever after."""
    answers = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    tried: list[str] = []

    async def resolve(*_: object, **__: object) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 80))]

    class Sockets:
        async def connect_tcp(self, host: str, *_: object) -> None:
            tried.append(host)

    async def main() -> None:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
        backend = GuardedBackend((), (80,))
        backend._sockets = Sockets()  # type: ignore[assignment]
        await backend.connect_tcp("rebind.example", 80)
        with pytest.raises(RefusedError, match="loopback"):
            await backend.connect_tcp("rebind.example", 80)

    asyncio.run(main())
    assert tried == ["93.184.216.34"]


def test_of_several_addresses_only_public_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    async def resolve(*_: object, **__: object) -> list[Any]:
        addresses = ("64:ff9b::1", "127.0.0.1", "93.184.216.34", "1.1.1.1")
        return [(0, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]

    class Sockets:
        async def connect_tcp(self, host: str, *_: object) -> str:
            import httpcore

            tried.append(host)
            if len(tried) == 1:
                raise httpcore.ConnectError("nobody there")
            return "connected"

    async def main() -> object:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", resolve)
        backend = GuardedBackend((), (80,))
        backend._sockets = Sockets()  # type: ignore[assignment]
        return await backend.connect_tcp("many.example", 80)

    assert asyncio.run(main()) == "connected"
    assert tried == ["93.184.216.34", "1.1.1.1"]


def test_a_host_may_be_allowed_by_name_for_ports_that_are_allowed(web: Web) -> None:
    port = int(web.url.rpartition(":")[2])
    web.page("/lan", FEED)
    url = f"http://LOCALHOST:{port}/lan"
    named = Options(allow=("localhost",), ports=(port,), timeout=5, pause=0.01)
    assert isinstance(fetch_all([url], None, named, NOW)[url], Fetched)
    other = Options(allow=("feeds.lan",), ports=(port,), timeout=5, pause=0.01)
    assert "`allow` below [collect]" in str(fetch_all([url], None, other, NOW)[url])
    closed = Options(allow=("localhost",), timeout=5, pause=0.01)
    assert f"`ports = [80, 443, {port}]` below [collect]" in str(
        fetch_all([url], None, closed, NOW)[url]
    )
