"""The only network: many URLs at once, each within its time and size, errors as values.

Every hop passes `check_target` before it is asked; what may be asked is decided there alone.
"""

from __future__ import annotations

import asyncio
import socket
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from digest import __version__
from digest.collect.discover import is_subscribable
from digest.collect.parts import Bodies, Fetched
from digest.collect.reading import Options
from digest.collect.store import Snapshot, Store
from digest.errors import SourceError
from digest.model import Progress, Reporter, silent
from digest.text import one_line
from digest.urls import host, is_web, redacted

if TYPE_CHECKING:
    import httpx

_REDIRECTS = 5
_ENCODINGS = {"": 0, "identity": 0, "gzip": 31, "x-gzip": 31, "deflate": 15}  # zlib's window bits
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/x-opml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
_LATER = "nothing to do: it is tried again next time"
_HINTS = {
    HTTPStatus.UNAUTHORIZED: "the server wants a login",
    HTTPStatus.FORBIDDEN: "the server refuses programs, or this one; ask its owner",
    HTTPStatus.NOT_FOUND: "look for the feed's new address",
    HTTPStatus.GONE: "the feed has ended; remove the source",
}


class _RefusedError(Exception):
    """One fetch failed; the text completes "URL: ..."."""

    def __init__(self, reason: str, hint: str = _LATER) -> None:
        super().__init__(reason)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class _Gates:
    """How much happens at once: overall, and on one host."""

    all: asyncio.Semaphore
    hosts: defaultdict[str, asyncio.Semaphore]


def fetch_all(
    urls: Sequence[str],
    store: Store | None,
    options: Options,
    now: datetime,
    reporter: Reporter = silent,
) -> Bodies:
    """Fetch each URL, or take it from the store where that is fresh, unchanged or all there is.

    Each good answer is saved at once, so that an interrupted run resumes. A URL that fails and was
    never fetched is a `SourceError`; one that was fetched before gives the old body and a warning.
    """
    known = {url: store.latest(url) if store is not None else None for url in urls}
    fresh = timedelta(seconds=options.fresh_for)
    found: dict[str, Fetched | SourceError] = {
        url: Fetched(snapshot=snapshot)
        for url, snapshot in known.items()
        if snapshot is not None and now - snapshot.fetched_at < fresh
    }
    missing = [url for url in known if url not in found]
    if missing:
        try:
            asyncio.run(_fill(found, missing, known, store, options, now, reporter))
        except ExceptionGroup as group:  # the store failed under one of them
            error = group.exceptions[0]
            raise error from error.__cause__
    return {url: found[url] for url in known}


def check_target(url: str) -> None:
    """Refuse what must not be asked; called for the URL and for each redirect."""
    if not is_web(url):
        scheme = url.partition(":")[0][:20]
        raise _RefusedError(f"leads to a {scheme!r} address", "only http and https are fetched")


async def _fill(
    found: dict[str, Fetched | SourceError],
    missing: Sequence[str],
    known: dict[str, Snapshot | None],
    store: Store | None,
    options: Options,
    now: datetime,
    reporter: Reporter,
) -> None:
    """Put what the network gives for the missing URLs into `found`."""
    gates = _Gates(
        asyncio.Semaphore(options.concurrency),
        defaultdict(lambda: asyncio.Semaphore(options.per_host)),
    )
    async with _client(options) as client:

        async def one(url: str) -> None:
            old = known[url]
            try:
                async with gates.hosts[host(url)], gates.all:
                    snapshot = await _fetched(client, url, old, options, now)
            except _RefusedError as error:
                found[url] = _fallen_back(url, old, error)
            else:
                found[url] = Fetched(snapshot=snapshot)
                # A web page in the place of a feed is read for its hints, but not kept.
                if store is not None and is_subscribable(snapshot.body):
                    store.save(snapshot)
            reporter(Progress(stage="fetch", done=len(found), total=len(known)))

        async with asyncio.TaskGroup() as group:
            for url in missing:
                group.create_task(one(url))


def _client(options: Options) -> httpx.AsyncClient:
    import httpx

    contact = f" (+{options.contact})" if options.contact else ""
    return httpx.AsyncClient(
        follow_redirects=False,  # every hop is checked
        trust_env=False,  # a proxy from the environment would see and choose the targets
        timeout=options.timeout,
        limits=httpx.Limits(max_connections=options.concurrency),
        headers={
            "User-Agent": f"newsletter-digest/{__version__}{contact}",
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        },
    )


