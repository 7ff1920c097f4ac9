"""The stage as a whole: entries in, articles and outcomes out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from extract_entries import ELM, NOW, PROSE, SOURCE, WINDOW, entry
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.extract import date_of, extract
from digest.model import Article, Media, Progress, Source
from digest.text import count_words


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


def test_progress_is_reported() -> None:
    seen: list[Progress] = []
    extract([entry(str(n), title="T") for n in range(150)], None, now=NOW, reporter=seen.append)
    assert [(p.done, p.total) for p in seen] == [(0, 150), (100, 150), (150, 150)]


@pytest.mark.timeout(60)  # seconds; nothing may go over ten megabytes again and again
@pytest.mark.parametrize("media", ["html", "text", "markdown"])
def test_ten_megabytes_are_cut_to_what_anybody_reads(media: Media) -> None:
    article = only(title="T", media=media, body="<p>Oaks and elms.</p> " * 500_000)
    assert len(article.text) <= 200_000


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
