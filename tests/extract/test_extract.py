"""The stage as a whole: entries in, articles and outcomes out."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.extract import date_of, extract
from digest.model import Article, Entry, Media, Progress, Source
from digest.text import count_words
from digest.week import Calendar

NOW = datetime(2025, 2, 3, 9, tzinfo=UTC)
WINDOW = Calendar(zone=ZoneInfo("Europe/Berlin")).window("2025-W05")
SOURCE = Source(
    id="notes", name="Field Notes", kind="feed", location="https://example.org/feed.xml"
)
PROSE = (
    "The oak on the hill is older than the village below it, and nobody knows who planted it "
    "there. It lost a branch last week, and people came to look."
)
ELM = PROSE.replace("oak", "elm")
SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"


def entry(identifier: str = "e", **fields: Any) -> Entry:
    return Entry(**{"id": identifier, "source": SOURCE, "where": "here", **fields})


def only(**fields: Any) -> Article:
    (article,) = extract([entry(**fields)], None, now=NOW).articles
    return article


def test_the_linked_page_counts_where_it_says_more() -> None:
    long = f"<html><head><title>Site</title></head><body><article><p>{PROSE}</p><p>{ELM}</p>"
    article = only(title="Oak", body="<p>A teaser.</p>", url="https://a.example/oak", page=long)
    assert ("Oak", "Field Notes") == (article.title, article.outlet)
    assert article.text.startswith(PROSE)
    login = "<html><body><form>Sign in</form><p>Sign in.</p></body></html>"
    assert "A long teaser of it." == only(title="Oak", body="A long teaser of it.", page=login).text


def test_the_recording_of_an_entry_is_that_of_its_article() -> None:
    assert "audio/mpeg" == only(title="Oak", body="An hour.", enclosure="audio/mpeg").enclosure
    assert "" == only(title="Oak", body="An hour.").enclosure


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


def test_an_entry_becomes_an_article() -> None:
    article = only(
        title="Old  Trees - Field Notes",
        body=f"<p>{PROSE}</p><p>The post Old Trees appeared first on Field Notes.</p>",
        url="https://www.example.org/oak/?utm_source=x&id=1#top",
        published=datetime(2025, 1, 28, tzinfo=UTC),
        authors=(" Jane Roe ", ""),
        tags=("trees",),
        language="en-GB",
    )
    assert article == Article(
        id="e",
        source=SOURCE,
        outlet="Field Notes",
        url="https://www.example.org/oak/?id=1#top",
        canonical="https://example.org/oak?id=1",
        title="Old Trees",
        given="Old Trees - Field Notes",
        text=PROSE,
        language="en",
        words=count_words(PROSE),
        published=datetime(2025, 1, 28, tzinfo=UTC),
        dated="published",
        authors=("Jane Roe",),
        tags=("trees",),
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"published": datetime(2025, 1, 28, tzinfo=UTC)},
            (datetime(2025, 1, 28, tzinfo=UTC), "published"),
        ),
        ({"published": datetime(1970, 1, 1, tzinfo=UTC)}, (None, "undated")),
        (
            {
                "published": datetime(2999, 1, 1, tzinfo=UTC),
                "updated": datetime(2025, 1, 28, tzinfo=UTC),
            },
            (datetime(2025, 1, 28, tzinfo=UTC), "updated"),
        ),
        (
            {"media": "text", "body": f"Oaks\n27 January 2025\n{PROSE}"},
            (datetime(2025, 1, 27, 12, tzinfo=UTC), "inferred"),
        ),
        (
            {
                "media": "text",
                "body": f"Oaks\n{PROSE}\n{PROSE}\nRecent Posts\n27 January 2025\nElms",
            },
            (None, "undated"),
        ),
        ({"media": "html", "body": "<p>27 January 2025</p>"}, (None, "undated")),
        (
            {"media": "page", "body": "<meta name='date' content='2025-01-27T08:00:00+01:00'>"},
            (datetime(2025, 1, 27, 7, tzinfo=UTC), "inferred"),
        ),
    ],
)
def test_dates(fields: dict[str, Any], expected: tuple[datetime | None, str]) -> None:
    assert date_of(entry(**fields), NOW) == expected


def test_entries_outside_the_window_say_so_and_are_not_read() -> None:
    day = datetime(2025, 2, 2, 23, 30, tzinfo=UTC)  # Monday in Berlin
    found = extract([entry(published=day, title="Oaks")], WINDOW, now=NOW)
    assert found.articles == ()
    (outcome,) = found.outcomes
    assert (outcome.outcome, outcome.id) == ("outside the window", "e")
    assert outcome.reason == "dated 2025-02-03, outside 2025-W05"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("_posts/2025-01-29-oaks.md", 29),
        ("letters/_posts__2025-01-29-2025-W05.md", 29),
        ("letters/2025-02-30-oaks.md", None),
        ("letters/12025-01-299.md", None),
        ("2025-01-29/oaks.md", None),  # of the folder: when it was saved
    ],
)
def test_a_file_may_bear_its_date(name: str, day: int | None) -> None:
    saved = Source(id="s", name="Saved", kind="folder", location="/s")
    article = only(title="Oaks", body=PROSE, media="markdown", source=saved, where=name)
    expected = datetime(2025, 1, day, 12, tzinfo=UTC) if day else None
    assert (expected, "inferred" if day else "undated") == (article.published, article.dated)
    dated = only(
        title="Oaks", body=f"27 January 2025\n\n{PROSE}", media="markdown", source=saved, where=name
    )
    assert datetime(2025, 1, 27, 12, tzinfo=UTC) == dated.published
    rows = Source(id="s", name="Saved", kind="jsonl", location="/s")
    assert only(title="Oaks", media="text", source=rows, where=f"{name}:3").published is None


@pytest.mark.parametrize(("undated", "articles", "outcomes"), [("include", 1, 0), ("skip", 0, 1)])
def test_undated_entries(undated: Any, articles: int, outcomes: int) -> None:
    found = extract([entry(title="Oaks")], WINDOW, now=NOW, undated=undated)
    assert (len(found.articles), len(found.outcomes)) == (articles, outcomes)
    everything = extract([entry(title="Oaks")], None, now=NOW, undated=undated)
    assert len(everything.articles) == 1


def test_nothing_to_read_is_an_outcome() -> None:
    (outcome,) = extract([entry(body="<p>***</p>")], None, now=NOW).outcomes
    assert (outcome.outcome, outcome.reason) == ("unreadable", "neither text nor title")


def test_the_outlet() -> None:
    call = f"<p>{PROSE}</p><p>Get SIGNAL BOX in your inbox daily</p>"
    saved = Source(id="s", name="Saved", kind="folder", location="/s")
    assert only(title="T", body=call, source=saved).outlet == "SIGNAL BOX"
    assert only(title="T", body=call, source=saved, outlet="Told").outlet == "Told"
    assert only(title="T", body=PROSE, source=saved).outlet == "Saved"
    assert only(title="T", body=call).outlet == "Field Notes"


def test_the_masthead_of_a_saved_text() -> None:
    saved = Source(id="s", name="Saved", kind="folder", location="/s")
    top = "Old Trees\nBy Jane Roe and John Doe, Quiet Garden\n27 January 2025\nhttps://example.org/oak\n"
    article = only(media="text", body=f"{top}{PROSE}\n{ELM}", source=saved)
    assert (article.title, article.outlet) == ("Old Trees", "Quiet Garden")
    assert article.authors == ("Jane Roe", "John Doe")
    assert article.url == "https://example.org/oak"
    assert article.text == f"{PROSE}\n{ELM}"


def test_a_numbered_title_names_the_newsletter() -> None:
    letters = Source(id="s", name="Letters", kind="folder", location="/s", newsletter=True)
    issue = entry(title="Root Letter #12: Rain and Roots", body=ISSUE, source=letters)
    essay, *picks = extract([issue], None, now=NOW).articles
    assert (essay.title, essay.outlet) == ("Rain and Roots", "Root Letter")
    assert {p.pick.newsletter for p in picks if p.pick} == {"Root Letter"}


ISSUE = f"""<p>Hi!</p><p>{PROSE}</p><p>{ELM}</p><h2>Reads</h2><ul>
<li><a href="https://a.example.com/x?utm_source=n">How cities count</a>: nobody has a list</li>
<li><a href="https://example.org/elm">Elms in May</a></li>
<li><a href="https://b.example.com/y">Limes</a></li></ul>"""


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


def test_progress_is_reported() -> None:
    seen: list[Progress] = []
    extract([entry(str(n), title="T") for n in range(150)], None, now=NOW, reporter=seen.append)
    assert [(p.done, p.total) for p in seen] == [(0, 150), (100, 150), (150, 150)]


def test_ten_megabytes_are_quick() -> None:
    started = time.process_time()
    for media in ("html", "text", "markdown"):
        article = only(title="T", media=media, body="<p>Oaks and elms.</p> " * 500_000)
        assert len(article.text) <= 200_000
    assert time.process_time() - started < 20


MEDIA: tuple[Media, ...] = ("html", "page", "text", "markdown")
BODIES = st.text(max_size=200) | st.lists(
    st.sampled_from(
        [
            "Related Posts",
            "Hey!",
            "- A",
            "# A",
            "A",
            "<p>A</p>",
            "<a href=/x>B</a>",
            "27 May 2024",
            PROSE,
            "| #3",
        ]
    ),
    max_size=12,
).map("\n".join)


@settings(max_examples=120, deadline=None)
@given(
    body=BODIES,
    title=st.text(max_size=30),
    media=st.sampled_from(MEDIA),
    newsletter=st.sampled_from([None, True, False]),
)
def test_extraction_never_raises_and_is_deterministic(
    body: str, title: str, media: Media, newsletter: bool | None
) -> None:
    source = Source(id="n", name="N", kind="folder", location="", newsletter=newsletter)
    entries = [entry(title=title, body=body, media=media, source=source, url="https://a.org/x")]
    found = extract(entries, None, now=NOW)
    assert found == extract(entries, None, now=NOW)
    assert found.articles or found.outcomes
    for article in found.articles:
        assert article.title
        assert article.text == article.text.strip()


# Of the sample documents only short fragments stand here.
FORBIDDEN = (
    "Reels, Thrills",
    "- Posts",
    "Satellite",
    "in your inbox",
    "back\n",
    "Recent Blog Posts",
    "Feb 12, 2026",
    "Wasn’t Ready",
    "Musk-Dwarkesh",
    "get more Here",
    "Yorumlar",
    "Related Posts",
    "Llama 2",
    "Claude Code",
    "Hey!",
    "See you next time",
    "February 14th",
    "What We've",
)
ITEMS = (
    ("DevOps Accents #54", "from VoxMail", True),
    ("How to Use AI", "Creative Tools?", True),
    ("Getting Traffic to EKS", "on Fargate", True),
    ("Serverless Kubernetes", "a Kubernetes Cluster", True),
    ("Designing chat architecture", "at scale", False),
    ("What Karpenter v1.0.0", "Kubernetes autoscaling", False),
    ("Troubleshooting Amazon EKS", "Enterprise scenario", False),
    ("Automating Centralized", "with Terraform", False),
    ("The Terralith", "Infrastructure as Code", False),
)
ESSAYS = (
    ("DeepSeek and the", "All Just Stupid?", "mkdev dispatch", 260),
    ("AI's Sputnik", "Moment", "Reels, Thrills, and Bills", 330),
    ("DeepSeek V.", "Infrastructure Race", "SIGNAL/NOISE", 380),
    ("DeepSeek ", "", "Saved", 600),
    ("DeepSeek Shocked", "Means Now", "Saved", 540),
)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the sample documents are not here")
def test_the_sample_documents() -> None:
    source = Source(id="saved", name="Saved", kind="folder", location="/saved")
    entries = [
        entry(path.name, source=source, media="text", body=path.read_text(encoding="utf-8"))
        for path in sorted(SEEDS.glob("*.txt"))
    ]
    found = extract(entries, WINDOW, now=NOW)
    assert found.outcomes == ()
    picks = [a for a in found.articles if a.pick]
    assert [a.pick.own_work for a in picks if a.pick] == [own for _a, _b, own in ITEMS]
    for article, (start, end, _own) in zip(picks, ITEMS, strict=True):
        assert article.title.startswith(start)
        assert article.title.endswith(end)
    whole = [a for a in found.articles if not a.pick]
    for article, (start, end, outlet, least) in zip(whole, ESSAYS, strict=True):
        assert article.title.startswith(start)
        assert article.title.endswith(end)
        assert article.outlet == outlet
        assert least <= article.words <= least * 1.2
    assert [a.title_derived for a in whole] == [False, False, False, True, False]
    assert {a.dated for a in found.articles} == {"undated"}
    assert {a.language for a in found.articles} == {"en"}
    assert [
        (a.id, bad) for a in found.articles for bad in FORBIDDEN if bad in f"{a.title}\n{a.text}"
    ] == []
