"""A mailbox of newsletters: one .eml file, a folder of them, an mbox, or a Maildir."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest.collect.files import read_bytes, shown
from digest.collect.folder import list_mails
from digest.collect.identity import Raw, settle
from digest.collect.mail import Mail, counted_clicks, read_mail, sent_at
from digest.collect.options import Options
from digest.collect.reading import Reading, unreadable
from digest.errors import InputError, SourceError
from digest.model import Outcome, Source
from digest.text import fingerprint

_HEADER = re.compile(rb"[!-9;-~]+:")
_QUOTED = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Message:
    """One message, read when it is needed; `where` is what people call it."""

    where: str
    load: Callable[[], bytes]


def read_mailbox(source: Source, now: datetime, options: Options) -> Reading:
    """Every message of the mailbox, the newest `max_entries` of them; the rest are outcomes.

    The mailbox is never changed. Raises `SourceError` when there is none.
    """
    path = Path(source.location)
    messages, outcomes = _messages(path, source, options)
    chosen, older = _newest(messages, now, options.max_entries)
    reason = f"older than the newest {options.max_entries} mails of its mailbox"
    outcomes += [
        Outcome(
            id=fingerprint(source.id, message.where),
            outcome="outside the window",
            reason=reason,
            title=message.where,
            source=source.name,
        )
        for message in older
    ]
    mails: list[Mail] = []
    for message in chosen:
        try:
            mails.append(read_mail(message.load(), source, message.where, now))
        except InputError as error:
            outcomes.append(unreadable(source, message.where, message.where, str(error)))
    settled = settle((Raw(mail.entry, mail.guid) for mail in mails), source.id, len(mails) or 1)
    warnings = [warning for mail in mails for warning in mail.warnings]
    warnings += [f"{shown(path)}: {line}" for line in counted_clicks(mails)]
    if not messages and not outcomes:
        warnings.append(f"{shown(path)}: no mail in it")
    return Reading(
        entries=settled.entries,
        outcomes=(*outcomes, *settled.outcomes),
        warnings=tuple(warnings),
    )


def _messages(path: Path, source: Source, options: Options) -> tuple[list[_Message], list[Outcome]]:
    if path.is_dir():
        return _of_folder(path, source, options)
    where = shown(path)
    if not path.exists():
        raise SourceError(
            f"{where}: no such mailbox", hint=f"mend `mailbox` of source {source.name!r}"
        )
    if not path.is_file():
        raise SourceError(f"{where}: not a regular file", hint="name an .eml file, mbox or folder")
    return _of_file(path, where, options), []


def _of_folder(
    path: Path, source: Source, options: Options
) -> tuple[list[_Message], list[Outcome]]:
    """A Maildir holds a message a file in cur and new; any other folder .eml and .mbox files."""
    is_maildir = (path / "cur").is_dir() and (path / "new").is_dir()
    files, refused = list_mails(source, everything=is_maildir)
    messages: list[_Message] = []
    for file in files:
        if not is_maildir:
            messages.extend(_of_file(file.path, file.where, options))
        elif file.name.startswith(("cur/", "new/")):
            # ":2,S" and the like behind a name are flags, which change when a mail is read.
            messages.append(_one(file.path, file.where.partition(":")[0], options))
    lost = [unreadable(source, where, where, f"{where}: {reason}") for where, reason in refused]
    return messages, lost


def _of_file(path: Path, where: str, options: Options) -> list[_Message]:
    try:
        with path.open("rb") as file:
            is_mbox = file.read(5) == b"From "
        if is_mbox:
            return list(_of_mbox(path, where, options))
    except OSError as error:
        raise SourceError(
            f"{where}: cannot be read: {error.strerror or error}", hint="look at its permissions"
        ) from None
    return [_one(path, where, options)]


def _one(path: Path, where: str, options: Options) -> _Message:
    return _Message(where, lambda: read_bytes(path, where, options.max_bytes))


def _of_mbox(path: Path, where: str, options: Options) -> Iterator[_Message]:
    for number, (start, end) in enumerate(_spans(path), 1):
        name = f"{where}: mail {number}"
        yield _Message(name, _loader(path, name, start, end, options))


def _spans(path: Path) -> Iterator[tuple[int, int]]:
    """Where each message of an mbox lies, without its "From " line.

    Such a line begins a message only after an empty line and before a header: some programs do not
    quote it in bodies, and Python's own reader splits a mail there.
    """
    start, line_start, candidate, after_blank = 0, 0, -1, True
    begun = False
    with path.open("rb") as file:
        for line in file:
            if candidate >= 0 and (_HEADER.match(line) or not begun):
                if begun:
                    yield start, candidate
                start, begun = line_start, True
            candidate = line_start if after_blank and line.startswith(b"From ") else -1
            after_blank = not line.strip()
            line_start += len(line)
    if begun:
        yield start, line_start


def _loader(path: Path, where: str, start: int, end: int, options: Options) -> Callable[[], bytes]:
    def load() -> bytes:
        if end - start > options.max_bytes:
            raise InputError(f"{where}: larger than {options.max_bytes:,} bytes")
        try:
            with path.open("rb") as file:
                file.seek(start)
                return _QUOTED.sub(b"", file.read(end - start))
        except OSError as error:
            raise InputError(f"{where}: {error.strerror or error}") from None

    return load


def _newest(
    messages: Sequence[_Message], now: datetime, limit: int
) -> tuple[list[_Message], list[_Message]]:
    """Split into the newest and the rest, each in the order of the mailbox."""
    if len(messages) <= limit:
        return list(messages), []
    sent = [_sent(message, now) for message in messages]
    order = sorted(range(len(messages)), key=lambda at: (sent[at], at), reverse=True)
    chosen = set(order[:limit])
    return (
        [message for at, message in enumerate(messages) if at in chosen],
        [message for at, message in enumerate(messages) if at not in chosen],
    )


def _sent(message: _Message, now: datetime) -> datetime:
    try:
        return sent_at(message.load(), now) or _NEVER
    except InputError:
        return _NEVER
