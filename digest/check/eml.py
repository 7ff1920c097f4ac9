"""The message: what RFC 5322 and MIME ask of issue.eml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from digest.check.found import first
from digest.model import Finding

NAME = "issue.eml"
LONGEST = 76
_PLAIN_LIST = re.compile(r"<[^<>\s]+>(?:,\s*<[^<>\s]+>)*")


def check(content: bytes) -> Iterator[Finding]:
    """What is wrong with a message."""
    message = BytesParser(policy=policy.default).parsebytes(content)
    head, _, body = content.partition(b"\r\n\r\n")
    yield from first("eml-defects", [(NAME, fault) for fault in _defects(message)])
    yield from first("eml-lines", [(NAME, fault) for fault in _lines(content, body)])
    yield from first("eml-headers", [(NAME, fault) for fault in _headers(message, head)])
    yield from first("eml-list-unsubscribe", [(NAME, f) for f in _unsubscribe(head)])


def _defects(message: EmailMessage) -> Iterator[str]:
    parts = [part for part in message.walk() if isinstance(part, EmailMessage)]
    for part in parts:
        yield from (type(defect).__name__ for defect in part.defects)
        for name, value in part.items():
            defects = getattr(value, "defects", ())
            yield from (f"{name}: {type(defect).__name__}" for defect in defects)
    kinds = [part.get_content_type() for part in parts]
    if kinds != ["multipart/alternative", "text/plain", "text/html"]:
        yield f"the parts are {', '.join(kinds)}"


def _lines(content: bytes, body: bytes) -> Iterator[str]:
    if re.search(rb"(?<!\r)\n|\r(?!\n)", content):
        yield "a line does not end in CRLF"
    for number, line in enumerate(body.split(b"\r\n"), 1):
        if len(line) > LONGEST:
            yield f"line {number} of the body has {len(line)} characters"


def _headers(message: EmailMessage, head: bytes) -> Iterator[str]:
    if not head.isascii():
        yield "a header is not ASCII"
    yield from (f"no {name}" for name in ("Subject", "Date", "MIME-Version") if not message[name])


def _unsubscribe(head: bytes) -> Iterator[str]:
    text = re.sub(r"\r\n[ \t]+", " ", head.decode("latin-1"))
    for value in re.findall(r"(?im)^list-unsubscribe:\s*(.*?)\s*$", text):
        if not _PLAIN_LIST.fullmatch(value):
            yield value[:60]
