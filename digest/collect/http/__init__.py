"""The only network: many URLs at once, each within its time and size, errors as values.

`fetch_all` decides and stores; `client` asks once; `retry` says when to ask again; `guard` connects
to nothing that `addresses` refuses.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from digest.collect.discover import is_subscribable
from digest.collect.health import MOVED_FOR_GOOD
from digest.collect.http.refused import RefusedError
from digest.collect.http.retry import pause
from digest.collect.options import Options
from digest.collect.parts import Bodies, Fetched
from digest.collect.store import Store
from digest.collect.store.records import Health, Snapshot
from digest.errors import SourceError
from digest.model import Progress, Reporter, silent
from digest.urls import host, redacted

if TYPE_CHECKING:
    import httpx

    from digest.collect.http.client import Answer

__all__ = ["fetch_all"]

_ASK_THE_GONE = timedelta(days=30)  # a 410 may be a mistake
_LONGEST_WAIT = timedelta(days=1)  # however long a server wants us to stay away


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """What all fetches of one run share: the gates are overall, and for each host."""

    client: httpx.AsyncClient
    store: Store | None
    options: Options
    now: datetime
    chance: Random
    gate: asyncio.Semaphore
    hosts: defaultdict[str, asyncio.Semaphore]


def fetch_all(
    urls: Sequence[str],
    store: Store | None,
    options: Options,
    now: datetime,
    reporter: Reporter = silent,
    chance: Random | None = None,
) -> Bodies:
    """Fetch each URL, or take it from the store where that is fresh, unchanged or all there is.

    Each answer is saved at once, so that an interrupted run resumes. A URL that fails and was never
    fetched is a `SourceError`; one that was fetched before gives the old body and a warning.
    `chance` spreads the pauses before another try.
    """
    known = {url: store.latest(url) if store is not None else None for url in urls}
    health = store.health() if store is not None else {}
    found: dict[str, Fetched | SourceError] = {}
    for url, old in known.items():
        standing = _standing(url, old, health.get(url), options, now)
        if standing is not None:
            found[url] = standing
    missing = {url: old for url, old in known.items() if url not in found}
    if missing:
        chance = chance or Random()  # noqa: S311 - no secret
        try:
            asyncio.run(_fill(found, missing, health, store, options, now, reporter, chance))
        except ExceptionGroup as group:  # the store failed under one of them
            error = group.exceptions[0]
            raise error from error.__cause__
    return {url: found[url] for url in known}


def _standing(
    url: str, old: Snapshot | None, health: Health | None, options: Options, now: datetime
) -> Fetched | SourceError | None:
    """What needs no asking: fresh, gone, or asked to stay away; None for what is to be fetched."""
    if old is not None and now - old.valid_at < timedelta(seconds=options.fresh_for):
        return Fetched(snapshot=old, how="fresh")
    if health is None:
        return None
    if health.gone_at is not None and now - health.gone_at < _ASK_THE_GONE:
        problem = f"gone since {_day(health.gone_at)} (the server answered 410)"
        return _fallen_back(url, old, RefusedError(problem, "remove the source"))
    if health.wait_until is not None and now < health.wait_until <= now + _LONGEST_WAIT:
        problem = f"asked not to be asked before {_day(health.wait_until)}"
        return _fallen_back(url, old, RefusedError(problem))
    return None


async def _fill(
    found: dict[str, Fetched | SourceError],
    missing: Mapping[str, Snapshot | None],
    health: Mapping[str, Health],
    store: Store | None,
    options: Options,
    now: datetime,
    reporter: Reporter,
    chance: Random,
) -> None:
    """Put what the network gives for the missing URLs into `found`."""
    from digest.collect.http.client import opened

    total = len(found) + len(missing)
    async with opened(options, secure=any(url.startswith("https") for url in missing)) as client:
        shared = _Round(
            client=client,
            store=store,
            options=options,
            now=now,
            chance=chance,
            gate=asyncio.Semaphore(options.concurrency),
            hosts=defaultdict(lambda: asyncio.Semaphore(options.per_host)),
        )

        async def one(url: str) -> None:
            async with shared.hosts[host(url)]:
                found[url] = await _fetched(shared, url, missing[url], health.get(url))
            reporter(Progress(stage="fetch", done=len(found), total=total))

        async with asyncio.TaskGroup() as group:
            for url in missing:
                group.create_task(one(url))


async def _fetched(
    shared: _Round, url: str, old: Snapshot | None, health: Health | None
) -> Fetched | SourceError:
    """One URL: asked, stored, and what to do when it failed."""
    store, now = shared.store, shared.now
    moved = health.moved_to if health and health.moved_seen >= MOVED_FOR_GOOD else ""
    try:
        answer = await _persistent(shared, moved or url, old)
        fetched = _accepted(url, old, answer, now)
    except RefusedError as error:
        if store is not None:
            if moved:
                store.moved(url, "")  # the new address is no better: ask the old one next time
            store.failed(
                url,
                str(error),
                gone_at=now if error.gone else None,
                wait_until=now + timedelta(seconds=error.after) if error.after else None,
            )
        return _fallen_back(url, old, error)
    if store is not None:
        _keep(store, fetched, now)
        target = answer.moved_to or moved
        if target or (health is not None and health.moved_to):
            store.moved(url, target)
    return fetched


async def _persistent(shared: _Round, url: str, old: Snapshot | None) -> Answer:
    """Ask, and ask again where that may help, all within one deadline."""
    from digest.collect.http.client import ask

    validators = _validators(old)
    loop = asyncio.get_running_loop()
    end = loop.time() + shared.options.timeout
    tried = 0
    try:
        async with asyncio.timeout_at(end):
            while True:
                tried += 1
                try:
                    async with shared.gate:
                        return await ask(shared.client, url, validators, shared.options)
                except RefusedError as error:
                    left = end - loop.time()
                    wait = pause(error, tried, left, shared.options.pause, shared.chance)
                    if wait is None:
                        raise
                await asyncio.sleep(wait)
    except TimeoutError:
        raise RefusedError(f"no complete answer within {shared.options.timeout:g} s") from None


def _validators(old: Snapshot | None) -> dict[str, str]:
    if old is None:
        return {}
    pairs = (("If-None-Match", old.etag), ("If-Modified-Since", old.last_modified))
    return {name: value for name, value in pairs if value}


def _accepted(url: str, old: Snapshot | None, answer: Answer, now: datetime) -> Fetched:
    """An answer as a snapshot; raises `RefusedError` for what must not replace a stored copy."""
    if answer.body is None:
        assert old is not None  # a 304 to an unconditional question was refused
        etag = answer.header("etag") or old.etag
        modified = answer.header("last-modified") or old.last_modified
        return _unchanged(old, etag, modified, now)
    if not answer.body.strip():
        raise RefusedError("the answer is empty")
    if old is not None and not is_subscribable(answer.body):
        raise RefusedError("answers with something else", "look whether the feed has moved")
    snapshot = Snapshot(
        url=url,
        fetched_at=now,
        body=answer.body,
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
        content_type=answer.header("content-type"),
        headers=answer.headers,
    )
    if old is not None and old.body == answer.body:
        return _unchanged(old, snapshot.etag, snapshot.last_modified, now)
    return Fetched(snapshot=snapshot, how="new")


def _unchanged(old: Snapshot, etag: str, last_modified: str, now: datetime) -> Fetched:
    confirmed = replace(old, etag=etag, last_modified=last_modified, confirmed_at=now)
    return Fetched(snapshot=confirmed, how="unchanged")


def _keep(store: Store, fetched: Fetched, now: datetime) -> None:
    if fetched.how == "unchanged":
        store.confirm(fetched.snapshot, now)
    elif is_subscribable(fetched.snapshot.body):
        # A web page in the place of a feed is read for its hints, but not kept.
        store.save(fetched.snapshot)


def _fallen_back(url: str, old: Snapshot | None, error: RefusedError) -> Fetched | SourceError:
    problem = f"{redacted(url)}: {error}"
    if old is None:
        return SourceError(problem, hint=error.hint)
    copy = f"using the copy of {_day(old.valid_at)} ({error.hint})"
    return Fetched(snapshot=old, warning=f"{problem}; {copy}", how="copy")


def _day(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
