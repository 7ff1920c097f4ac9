"""Runs that are killed, run out of disk, or meet each other.

Each test starts processes of its own and ends only those.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import threading
import time
from contextlib import closing
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from random import Random

import pytest
from collect_publications import NOW, WEEK, command, feed, followed, publication, ran, tree
from collect_runs import running
from web_plugin import Web

from digest.collect import Store

KILLS = 20


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
