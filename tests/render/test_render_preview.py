"""The editor's page: what it embeds, and that nothing of a feed gets out of it."""

from __future__ import annotations

import json
import re

import pytest
from msgspec.structs import replace
from rendered_files import files_of
from sample_issue import ISSUE
from sample_stories import story

from digest.check.markup import Document
from digest.model import Artifact, Finding, Issue, IssueSection
from digest.render import load_theme, render, render_preview

THEME = load_theme()
EVIL = "</script><script>alert(1)</script><!-- <script> \u2028 ]]>"
WARNING = Finding(
    rule="link-missing", severity="warning", where=EVIL, message="<b>m</b>", hint="'\"&"
)


def page(issue: Issue = ISSUE, *findings: Finding, eml: bytes = b"") -> str:
    artifacts = [a for a in render(issue, THEME) if not a.path.endswith(".eml")]
    if eml:
        artifacts.append(Artifact(path=f"{issue.week}/issue.eml", content=eml))
    made = render_preview(issue, artifacts, findings, THEME, limit=102_400)
    assert made.path == f"{issue.week}/preview.html"
    return made.content.decode()


def data(html: str) -> dict[str, str]:
    [script] = [e for e in Document(html).all("script") if e.attributes.get("id") == "data"]
    found: dict[str, str] = json.loads(script.text)
    return found


@pytest.fixture
def evil() -> Issue:
    hostile = story(1, EVIL, EVIL, EVIL)
    section = IssueSection(name=EVIL, stories=(hostile,))
    head = replace(ISSUE.masthead, title=EVIL)
    return replace(
        ISSUE, sections=(section,), lead="s001", title=EVIL, subject=EVIL, masthead=head, essay=EVIL
    )


def test_the_files_are_embedded_as_they_are() -> None:
    made = files_of(ISSUE)
    found = data(page(eml=made["issue.eml"].encode()))
    assert found == {
        "eml": made["issue.eml"],
        "week": "2025-W05",
        "html": made["issue.html"],
        "paste": made["issue.paste.html"],
        "markdown": made["issue.md"],
        "text": made["issue.txt"],
    }


def test_nothing_of_a_feed_is_markup(evil: Issue) -> None:
    html = page(evil, WARNING)
    document = Document(html)
    assert document.faults == []
    assert [s.attributes.get("type", "") for s in document.all("script")] == [
        "application/json",
        "",
    ]
    assert html.count("<script") == html.count("</script") == 2
    assert "alert(1)" not in document.all("script")[1].text
    assert "<!--" not in html.partition("<html")[2]
    assert document.all("title")[0].text.startswith("Preview: </script>")


def test_the_policy_allows_its_own_script_alone() -> None:
    import base64
    import hashlib

    document = Document(page())
    script = document.all("script")[1].text.encode()
    digest = base64.b64encode(hashlib.sha256(script).digest()).decode()
    policy = document.all("meta")[1].attributes["content"]
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe-inline" not in policy.replace("style-src 'unsafe-inline'", "")


def test_frames_are_sandboxed_without_scripts() -> None:
    frames = Document(page()).all("iframe")
    assert [f.attributes["width"] for f in frames] == ["600", "375"] * 2
    for frame in frames:
        assert set(frame.attributes["sandbox"].split()) == {
            "allow-popups",
            "allow-popups-to-escape-sandbox",
        }


def test_size_and_findings_are_told() -> None:
    document = Document(page(ISSUE, WARNING))
    size = len(files_of(ISSUE)["issue.html"].encode())
    text = document.all("body")[0].words
    assert f"{size:,} of 102,400 bytes" in text
    assert "0 errors, 1 warning" in text
    assert f"{WARNING.where.split()[0]}" in text
    assert "open" not in document.all("details")[0].attributes
    assert "Every check passes." in Document(page()).all("body")[0].words
    error = replace(WARNING, severity="error")
    assert "open" in Document(page(ISSUE, error)).all("details")[0].attributes


def test_the_message_can_be_downloaded_when_there_is_one() -> None:
    assert "Download .eml" not in page()
    assert "eml" not in data(page())
    html = page(eml=b"Subject: x\r\n\r\nbody\r\n")
    assert "Download .eml" in html
    assert data(html)["eml"] == "Subject: x\r\n\r\nbody\r\n"


def test_the_page_asks_for_nothing() -> None:
    html = page()
    outside = re.sub(r'<script type="application/json".*?</script>', "", html, flags=re.DOTALL)
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//|url\(|@import""", outside)


def test_two_pages_are_equal() -> None:
    assert page(ISSUE, WARNING) == page(ISSUE, WARNING)
