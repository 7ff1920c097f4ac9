"""A newsletter issue as a whole: when it is one, and what it gives."""

from __future__ import annotations

from typing import Any

from extract_entries import ELM, NOW, PROSE, entry

from digest.extract import extract
from digest.model import Source

ISSUE = f"""<p>Hi!</p><p>{PROSE}</p><p>{ELM}</p><h2>Reads</h2><ul>
<li><a href="https://a.example.com/x?utm_source=n">How cities count</a>: nobody has a list</li>
<li><a href="https://example.org/elm">Elms in May</a></li>
<li><a href="https://b.example.com/y">Limes</a></li></ul>"""


def test_a_mail_is_an_issue_if_it_has_links() -> None:
    links = "".join(
        f"<p><a href='https://{n}.example/'>The {n} lost another branch</a>: people came.</p>"
        for n in ("oak", "elm", "ash")
    )
    mail = entry(title="Trees", body=links, mail=True)
    assert 3 == len(extract([mail], None, now=NOW).articles)
    assert 1 == len(extract([entry(title="Trees", body=links)], None, now=NOW).articles)
    letter = entry(
        title="Trees", body=f"<p>{PROSE}</p><a href='https://a.example/'>More</a>", mail=True
    )
    assert 1 == len(extract([letter], None, now=NOW).articles)


def test_a_numbered_title_names_the_newsletter() -> None:
    letters = Source(id="s", name="Letters", kind="folder", location="/s", newsletter=True)
    issue = entry(title="Root Letter #12: Rain and Roots", body=ISSUE, source=letters)
    essay, *picks = extract([issue], None, now=NOW).articles
    assert (essay.title, essay.outlet) == ("Rain and Roots", "Root Letter")
    assert {p.pick.newsletter for p in picks if p.pick} == {"Root Letter"}


def test_an_issue_gives_its_essay_and_its_links() -> None:
    fields: dict[str, Any] = {"title": "Rain and Roots | ✉️ #12", "url": "https://example.org/12"}
    found = extract([entry(body=ISSUE, published=NOW, **fields)], None, now=NOW)
    essay, *picks = found.articles
    assert (essay.id, essay.title, essay.pick) == ("e", "Rain and Roots", None)
    assert "Limes" not in essay.text
    assert [(p.title, p.outlet, p.url, p.text, p.published) for p in picks] == [
        (
            "How cities count",
            "a.example.com",
            "https://a.example.com/x",
            "nobody has a list",
            NOW,
        ),
        ("Elms in May", "Field Notes", "https://example.org/elm", "", NOW),
        ("Limes", "b.example.com", "https://b.example.com/y", "", NOW),
    ]
    assert [p.pick.own_work for p in picks if p.pick] == [False, True, False]
    assert {p.pick.newsletter for p in picks if p.pick} == {"Field Notes"}
    assert len({p.id for p in found.articles}) == 4


def test_own_work_of_an_own_newsletter_is_ours() -> None:
    ours = Source(
        id="n", name="N", kind="feed", location="https://example.org/", own=True, newsletter=True
    )
    found = extract([entry(source=ours, title="T", body=ISSUE)], None, now=NOW)
    assert [a.own for a in found.articles] == [True, False, True, False]


def test_only_what_is_plainly_an_issue_is_unpacked_unasked() -> None:
    assert len(extract([entry(title="Old Trees", body=ISSUE)], None, now=NOW).articles) == 1
    never = Source(id="n", name="N", kind="feed", location="", newsletter=False)
    issue = entry(title="Roots #12", body=ISSUE, source=never)
    assert len(extract([issue], None, now=NOW).articles) == 1


def test_an_issue_of_links_alone_is_unpacked() -> None:
    found = extract([entry(title="Roots | #12", body=ISSUE.replace(PROSE, ""))], None, now=NOW)
    assert len(found.articles) == 3
    (outcome,) = found.outcomes
    assert (outcome.outcome, outcome.reason) == ("unpacked", "3 links became articles of their own")
