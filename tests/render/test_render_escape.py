from __future__ import annotations

import re
from html import unescape

import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render.escape import bidi, direction_of, disarmed, markdown, markdown_url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain words, and more.", "plain words, and more."),
        ("# heading", "\\# heading"),
        ("#5 is a heading to some", "\\#5 is a heading to some"),
        ("in the # middle", "in the # middle"),
        ("- item", "\\- item"),
        ("+ item", "\\+ item"),
        ("a - b + c", "a - b + c"),
        ("1. one", "1\\. one"),
        ("2025) two", "2025\\) two"),
        ("1.5 times", "1.5 times"),
        ("---", "\\---"),
        ("===", "&#61;=="),
        ("*bold*", "\\*bold\\*"),
        ("_em_ and __init__", "\\_em\\_ and \\_\\_init\\_\\_"),
        ("snake_case_name", "snake_case_name"),
        ("[link](url)", "\\[link\\](url)"),
        ("`code`", "\\`code\\`"),
        ("a < b > c", "a &lt; b &gt; c"),
        ("AT&T &amp; co", "AT&T &amp;amp; co"),
        ("&#1", "&amp;#1"),
        ("AT&T &copy", "AT&T &copy"),
        ("a | b", "a &#124; b"),
        ("~~gone~~", "&#126;&#126;gone&#126;&#126;"),
        ("{{ jinja }}", "&#123;&#123; jinja &#125;&#125;"),
        ("back\\slash", "back\\\\slash"),
        ("two\n# lines", "two\n\\# lines"),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    assert markdown(text) == expected


@given(st.text(alphabet="ab 1.)#-+=*_`[]()<>|~{}&\\!:", min_size=1, max_size=30))
def test_markdown_shows_the_text_and_no_markup(text: str) -> None:
    line = " ".join(text.split())
    html = python_markdown.markdown(markdown(line), extensions=["tables", "sane_lists"])
    inner = re.fullmatch(r"(?:<p>(.*)</p>)?", html, re.DOTALL)
    assert inner, html
    assert unescape(inner[1] or "") == line


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/b?c=d&e=f#g", "https://a.example/b?c=d&e=f#g"),
        ("https://a.example/wiki/C_(x)", "https://a.example/wiki/C_%28x%29"),
        ('https://a.example/"<{[|]}>', "https://a.example/%22%3C%7B%5B%7C%5D%7D%3E"),
        ("https://a.example/a b\\c", "https://a.example/a%20b%5Cc"),
    ],
)
def test_markdown_url(url: str, expected: str) -> None:
    assert markdown_url(url) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("{{ x }}", "&#123;{ x }}"),
        ("{{{ x }}}", "&#123;&#123;{ x }}}"),
        ("{% x %}", "&#123;% x %}"),
        ("{# x #}", "&#123;# x #}"),
        ("*|FNAME|*", "*&#124;FNAME|*"),
        ("%%name%%", "&#37;%name&#37;%"),
        ("[[name]]", "&#91;[name]]"),
        ("100% {of} a|b [x]", "100% {of} a|b [x]"),
        (
            "<style>@media{.a{#b{c:d}}}</style>{{<style>{{</style>",
            "<style>@media{.a{#b{c:d}}}</style>&#123;{<style>{{</style>",
        ),
    ],
)
def test_disarmed(html: str, expected: str) -> None:
    assert disarmed(html) == expected


@pytest.mark.parametrize(
    ("text", "around", "expected"),
    [
        ("plain & simple", "ltr", "plain &amp; simple"),
        ("مرحبا", "ltr", '<bdi dir="rtl">مرحبا</bdi>'),
        ("مرحبا", "rtl", "مرحبا"),
        ("Latin <b>", "rtl", '<bdi dir="ltr">Latin &lt;b&gt;</bdi>'),
        ("2025 👋", "rtl", "2025 👋"),
    ],
)
def test_bidi(text: str, around: str, expected: str) -> None:
    assert bidi(text, around) == expected


def test_direction_of_is_that_of_the_first_letter() -> None:
    assert direction_of("1. (شيء) x") == "rtl"
    assert direction_of("1. (x) شيء") == "ltr"
    assert direction_of("123") == ""
