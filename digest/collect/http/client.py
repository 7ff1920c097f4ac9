"""One URL, asked once: redirects followed, the body inflated within its limit, or a refusal."""

from __future__ import annotations

import logging
import socket
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin

import httpx

from digest import __version__
from digest.collect.http.guard import GuardedTransport
from digest.collect.http.refused import LATER, RefusedError
from digest.collect.options import Options
from digest.text import one_line
from digest.urls import is_web

# Both log whole addresses, and an address may hold a password.
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

_REDIRECTS = 5
_ENCODINGS = {"": 0, "identity": 0, "gzip": 31, "x-gzip": 31, "deflate": 15}  # zlib's window bits
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/x-opml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
_PERMANENT = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_HINTS = {
    HTTPStatus.UNAUTHORIZED: "the server wants a login",
    HTTPStatus.FORBIDDEN: "the server refuses programs, or this one; ask its owner",
    HTTPStatus.NOT_FOUND: "look for the feed's new address",
    HTTPStatus.GONE: "the feed has ended; remove the source",
}
_MOST_HEADERS = 16_384  # characters that are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said: a body, or that nothing changed (`body` is None)."""

    body: bytes | None
    headers: tuple[tuple[str, str], ...] = ()
    moved_to: str = ""  # when every redirect on the way was permanent

    def header(self, name: str) -> str:
        """The value of a header, or ""."""
        return next((value for key, value in self.headers if key == name), "")


@asynccontextmanager
async def opened(options: Options, *, secure: bool) -> AsyncIterator[httpx.AsyncClient]:
    """A client that connects by the guard, says who it is, and ignores proxies."""
    contact = f" (+{options.contact})" if options.contact else ""
    async with httpx.AsyncClient(
        transport=GuardedTransport(options, secure=secure),
        follow_redirects=False,
        trust_env=False,  # a proxy would see and choose the targets
        timeout=options.timeout,
        headers={
            "User-Agent": f"newsletter-digest/{__version__}{contact}",
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        },
    ) as client:
        yield client


async def ask(
    client: httpx.AsyncClient, url: str, validators: Mapping[str, str], options: Options
) -> Answer:
    """Follow redirects to an answer; raises `RefusedError` for everything that can go wrong."""
    try:
        return await _asked(client, url, validators, options)
    except httpx.TimeoutException:
        raise RefusedError(f"no complete answer within {options.timeout:g} s") from None
    except (httpx.ConnectError, socket.gaierror) as error:
        raise _unreachable(error) from error
    except (httpx.HTTPError, httpx.StreamError, OSError) as error:
        raise RefusedError(f"the transfer failed: {_words(error)}", again=True) from error
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedError(f"the transfer failed: {_words(error)}") from error


async def _asked(
    client: httpx.AsyncClient, url: str, validators: Mapping[str, str], options: Options
) -> Answer:
    target, permanent = url, True
    for _ in range(_REDIRECTS + 1):
        check_target(target)
        async with client.stream("GET", target, headers=dict(validators)) as response:
            moved = target if permanent and target != url else ""
            if response.status_code == HTTPStatus.NOT_MODIFIED and validators:
                return Answer(body=None, headers=_headers(response), moved_to=moved)
            if response.has_redirect_location:
                permanent = permanent and response.status_code in _PERMANENT
                target = urljoin(target, response.headers["location"])
                continue
            if response.status_code != HTTPStatus.OK:
                raise _status(response)
            body = await _body(response, options.max_bytes)
            return Answer(body=body, headers=_headers(response), moved_to=moved)
    raise RefusedError(f"more than {_REDIRECTS} redirects", "look for the feed's new address")


def check_target(url: str) -> None:
    """Refuse what is no web address, for the URL and for each redirect; the guard does the rest."""
    if not is_web(url):
        scheme = url.partition(":")[0][:20]
        raise RefusedError(f"leads to a {scheme!r} address", "only http and https are fetched")


async def _body(response: httpx.Response, cap: int) -> bytes:
    """The decoded body, of which never more than `cap` bytes exist, on the wire or inflated."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise RefusedError(f"answers in the encoding {encoding[:40]!r}", "only gzip is understood")
    bits = _ENCODINGS[encoding]
    inflater = zlib.decompressobj(bits) if bits else None
    out, received = bytearray(), 0
    try:
        async for chunk in response.aiter_raw():
            received += len(chunk)
            out += inflater.decompress(chunk, cap - len(out) + 1) if inflater else chunk
            if max(len(out), received) > cap:
                raise RefusedError(f"larger than {cap:,} bytes", "that is no feed; remove it")
    except zlib.error as error:
        raise RefusedError(f"broken compression: {error}") from None
    if inflater is not None and not inflater.eof:
        raise RefusedError("the answer ends in the middle of its compression", again=True)
    return bytes(out)


def _headers(response: httpx.Response) -> tuple[tuple[str, str], ...]:
    """The headers worth keeping, in a stable order; cookies are nobody's business."""
    kept, room = [], _MOST_HEADERS
    for name, value in sorted(response.headers.multi_items()):
        room -= len(name) + len(value)
        if name != "set-cookie" and room > 0:
            kept.append((name, value))
    return tuple(kept)


def _status(response: httpx.Response) -> RefusedError:
    code = response.status_code
    try:
        status = HTTPStatus(code)
    except ValueError:
        return RefusedError(f"answers {code}")
    told = f"answers {code} {status.phrase}"
    if status == HTTPStatus.NOT_MODIFIED:  # to a question that had no condition
        return RefusedError(told, again=True, after=0.0)
    return RefusedError(
        told,
        _HINTS.get(status, LATER),
        again=code >= 500 or status in _BUSY,
        after=_retry_after(response.headers) if status in _BUSY else None,
        gone=status == HTTPStatus.GONE,
    )


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds of a Retry-After (RFC 9110, 10.2.3): a number, or a date by the server's clock."""
    value = headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value[:9])
    try:
        then = parsedate_to_datetime(value)
        return max(0.0, (then - parsedate_to_datetime(headers.get("date", ""))).total_seconds())
    except (TypeError, ValueError):
        return None


def _words(error: BaseException) -> str:
    return one_line(str(error))[:160] or type(error).__name__


def _unreachable(error: BaseException) -> RefusedError:
    """Why no connection came about: no such host, or nobody there."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return RefusedError(
                "no such host",
                "look for a misspelling in the address, or for your network",
                again=cause.errno == socket.EAI_AGAIN,
            )
        cause = cause.__cause__ or cause.__context__
    return RefusedError(f"cannot connect: {_words(error)}", again=True)
