"""issue.eml, read again as a mail program would."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import force_setattr, replace
from rendered_files import files_of
from sample_issue import ESSAY_ISSUE, ISSUE, QUIET_ISSUE

from digest.errors import OutputError
from digest.model import Issue
from digest.render import Options, load_theme
from digest.render.message import _verify, harmless, message
from digest.render.view import view

THEME = load_theme()
FIXED = THEME.words_for("en")
FULL = Options(
    from_name="Ada, “the” Example",
    from_address="ada@example.org",
    reply_to="desk@example.org",
    unsubscribe_url="https://example.org/unsubscribe/" + "x" * 120,
)
HEADERS = ["Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type"]


def raw(issue: Issue, options: Options = FULL) -> bytes:
    """The bytes of issue.eml."""
    return files_of(issue, options=options)["issue.eml"].encode()


def parsed(content: bytes) -> EmailMessage:
    """The message as it is read."""
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


@pytest.mark.parametrize("issue", [ISSUE, ESSAY_ISSUE, QUIET_ISSUE], ids=["lead", "essay", "quiet"])
def test_the_parts_are_the_files(issue: Issue) -> None:
    files = files_of(issue, options=FULL)
    mail = parsed(raw(issue))
    text, html = mail.iter_parts()
    assert ("text/plain", "flowed") == (text.get_content_type(), text.get_param("format"))
    assert text.get_content().replace("\r\n", "\n") == files["issue.txt"]
    assert html.get_content().replace("\r\n", "\n") == files["issue.html"]
    assert [] == [d for part in mail.walk() for d in part.defects]


def test_lines_are_short_end_in_crlf_and_are_ascii() -> None:
    content = raw(ESSAY_ISSUE)
    assert content.isascii()
    assert content.count(b"\n") == content.count(b"\r\n")
    _, _, body = content.partition(b"\r\n\r\n")
    assert max(map(len, body.split(b"\r\n"))) <= 76


def test_the_same_issue_gives_the_same_bytes() -> None:
    assert raw(ISSUE) == raw(ISSUE)
    assert parsed(raw(ISSUE))["Message-ID"] != parsed(raw(ESSAY_ISSUE))["Message-ID"]
    assert parsed(raw(ISSUE))["Date"] == "Fri, 31 Jan 2025 12:00:00 +0000"


def test_headers() -> None:
    mail = parsed(raw(ISSUE))
    assert mail["Subject"] == ISSUE.subject
    assert mail["From"].addresses[0].display_name == FULL.from_name
    assert mail["From"].addresses[0].addr_spec == "ada@example.org"
    assert mail["Reply-To"] == "desk@example.org"
    assert mail["X-Unsent"] == "1"
    assert f"List-Unsubscribe: <{FULL.unsubscribe_url}>\r\n".encode() in raw(ISSUE)
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw(ISSUE)


def test_headers_that_nobody_configured_are_not_there() -> None:
    assert parsed(raw(ISSUE, Options())).keys() == HEADERS
    mailto = parsed(raw(ISSUE, Options(unsubscribe_url="mailto:bye@example.org")))
    assert mailto["List-Unsubscribe"] == "<mailto:bye@example.org>"
    assert mailto["List-Unsubscribe-Post"] is None


def test_an_issue_without_a_date_has_no_date_header() -> None:
    assert parsed(raw(replace(ISSUE, date="soon")))["Date"] is None


SUBJECTS = [
    "Sale\r\nBcc: everyone@example.org",
    "=?utf-8?q?Sale=0d=0aBcc:_everyone@example.org?=",
    "=?utf-8?b?U2FsZQ0KQmNjOiB4QGV4YW1wbGUub3Jn?= and =?x",
    "Sale\u2028Bcc: x@example.org\u0085To: y@example.org\x00",
    "\ud83d lone",
    "🎉" * 120,
    "w" * 900,
    ": = ? <a@b.example>, c",
]


@pytest.mark.parametrize("subject", SUBJECTS, ids=range(len(SUBJECTS)))
def test_a_subject_adds_no_header(subject: str) -> None:
    hostile = replace(ISSUE, subject=subject.encode("utf-8", "ignore").decode())
    mail = parsed(raw(hostile, Options()))
    assert mail.keys() == HEADERS
    assert "Bcc" not in mail
    seen = str(mail["Subject"]).replace("\u2060", "")
    assert "\n" not in seen
    assert "".join(seen.split()) == "".join(harmless(hostile.subject).replace("\u2060", "").split())


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
def test_no_text_at_all_adds_a_header(text: str) -> None:
    shown = view(replace(ISSUE, subject=text, title=text), FIXED)
    assert parsed(message(shown, "<p>x</p>\n", "x\n")).keys() == HEADERS


def test_what_cannot_stay_whole_is_refused() -> None:
    shown = view(ISSUE, FIXED)
    broken = Options(unsubscribe_url="https://example.org/")
    force_setattr(broken, "unsubscribe_url", "https://example.org/ü")
    with pytest.raises(OutputError, match="List-Unsubscribe"):
        message(shown, "x\n", "x\n", broken)


def test_a_message_with_another_header_is_not_given_out() -> None:
    with pytest.raises(OutputError, match="other headers"):
        _verify(b"Subject: a\r\nBcc: b\r\nMIME-Version: 1.0\r\n\r\n", ["Subject"])


@pytest.mark.parametrize(
    "fields",
    [
        {"from_address": "ada"},
        {"from_address": "ada@example.org\r\nBcc: x@y"},
        {"reply_to": "Ada <ada@example.org>"},
        {"unsubscribe_url": "javascript:alert(1)"},
        {"unsubscribe_url": "https://example.org/ü"},
        {"unsubscribe_url": "https://example.org/ x"},
    ],
)
def test_odd_options_are_refused(fields: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(fields))):
        Options(**fields)  # type: ignore[arg-type]
