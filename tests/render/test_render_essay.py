from __future__ import annotations

import pytest

from digest.render.essay import opening, parts, to_html
from digest.render.plain import from_html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ""),
        ("  \n", ""),
        ("Hello *you*", "<p>Hello <em>you</em></p>"),
        ("# One\n\n## Two", "<h2>One</h2>\n<h3>Two</h3>"),
        ("## One\n\n#### Deep", "<h2>One</h2>\n<h3>Deep</h3>"),
        ("### One\n\n### Two", "<h2>One</h2>\n<h2>Two</h2>"),
        ("[x](https://a.example/)", '<p><a href="https://a.example/">x</a></p>'),
        ("[x](javascript:alert(1))", "<p>x</p>"),
        ("[x](/relative)", "<p>x</p>"),
        ("a <script>alert(1)</script> b", "<p>a  b</p>"),
        ('<b onclick="x()" class="y">a</b>', "<p><b>a</b></p>"),
        ("```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
    ],
)
def test_to_html(source: str, expected: str) -> None:
    assert to_html(source) == expected


def test_opening_is_the_first_paragraph_as_text() -> None:
    assert opening("# T\n\nHello **you** & [me](https://a.example/)\nagain.\n\nMore.") == (
        "Hello you & me again."
    )
    assert opening("# Only a heading") == ""


def test_parts_are_cut_before_each_heading() -> None:
    assert parts("<p>a</p>\n<h2>b</h2>\n<p>c</p>\n<h2>d</h2>") == (
        "<p>a</p>",
        "<h2>b</h2>\n<p>c</p>",
        "<h2>d</h2>",
    )


def test_html_as_text() -> None:
    html = to_html(
        "Intro with [a link](https://a.example/x) and ![a picture](https://a.example/p.png).\n\n"
        "## Heading\n\n1. one\n2. two\n\n- dot\n    - nested\n\n```\ncode  here\n```\n\n> quoted"
    )
    assert from_html(html) == (
        "Intro with a link and a picture.\nhttps://a.example/x\n\n"
        "Heading\n=======\n\n1. one\n2. two\n\n* dot\n  * nested\n\n    code  here\n\nquoted"
    )
