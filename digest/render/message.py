"""issue.eml: the issue as a message that opens as a draft, the same bytes for the same issue."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime

from digest.errors import OutputError
from digest.render.options import Options
from digest.render.view import IssueView
from digest.text import fingerprint, one_line
from digest.urls import host

# The library folds and RFC 2047-encodes what is longer than a line; mail programs want these whole.
_WHOLE = frozenset({"list-unsubscribe", "list-unsubscribe-post", "message-id"})
_PLAIN = re.compile(r"[ -~]{1,900}")


class _Policy(EmailPolicy):
    """Lines end in CRLF and hold 76 characters, but for headers that must stay whole."""

    def fold(self, name: str, value: str) -> str:
        if name.lower() not in _WHOLE:
            return str(super().fold(name, value))
        if not _PLAIN.fullmatch(str(value)):
            raise OutputError(f"issue.eml: {name} cannot be {str(value)!r}", hint="see [email]")
        return f"{name}: {value}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() not in _WHOLE:
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


def message(shown: IssueView, html: str, text: str, options: Options = Options()) -> bytes:
    """The issue as multipart/alternative: plain text first, then HTML.

    Raises `OutputError` when the bytes, read again, do not have exactly the headers that were set.
    """
    found = EmailMessage(policy=_Policy(linesep="\r\n", max_line_length=76))
    headers = _headers(shown, fingerprint(html, text), options)
    for name, value in headers:
        found[name] = value
    found.set_content(
        text, subtype="plain", charset="utf-8", cte="quoted-printable", params={"format": "flowed"}
    )
    found.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
    found.set_boundary(f"=_{fingerprint(html, text, 'boundary')}")
    content = found.as_bytes()
    _verify(content, [name for name, _ in headers])
    return content


def harmless(text: str) -> str:
    """Text for a header: one line, in which nothing looks like an encoded word (RFC 2047)."""
    return re.sub(r"=(?=\?)", "=\u2060", one_line(text))


def _headers(shown: IssueView, name: str, options: Options) -> list[tuple[str, str | Address]]:
    domain = host(shown.url) or "localhost.invalid"
    headers: list[tuple[str, str | Address]] = [("Subject", harmless(shown.subject))]
    if options.from_address:
        local, _, at = options.from_address.rpartition("@")
        who = harmless(options.from_name or shown.masthead)
        headers.append(("From", Address(display_name=who, username=local, domain=at)))
    if options.reply_to:
        headers.append(("Reply-To", options.reply_to))
    if shown.moment:
        day = datetime.fromisoformat(shown.moment).astimezone(UTC)
        headers.append(("Date", format_datetime(day)))
    headers += [("Message-ID", f"<{shown.week}.{name}@{domain}>"), ("X-Unsent", "1")]
    if options.unsubscribe_url:
        headers.append(("List-Unsubscribe", f"<{options.unsubscribe_url}>"))
        if options.unsubscribe_url.startswith("https:"):
            headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    return headers


def _verify(content: bytes, names: list[str]) -> None:
    """Feed titles stand in the subject: read as a mail program would, it has added nothing."""
    parsed = message_from_bytes(content, policy=policy.default)
    expected = Counter([*names, "MIME-Version", "Content-Type"])
    defects = [defect for part in parsed.walk() for defect in part.defects]
    if Counter(parsed.keys()) != expected or defects:
        raise OutputError(
            f"issue.eml: read again it has other headers: {sorted(parsed.keys())} {defects}",
            hint="this is a bug: please report the subject",
        )
