import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.collect.feed import parse
from digest.collect.reading import Reading
from digest.errors import SourceError
from digest.model import Entry, Source

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="S", kind="feed", location="https://a.org/feed")
WHERE = "https://a.org/feed"

ITEM = b"""<item><title>One</title><link>https://a.org/1</link><guid>g1</guid>
<pubDate>Thu, 05 Feb 2026 10:00:00 GMT</pubDate><description>&lt;p&gt;Text&lt;/p&gt;</description>
</item>"""


def rss(items: bytes = ITEM, channel: bytes = b"") -> bytes:
    head = b"<title>Feed</title><link>https://a.org/</link>"
    return (
        b'<?xml version="1.0"?><rss version="2.0"'
        + NAMESPACES
        + b"><channel>"
        + (head + channel + items + b"</channel></rss>")
    )


NAMESPACES = b"".join(
    b' xmlns:%s="%s"' % pair
    for pair in (
        (b"dc", b"http://purl.org/dc/elements/1.1/"),
        (b"content", b"http://purl.org/rss/1.0/modules/content/"),
        (b"feedburner", b"http://rssnamespace.org/feedburner/ext/1.0"),
        (b"atom", b"http://www.w3.org/2005/Atom"),
    )
)


def atom(entry: bytes) -> bytes:
    return (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Feed</title>'
        b'<link href="https://a.org/"/>' + entry + b"</feed>"
    )


def read(data: bytes, content_type: str = "") -> Reading:
    return parse(data, SOURCE, WHERE, NOW, content_type)


def only(data: bytes) -> Entry:
    (entry,) = read(data).entries
    return entry


def test_an_rss_item_becomes_an_entry() -> None:
    reading = read(rss())
    (entry,) = reading.entries
    assert (reading.title, reading.warnings, reading.outcomes) == ("Feed", (), ())
    assert (entry.title, entry.url, entry.body) == ("One", "https://a.org/1", "<p>Text</p>")
    assert entry.published == datetime(2026, 2, 5, 10, tzinfo=UTC)
    assert (entry.updated, entry.media, entry.where) == (None, "html", WHERE)


def test_an_atom_entry_becomes_an_entry() -> None:
    entry = only(
        atom(
            b"<entry><id>i</id><title type='html'>A &lt;i&gt;b&lt;/i&gt; &amp;amp; c</title>"
            b"<link rel='alternate' href='/1'/><updated>2026-02-05T10:00:00+02:00</updated>"
            b"<author><name>Ann</name></author><category term='t' label='Tag'/>"
            b"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>x</p></div></content>"
            b"</entry>"
        )
    )
    assert (entry.title, entry.url, entry.body) == ("A b & c", "https://a.org/1", "<p>x</p>")
    assert (entry.published, entry.updated) == (None, datetime(2026, 2, 5, 8, tzinfo=UTC))
    assert (entry.authors, entry.tags, entry.language) == (("Ann",), ("Tag",), "de")


def test_an_atom_text_is_literal() -> None:
    entry = only(
        atom(
            b"<entry><title>The &lt;b&gt;x&lt;/b&gt; tag</title>"
            b"<content type='text'>1 &lt; 2\n\nTwo</content></entry>"
        )
    )
    assert (entry.title, entry.body) == ("The <b>x</b> tag", "<p>1 &lt; 2</p><p>Two</p>")


@pytest.mark.parametrize(
    ("inner", "field", "expected"),
    [
        (b"<title>A &lt;b&gt;b&lt;/b&gt;</title>", "title", "A b"),
        (b"<title>{{7*7}} {% x %}</title>", "title", "{{7*7}} {% x %}"),
        (
            b"<title>&lt;img src=x onerror=alert(1)&gt;</title>",
            "title",
            "<img src=x onerror=alert(1)>",
        ),
        (b"<title>AT&amp;amp;T</title>", "title", "AT&T"),
        (b"<description>x</description>", "title", ""),
        (b"<title>t</title><link>javascript:alert(1)</link>", "url", ""),
        (b"<title>t</title><link>/rel?a=1&amp;b=2</link>", "url", "https://a.org/rel?a=1&b=2"),
        (b"<guid>https://a.org/g</guid>", "url", "https://a.org/g"),
        (b"<title>t</title><guid isPermaLink='false'>https://a.org/g</guid>", "url", ""),
        (
            b"<link>https://fb.org/x</link><feedburner:origLink>https://a.org/o</feedburner:origLink>",
            "url",
            "https://a.org/o",
        ),
        (
            b"<title>t</title><enclosure url='https://a.org/1.mp3' type='audio/mpeg' length='1'/>",
            "url",
            "https://a.org/1.mp3",
        ),
        (
            b"<description>short</description><content:encoded>longer text</content:encoded>",
            "body",
            "longer text",
        ),
        (
            b"<link>https://a.org/p/1</link><description>&lt;a href='2'&gt;</description>",
            "body",
            "<a href='https://a.org/p/2'>",
        ),
        (b"<title>t</title><dc:creator>Ann</dc:creator>", "authors", ("Ann",)),
        (b"<title>t</title><author>ann@a.org (Ann)</author>", "authors", ("Ann",)),
        (b"<title>t</title><author>ann@a.org</author>", "authors", ()),
        (
            b"<title>t</title><dc:creator>&lt;script&gt;</dc:creator>",
            "authors",
            ("<script>",),
        ),
        (
            b"<title>t</title><category>x</category><category>y</category><category>x</category>",
            "tags",
            ("x", "y"),
        ),
        (b"<title>t</title><source url='https://b.org/f'>B News</source>", "outlet", "B News"),
        (b"<title>a\xe2\x80\xaeb</title>", "title", "ab"),
    ],
)
def test_each_field(inner: bytes, field: str, expected: object) -> None:
    assert getattr(only(rss(b"<item>" + inner + b"</item>")), field) == expected


