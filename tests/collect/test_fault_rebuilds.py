"""What must not differ between runs, and what one source must not do to the others."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

from collect_publications import NOW, WEEK, feed, followed, invoked, publication, ran, tree
from web_plugin import Web

HERE = {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"}


def test_fault_44_one_store_gives_the_same_bytes_anywhere_and_at_any_later_time(
    tmp_path: Path,
) -> None:
    root = followed(tmp_path / "p")
    found = []
    for number, (environment, now) in enumerate(
        ((HERE, "2026-02-25T12:00Z"), (THERE, "2026-05-01T00:00Z"))
    ):
        status, said = ran(
            *("build", "--config", root, "--offline", "--week", WEEK, "--now", now),
            *("--out", tmp_path / str(number)),
            env={**os.environ, **environment},
            cwd=tmp_path if number else Path("/"),
        )
        assert status == 0, said
        found.append(tree(tmp_path / str(number)))
    assert found[0] == found[1]


def test_a_past_week_is_built_to_the_same_bytes_though_feeds_moved_on(
    web: Web, tmp_path: Path
) -> None:
    urls = {n: web.page(f"/{n}", feed(n, 12)) for n in "abc"}
    root = publication(tmp_path / "p", urls, web)
    # In the week, after its end, and when all has changed or is broken.
    assert invoked("collect", "--config", root, "--now", "2026-02-19T12:00Z")[0] == 0
    assert invoked("build", "--config", root, "--now", "2026-02-23T08:00Z", "--week", WEEK)[0] == 0
    before = tree(root / "out" / WEEK)
    web.page("/a", feed("a", 20, " changed"))
    web.page("/b", b"no", 500)
    web.page("/c", feed("c", 1).replace(b"18 Feb", b"11 Mar"))
    for day in ("2026-02-27", "2026-03-13"):
        status, said = invoked("build", "--config", root, "--now", f"{day}T08:00Z", "--week", WEEK)
        assert status == 0, said
        assert tree(root / "out" / WEEK) == before
    assert b"c reports on subject 0" in before["issue.json"]


def test_fault_46_secrets_of_an_address_stay_out_of_everything(web: Web, tmp_path: Path) -> None:
    host = web.url.removeprefix("http://")
    web.page("/a?token=s3cr3t", feed("a"))
    web.page("/b?token=s3cr3t", b"", 301, Location="/c?token=s3cr3t")
    web.page("/c?token=s3cr3t", b"", 404)
    urls = {n: f"http://me:pa55@{host}/{n}?token=s3cr3t" for n in "ab"}
    root = publication(tmp_path / "p", urls, web)
    said = ran("collect", "-v", "--config", root, "--now", NOW.isoformat())[1]
    status, more = ran("build", "-v", "--json", "--config", root, "--now", NOW.isoformat())
    assert status == 0, more
    assert "answers 404" in said
    everything = [said, more, *(data.decode("latin-1") for data in tree(root / "out").values())]
    everything += [
        p.read_bytes().decode("latin-1") for p in (root / "out").rglob("pagefind/**/*.*")
    ]
    for text in everything:
        assert "pa55" not in text
        assert "s3cr3t" not in text
    headers = next(headers for path, headers in web.asked if path.startswith("/a"))
    assert "authorization" in headers


def test_fault_47_most_feeds_down_still_give_an_issue(web: Web, tmp_path: Path) -> None:
    urls = {}
    for number in range(10):
        name = f"f{number}"
        bad = number % 5 < 3
        urls[name] = web.page(f"/{name}", b"no" if bad else feed(name), 500 if bad else 200)
    root = publication(tmp_path / "p", urls, web)
    arguments = ("build", "--config", root, "--now", NOW.isoformat(), "--week", WEEK)
    status, said = invoked(*arguments, "--strict")
    assert status == 3, said
    assert said.count("answers 500") == 6
    issue = json.loads((root / "out" / WEEK / "issue.json").read_text(encoding="utf-8"))
    failed = [source["name"] for source in issue["sources"] if source["status"] == "failed"]
    assert failed == ["f0", "f1", "f2", "f5", "f6", "f7"]
    assert issue["stats"]["chosen"] > 0
    assert invoked(*arguments)[0] == 0


def test_a_source_that_keeps_failing_is_named_and_who_we_are_is_told(
    web: Web, tmp_path: Path
) -> None:
    urls = {n: web.page(f"/{n}", feed(n)) for n in "ab"}
    root = publication(tmp_path / "p", urls, web)
    assert invoked("collect", "--config", root, "--now", NOW.isoformat())[0] == 0
    assert web.asked[0][1]["user-agent"].endswith(" (+https://example.org/)")
    web.page("/a", b"", 404)
    web.page("/b", b"", 301, Location="/new")
    web.page("/new", feed("b"))
    for hours in (2, 4, 6):
        at = (NOW + timedelta(hours=hours)).isoformat()
        status, said = invoked("collect", "--config", root, "--now", at)
        assert status == 0, said
        assert ("b: moved for good to " in said) == (hours == 6)
    assert "seen 3 times: write that address in digest.toml" in said
    assert "  b: not changed: 30 entries" in said
    status, said = invoked("build", "--config", root, "--offline", "--now", at, "--week", WEEK)
    assert "warning: a: failed 3 times in a row: answers 404 Not Found" in said
