from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.urls import TRACKERS, below, canonical, host, is_web, printable, redacted, untracked

SAME = [
    ("https://example.org/a", "http://www.example.org/a/"),
    ("https://example.org/a", "HTTPS://Example.ORG:443/a"),
    ("https://example.org/a", "https://example.org/a#part"),
    ("https://example.org/a", "https://example.org/x/../a/./"),
    ("https://example.org/a?x=1&y=2", "https://example.org/a?y=2&x=1"),
    ("https://example.org/~a", "https://example.org/%7Ea"),
    ("https://example.org/a%2Fb", "https://example.org/a%2fb"),
    ("https://example.org/", "https://example.org/index.html"),
    ("https://example.org/story", "https://example.org/story/amp/"),
    ("https://bücher.example/", "https://xn--bcher-kva.example"),
    ("https://example.org/a", " https://example.org/a "),
]
DIFFERENT = [
    ("https://example.org/a", "https://example.org/A"),
    ("https://example.org/a?id=1", "https://example.org/a?id=2"),
    ("https://example.org/#!/a", "https://example.org/#!/b"),
    ("https://example.org:8080/", "https://example.org/"),
    ("https://a.example.org/", "https://b.example.org/"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_canonical_joins(one: str, other: str) -> None:
    assert canonical(one) == canonical(other) != ""


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_canonical_separates(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


NO_WEB = [
    "",
    "javascript:alert(1)",
    "mailto:a@b.c",
    "file:///etc/passwd",
    "https://",
    "//x",
    "http://[x",
]


@pytest.mark.parametrize("url", NO_WEB)
def test_no_web_url(url: str) -> None:
    assert ("", False, "") == (canonical(url), is_web(url), host(url))


# One sample of each tracker, on a host where it is one.
SAMPLES = [
    ("utm_source", "example.org"),
    ("gclid", "example.org"),
    ("_ga", "example.org"),
    ("fbclid", "example.org"),
    ("mc_eid", "example.org"),
    ("ck_subscriber_id", "example.org"),
    ("_hsenc", "example.org"),
    ("mkt_tok", "example.org"),
    ("oly_enc_id", "example.org"),
    ("vero_id", "example.org"),
    ("msclkid", "example.org"),
    ("igshid", "example.org"),
    ("wt_mc", "example.org"),
    ("pk_campaign", "example.org"),
    ("cmpid", "example.org"),
    ("at_medium", "example.org"),
    ("maca", "www.dw.com"),
    ("ref", "www.producthunt.com"),
    ("s", "x.com"),
    ("si", "youtu.be"),
    ("source", "someone.medium.com"),
]


def test_every_tracker_has_a_sample() -> None:
    assert len(TRACKERS) == len(SAMPLES)


@pytest.mark.parametrize(("key", "site"), SAMPLES)
def test_trackers_go(key: str, site: str) -> None:
    assert f"https://{site}/a?id=7" == untracked(f"https://{site}/a?id=7&{key.upper()}=x")
    assert canonical(f"https://{site}/a") == canonical(f"https://{site}/a?{key}=x")


@pytest.mark.parametrize("key", ["ref", "s", "si", "source", "id", "utmost"])
def test_ambiguous_parameters_stay(key: str) -> None:
    url = f"https://example.org/a?{key}=x"
    assert url == untracked(url)


def test_untracked_keeps_the_rest_as_given() -> None:
    url = "https://example.org/A//b/?b=2&a=%7E#part"
    assert url == untracked(url)
    assert "https://example.org/a#x" == untracked("https://example.org/a#x:~:text=some%20words")
    assert "" == untracked("javascript:alert(1)")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://me:secret@example.org/feed?token=abc", "https://example.org/feed?…"),
        ("https://example.org/feed", "https://example.org/feed"),
        ("http://[x", "(unreadable URL)"),
    ],
)
def test_redacted(url: str, expected: str) -> None:
    assert expected == redacted(url)


@given(st.text())
def test_nothing_raises(text: str) -> None:
    for url in (text, "https://" + text, "https://example.org/" + text):
        assert canonical(url) == canonical(canonical(url)) or canonical(url) != ""
        untracked(url)
        redacted(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ('https://a.example/q?a="1"&b=<2>', "https://a.example/q?a=%221%22&b=%3C2%3E"),
        (" https://a.example/a b|c{d}`^\\ ", "https://a.example/a%20b%7Cc%7Bd%7D%60%5E%5C"),
        ("https://a.example/é?x=%20&y='(1)'#!/r", "https://a.example/é?x=%20&y='(1)'#!/r"),
    ],
)
def test_printable(url: str, expected: str) -> None:
    assert expected == printable(url) == printable(printable(url))


@pytest.mark.parametrize("home", ["https://a.example/letter", "https://a.example/letter/"])
def test_below(home: str) -> None:
    assert "https://a.example/letter/2025-W05/" == below(home, "2025-W05/")
    assert "https://a.example/letter/" == below(home, "")
    assert "" == below("", "2025-W05/")


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("https://a.example/x?ref=rss", "https://a.example/x"),
        ("https://a.example/x?id=1&source=rss_feed", "https://a.example/x?id=1"),
        ("https://a.example/x?ref=v1.2", "https://a.example/x?ref=v1.2"),
        ("https://a.example/x?from=feedback", "https://a.example/x?from=feedback"),
        ("https://a.example/x#publisher=newsstand", "https://a.example/x"),
        ("https://a.example/x#xtor=RSS-3208", "https://a.example/x"),
        ("https://a.example/x#publisher", "https://a.example/x#publisher"),
    ],
)
def test_labels_of_feeds_are_not_printed(url: str, printed: str) -> None:
    assert printed == untracked(url)
    assert canonical(printed) == canonical(url)
