from dataclasses import replace
from datetime import UTC, datetime, timedelta

from digest.collect.identity import Raw, settle
from digest.model import Entry, Source

SOURCE = Source(id="s", name="S", kind="feed", location="https://a.org/feed")
DAY = datetime(2026, 2, 5, tzinfo=UTC)


def raw(guid: str = "", url: str = "", title: str = "", body: str = "", age: int | None = 0) -> Raw:
    published = None if age is None else DAY - timedelta(days=age)
    entry = Entry(
        id="", source=SOURCE, where="w", url=url, title=title, body=body, published=published
    )
    return Raw(entry, guid)


def test_an_entry_given_twice_stays_once_as_the_newer() -> None:
    reading = settle([raw("1", "u", "old", age=2), raw("1", "u", "new")], "s", 10)
    assert [entry.title for entry in reading.entries] == ["new"]
    assert [(o.outcome, o.title) for o in reading.outcomes] == [("copy of", "old")]
    assert reading.entries[0].id in reading.outcomes[0].reason
    assert reading.entries[0].id != reading.outcomes[0].id


def test_one_guid_for_everything_hides_nothing() -> None:
    raws = [raw("home", f"https://a.org/{n}", f"Title {n}") for n in range(5)]
    reading = settle(raws, "s", 10)
    assert len({entry.id for entry in reading.entries}) == 5
    assert not reading.outcomes


def test_entries_without_guid_link_or_title_are_kept() -> None:
    reading = settle([raw(body="one"), raw(body="two"), raw(body="one")], "s", 10)
    assert [entry.body for entry in reading.entries] == ["one", "two"]
    assert [outcome.outcome for outcome in reading.outcomes] == ["copy of"]


def test_one_link_with_different_titles_is_two_entries() -> None:
    reading = settle([raw(url="u", title="a"), raw(url="u", title="b")], "s", 10)
    assert [entry.title for entry in reading.entries] == ["a", "b"]


def test_ids_depend_on_the_source_and_not_on_the_order() -> None:
    one, two = raw("1", "u1", "a"), raw("2", "u2", "b")
    ids = [entry.id for entry in settle([one, two], "s", 10).entries]
    assert ids == [entry.id for entry in settle([two, one], "s", 10).entries][::-1]
    assert ids != [entry.id for entry in settle([one, two], "other", 10).entries]


def test_the_newest_stay_in_feed_order_and_the_rest_is_named() -> None:
    raws = [raw(str(n), title=str(n), age=n) for n in (3, 1, 2)]
    raws.append(raw("9", title="undated", age=None))
    reading = settle(raws, "s", 2)
    assert [entry.title for entry in reading.entries] == ["1", "2"]
    assert [(o.outcome, o.title) for o in reading.outcomes] == [
        ("outside the window", "3"),
        ("outside the window", "undated"),
    ]


def test_an_update_counts_as_newer() -> None:
    old = raw("1", "u", "old")
    new = Raw(replace(old.entry, title="new", updated=DAY + timedelta(days=1)), "1")
    assert [entry.title for entry in settle([new, old], "s", 10).entries] == ["new"]
