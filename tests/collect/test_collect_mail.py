from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from email.message import EmailMessage
from hashlib import md5

import pytest

from digest.collect.mail import counted_clicks, read_mail
from digest.collect.mail.body import clean_html, clean_text
from digest.collect.mail.links import PRIVATE, TOKENS, Recipient, is_private, settle
from digest.errors import InputError
from digest.model import Source

NOW = datetime(2025, 2, 2, 12, tzinfo=UTC)
BOX = Source(id="box", name="Box", kind="mailbox", location="/box")
DEEP = b"".join(b"Content-Type: multipart/x; boundary=%d\n\n--%d\n" % (n, n) for n in range(900))
OWNER = Recipient(addresses=("owner@reader.example",))
HTML = "<html><body><p>Rust 1.85 brings <a href='https://rust.example/1.85'>async closures</a>.</p>"


def mail(html: str = HTML, text: str = "", **headers: str) -> bytes:
    message = EmailMessage()
    fields = {
        "From": '"Field Notes" <hello@notes.example>',
        "To": "owner@reader.example",
        "Subject": "Rain",
        "Date": "Tue, 28 Jan 2025 08:00:00 +0100",
        "Message-ID": "<1@notes.example>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    for name, value in fields.items():
        if value:
            message[name] = value
    if text:
        message.set_content(text)
    if html:
        (message.add_alternative if text else message.set_content)(html, subtype="html")
    return message.as_bytes()


def read(data: bytes) -> tuple[str, str, str]:
    entry = read_mail(data, BOX, "box/1.eml", NOW).entry
    return entry.title, entry.outlet, entry.body


def test_a_newsletter_becomes_an_entry() -> None:
    found = read_mail(b"Content-Language: en\n" + mail(), BOX, "box/1.eml", NOW)
    entry = found.entry
    assert ("Rain", "Field Notes", "html", "en") == (
        entry.title,
        entry.outlet,
        entry.media,
        entry.language,
    )
    assert datetime(2025, 1, 28, 7, tzinfo=UTC) == entry.published
    assert 'href="https://rust.example/1.85"' in entry.body
    assert entry.mail
    assert () == found.warnings


@pytest.mark.parametrize(
    ("list_id", "outlet"),
    [
        ("Kubernetes Weekly <k8s.list.example>", "Kubernetes Weekly"),
        ('"Rain & Roots" <rain.example>', "Rain & Roots"),
        ("<rain.example>", "Field Notes"),
        ("0a1b2c3mc list <0a1b.12.list-id.mcsv.net>", "Field Notes"),
        ("", "Field Notes"),
    ],
)
def test_the_list_or_the_sender_names_the_outlet(list_id: str, outlet: str) -> None:
    assert outlet == read(mail(List_Id=list_id))[1]


def test_identity_is_list_and_message_id() -> None:
    def identity(**headers: str) -> str:
        return read_mail(mail(**headers), BOX, "anywhere", NOW).guid

    assert identity() == identity(Subject="edited", html="<p>Other words.</p>")
    assert identity() != identity(Message_ID="<2@notes.example>")
    assert identity() != identity(List_Id="<rain.example>")
    assert identity(Message_ID="") == identity(Message_ID="")
    assert identity(Message_ID="") != identity(Message_ID="", Subject="Sun")


@pytest.mark.parametrize(
    "date", ["", "Tue, 30 Feb 2025 08:00:00 +0100", "Fri, 1 Jan 2999 00:00 +0000"]
)
def test_received_is_the_fallback_for_the_date(date: str) -> None:
    received = "from a.example by mx.reader.example; Wed, 29 Jan 2025 10:00:00 +0000"
    found = read_mail(mail(Date=date, Received=received), BOX, "x", NOW)
    assert datetime(2025, 1, 29, 10, tzinfo=UTC) == found.entry.published


@pytest.mark.parametrize(
    ("subject", "title"),
    [("[rain-list] Fwd: Rain", "Rain"), ("Re: RE: Rain", "Rain"), ("[Rain]", "[Rain]")],
)
def test_what_mail_programs_put_before_a_subject_goes(subject: str, title: str) -> None:
    assert title == read(mail(Subject=subject))[0]


def test_the_issues_own_page_is_what_its_title_links_to() -> None:
    html = "<h1><a href='https://notes.example/rain?uid=7'>Rain</a></h1><p>Text.</p>"
    assert "https://notes.example/rain" == read_mail(mail(html), BOX, "x", NOW).entry.url
    given = mail(Archived_At="<https://notes.example/archive/1>")
    assert "https://notes.example/archive/1" == read_mail(given, BOX, "x", NOW).entry.url


def test_plain_text_where_there_is_no_html() -> None:
    data = mail(
        html="", text="Rust 1.85 is out.\n\nUnsubscribe: https://notes.example/u/7\n-- \nMe\n"
    )
    assert "Rust 1.85 is out." == read(data)[2].strip()


# --- links -----------------------------------------------------------------------------------


@pytest.mark.parametrize("row", PRIVATE, ids=lambda row: row.reason)
def test_each_kind_of_private_link(row) -> None:  # type: ignore[no-untyped-def]
    assert not row.words or is_private(row.says, "https://c.example/1", OWNER)
    assert not row.url or is_private("more", row.leads, OWNER)


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("Why people leave lists", "https://blog.example/why-people-leave"),
        ("How preferences form", "https://blog.example/how-preferences-form"),
        ("Chrome 130 opens pages in the browser process by default", "https://c.example/130"),
        ("A profile of Ada", "https://blog.example/a-profile-of-ada"),
    ],
)
def test_articles_are_not_private(words: str, url: str) -> None:
    assert not is_private(words, url, OWNER)


