"""Runs that are killed, run out of disk, or meet each other; and what must not differ between runs.

Each test starts processes of its own and ends only those.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from collect_runs import running
from collect_web import Web, serving

from digest.cli import main
from digest.collect import Snapshot, Store

NOW = datetime(2026, 2, 20, 12, tzinfo=UTC)
WEEK = "2026-W08"
KILLS = 20
HERE = {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242"}


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as server:
        yield server


def feed(name: str, count: int = 30, words: str = "") -> bytes:
    rows = (
        f"<item><title>{name} reports on subject {n}{words}</title>"
        f"<link>https://{name}.example/{n}</link><guid>{name}-{n}</guid>"
        f"<pubDate>Wed, 18 Feb 2026 0{n % 10}:00:00 GMT</pubDate>"
        f"<description>What {name} found out about subject number {n} this week.</description>"
        "</item>"
        for n in range(count)
    )
    title = f"<title>{name}</title>"
    return f"<rss version='2.0'><channel>{title}{''.join(rows)}</channel></rss>".encode()


def publication(root: Path, urls: dict[str, str], web: Web | None = None) -> Path:
    """A publication that follows these feeds, of a local server if there is one."""
    root.mkdir(parents=True, exist_ok=True)
    port = web.url.rpartition(":")[2] if web else "80"
    lines = ["[publication]", 'title = "Test"', 'url = "https://example.org/"']
    lines += ["[collect]", 'allow = ["127.0.0.1"]', f"ports = [{port}]", "pause = 0.01"]
    for name, url in urls.items():
        lines += ["[[source]]", f'feed = "{url}"', f'name = "{name}"']
    (root / "digest.toml").write_text("\n".join(lines), encoding="utf-8")
    return root


def command(*arguments: object, **options: object) -> subprocess.Popen[str]:
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen(
        [sys.executable, "-m", "digest", *map(str, arguments)], text=True, **pipes
    )


def ran(*arguments: object, **options: object) -> tuple[int, str]:
    """Exit status, and everything that was said."""
    with command(*arguments, **options) as process:
        try:
            out, err = process.communicate(timeout=100)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    return process.returncode, out + err


def invoked(*arguments: object) -> tuple[int, str]:
    """The same in this process, which is quicker."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def tree(folder: Path) -> dict[str, bytes]:
    """The files that digest wrote; Pagefind makes its index anew, and never twice the same."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and "pagefind" not in p.parts
    }


def followed(root: Path, names: str = "abcdefgh", words: str = "") -> Path:
    """A publication whose feeds were fetched in the week and after it."""
    urls = {name: f"https://{name}.example/feed" for name in names}
    publication(root, urls)
    with Store(root) as store:
        for name, url in urls.items():
            for days in (0, 4):
                at = NOW + timedelta(days=days)
                store.save(Snapshot(url=url, fetched_at=at, body=feed(name, 9 + days, words)))
    return root


def test_fault_40_a_killed_build_leaves_the_old_issue_or_the_new_one(tmp_path: Path) -> None:
    week = ("--offline", "--week", WEEK, "--now", "2026-02-25T12:00Z", "-q")
    homes = {v: followed(tmp_path / v, "ab", f" in version {v}") for v in ("one", "two")}
    out, chance = tmp_path / "out", Random(40)
    with running("build", "--config", homes["one"], *week) as runs:
        assert runs.run("build", "--config", homes["two"], *week) == 0
        trees = {version: tree(home / "out" / WEEK) for version, home in homes.items()}
        assert trees["one"] != trees["two"]
        shutil.copytree(homes["one"] / "out", out)
        now, new, kills, seconds = "one", "two", 0, 2.0
        for number in range(KILLS):
            # Half of the times anywhere, half where files are written.
            after = chance.uniform(0.02 if number % 2 else 0.7, 1.0) * seconds
            command = ("build", "--config", homes[new], *week, "--out", out)
            start = time.monotonic()
            if runs.run(*command, kill_after=after) == -signal.SIGKILL:
                kills += 1
            else:  # that is how long it takes
                seconds = min(seconds, time.monotonic() - start)
            found = tree(out / WEEK)
            assert found in (trees[now], trees[new]), f"after {after:.3f} s"
            if found == trees[new]:
                now, new = new, now
        assert kills > KILLS // 4
        assert runs.run("build", "--config", homes[new], *week, "--out", out) == 0
    assert tree(out / WEEK) == trees[new]
    assert list(out.glob(".tmp-*")) == []


def test_fault_41_a_killed_collect_loses_only_what_was_in_flight(web: Web, tmp_path: Path) -> None:
    names = [f"f{n}" for n in range(12)]
    root = publication(tmp_path / "p", {n: web.page(f"/{n}", feed(n, 1)) for n in names}, web)
    store, chance = Store(root), Random(41)
    with running("collect", "-q", "--config", root, "--now", NOW.isoformat()) as runs:
        seconds, kills = 1.0, 0
        for number in range(1, KILLS + 1):
            at = NOW + timedelta(hours=2 * number)
            for name in names:
                web.page(f"/{name}", feed(name, 1, f" {number}"))
            collecting = ("collect", "--config", root, "--now", at.isoformat(), "-q")
            after = chance.uniform(0.05, 1.0) * seconds
            start = time.monotonic()
            if runs.run(*collecting, kill_after=after) == -signal.SIGKILL:
                kills += 1
            else:  # that is how long it takes
                seconds = min(seconds, time.monotonic() - start)
            with closing(sqlite3.connect(store.path)) as db:
                assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            kept = {name: store.latest(f"{web.url}/{name}") for name in names}
            store.close()
            done = {n for n, s in kept.items() if s is not None and s.valid_at == at}
            before = settled(web)
            assert runs.run(*collecting) == 0
            asked = sorted(path[1:] for path, _ in web.asked[before:])
            assert asked == sorted(set(names) - done)
        assert kills > KILLS // 4


def settled(web: Web) -> int:
    """How much was asked, once what a killed run still had on the wire has arrived."""
    seen = -1
    while seen != len(web.asked):
        seen = len(web.asked)
        time.sleep(0.1)
    return seen


def small_files(limit: int) -> object:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def test_fault_42_a_full_disk_while_building_leaves_the_old_issue(tmp_path: Path) -> None:
    root = followed(tmp_path / "p")
    week = ("build", "--config", root, "--offline", "--week", WEEK, "-q")
    assert ran(*week)[0] == 0
    before = tree(root / "out")
    (root / "digest.toml").write_text(
        (root / "digest.toml").read_text().replace("Test", "Other"), encoding="utf-8"
    )
    largest = max(len(content) for content in before.values())
    assert largest > 33_000  # the least that SQLite needs
    status, said = ran(*week, preexec_fn=small_files(largest - 1))
    assert (status, said.count("error:")) == (1, 1), said
    assert "Traceback" not in said
    assert "disk is full" in said
    assert tree(root / "out") == before
    assert ran(*week)[0] == 0
    assert tree(root / "out") != before
    assert list((root / "out").glob(".tmp-*")) == []


def test_fault_42_a_full_disk_while_collecting_keeps_what_is_stored(
    web: Web, tmp_path: Path
) -> None:
    urls = {n: web.page(f"/{n}", feed(n)) for n in ("a", "b")}
    root = publication(tmp_path / "p", urls, web)
    assert ran("collect", "--config", root, "--now", NOW.isoformat())[0] == 0
    for name in urls:
        web.page(f"/{name}", feed(name, 9, Random(name).randbytes(40_000).hex()))
    later = (NOW + timedelta(hours=3)).isoformat()
    status, said = ran("collect", "--config", root, "--now", later, preexec_fn=small_files(130_000))
    assert (status, said.count("error:")) == (1, 1), said
    assert "Traceback" not in said
    assert "make room" in said
    with Store(root) as store:
        for url in urls.values():
            kept = store.latest(url)
            assert kept is not None
            assert kept.body in (feed("a"), feed("b"))
    with closing(sqlite3.connect(store.path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert ran("collect", "--config", root, "--now", later)[0] == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_fault_42_an_output_that_is_read_only_is_an_error(tmp_path: Path) -> None:
    root = followed(tmp_path / "p", "a")
    (root / "out").mkdir(mode=0o500)
    status, said = ran("build", "--config", root, "--offline", "--week", WEEK)
    assert (status, "writable" in said) == (1, True)


def test_fault_43_the_second_run_says_who_holds_the_publication(web: Web, tmp_path: Path) -> None:
    ended = threading.Event()

    def hold(_: BaseHTTPRequestHandler) -> None:
        ended.wait(60)

    root = publication(tmp_path / "p", {"a": web.serve("/a", hold)}, web)
    config = (root / "digest.toml").read_text(encoding="utf-8")
    (root / "digest.toml").write_text(config.replace("pause =", "timeout = 60.0\npause ="), "utf-8")
    with command("collect", "--config", root) as first:
        try:
            until = time.monotonic() + 30
            while not web.asked and time.monotonic() < until:
                time.sleep(0.02)
            for second in ("collect", "build"):
                status, said = ran(second, "--config", root)
                assert (status, said.count("error:")) == (75, 1), said
                assert f"(process {first.pid}, since 20" in said
        finally:
            ended.set()
            first.kill()
            first.communicate()
    web.page("/a", feed("a"))
    assert ran("collect", "--config", root)[0] == 0  # the lock died with its holder


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