def _fallen_back(url: str, old: Snapshot | None, error: _RefusedError) -> Fetched | SourceError:
    problem = f"{redacted(url)}: {error}"
    if old is None:
        return SourceError(problem, hint=error.hint)
    day = old.fetched_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return Fetched(snapshot=old, warning=f"{problem}; using the copy of {day} ({error.hint})")


async def _fetched(
    client: httpx.AsyncClient, url: str, old: Snapshot | None, options: Options, now: datetime
) -> Snapshot:
    """One URL within its deadline; raises `_RefusedError` for everything that can go wrong."""
    import httpx

    try:
        async with asyncio.timeout(options.timeout):
            snapshot = await _asked(client, url, old, options, now)
    except (TimeoutError, httpx.TimeoutException):
        raise _RefusedError(f"no complete answer within {options.timeout:g} s") from None
    except httpx.ConnectError as error:
        raise _RefusedError(*_unreachable(error)) from error
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ValueError) as error:
        reason = one_line(str(error))[:160] or type(error).__name__
        raise _RefusedError(f"the transfer failed: {reason}") from error
    if not snapshot.body.strip():
        raise _RefusedError("the answer is empty")
    if old is not None and not is_subscribable(snapshot.body):
        raise _RefusedError("answers with something else", "look whether the feed has moved")
    return snapshot


async def _asked(
    client: httpx.AsyncClient, url: str, old: Snapshot | None, options: Options, now: datetime
) -> Snapshot:
    """Follow redirects to an answer: a new snapshot, or the old one confirmed."""
    headers: dict[str, str] = {}
    if old is not None and old.etag:
        headers["If-None-Match"] = old.etag
    if old is not None and old.last_modified:
        headers["If-Modified-Since"] = old.last_modified
    target = url
    for _ in range(_REDIRECTS + 1):
        check_target(target)
        async with client.stream("GET", target, headers=headers) as response:
            if response.status_code == HTTPStatus.NOT_MODIFIED and old is not None:
                return replace(old, fetched_at=now)
            if response.has_redirect_location:
                target = urljoin(target, response.headers["location"])
                continue
            if response.status_code != HTTPStatus.OK:
                raise _RefusedError(*_status(response.status_code))
            return Snapshot(
                url=url,
                fetched_at=now,
                body=await _body(response, options.max_bytes),
                etag=response.headers.get("etag", ""),
                last_modified=response.headers.get("last-modified", ""),
                content_type=response.headers.get("content-type", ""),
            )
    raise _RefusedError(f"more than {_REDIRECTS} redirects", "look for the feed's new address")


async def _body(response: httpx.Response, cap: int) -> bytes:
    """The decoded body, of which never more than `cap` bytes exist, on the wire or inflated."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in _ENCODINGS:
        raise _RefusedError(f"answers in the encoding {encoding[:40]!r}", "only gzip is understood")
    bits = _ENCODINGS[encoding]
    inflater = zlib.decompressobj(bits) if bits else None
    out, received = bytearray(), 0
    try:
        async for chunk in response.aiter_raw():
            received += len(chunk)
            out += inflater.decompress(chunk, cap - len(out) + 1) if inflater else chunk
            if max(len(out), received) > cap:
                raise _RefusedError(f"larger than {cap:,} bytes", "that is no feed; remove it")
    except zlib.error as error:
        raise _RefusedError(f"broken compression: {error}") from None
    if inflater is not None and not inflater.eof:
        raise _RefusedError("the answer ends in the middle of its compression")
    return bytes(out)


def _status(code: int) -> tuple[str, str]:
    try:
        status = HTTPStatus(code)
    except ValueError:
        return f"answers {code}", _LATER
    return f"answers {code} {status.phrase}", _HINTS.get(status, _LATER)


def _unreachable(error: BaseException) -> tuple[str, str]:
    """Why no connection came about: no such host, or nobody there."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, socket.gaierror):
            return "no such host", "look for a misspelling in the address, or for your network"
        cause = cause.__cause__ or cause.__context__
    return f"cannot connect: {one_line(str(error))[:160]}", _LATER
