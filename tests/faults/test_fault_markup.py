"""What could act in a page: none of it does. The numbers are those of the fault list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email import message_from_bytes, policy
from html import escape
from pathlib import Path
from types import SimpleNamespace

import pytest
from fault_feeds import BODY, SHARED, issue, item, publish, titles
from outputs import active, build, everything, files, links, pages, shown

from digest.model import Article, Story

SANITIZE = SHARED / "data" / "feeds" / "feedparser" / "wellformed" / "sanitize"


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """What acts in an issue of harmless material: the program's own."""
    root = publish(tmp_path_factory.mktemp("harmless"), item("Oaks", "https://a.example/oaks"))
    return frozenset(found for page in pages(root).values() for found in active(page))


def foreign(root: Path, harmless: frozenset[str]) -> list[str]:
    """What acts in an issue beyond the program's own."""
    return [f for page in pages(root).values() for f in active(page) if f not in harmless]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", " JaVa\tScript:alert(1)", "data:text/html,x"]
)
def test_fault_01_a_link_that_runs(tmp_path: Path, harmless: frozenset[str], link: str) -> None:
    root = publish(tmp_path, item("Oaks grow slowly", link))
    assert ["Oaks grow slowly"] == titles(root)
    assert [] == foreign(root, harmless)
    assert not [url for url in links(root) if re.search("script|data:", url, re.IGNORECASE)]


def test_fault_02_markup_in_a_title_is_text(tmp_path: Path, harmless: frozenset[str]) -> None:
    title = "<img src=x onerror=alert(1)> in the wild"
    root = publish(tmp_path, item(title, "https://a.example/1"))
    assert [title] == titles(root)
    assert [] == foreign(root, harmless)
    for name, page in pages(root).items():
        if name.startswith("2025-W05/") and not name.endswith("preview.html"):
            assert title in shown(page), name
    assert title in (root / "out/2025-W05/issue.txt").read_text("utf-8").replace("\n", " ")


@pytest.mark.parametrize(
    "markup",
    [
        "<svg onload=alert(1)><circle/></svg>",
        "<form action='https://evil.example/'><input name=q><button>Go</button></form>",
        "<iframe srcdoc='&lt;script&gt;alert(1)&lt;/script&gt;'></iframe>",
        "<style>@import 'https://evil.example/x.css';</style>",
        "<p style=\"background:url(javascript:alert(1))\">styled</p>",
        "<script>alert(1)</script><ScRiPt src=//evil.example/x.js></sCrIpT>",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<a href='javascript&#58;alert(1)'>a</a><a href='vbscript:x'>b</a>",
    ],
)  # fmt: skip
def test_fault_03_active_markup_in_a_text(
    tmp_path: Path, harmless: frozenset[str], markup: str
) -> None:
    root = publish(
        tmp_path, item("Oaks", "https://a.example/1", f"<p>{BODY}</p>{markup}<p>{BODY}</p>")
    )
    assert [] == foreign(root, harmless)
    assert "evil.example" not in everything(root)


def test_fault_04_a_link_that_runs_in_markdown(tmp_path: Path, harmless: frozenset[str]) -> None:
    (tmp_path / "docs").mkdir()
    text = (
        f"---\ntitle: '[Oaks](javascript:1)'\ndate: 2025-01-28\n---\n\n{BODY} [x](javascript:1)\n"
    )
    (tmp_path / "docs" / "a.md").write_text(text)
    build(tmp_path, '[[source]]\nfolder = "docs"\nname = "Docs"\n')
    assert [] == foreign(tmp_path, harmless)


def test_fault_05_a_template_in_a_title_is_text(tmp_path: Path) -> None:
    title = "{{7*7}} and {% include 'x' %} and ${7*7}"
    root = publish(tmp_path, item(title, "https://a.example/1", f"{BODY} {{{{7*7}}}}."))
    assert [title] == titles(root)
    for name, page in pages(root).items():
        if not name.endswith("preview.html"):  # it counts bytes, and embeds the files checked here
            assert "49" not in re.sub(r"#\w+|&#\d+;|\d+(?:px|%|em)", "", shown(page)), name
        if name.startswith("2025-W05/"):
            assert title in shown(page), name


def test_fault_06_a_script_for_an_author(tmp_path: Path, harmless: frozenset[str]) -> None:
    author = f"<author>{escape('<script>alert(1)</script>')}</author>"
    creator = f"<dc:creator>{escape('<img src=x onerror=alert(1)>')}</dc:creator>"
    root = publish(tmp_path, item("Oaks", "https://a.example/1", more=author + creator))
    assert [] == foreign(root, harmless)


def test_fault_07_direction_marks_in_a_title(tmp_path: Path) -> None:
    root = publish(tmp_path, item("abc\u202edef\u2066ghi\u200e jkl", "https://a.example/1"))
    assert ["abcdefghi jkl"] == titles(root)
    assert "\u202e" not in everything(root)


def test_fault_08_a_header_in_a_title(tmp_path: Path) -> None:
    title = "=?utf-8?q?a=0ABcc=3A_e=40x?="
    root = publish(tmp_path, item(title, "https://a.example/1"))
    assert "Bcc:" not in everything(root)
    mails = [content for name, content in files(root).items() if name.endswith(".eml")]
    for content in mails:
        message = message_from_bytes(content, policy=policy.default)
        assert message["bcc"] is None
        assert "\n" not in str(message["subject"])


@pytest.mark.skipif(not SANITIZE.is_dir(), reason="the collection is not here")
def test_nothing_active_survives_of_feedparsers_sanitising_cases(
    tmp_path: Path, harmless: frozenset[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def alone(articles: Sequence[Article], _options: object, _encode: object) -> SimpleNamespace:
        return SimpleNamespace(stories=[Story(id=article.id, lead=article) for article in articles])

    # Many cases say the same: none of them may hide behind another.
    monkeypatch.setattr("digest.pipeline.find_stories", alone)
    paths = sorted(SANITIZE.glob("*.xml"))
    assert 745 == len(paths)
    build(tmp_path, f'[[source]]\nfolder = "{SANITIZE}"\nname = "Cases"\n')
    stats = issue(tmp_path)["stats"]
    # A case that holds nothing but an empty element has nothing to print.
    assert stats["collected"] == stats["chosen"] + stats["unreadable"] + stats["outside"]
    assert stats["chosen"] > 200
    assert [] == foreign(tmp_path, harmless)
