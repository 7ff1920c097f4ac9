import pytest

from digest.collect.plain import absolute_links, unescape, untagged, web_url


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<b>Bold</b> news", "Bold news"),
        ("<p>One <em>two <b>three</b></em></p>", "One two three"),
        ("AT&amp;T", "AT&T"),
        ("Caf&eacute; &#8211; open", "Café – open"),
        ("R&D and A&B", "R&D and A&B"),
        ("about?a=1&copy=2", "about?a=1&copy=2"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("The <b> tag", "The <b> tag"),
        ("The &lt;b&gt; tag", "The <b> tag"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{7*7}} {% include 'x' %}", "{{7*7}} {% include 'x' %}"),
        ("one<br/>two", "one two"),
        ("  many \n spaces ", "many spaces"),
        ("left\u202eright", "leftright"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
    ],
)
def test_titles_become_text(markup: str, expected: str) -> None:
    assert untagged(markup) == expected


def test_references_are_replaced_once() -> None:
    assert unescape("&amp;lt;") == "&lt;"


@pytest.mark.parametrize(
    ("base", "link", "expected"),
    [
        ("https://a.org/b/", "c", "https://a.org/b/c"),
        ("https://a.org/b/", "/c?d=1", "https://a.org/c?d=1"),
        ("https://a.org/", "//b.org/c", "https://b.org/c"),
        ("https://a.org/", "https://b.org/c\n d", "https://b.org/cd"),
        ("https://a.org/", "javascript:alert(1)", ""),
        ("https://a.org/", "data:text/html,x", ""),
        ("https://a.org/", "", ""),
        ("https://a.org/", "http://[bad", ""),
        ("seeds/x.xml", "c", ""),
        ("", "https://a.org/", "https://a.org/"),
    ],
)
def test_links_are_absolute_web_urls_or_nothing(base: str, link: str, expected: str) -> None:
    assert web_url(base, link) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<a href="x?a=1&amp;b=2">', '<a href="https://a.org/x?a=1&amp;b=2">'),
        ("<img alt='' src='/p.png'>", "<img alt='' src='https://a.org/p.png'>"),
        ('<a href="https://b.org/">', '<a href="https://b.org/">'),
        ('<a href="#top">', '<a href="#top">'),
        ('<a href="mailto:x@a.org">', '<a href="mailto:x@a.org">'),
        ('&lt;a href="x"&gt;', '&lt;a href="x"&gt;'),
        ('text href="x"', 'text href="x"'),
    ],
)
def test_links_in_a_body_are_joined_to_its_base(markup: str, expected: str) -> None:
    assert absolute_links(markup, "https://a.org/") == expected


def test_without_a_web_base_a_body_stays() -> None:
    assert absolute_links('<a href="x">', "folder/x.xml") == '<a href="x">'
