"""One saved document: text, Markdown or a web page -> one Entry."""

from __future__ import annotations

import codecs
import re
from datetime import datetime
from pathlib import PurePosixPath

from digest.collect.meta import Meta, split_front_matter
from digest.collect.reading import scalar
from digest.errors import InputError
from digest.model import Entry, Media, Source
from digest.text import fingerprint

MEDIA: dict[str, Media] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""<\?xml[^>]+encoding\s*=\s*["']([A-Za-z0-9_:.-]+)""")


def read_document(
    data: bytes, source: Source, name: str, where: str, now: datetime, beside: Meta | None = None
) -> Entry:
    """Read one document; `name` is its path inside the source, `beside` what a side-car says.

    Raises `InputError` with the reason for what is empty, binary, or has broken front matter.
    """
    media = MEDIA[PurePosixPath(name).suffix.lower()]
    text = decode(data, where, page=media == "page")
    meta = Meta()
    if media == "markdown":
        meta, text = split_front_matter(text, where, now)
    if not text.strip():
        raise InputError(f"{where}: empty")
    beside = beside or Meta()
    return Entry(
        id=fingerprint(source.id, name),
        source=source,
        where=where,
        url=beside.url or meta.url,
        title=beside.title or meta.title,
        body=text,
        media=media,
        published=beside.published or meta.published,
        updated=beside.updated or meta.updated,
        authors=beside.authors or meta.authors,
        tags=beside.tags or meta.tags,
        language=beside.language or meta.language,
        outlet=beside.outlet or meta.outlet,
    )


def decode(data: bytes, where: str, *, page: bool = False) -> str:
    """Bytes as text with Unix line ends: byte-order mark, UTF-8, what a page declares, Latin-1.

    Raises `InputError` for binary files.
    """
    text = _marked(data, where)
    if text is None:
        if b"\0" in data:
            raise InputError(f"{where}: binary (it has NUL bytes)")
        text = _guessed(data, page=page)
    return scalar(text.replace("\r\n", "\n").replace("\r", "\n"))


def _marked(data: bytes, where: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                if encoding == "utf-8-sig":
                    return data.decode(encoding, "replace")
                raise InputError(f"{where}: broken {encoding.upper()}: {error.reason}") from None
    return None


def _guessed(data: bytes, *, page: bool) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    head = data[:4096]
    declared = (_CHARSET.search(head) or _XML_ENCODING.search(head)) if page else None
    if declared is not None:
        try:
            return data.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeError):
            pass
    return data.decode("latin-1")  # `digest.text.clean` turns its C1 controls into Windows-1252
