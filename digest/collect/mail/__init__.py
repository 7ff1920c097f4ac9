"""One mail -> one Entry: the newsletter that somebody subscribed to.

Headers and bodies are what strangers wrote: whatever Python's mail parser makes of them, the result
is an entry, perhaps with a warning, or an `InputError` with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import getaddresses

from digest.collect.dates import read_date
from digest.collect.document import decode
from digest.collect.mail.body import Cleaned, clean_html, clean_text
from digest.collect.mail.links import Recipient
from digest.collect.plain import web_url
from digest.collect.reading import scalar
from digest.errors import InputError
from digest.model import Entry, Media, Source
from digest.text import counted, fingerprint, one_line
from digest.urls import is_web

_TO = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
_PREFIX = re.compile(r"\A(?:(?:fwd?|wg|tr|rv|re|aw|sv)\s*:\s*|\[[^\]]{1,40}\]\s*)+", re.IGNORECASE)
_LIST_ID = re.compile(r"\A(?P<name>.*?)\s*<(?P<id>[^<>]+)>\s*\Z", re.DOTALL)
# What mail services put into List-Id for a name: "1234abcmc list", codes.
_MACHINE = re.compile(r"\w*mc list\Z|[\W\d_]*\Z|[0-9a-f-]{12,}\Z", re.IGNORECASE)
_FLOWED = re.compile(r"(?<=\S) \n(?=\S)")
_NESTED = 3  # mails attached to mails


@dataclass(frozen=True, slots=True)
class Mail:
    """An entry, what identifies it among the mails of its list, and what was odd about it."""

    entry: Entry
    guid: str
    warnings: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()  # hosts that still count clicks, one for each link


def read_mail(data: bytes, source: Source, where: str, now: datetime) -> Mail:
    """Read one message. Raises `InputError` with the reason for what cannot be read."""
    if not data.strip(b"\0 \t\r\n"):
        raise InputError(f"{where}: empty")
    try:
        return _mail(_parsed(data), source, where, now)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # the mail parser meets arbitrary bytes: the border to its errors
        reason = f"{type(error).__name__}: {one_line(str(error))[:120]}"
        raise InputError(f"{where}: unreadable mail: {reason}") from error


def sent_at(data: bytes, now: datetime) -> datetime | None:
    """When a message was sent, by its headers alone."""
    head = re.split(rb"\r?\n\r?\n", data[:262_144], maxsplit=1)[0]
    try:
        return _date(_parsed(head + b"\n\n"), now)
    except Exception:  # as above; the whole message is read later, and says more
        return None


def _parsed(data: bytes) -> EmailMessage:
    from email import message_from_bytes, policy

    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise MessageError("not a message")
    return message


def _mail(message: EmailMessage, source: Source, where: str, now: datetime) -> Mail:
    warnings: list[str] = []
    recipient = _recipient(message)
    given = one_line(_header(message, "subject"))
    subject = _PREFIX.sub("", given) or given
    cleaned, media = _body(message, recipient, where, warnings)
    if not cleaned.body.strip():
        raise InputError(f"{where}: {_why_empty(message)}")
    list_name, list_id = _list(message)
    sender, address = _sender(message)
    outlet = list_name or sender or address.rpartition("@")[2]
    identity = one_line(_header(message, "message-id")) or fingerprint(
        address, _header(message, "date"), subject, cleaned.body
    )
    entry = Entry(
        id=fingerprint(source.id, list_id, identity),
        source=source,
        where=where,
        url=_url(message, subject, cleaned),
        title=subject,
        body=cleaned.body,
        media=media,
        published=_date(message, now),
        authors=(sender,) if sender and sender != outlet else (),
        language=one_line(_header(message, "content-language")).partition(",")[0],
        outlet="" if outlet == source.name else outlet,
        mail=True,
    )
    return Mail(entry, f"{list_id} {identity}", tuple(warnings), cleaned.counters)


def _header(message: EmailMessage, name: str) -> str:
    """A header as text; the raw one where the parser cannot read it."""
    try:
        value = message.get(name)
    except Exception:  # of the header parser: it has raised on broken headers in every release
        raws = (str(value) for key, value in message.raw_items() if key.lower() == name)
        value = next(raws, "")
    return scalar(str(value or ""))


def _headers(message: EmailMessage, name: str) -> Iterator[str]:
    for key, value in message.raw_items():
        if key.lower() == name:
            yield scalar(str(value))


def _recipient(message: EmailMessage) -> Recipient:
    raw = [value for name in _TO for value in _headers(message, name)]
    found = (address.strip().lower() for _, address in getaddresses(raw))
    leaving = (
        url
        for value in _headers(message, "list-unsubscribe")
        for url in re.findall(r"<\s*([^<>\s]+)\s*>", value)
    )
    addresses = tuple(dict.fromkeys(a for a in found if "@" in a[1:-1]))
    return Recipient(addresses, frozenset(leaving))


def _list(message: EmailMessage) -> tuple[str, str]:
    """The name and the id of the list, "" where there are none."""
    raw = one_line(_header(message, "list-id"))
    found = _LIST_ID.match(raw)
    name = found["name"].strip("\"' ") if found else ""
    return ("" if _MACHINE.match(name) else name), (found["id"].strip() if found else raw).lower()


def _sender(message: EmailMessage) -> tuple[str, str]:
    pairs = getaddresses([_header(message, "from")])
    name, address = pairs[0] if pairs else ("", "")
    return one_line(name).strip("\"' "), address.lower()


def _date(message: EmailMessage, now: datetime) -> datetime | None:
    """Date, else the newest Received, which our own server wrote."""
    stamps = (stamp.rpartition(";")[2] for stamp in _headers(message, "received"))
    for raw in (_header(message, "date"), *stamps):
        moment = read_date(one_line(raw), now)
        if moment is not None:
            return moment
    return None


def _url(message: EmailMessage, subject: str, cleaned: Cleaned) -> str:
    """Where everybody can read the issue: Archived-At, or what its own title links to."""
    archived = _header(message, "archived-at").strip(" <>")
    if is_web(archived):
        return web_url("", archived)
    wanted = subject.casefold()
    titled = (url for words, url in cleaned.links if words.casefold() == wanted)
    return next(titled, "")


def _body(
    message: EmailMessage, recipient: Recipient, where: str, warnings: list[str]
) -> tuple[Cleaned, Media]:
    """HTML where there is any, else plain text."""
    parts = list(_parts(message, _NESTED))
    for kind in ("text/html", "text/plain"):
        for part in parts:
            if part.get_content_type() != kind or part.get_content_disposition() == "attachment":
                continue
            text = _text(part, where, warnings)
            if kind == "text/html":
                cleaned = clean_html(text, recipient)
                if re.sub(r"<[^>]*>|\s", "", cleaned.body):
                    return cleaned, "html"
            elif text.strip():
                flowed = str(part.get_param("format", "")).lower() == "flowed"
                return clean_text(_FLOWED.sub(" ", text) if flowed else text, recipient), "text"
    return Cleaned(""), "text"


def _parts(message: EmailMessage, depth: int) -> Iterator[EmailMessage]:
    """The best body first, then every other leaf; a forwarded mail's own parts last."""
    preferred = message.get_body(("html", "plain")) if message.is_multipart() else message
    leaves: list[EmailMessage] = [preferred] if isinstance(preferred, EmailMessage) else []
    forwarded: list[EmailMessage] = []
    for part in _leaves(message):
        if part.get_content_type() == "message/rfc822":
            inner: object = part.get_payload()
            attached = inner if isinstance(inner, list) else []
            forwarded += [mail for mail in attached if isinstance(mail, EmailMessage)]
        elif part is not preferred:
            leaves.append(part)
    yield from leaves
    for mail in forwarded if depth else ():
        yield from _parts(mail, depth - 1)