@pytest.mark.parametrize("row", TOKENS, ids=lambda row: row.example)
def test_each_kind_of_token(row) -> None:  # type: ignore[no-untyped-def]
    site = row.hosts[0] if row.hosts else "blog.example"
    assert f"https://{site}/a?id=3" == settle(f"https://{site}/a?{row.example}=x&id=3", OWNER).url


JSON = urlsafe_b64encode(b'{"e":"https://blog.example/a","p":1}').decode().rstrip("=")
ADDRESS = OWNER.addresses[0]


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("https://blog.example/a?utm_source=mail&mc_eid=77", "https://blog.example/a"),
        ("https://click.mail.example/?u=https%3A%2F%2Fblog.example%2Fa", "https://blog.example/a"),
        ("https://x.example/redirect?url=https://blog.example/a%3Fb%3D1", "https://blog.example/a?b=1"),
        (
            "https://tracking.mail.example/CL0/https:%2F%2Fblog.example%2Fa%2Fb%3Fc=1/1/010001-ab/7",
            "https://blog.example/a/b?c=1",
        ),
        ("https://links.mail.example/click/https://blog.example/a?b=1", "https://blog.example/a?b=1"),
        (
            "https://click.mail.example/9k/x/" + urlsafe_b64encode(b"https://blog.example/a").decode(),
            "https://blog.example/a",
        ),
        (
            f"https://substack.com/redirect/2/{JSON}.x1y2-signature",
            "https://blog.example/a",
        ),
        ("https://web.archive.example/web/2024/https://blog.example/a",) * 2,
        ("https://blog.example/share?url=https://other.example/",) * 2,
        ("https://blog.example/links?page=2",) * 2,
        ("javascript:alert(1)", ""),
        ("mailto:leave@list.example", ""),
        (f"https://blog.example/a?id=3&q={ADDRESS}", "https://blog.example/a?id=3"),
        (f"https://blog.example/a?h={md5(ADDRESS.encode()).hexdigest()}", "https://blog.example/a"),
        (f"https://blog.example/{ADDRESS}/a", ""),
        ("https://owner:pw@blog.example/a", "https://blog.example/a"),
    ],
)  # fmt: skip
def test_what_is_left_of_a_link(given: str, left: str) -> None:
    assert left == settle(given, OWNER).url


def test_a_counter_that_hides_its_target_stays_and_is_told() -> None:
    html = "<a href='https://click.mail.example/f/a/Zm9v1234567890abcdef12'>Rust 1.85</a>"
    found = read_mail(mail(html), BOX, "x", NOW)
    assert "https://click.mail.example/f/a/Zm9v1234567890abcdef12" in found.entry.body
    assert ("1 link through click.mail.example, which may know whom the mail was sent to",) == (
        counted_clicks([found])
    )


def test_links_of_list_unsubscribe_go_whatever_they_say() -> None:
    leave = "https://notes.example/x/77"
    data = mail(f"<p>Words.</p><a href='{leave}'>Bye</a>", List_Unsubscribe=f"<{leave}>")
    assert leave not in read(data)[2]


# --- bodies ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display:none'>x</div>",
        "<div style='mso-hide: all'>x</div>",
        "<span style='font-size:0px; color:#fff'>x</span>",
        "<div style='max-height:0;overflow:hidden'>x</div>",
        "<div class='preheader'>x</div>",
        "<td class='mcnPreviewText'>x</td>",
        "<div hidden>x</div>",
        "<img src='https://o.example/open.gif' width=1 height=1 alt=x>",
        "<style>x</style>",
        "<script>x</script>",
        "<p>You are receiving this because you signed up at x.</p>",
        "<p>Sent to owner@reader.example x</p>",
        "<p>Don’t want x? <a href='https://c.example/1'>Unsubscribe</a></p>",
        "<p>Having trouble viewing this? x</p>",
    ],
)
def test_what_a_reader_never_sees_is_dropped(hidden: str) -> None:
    cleaned = clean_html(f"<body>{hidden}<p>Rust.</p></body>", OWNER)
    assert ">Rust.<" in cleaned.body
    assert ">x<" not in cleaned.body
    assert " x" not in cleaned.body


