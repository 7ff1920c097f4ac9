"""Which snapshots count for a week, and which date an entry goes by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.collect import Snapshot, Span, Store, collect
from digest.collect.history import chapter, merged
from digest.collect.reading import Reading
from digest.collect.store.records import Stamp
from digest.model import Collected, Entry, Source

URL = "https://a.org/feed"
SOURCE = Source(id="a", name="A", kind="feed", location=URL)
START, END = datetime(2026, 2, 9, tzinfo=UTC), datetime(2026, 2, 16, tzinfo=UTC)
WEEK: Span = (START, END)
NEXT: Span = (END, END + timedelta(days=7))
DAY = timedelta(days=1)
LATER = END + timedelta(days=60)


def stamps(*days: float, confirmed: dict[int, float] | None = None) -> list[Stamp]:
    """Snapshots fetched so many days after the week began."""
    at = [START + DAY * day for day in days]
    till = {n: START + DAY * day for n, day in (confirmed or {}).items()}
    return [
        Stamp(id=n, url=URL, fetched_at=moment, confirmed_at=till.get(n, moment), sha256=str(n))
        for n, moment in enumerate(at)
    ]


def ids(history: list[Stamp], now: datetime = LATER, span: Span = WEEK) -> tuple[list[int], bool]:
    found = chapter(history, span, now)
    return [stamp.id for stamp in found.stamps], found.closed


def test_the_first_answer_after_the_end_closes_the_week() -> None:
    assert ids(stamps(1, 3, 8, 9)) == ([0, 1, 2], True)


def test_a_confirmation_after_the_end_closes_it_too() -> None:
    assert ids(stamps(1, 3, 9, confirmed={1: 7.1})) == ([0, 1], True)


def test_without_an_answer_after_the_end_the_week_is_open() -> None:
    assert ids(stamps(1, 3)) == ([0, 1], False)


def test_what_was_superseded_before_the_week_does_not_count() -> None:
    assert ids(stamps(-20, -10, -1, 1, 8)) == ([1, 2, 3, 4], True)


def test_a_feed_that_was_met_later_gives_what_it_said_then() -> None:
    assert ids(stamps(30, 40)) == ([0], True)


def test_a_moment_in_the_past_does_not_know_what_came_after() -> None:
    assert ids(stamps(1, 3, 8), START + 2 * DAY) == ([0], False)
    assert ids(stamps(1, 3, 8), START - 9 * DAY) == ([0], False)


def entry(name: str, day: float | None, title: str = "") -> Entry:
    published = START + DAY * day if day is not None else None
    return Entry(id=name, source=SOURCE, where=URL, title=title or name, published=published)


def test_versions_merge_to_the_newest_in_the_newest_order() -> None:
    one = Reading(entries=(entry("b", 1), entry("a", 0)), title="old")
    two = Reading(entries=(entry("d", 3), entry("b", 1, "new b")), title="new")
    found = merged([(START, one), (END, two)])
    assert [e.title for e in found.entries] == ["d", "new b", "a"]
    assert found.title == "new"
    assert found.entries[1].updated == END  # when the text was first seen changed
    assert found.entries[0].updated is None
    third = Reading(entries=(entry("b", 1, "new b"),))
    again = merged([(START, one), (END, two), (LATER, third)])
    assert again.entries[0].updated == END


def feed(*items: tuple[str, float | None]) -> bytes:
    """A feed whose items are named, and dated so many days after the week began."""
    rows = []
    for title, day in items:
        date = f"<pubDate>{(START + DAY * day):%a, %d %b %Y %H:%M:%S} GMT</pubDate>" if day else ""
        guid = title.partition("!")[0]
        rows.append(f"<item><title>{title}</title><guid>{guid}</guid>{date}</item>")
    return f"<rss version='2.0'><channel><title>A</title>{''.join(rows)}</channel></rss>".encode()


class Followed:
    """A feed and the days on which it was fetched."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def says(self, day: float, *items: tuple[str, float | None]) -> None:
        """Fetch the feed, and read it as `digest collect` does."""
        at = START + DAY * day
        self.store.save(Snapshot(url=URL, fetched_at=at, body=feed(*items)))
        collect([SOURCE], now=at, store=self.store, online=False)

    def told(self, span: Span, now: datetime = LATER) -> Collected:
        return collect([SOURCE], now=now, store=self.store, online=False, span=lambda _: span)

    def dates(self, span: Span = WEEK, now: datetime = LATER) -> dict[str, str]:
        """The entries that lie in the span, with the date they go by."""
        found = {}
        for e in self.told(span, now).entries:
            date = e.published or e.updated or e.first_seen
            if date and span[0] <= date < span[1]:
                found[e.title] = "first seen" if e.first_seen else f"{date:%d}"
        return found


