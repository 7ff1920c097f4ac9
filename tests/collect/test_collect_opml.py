from pathlib import Path

import pytest

from digest.collect.opml import expand, read_list
from digest.errors import SourceError
from digest.model import Source

LOCAL = Source(
    id="list", name="List", kind="opml", location="/lists/l.opml", own=True, weight=2.0, topic="T"
)
REMOTE = Source(id="list", name="List", kind="opml", location="https://a.org/l.opml")


def opml(*outlines: str) -> bytes:
    return f"<opml version='2.0'><body>{''.join(outlines)}</body></opml>".encode()


def feed(address: str, title: str = "") -> str:
    return f'<outline type="rss" text="{title}" xmlUrl="{address}"/>'


def test_feeds_become_sources_that_inherit() -> None:
    data = opml("<outline text='Group'>", feed("https://a.org/f", "A &amp; B"), "</outline>")
    (child,), warnings = expand(data, LOCAL, "l.opml")
    assert (child.id, child.name, child.kind) == ("list-a-b", "A & B", "feed")
    assert (child.location, child.own, child.weight, child.topic) == (
        "https://a.org/f",
        True,
        2,
        "T",
    )
    assert warnings == ()


def test_each_address_once_and_each_id_unique() -> None:
    data = opml(*(feed(f"https://{host}.org/f", "Blog") for host in "abab"))
    children, _ = expand(data, LOCAL, "l.opml")
    assert [child.location for child in children] == ["https://a.org/f", "https://b.org/f"]
    assert len({child.id for child in children}) == 2


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("feed://a.org/f", "http://a.org/f"),
        ("feed:https://a.org/f", "https://a.org/f"),
        ("feeds/x.xml", "/lists/feeds/x.xml"),
        ("https://a.org/f?a=1&b=2", "https://a.org/f?a=1&b=2"),
    ],
)
def test_addresses(address: str, location: str) -> None:
    (child,), _ = expand(opml(feed(address)), LOCAL, "l.opml")
    assert child.location == location
    assert child.name


@pytest.mark.parametrize(
    "address", ["../secret/x.xml", "/etc/passwd", "file:///etc/passwd", "data:x"]
)
def test_addresses_outside_are_refused_with_a_warning(address: str) -> None:
    data = opml(feed(address), feed("https://a.org/f"))
    children, (warning,) = expand(data, LOCAL, "l.opml")
    assert [child.location for child in children] == ["https://a.org/f"]
    assert warning.startswith("l.opml: not a web or local address: ")


def test_a_list_from_the_web_names_no_local_files() -> None:
    children, warnings = expand(opml(feed("x.xml"), feed("https://a.org/f")), REMOTE, "w")
    assert (len(children), len(warnings)) == (1, 1)


@pytest.mark.parametrize("data", [b"", b"\0", b"hello", opml(), b"<opml", b"<html><p>x</html>"])
def test_what_is_no_list_says_so(data: bytes) -> None:
    with pytest.raises(SourceError, match="no feeds in it"):
        expand(data, LOCAL, "l.opml")


def test_a_bare_ampersand_loses_nothing() -> None:
    data = opml(feed("https://a.org/?a=1&b=2", "Q&A"), feed("https://b.org/f", "B"))
    assert [(s.title, s.address) for s in read_list(data)] == [
        ("Q&A", "https://a.org/?a=1&b=2"),
        ("B", "https://b.org/f"),
    ]


def test_hostile_lists_are_survived() -> None:
    deep = "<outline text='x'>" * 5000 + feed("https://a.org/f") + "</outline>" * 5000
    read_list(opml(deep))
    bomb = b'<!DOCTYPE o [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "' + b"&a;" * 10 + b'">]>'
    assert len(read_list(bomb + opml(feed("https://a.org/f", "&b;")))) == 1


def test_the_location_is_inside_the_folder_even_by_links(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "x").symlink_to(tmp_path / "out")
    parent = Source(id="l", name="L", kind="opml", location=str(folder / "l.opml"))
    children, warnings = expand(opml(feed("x/f.xml"), feed("f.xml")), parent, "l")
    assert ([child.name for child in children], len(warnings)) == (["f.xml"], 1)
