"""Mails of every kind, and what of them is for their recipient alone."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from fault_feeds import BODY, issue, titles
from outputs import build, everything, links

MAIL = "From: Notes <n@notes.example>\nTo: owner@reader.example\nDate: 28 Jan 2025 08:00 +0000\n"


def mailbox(root: Path, **mails: bytes) -> str:
    (root / "box").mkdir()
    for name, data in mails.items():
        (root / "box" / name.replace("_", ".")).write_bytes(data)
    return build(root, '[[source]]\nmailbox = "box"\nname = "Mails"\n')


def test_fault_36_mails_of_every_kind_are_an_entry_or_a_warning(tmp_path: Path) -> None:
    nested = (
        MAIL + "Subject: Nested\nContent-Type: multipart/mixed; boundary=a\n\n--a\n"
        "Content-Type: multipart/related; boundary=b\n\n--b\n"
        "Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\nno\n"
        f"--c\nContent-Type: text/html\n\n<p>{BODY} Nested.</p>\n--c--\n--b--\n--a--\n"
    )
    winmail = (
        MAIL + "Subject: Winmail\nContent-Type: application/ms-tnef; name=winmail.dat\n"
        "Content-Transfer-Encoding: base64\n\n" + b64encode(b"\x78\x9f\x3e\x22").decode() + "\n"
    )
    klingon = (MAIL + "Subject: Klingon\nContent-Type: text/plain; charset=x-tlh\n\nCaf").encode()
    mbox = (
        "From n@notes.example Tue Jan 28 08:00:00 2025\n" + MAIL + "Subject: Boxed\n"
        f"Message-ID: <1@x>\n\n{BODY}\n\nFrom here on it rains.\n\n"
        "From n@notes.example Tue Jan 28 08:00:00 2025\n" + MAIL + "Subject: Second box\n\nPonds.\n"
    )
    said = mailbox(
        tmp_path,
        nested_eml=nested.encode(),
        winmail_eml=winmail.encode(),
        klingon_eml=klingon + f"\xe9. {BODY} In another tongue.\n".encode("latin-1"),
        empty_eml=b"",
        in_mbox=mbox.encode(),
        noid_eml=(MAIL + f"Subject: Nameless\n\n{BODY} Without a name.\n").encode(),
    )
    outcomes = {o["title"]: o["outcome"] for o in issue(tmp_path)["outcomes"]}
    for title in ("Nested", "Klingon", "Boxed", "Second box", "Nameless"):
        assert outcomes.pop(title) in ("used", "copy of", "merged into"), title
    assert {"unreadable"} == set(outcomes.values())
    assert 2 == len(outcomes)
    for words in ("unknown charset 'x-tlh'", "winmail.dat", "empty.eml: empty"):
        assert words in said


LEAVE = "https://lists.example/u/7f3a"


@pytest.mark.parametrize("kind", ["mailbox", "folder"])
def test_fault_37_what_is_the_recipients_alone(tmp_path: Path, kind: str) -> None:
    body = f"""<html><body><div style="display:none">Secret preheader</div>
    <p><a href="https://us1.campaign-archive.com/?e=7f3a">View this email in your browser</a></p>
    <img src="https://t.example/open.gif?u=7f3a" width="1" height="1">
    <h2>Links</h2>
    <ul><li><a href="https://click.mail.example/?u=https%3A%2F%2Foaks.example%2Fa%3Fid%3D1%26uid%3D7f3a">
    Oaks outgrow every forecast</a>: {BODY}</li>
    <li><a href="https://ponds.example/b?utm_source=x&email=owner@reader.example">Ponds freeze
    late</a>: the ice came in the second week.</li>
    <li><a href="https://ducks.example/c?subscriber_id=7f3a">Ducks return in numbers</a>: all.</li>
    </ul>
    <p>You are receiving this because owner@reader.example signed up.
    <a href="{LEAVE}">Unsubscribe</a> or <a href="https://lists.example/prefs?u=7f3a">update your
    preferences</a>.</p></body></html>"""
    head = MAIL + f"Subject: Notes\nList-Unsubscribe: <{LEAVE}>\nContent-Type: text/html\n\n"
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "1.eml").write_text(head + body, encoding="utf-8")
    build(tmp_path, f'[[source]]\n{kind} = "box"\nname = "Mails"\n')
    assert {
        "Oaks outgrow every forecast",
        "Ponds freeze late",
        "Ducks return in numbers",
    } <= set(titles(tmp_path))
    assert {
        "https://oaks.example/a?id=1",
        "https://ponds.example/b",
        "https://ducks.example/c",
    } <= links(tmp_path)
    said = everything(tmp_path)
    for secret in (
        "7f3a",
        "owner@reader",
        "campaign-archive",
        "open.gif",
        "Secret preheader",
        "lists.example",
        "click.mail",
        "utm_source",
    ):
        assert secret not in said, secret  # fmt: skip