def test_what_scrolled_out_of_a_busy_feed_is_not_lost(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a = Followed(store)
        a.says(1, ("one", 0.5))
        a.says(3, ("two", 2.5))
        a.says(8, ("three", 7.5))
        assert a.dates() == {"one": "09", "two": "11"}
        assert a.dates(NEXT) == {"three": "16"}


def test_a_past_week_stays_as_it_was_though_the_feed_moves_on(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a = Followed(store)
        a.says(3, ("one", 2.5))
        a.says(7.5, ("one", 2.5), ("two", 6.5))
        before = a.told(WEEK)
        a.says(8, ("one! reworded", 2.5), ("late", 6.0), ("two", 6.5))
        a.says(20, ("new", 19.5))
        assert a.told(WEEK) == before


def test_fault_33_an_edited_entry_is_one_entry_and_stays_in_its_week(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a = Followed(store)
        a.says(2, ("one", 1.5))
        a.says(3, ("one! now with more", 2.5))
        assert a.dates() == {"one! now with more": "10"}  # its first date, its newest words
        (only,) = a.told(WEEK).entries
        assert only.updated == START + 3 * DAY  # when the change was seen
        a.says(9, ("one! again", 8.5))
        assert a.dates(NEXT) == {}  # told once


def test_an_undated_entry_goes_by_when_it_was_first_seen(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a = Followed(store)
        a.says(2, ("x", None))
        a.says(4, ("x", None), ("y", None))
        a.says(9, ("x", None), ("y", None), ("z", None))
        assert a.dates() == {"x": "first seen", "y": "first seen"}
        assert a.dates(NEXT) == {"z": "first seen"}
        by_title = {e.title: e.first_seen for e in a.told(NEXT).entries}
        assert by_title["x"] == START + 2 * DAY


def test_an_entry_that_came_too_late_for_its_week_is_told_in_the_next(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a = Followed(store)
        a.says(6, ("one", 5.5))
        a.says(7.1, ("one", 5.5), ("two", 7.05))  # closes the week
        a.says(7.5, ("cached", 6.9), ("two", 7.05), ("old", -40))
        assert a.dates() == {"one": "14"}
        assert a.dates(NEXT) == {"cached": "first seen", "two": "16"}


def test_a_date_far_ahead_is_none_until_it_is_near(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a = Followed(store)
        a.says(2, ("planned", 12))
        assert a.dates() == {"planned": "first seen"}


def test_a_feed_that_breaks_keeps_what_it_said_before(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        a = Followed(store)
        a.says(2, ("one", 1.5))
        store.save(Snapshot(url=URL, fetched_at=START + 3 * DAY, body=b"{}" + b"<rss"))
        found = a.told(WEEK, START + 4 * DAY)
        assert [e.title for e in found.entries] == ["one"]
        assert "using an older copy" in found.reports[0].message


def test_without_a_store_an_undated_entry_still_has_a_date() -> None:
    from digest.collect.live import live_part, read_live
    from digest.collect.parts import Fetched

    snapshot = Snapshot(url=URL, fetched_at=START, body=b"")
    part = live_part(SOURCE, {URL: Fetched(snapshot=snapshot)})
    reading, fresh = read_live(part, [Reading(entries=(entry("x", None),))], {})
    assert reading.entries[0].first_seen == START
    assert list(fresh) == ["x"]
