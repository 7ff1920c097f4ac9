"""A feed as a question, a Reading as an answer: what passes between us, our workers and the cache.

A kept Reading depends on the bytes and on what is in the question alone, never on the clock: dates
are judged afterwards, by `reading.as_of`.
"""

from __future__ import annotations

import zlib
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

import msgspec

from digest import __version__
from digest.collect.reading import NO_CLOCK, Reading
from digest.errors import SourceError
from digest.model import Source

_FORMAT = 3  # counts the changes of how we read feeds within one version
_LEVEL = 1  # of zlib


class Question(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One feed to parse, and all that what it gives depends on."""

    source: Source
    where: str
    content_type: str = ""
    scope: str = ""
    limit: int
    data: bytes = b""


class _Refusal(msgspec.Struct, frozen=True, array_like=True):
    """A `SourceError` on its way."""

    message: str
    hint: str


def packed(question: Question) -> bytes:
    """The question as a message."""
    return msgspec.msgpack.encode(question)


def answered(message: bytes) -> bytes:
    """Parse the feed of a message; the answer is "+" and a Reading, or "-" and a refusal."""
    from digest.collect.feed import parse

    question = msgspec.msgpack.decode(message, type=Question)
    try:
        reading = parse(
            question.data,
            question.source,
            question.where,
            NO_CLOCK,
            question.content_type,
            scope=question.scope,
            limit=question.limit,
        )
    except SourceError as error:
        return b"-" + msgspec.msgpack.encode(_Refusal(error.message, error.hint))
    return b"+" + zlib.compress(msgspec.msgpack.encode(reading), _LEVEL)


def opened(answer: bytes) -> Reading | SourceError:
    """What an answer says; raises `ValueError` for what is none."""
    if answer[:1] == b"-":
        refusal = msgspec.msgpack.decode(answer[1:], type=_Refusal)
        return SourceError(refusal.message, hint=refusal.hint)
    try:
        return msgspec.msgpack.decode(zlib.decompress(answer[1:]), type=Reading)
    except zlib.error as error:
        raise ValueError(str(error)) from None


def key_of(question: Question, content: str) -> str:
    """By what an answer is kept; `content` is the hash of the feed's bytes."""
    facts = (_FORMAT, __version__, _parser(), content, _without_data(question))
    return sha256(msgspec.msgpack.encode(facts)).hexdigest()


def _without_data(question: Question) -> Question:
    """The question without the bytes, which the content hash stands for."""
    return msgspec.structs.replace(question, data=b"")


@cache
def _parser() -> str:
    try:
        return version("feedparser")
    except PackageNotFoundError:
        return ""