def _leaves(message: EmailMessage) -> Iterator[EmailMessage]:
    stack: list[object] = [message]
    while stack:
        part = stack.pop()
        if not isinstance(part, EmailMessage):
            continue
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            stack.extend(reversed(payload))
        else:
            yield part


def _text(part: EmailMessage, where: str, warnings: list[str]) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    charset = str(part.get_content_charset() or "")
    if charset and charset != "us-ascii":
        try:
            return scalar(data.decode(charset))
        except LookupError:
            warnings.append(f"{where}: unknown charset {charset[:40]!r}, read as Latin-1")
            return data.decode("latin-1")
        except ValueError:  # not what it says it is
            pass
    return decode(data.replace(b"\0", b""), where, page=part.get_content_type() == "text/html")


def _why_empty(message: EmailMessage) -> str:
    kinds = {part.get_content_type() for part in message.walk()}
    names = {(part.get_filename() or "").lower() for part in message.walk()}
    if "application/ms-tnef" in kinds or "winmail.dat" in names:
        return "its text is in a winmail.dat, which only Outlook reads; ask for HTML or plain text"
    return "no text in it"


def counted_clicks(mails: Iterable[Mail]) -> tuple[str, ...]:
    """A line for each click counter whose targets cannot be read, the busiest first."""
    count = Counter(counter for mail in mails for counter in mail.counters)
    return tuple(
        f"{counted(number, 'link')} through {name}, which may know whom the mail was sent to"
        for name, number in sorted(count.items(), key=lambda item: (-item[1], item[0]))
    )
