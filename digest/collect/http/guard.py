"""The guard at the socket: resolve, check every address, connect to one that was checked.

What a name means a moment later cannot matter, and every redirect comes past here again.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import contextmanager

import httpcore
import httpx

from digest.collect.http.addresses import refusal
from digest.collect.http.refused import RefusedError
from digest.collect.options import Options

_ADVICE = "if you trust it, add it to `allow` below [collect]"
_ERRORS: tuple[tuple[type[Exception], type[httpx.HTTPError]], ...] = (
    (httpcore.TimeoutException, httpx.TimeoutException),
    (httpcore.ConnectError, httpx.ConnectError),
    (httpcore.NetworkError, httpx.NetworkError),
    (httpcore.ProtocolError, httpx.RemoteProtocolError),
)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses on allowed ports, and to hosts that are allowed by name."""

    def __init__(self, allow: Iterable[str], ports: Iterable[int]) -> None:
        self._allow = frozenset(name.strip("[]").lower().rstrip(".") for name in allow)
        self._ports = frozenset(ports)
        self._sockets = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check, connect; raises `RefusedError` before a byte is sent."""
        if port not in self._ports:
            ports = ", ".join(map(str, [*sorted(self._ports), port]))
            raise RefusedError(
                f"leads to port {port}",
                f"if you trust it, write `ports = [{ports}]` below [collect]",
            )
        problem: Exception | None = None
        addresses = self._checked(host, await _resolved(host, port))
        share = timeout / len(addresses) if timeout and addresses else timeout
        for address in addresses:
            try:
                return await self._sockets.connect_tcp(
                    address, port, share, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem or httpcore.ConnectError(f"{host} has no address")

    def _checked(self, host: str, addresses: Sequence[str]) -> Sequence[str]:
        """The addresses that may be asked; raises `RefusedError` when there are none."""
        if host.strip("[]").lower().rstrip(".") in self._allow:
            return addresses
        reasons = {address: refusal(address) for address in addresses}
        good = [address for address, reason in reasons.items() if not reason]
        if not good:
            address, reason = next(iter(reasons.items()), (host, "no address"))
            raise RefusedError(f"leads to {address} ({reason})", _ADVICE)
        return good


async def _resolved(host: str, port: int) -> tuple[str, ...]:
    """Every address of a host, in the order of the resolver; raises `socket.gaierror`."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(row[4][0]) for row in found))


class GuardedTransport(httpx.AsyncBaseTransport):
    """An httpx transport over a pool of httpcore that connects by the guard alone."""

    def __init__(self, options: Options, *, secure: bool) -> None:
        # Reading the certificates takes a tenth of a second: once, and only for https.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context() if secure else None,
            max_connections=options.concurrency,
            max_keepalive_connections=options.concurrency,
            network_backend=GuardedBackend(options.allow, options.ports),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and hand on the answer as it comes."""
        url = request.url
        passed = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        with _translated():
            answer = await self._pool.handle_async_request(passed)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """The bytes of an answer as they arrive."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translated():
            async for chunk in self._answer.aiter_stream():
                yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()


@contextmanager
def _translated() -> Iterator[None]:
    """Httpcore's errors as httpx's, which is what a caller of httpx expects."""
    try:
        yield
    except Exception as error:
        for theirs, ours in _ERRORS:
            if isinstance(error, theirs):
                raise ours(str(error)) from error
        raise
