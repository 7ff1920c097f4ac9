"""From a source to its part of the collection: what to parse, then entries and a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from digest.collect.bookmarks import read_bookmarks
from digest.collect.files import file_of, read_bytes, shown
from digest.collect.folder import list_folder, read_documents
from digest.collect.history import Span
from digest.collect.jsonl import read_jsonl
from digest.collect.mailbox import read_mailbox
from digest.collect.names import outlet_name
from digest.collect.options import Options
from digest.collect.parsing import Job
from digest.collect.reading import Reading, unreadable
from digest.collect.store.records import Snapshot, Stamp
from digest.errors import DigestError, SourceError
from digest.model import Collected, Entry, How, Outcome, Source, SourceReport, SourceStatus
from digest.text import fingerprint
from digest.urls import host, is_web, redacted

_NAMED = 5  # failures named in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A body from the network or the store, with a warning when it is not as new as wanted."""

    snapshot: Snapshot
    warning: str = ""
    how: How = "stored"


Bodies = Mapping[str, Fetched | SourceError]  # by URL
Fetch = Callable[[Sequence[str]], Bodies]


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """What makes a part live: its snapshots, one for each job, oldest first."""

    stamps: tuple[Stamp, ...]
    how: How = "stored"
    warning: str = ""
    span: Span | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A source half read: `reading` is done, `jobs` are feeds still to parse."""

    source: Source
    reading: Reading = field(default_factory=Reading)
    jobs: tuple[Job, ...] = ()
    files: int = 0  # of a folder
    error: DigestError | None = None
    live: Live | None = None


def part_of(source: Source, now: datetime, options: Options) -> Part:
    """Start on a source on this disk; what fails as a whole is a part with an error."""
    try:
        if source.kind == "folder":
            return _folder(source, now, options)
        if source.kind == "jsonl":
            reading = read_jsonl(file_of(source), source, now)
            return Part(source=source, reading=reading)
        if source.kind == "mailbox":
            return Part(source=source, reading=read_mailbox(source, now, options))
        if source.kind == "bookmarks":
            path = file_of(source)
            data = read_bytes(path, shown(path), options.max_bytes)
            return Part(source=source, reading=read_bookmarks(data, source, shown(path), now))
        return _feed(source)
    except DigestError as error:
        return Part(source=source, error=error)


def _feed(source: Source) -> Part:
    path = file_of(source)
    return Part(source=source, jobs=(Job(source=source, where=shown(path), data=path),))


def _folder(source: Source, now: datetime, options: Options) -> Part:
    listing = list_folder(source)
    reading = read_documents(source, listing.documents, now, options.max_bytes)
    refused = tuple(
        unreadable(source, where, where, f"{where}: {reason}") for where, reason in listing.refused
    )
    jobs = tuple(
        Job(
            source=source,
            where=file.where,
            data=file.path,
            scope=fingerprint(source.id, file.name),
        )
        for file in listing.feeds
    )
    reading = replace(reading, outcomes=(*refused, *reading.outcomes))
    return Part(source=source, reading=reading, jobs=jobs, files=listing.count)


def finish(part: Part, results: Sequence[Reading | SourceError]) -> Collected:
    """Put a part and its parsed feeds together; `results` are in the order of its jobs."""
    if part.error is not None:
        return failed(part.source, part.error)
    if part.source.kind != "folder":  # a folder has many feeds
        for result in results:
            if isinstance(result, SourceError):
                return failed(part.source, result)
    entries, outcomes = list(part.reading.entries), list(part.reading.outcomes)
    warnings = list(part.reading.warnings)
    for job, result in zip(part.jobs, results, strict=True):
        if isinstance(result, SourceError):
            outcomes.append(unreadable(part.source, job.scope, job.where, str(result)))
            continue
        entries.extend(_credited(entry, result, part.source) for entry in result.entries)
        outcomes.extend(result.outcomes)
        warnings.extend(result.warnings)
    return Collected(
        entries=tuple(entries),
        reports=(_report(part, len(entries), outcomes, warnings),),
        outcomes=tuple(outcomes),
    )


def failed(source: Source, error: DigestError) -> Collected:
    """A source that gave nothing."""
    url = redacted(source.location) if is_web(source.location) else ""
    outcome = Outcome(
        id=source.id,
        outcome="source failed",
        reason=str(error),
        title=source.name,
        url=url,
        source=source.name,
    )
    report = SourceReport(name=source.name, status="failed", message=str(error))
    return Collected(reports=(report,), outcomes=(outcome,))


def _credited(entry: Entry, feed: Reading, source: Source) -> Entry:
    """In a folder of feeds each feed is an outlet of its own."""
    if source.kind != "folder" or entry.outlet or not feed.title:
        return entry
    return replace(entry, outlet=outlet_name(feed.title, host(entry.url)))


def _report(
    part: Part, count: int, outcomes: Sequence[Outcome], warnings: Sequence[str]
) -> SourceReport:
    lost = [outcome.reason for outcome in outcomes if outcome.outcome == "unreadable"]
    problems = [*lost, *warnings]
    status: SourceStatus = "failed" if lost and not count else "warning" if problems else "ok"
    if not count and not problems and part.source.kind == "folder":
        status = "warning"
    told = "; ".join(problems[:_NAMED])
    if len(problems) > _NAMED:
        told += f"; and {len(problems) - _NAMED} more"
    if part.source.kind == "folder":
        read = part.files - len(lost)
        told = f"{read} of {part.files} files read" + (f": {told}" if told else "")
    return SourceReport(
        name=part.source.name,
        entries=count,
        status=status,
        message=told,
    )