@pytest.mark.parametrize(
    ("dates", "published", "updated"),
    [
        (b"<pubDate>2026-02-30</pubDate>", None, None),
        (b"<pubDate>Mon, 30 Feb 2026 10:00:00 GMT</pubDate>", None, None),
        (b"<pubDate>2999-01-01</pubDate><atom:updated>2026-02-05</atom:updated>", None, 5),
        (b"<pubDate>0000-00-00</pubDate>", None, None),
        (b"<pubDate>2026-02-04</pubDate><atom:updated>2026-02-05</atom:updated>", 4, 5),
        (b"<pubDate>4 f\xc3\xa9vrier 2026 10:00:00 GMT</pubDate>", None, None),
        (b"", None, None),
    ],
)
def test_dates_are_refused_rather_than_repaired(
    dates: bytes, published: int | None, updated: int | None
) -> None:
    entry = only(rss(b"<item><title>t</title>" + dates + b"</item>"))
    days = (entry.published and entry.published.day, entry.updated and entry.updated.day)
    assert days == (published, updated)


def test_entities_and_external_files_stay_out() -> None:
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    data = bomb + rss(b"<item><title>t</title><description>&x;</description></item>")[21:]
    assert all("root:" not in entry.body for entry in read(data).entries)


def test_what_is_not_well_formed_gives_entries_and_a_warning_with_its_line() -> None:
    reading = read(rss(ITEM + b"\n<item><title>&nbsp;<b>Two</title></item>"))
    assert len(reading.entries) == 2
    (warning,) = reading.warnings
    assert re.match(rf"{WHERE}:\d+: not well-formed \(.+\); 2 entries read", warning)


def test_what_is_cut_off_gives_what_is_there() -> None:
    reading = read(rss()[:-40] + b"<item><title>Tw")
    assert reading.entries[0].title == "One"
    assert reading.warnings[0].startswith(f"{WHERE}: ends in the middle; ")


def test_a_web_page_names_the_feeds_it_offers() -> None:
    page = b"""<!doctype html><html><head><link rel="alternate" type="application/rss+xml"
    href="/feed.xml"></head><body><a href="https://b.org/atom.xml">x</a></body></html>"""
    with pytest.raises(SourceError) as caught:
        read(page)
    assert caught.value.message == f"{WHERE}: not a feed but a web page"
    assert caught.value.hint == "it offers https://a.org/feed.xml, https://b.org/atom.xml"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\0", "empty"),
        (b"hello", "not a feed"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a feed"),
        (b"<html><body>hi</body></html>", "not a feed but a web page"),
        (b"{}", "not a feed but other JSON"),
    ],
)
def test_what_is_no_feed_says_so(data: bytes, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(data)
    assert caught.value.message == f"{WHERE}: {message}"
    assert caught.value.hint


def test_a_feed_without_entries_is_a_feed() -> None:
    assert read(rss(b"")).entries == ()


def test_the_declared_charset_of_the_server_counts() -> None:
    data = b"<rss version='2.0'><channel><item><title>caf\xe9</title></item></channel></rss>"
    entry = read(data, content_type="application/xml; charset=iso-8859-1").entries[0]
    assert entry.title == "café"


def test_a_deep_feed_does_not_break() -> None:
    deep = b"<div>" * 20_000
    assert len(read(rss(b"<item><title>t</title>" + deep + b"</item>")).entries) == 1


def tolerant(data: bytes) -> None:
    try:
        reading = parse(data, SOURCE, WHERE, NOW)
    except SourceError:
        return
    ids = [entry.id for entry in reading.entries]
    assert len(ids) == len(set(ids))
    for entry in reading.entries:
        for text in (entry.title, entry.body, entry.url, *entry.tags, *entry.authors):
            text.encode()
        assert not entry.url or entry.url.startswith(("http://", "https://"))


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_result_or_a_source_error(data: bytes) -> None:
    tolerant(data)


PIECES = st.sampled_from(
    (
        *(ITEM, b"<item>", b"</item>", b"<title>", b"</title>", b"<link>", b"http://[", b"<guid/>"),
        *(b"&#xD800;", b"&x;", b"<![CDATA[", b"]]>", b"<!--", b"<!DOCTYPE x [", b"\xff", b"\0"),
        *(b"<a href='", b"<pubDate>", b"9" * 30, b"</channel>", b"<source>", b'"'),
        b"<atom:link href='//[' rel='",
    )
)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=4)), max_size=12), st.integers(0, 40))
def test_any_mutated_feed_gives_a_result_or_a_source_error(parts: list[bytes], cut: int) -> None:
    data = rss(b"".join(parts))
    tolerant(data[: len(data) - cut])
