import pytest

from digest.collect.discover import feed_links, is_page, is_subscribable


@pytest.mark.parametrize(
    ("data", "page", "feed"),
    [
        (b"<!DOCTYPE html><p>", True, False),
        (b"\xef\xbb\xbf <!-- x --><!-- y -->\n<html>", True, False),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">', True, False),
        (b"<rss version='2.0'><channel><item><description><html>", False, True),
        (b"<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", False, True),
        ("<feed>".encode("utf-16"), False, True),
        (b'{"version": "https://jsonfeed.org/version/1"', False, True),
        (b"<opml>", False, True),
        (b'{"error": "too many requests"}', False, False),
        (b"", False, False),
    ],
)
def test_what_it_looks_like(data: bytes, page: bool, feed: bool) -> None:
    assert (is_page(data), is_subscribable(data)) == (page, feed)


def test_declared_feeds_come_first_and_five_are_enough() -> None:
    page = (
        b"<a href='/x/feed'>f</a><link rel=alternate type=application/rss+xml href=/r>"
        + b"".join(b"<a href='%d/rss'>" % n for n in range(9))
    )
    assert feed_links(page, "https://a.org/b/") == (
        *("https://a.org/r", "https://a.org/x/feed"),
        *(f"https://a.org/b/{n}/rss" for n in range(3)),
    )


@pytest.mark.parametrize(
    "page",
    [
        b"<link rel=alternate type=application/rss+xml href='javascript:x'>",
        b"<link rel=alternate type=text/css href='/x.css'>",
        b"<link rel=stylesheet type=application/rss+xml href='/x'>",
        b"<link rel=alternate type=application/rss+xml>",
        b"<![x[<!x<",
        b"",
    ],
)
def test_no_feeds(page: bytes) -> None:
    assert feed_links(page, "https://a.org/") == ()


def test_a_saved_page_names_its_links_as_they_stand() -> None:
    page = b"<link rel=alternate type=application/atom+xml href='/f.xml'>"
    assert feed_links(page, "seeds/x.html") == ("/f.xml",)


@pytest.mark.timeout(10)  # seconds; a pattern that goes back over comments takes years
def test_many_comments_are_read_once() -> None:
    assert not is_page(b"<!-- x -->" * 400)
