from datetime import UTC, datetime

import pytest

from digest.collect.document import decode, read_document
from digest.collect.meta import Meta
from digest.errors import InputError
from digest.model import Entry, Source

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="S", kind="folder", location="/nowhere")


def read(data: bytes, name: str = "x.txt", beside: Meta | None = None) -> Entry:
    return read_document(data, SOURCE, name, f"seeds/{name}", NOW, beside)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("plain ü".encode(), "plain ü"),
        (b"\xef\xbb\xbfmark", "mark"),
        (b"\xef\xbb\xbfbro\xffken", "bro\ufffdken"),
        ("sixteen".encode("utf-16"), "sixteen"),
        ("thirty-two".encode("utf-32"), "thirty-two"),
        (b"caf\xe9", "café"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
    ],
)
def test_bytes_become_text(data: bytes, text: str) -> None:
    assert decode(data, "x") == text


def test_a_page_may_declare_its_charset() -> None:
    page = '<meta charset="koi8-r">Привет'.encode("koi8-r")
    assert "Привет" in read(page, "x.html").body
    assert "é" in read(b'<meta charset="nonsense">\xe9', "x.html").body


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "seeds/x.txt: empty"),
        (b" \r\n", "seeds/x.txt: empty"),
        (b"a\0b", "seeds/x.txt: binary (it has NUL bytes)"),
        (b"\xff\xfea", "seeds/x.txt: broken UTF-16: truncated data"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("name", "media"),
    [("x.txt", "text"), ("x.MD", "markdown"), ("a/x.markdown", "markdown"), ("x.htm", "page")],
)
def test_the_suffix_names_the_media(name: str, media: str) -> None:
    entry = read(b"text", name)
    assert (entry.media, entry.where, entry.title, entry.published) == (
        media,
        f"seeds/{name}",
        "",
        None,
    )


def test_front_matter_and_side_car_fill_the_fields() -> None:
    data = b"---\ntitle: Front\nsource: Paper\nurl: https://a.org/1\n---\nBody\n"
    entry = read(data, "x.md", Meta(title="Beside", language="de"))
    assert (entry.title, entry.outlet, entry.url) == ("Beside", "Paper", "https://a.org/1")
    assert (entry.language, entry.body) == ("de", "Body\n")


def test_text_has_no_front_matter() -> None:
    assert read(b"---\ntitle: x\n---\n").title == ""


def test_the_id_depends_on_source_and_name_alone() -> None:
    one = read_document(b"a", SOURCE, "x.txt", "here/x.txt", NOW)
    two = read_document(b"b", SOURCE, "x.txt", "there/x.txt", NOW)
    assert one.id == two.id != read(b"a", "y.txt").id