def test_a_long_block_loses_its_link_alone() -> None:
    words = "Rust is a language with many words to say about it. " * 8
    html = f"<td>{words} To unsubscribe, <a href='https://c.example/1'>click here</a>.</td>"
    body = clean_html(f"<table><tr>{html}</tr></table>", OWNER).body
    assert "Rust is a language" in body
    assert "c.example" not in body


def test_text_behind_a_dropped_element_stays() -> None:
    body = clean_html(
        "<p>One <img src=x> two <a href='https://c.example/opt-out'>out</a> three</p>", OWNER
    )
    assert "One  two  three" in body.body


def test_only_what_extraction_needs_is_kept_of_attributes() -> None:
    body = clean_html(
        "<p id=owner-77 class=a data-user=7 onclick=x style='color:red'>R</p>", OWNER
    ).body
    assert '<p class="a">R</p>' in body


@pytest.mark.parametrize("html", ["", "\0", "<", "<!-- -->", "<div>" * 5000])
def test_no_html_breaks_it(html: str) -> None:
    assert "Rust" not in clean_html(html, OWNER).body


def test_plain_text() -> None:
    text = (
        "Rust 1.85: https://blog.example/a?uid=7.\n\nYou received this mail because you asked.\n\n"
        "See https://c.example/unsubscribe/7 and https://click.example/f/a/Zm9v1234567890abcdef12\n"
    )
    cleaned = clean_text(text, OWNER)
    assert "Rust 1.85: https://blog.example/a.\n\nSee  and https://click" in cleaned.body
    assert ("click.example",) == cleaned.counters


# --- broken mails ----------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"\n \n", b"\0\0"])
def test_an_empty_mail_says_so(data: bytes) -> None:
    with pytest.raises(InputError, match=r"x\.eml: empty"):
        read_mail(data, BOX, "x.eml", NOW)


def test_winmail_says_what_to_do() -> None:
    message = EmailMessage()
    message["Subject"] = "Rain"
    message.add_attachment(
        b"\x78\x9f", maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )
    with pytest.raises(InputError, match=r"winmail\.dat, which only Outlook reads"):
        read_mail(message.as_bytes(), BOX, "x.eml", NOW)


def test_an_unknown_charset_is_read_as_latin_1_with_a_warning() -> None:
    data = b"Subject: Rain\nContent-Type: text/plain; charset=x-klingon\n\nCaf\xe9 opens.\n"
    found = read_mail(data, BOX, "x.eml", NOW)
    assert "Café opens." in found.entry.body
    assert ("x.eml: unknown charset 'x-klingon', read as Latin-1",) == found.warnings


@pytest.mark.parametrize("charset", ["utf-8", "us-ascii", "ascii", "hex", "''"])
def test_a_charset_that_is_not_true(charset: str) -> None:
    data = (
        f"Subject: R\nContent-Type: text/plain; charset={charset}\n\nCaf".encode()
        + b"\xe9 opens.\n"
    )
    assert "Café opens." in read_mail(data, BOX, "x.eml", NOW).entry.body


def test_parts_within_parts_and_forwarded_mails() -> None:
    inner = EmailMessage()
    inner["Subject"] = "Inner"
    inner.set_content("plain")
    inner.add_alternative("<p>Rust within.</p>", subtype="html")
    inner.make_mixed()
    inner.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    assert "Rust within." in read(inner.as_bytes())[2]
    outer = EmailMessage()
    outer["Subject"] = "Fwd: Inner"
    outer.add_attachment(inner)
    assert "Rust within." in read(outer.as_bytes())[2]


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Type: multipart/mixed\n\nwithout a boundary",
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nnever closed",
        b"Subject: =?utf-8?b?broken?=\nDate: \xff\xfe\nFrom: <<>>\nTo: ,;,\n\nText.",
        b"Content-Transfer-Encoding: base64\n\n!!!!",
        b"List-Id: \xff<\nMessage-ID: <[]>\nFrom: =?x?q?=41?= <a@b>\n\nText.",
        b"just some words",
        b"Content-Type: ; ; ;\nContent-Disposition: \xe9\n\nText.",
        DEEP,
    ],
)  # fmt: skip
def test_whatever_a_mail_holds_it_is_read_or_refused(data: bytes) -> None:
    try:
        said = read_mail(data, BOX, "x.eml", NOW).entry.body
    except InputError as error:
        said = str(error).removeprefix("x.eml: ")
    assert said.strip()
