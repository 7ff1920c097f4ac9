from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.collect import Options, collect
from digest.collect.mailbox import read_mailbox
from digest.errors import SourceError
from digest.model import Source

NOW = datetime(2025, 2, 2, 12, tzinfo=UTC)


def mail(number: int, body: str = "Words of a mail.", day: int = 28) -> bytes:
    return (
        f"From: Notes <n@notes.example>\nTo: me@reader.example\nSubject: Mail {number}\n"
        f"Date: {day} Jan 2025 08:00:00 +0000\nMessage-ID: <{number}@notes.example>\n\n{body}\n"
    ).encode()


def box(path: Path) -> Source:
    return Source(id="box", name="Box", kind="mailbox", location=str(path))


def mbox(*mails: bytes) -> bytes:
    return b"\n".join(b"From n@notes.example Tue Jan 28 08:00:00 2025\n" + m for m in mails)


def titles(path: Path, options: Options = Options()) -> list[str]:  # noqa: B008 - frozen
    reading = read_mailbox(box(path), NOW, options)
    return [entry.title for entry in reading.entries]


def test_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail(1))
    assert ["Mail 1"] == titles(tmp_path / "a.eml")


def test_a_folder_of_files_and_mboxes(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.eml").write_bytes(mail(2))
    (tmp_path / "a.eml").write_bytes(mail(1))
    (tmp_path / "z.mbox").write_bytes(mbox(mail(3), mail(4)))
    (tmp_path / "note.txt").write_text("no mail")
    (tmp_path / "empty.eml").write_bytes(b"")
    reading = read_mailbox(box(tmp_path), NOW, Options())
    assert ["Mail 1", "Mail 2", "Mail 3", "Mail 4"] == [entry.title for entry in reading.entries]
    assert [
        f"{tmp_path.name}/note.txt: not a mail; known are .eml .mbox .mbx",
        f"{tmp_path.name}/empty.eml: empty",
    ] == [outcome.reason for outcome in reading.outcomes]


def test_a_maildir(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "cur" / "1700.a.host:2,S").write_bytes(mail(1))
    (tmp_path / "new" / "1701.b.host").write_bytes(mail(2))
    (tmp_path / "tmp" / "1702.c.host").write_bytes(mail(3))
    before = sorted(tmp_path.rglob("*"))
    reading = read_mailbox(box(tmp_path), NOW, Options())
    assert ["Mail 1", "Mail 2"] == [entry.title for entry in reading.entries]
    assert f"{tmp_path.name}/cur/1700.a.host" == reading.entries[0].where
    assert before == sorted(tmp_path.rglob("*"))


def test_from_in_a_body_splits_no_mail(tmp_path: Path) -> None:
    path = tmp_path / "in.mbox"
    body = "Hello.\n\nFrom here on it rains.\nFrom me to you.\n\n>From quoted.\n\nFrom x\n\nBye."
    path.write_bytes(mbox(mail(1, body), mail(2)))
    reading = read_mailbox(box(path), NOW, Options())
    assert ["Mail 1", "Mail 2"] == [entry.title for entry in reading.entries]
    said = reading.entries[0].body
    assert "From here on it rains." in said
    assert "\nFrom quoted." in said
    assert "Bye." in said


def test_an_mbox_of_nothing_but_a_from_line(tmp_path: Path) -> None:
    (tmp_path / "in.mbox").write_bytes(b"From x\n")
    reading = read_mailbox(box(tmp_path / "in.mbox"), NOW, Options())
    assert () == reading.entries
    assert 1 == len([*reading.outcomes, *reading.warnings])


def test_the_newest_stay_and_the_rest_is_told(tmp_path: Path) -> None:
    path = tmp_path / "in.mbox"
    path.write_bytes(mbox(*(mail(n, day=n) for n in (7, 9, 8, 6))))
    assert ["Mail 9", "Mail 8"] == titles(path, Options(max_entries=2))
    outcomes = read_mailbox(box(path), NOW, Options(max_entries=2)).outcomes
    assert ["outside the window"] * 2 == [outcome.outcome for outcome in outcomes]


def test_the_same_mail_twice_is_one_entry(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail(1))
    (tmp_path / "copy of a.eml").write_bytes(mail(1))
    reading = read_mailbox(box(tmp_path), NOW, Options())
    assert 1 == len(reading.entries)
    assert ["copy of"] == [outcome.outcome for outcome in reading.outcomes]


def test_ids_do_not_depend_on_where_a_mail_lies(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail(1))
    (tmp_path / "in.mbox").write_bytes(mbox(mail(2), mail(1)))
    alone = read_mailbox(box(tmp_path / "a.eml"), NOW, Options()).entries[0]
    assert alone.id == read_mailbox(box(tmp_path / "in.mbox"), NOW, Options()).entries[1].id


def test_a_large_mail_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in.mbox").write_bytes(mbox(mail(1, "x" * 3000), mail(2)))
    assert ["Mail 2"] == titles(tmp_path / "in.mbox", Options(max_bytes=1000))


def test_no_mailbox(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such mailbox"):
        titles(tmp_path / "nowhere")
    (report,) = collect([box(tmp_path)], now=NOW).reports
    assert ("warning", f"{tmp_path.parent.name}/{tmp_path.name}: no mail in it") == (
        report.status,
        report.message,
    )


def test_mails_in_a_folder_of_documents(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(mail(1))
    (tmp_path / "b.txt").write_text("A document")
    (tmp_path / "c.mbox").write_bytes(mbox(mail(2)))
    source = Source(id="s", name="S", kind="folder", location=str(tmp_path))
    found = collect([source], now=NOW)
    assert ["Mail 1", ""] == [entry.title for entry in found.entries]
    assert "name it with `mailbox = ...`" in found.reports[0].message
