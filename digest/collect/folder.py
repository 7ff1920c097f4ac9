"""A folder of saved documents and feed files: what lies in it, read without leaving it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.collect.document import MEDIA, decode, read_document
from digest.collect.files import read_bytes, shown, why
from digest.collect.mail import Mail, counted_clicks, read_mail
from digest.collect.meta import Meta, meta_of, read_toml
from digest.collect.reading import NO_CLOCK, Reading, as_of, scalar, unreadable
from digest.errors import InputError, SourceError
from digest.model import Entry, Outcome, Source

FEEDS = (".xml", ".rss", ".atom", ".rdf", ".json")
MAILS = (".eml",)
_MAILBOXES = (".eml", ".mbox", ".mbx")
_ELSEWHERE = {".opml": "opml", ".jsonl": "jsonl", ".mbox": "mailbox", ".mbx": "mailbox"}


@dataclass(frozen=True, slots=True)
class File:
    """A regular file of the folder; `name` is its path inside, `where` what messages call it."""

    path: Path
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A folder sorted into what can be read, and the reasons for the rest."""

    documents: tuple[File, ...] = ()
    feeds: tuple[File, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()  # name, reason

    @property
    def count(self) -> int:
        """How many files were meant to be read."""
        return len(self.documents) + len(self.feeds) + len(self.refused)


def list_folder(source: Source) -> Listing:
    """Sort the files of a folder source, by name. Raises `SourceError` when it is none."""
    root = Path(source.location)
    if not root.is_dir():
        what = "not a folder" if root.exists() else "no such folder"
        raise SourceError(f"{shown(root)}: {what}", hint=f"mend `folder` of source {source.name!r}")
    documents: list[File] = []
    feeds: list[File] = []
    refused: list[tuple[str, str]] = []
    for file, reason in _files(root):
        suffix = file.path.suffix.lower()
        if reason is None and (suffix in MEDIA or suffix in MAILS):
            documents.append(file)
        elif reason is None and suffix in FEEDS:
            feeds.append(file)
        elif reason is not None or not _belongs_to_document(file.path):
            refused.append((file.where, reason or _unknown(suffix)))
    return Listing(tuple(documents), tuple(feeds), tuple(refused))


def list_mails(
    source: Source, *, everything: bool
) -> tuple[tuple[File, ...], tuple[tuple[str, str], ...]]:
    """The mails of a folder, by name, and the reasons for the files that are none.

    With `everything`, files of any name are mails, as in a Maildir.
    """
    files: list[File] = []
    refused: list[tuple[str, str]] = []
    for file, reason in _files(Path(source.location)):
        if reason is not None:
            refused.append((file.where, reason))
        elif everything or file.path.suffix.lower() in _MAILBOXES:
            files.append(file)
        else:
            refused.append((file.where, f"not a mail; known are {' '.join(_MAILBOXES)}"))
    return tuple(files), tuple(refused)


def read_documents(source: Source, files: tuple[File, ...], now: datetime, most: int) -> Reading:
    """Read each document; one that cannot be read becomes an outcome that says why."""
    entries: list[Entry] = []
    outcomes: list[Outcome] = []
    warnings: list[str] = []
    mails: list[Mail] = []
    for file in files:
        beside, warning = _side_car(file, most)
        if warning:
            warnings.append(warning)
        try:
            data = read_bytes(file.path, file.where, most)
            if file.path.suffix.lower() in MAILS:
                mail = read_mail(data, source, file.where, now)
                entries.append(mail.entry)
                mails.append(mail)
            else:
                entries.append(read_document(data, source, file.name, file.where, NO_CLOCK, beside))
        except InputError as error:
            outcomes.append(unreadable(source, file.name, file.where, str(error)))
    warnings += [warning for mail in mails for warning in mail.warnings]
    warnings += [f"{Path(source.location).name}: {line}" for line in counted_clicks(mails)]
    reading = Reading(entries=tuple(entries), outcomes=tuple(outcomes), warnings=tuple(warnings))
    return as_of(reading, now)


def _files(root: Path) -> Iterator[tuple[File, str | None]]:
    """Every file below, and why it must not be read; None for what may."""
    real = root.resolve()
    for path in _walk(root):
        name = scalar(path.relative_to(root).as_posix())
        yield File(path, name, scalar(f"{root.name}/{name}")), _refusal(path, real)


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below, in the order of names; no hidden ones, no READMEs, no links to folders."""
    try:
        children = sorted(folder.iterdir(), key=lambda path: os.fsencode(path.name))
    except OSError:
        yield folder
        return
    pages = {path.stem for path in children if MEDIA.get(path.suffix.lower()) == "page"}
    for path in children:
        if path.name.startswith(".") or path.stem.upper() == "README":
            continue
        if path.is_dir() and not path.is_symlink():
            # A browser saves the pictures of NAME.html in NAME_files.
            stem = path.name.removesuffix("_files")
            if stem == path.name or stem not in pages:
                yield from _walk(path)
        else:
            yield path


def _refusal(path: Path, root: Path) -> str | None:
    try:
        real = path.resolve(strict=True)
        mode = real.stat().st_mode
    except (OSError, RuntimeError) as error:
        return why(error)
    if not real.is_relative_to(root):
        return "a link that leads out of the folder"
    if stat.S_ISDIR(mode):
        return "cannot be listed" if not path.is_symlink() else "a link to a folder"
    return None if stat.S_ISREG(mode) else "not a regular file"


def _unknown(suffix: str) -> str:
    if suffix in _ELSEWHERE:
        return f"{suffix} files are sources of their own: name it with `{_ELSEWHERE[suffix]} = ...`"
    known = " ".join((*MEDIA, *FEEDS, *MAILS))
    return f"unknown kind of file {suffix!r}; known are {known}"


def _side_cars(path: Path) -> tuple[Path, ...]:
    """Where facts about x.txt may stand: x.toml, x.meta.toml, x.txt.toml, x.txt.meta.toml."""
    stems = (path.with_suffix("").name, path.name)
    ends = (".toml", ".meta.toml")
    return tuple(path.with_name(stem + end) for stem in stems for end in ends)


def _belongs_to_document(path: Path) -> bool:
    if path.suffix.lower() != ".toml":
        return False
    stem = path.name.removesuffix(".toml").removesuffix(".meta")
    names = (stem, *(stem + suffix for suffix in MEDIA))
    return any(
        Path(name).suffix.lower() in MEDIA and path.with_name(name).is_file() for name in names
    )


def _side_car(file: File, most: int) -> tuple[Meta | None, str]:
    """What stands beside the document, and a warning when it cannot be read."""
    for path in _side_cars(file.path):
        if path.is_symlink() or not path.is_file():
            continue
        where = f"{file.where.rpartition('/')[0]}/{scalar(path.name)}"
        try:
            text = decode(read_bytes(path, where, most), where)
            return meta_of(read_toml(text, where), NO_CLOCK), ""
        except InputError as error:
            return None, str(error)
    return None, ""
