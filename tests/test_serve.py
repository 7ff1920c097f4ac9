"""The preview's server: who is answered, what is shown, and when a page reloads."""

from __future__ import annotations

import http.client
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.serve import LIVE, STAMP, Server, Watcher, stamp


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    (folder / "2025-W05").mkdir(parents=True)
    (folder / "2025-W05" / "preview.html").write_text("<body>Look</body>", encoding="utf-8")
    (folder / "2025-W05" / "issue.md").write_text("# Grüße", encoding="utf-8")
    (folder / "site").mkdir()
    (folder / "site" / "index.html").write_text("<p>Archive", encoding="utf-8")
    (folder / ".hidden").write_text("no", encoding="utf-8")
    (folder / "a b.txt").write_text("blank", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    return folder


@pytest.fixture
def server(out: Path) -> Iterator[Server]:
    with Server(out, port=0, start="2025-W05/preview.html") as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


def ask(
    server: Server, path: str, *, method: str = "GET", host: str = ""
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{server.server_port}")
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_it_listens_on_this_machine_alone(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    assert server.address == f"http://127.0.0.1:{server.server_port}/"


def test_files_are_shown_with_their_type(server: Server) -> None:
    status, headers, body = ask(server, "/2025-W05/issue.md")
    assert (200, "# Grüße") == (status, body.decode())
    assert "text/plain; charset=utf-8" == headers["Content-Type"]
    assert ("no-store", "nosniff") == (headers["Cache-Control"], headers["X-Content-Type-Options"])
    assert b"blank" == ask(server, "/a%20b.txt?x=1")[2]


def test_html_gets_the_script_that_reloads_it(server: Server) -> None:
    _, headers, body = ask(server, "/2025-W05/preview.html")
    assert b'<body>Look<script src="/-/live.js" defer></script></body>' == body
    assert len(body) == int(headers["Content-Length"])
    assert b"<p>Archive" == ask(server, "/site/")[2]
    assert b"location.reload" in ask(server, LIVE)[2]


def test_the_root_leads_to_the_issue_and_a_folder_to_its_index(server: Server) -> None:
    assert (302, "/2025-W05/preview.html") == _lead(ask(server, "/"))
    assert (302, "/site/") == _lead(ask(server, "/site"))
    assert (302, "/site/") == _lead(ask(server, "//site"))


def _lead(answer: tuple[int, dict[str, str], bytes]) -> tuple[int, str]:
    return answer[0], answer[1]["Location"]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:4747",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "[::1]",
        "127.0.0.1:x",
        " ",
    ],
)
def test_another_name_is_refused(server: Server, host: str) -> None:
    status, _, body = ask(server, "/2025-W05/issue.md", host=host)
    assert (403, False) == (status, "Grüße" in body.decode())
    assert 403 == ask(server, STAMP, host=host)[0]


def test_localhost_is_a_name_of_ours(server: Server) -> None:
    assert 200 == ask(server, "/2025-W05/issue.md", host=f"LOCALHOST:{server.server_port}")[0]


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/2025-W05/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/%2fetc/passwd",
        "//etc/passwd",
        "/link.txt",
        "/.hidden",
        "/a%00b",
        "/2025-W05",
        "/nothing",
        "/C:/x",
    ],
)
def test_what_lies_outside_or_nowhere_is_not_shown(server: Server, path: str) -> None:
    status, _, body = ask(server, path)
    assert status in (404, 302)
    assert b"secret" not in body.replace(path.encode(), b"").replace(b"secret.txt", b"")
    assert b"root:" not in body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(server: Server, method: str) -> None:
    assert 501 == ask(server, "/2025-W05/issue.md", method=method)[0]


def test_head_has_no_body(server: Server) -> None:
    status, headers, body = ask(server, "/2025-W05/issue.md", method="HEAD")
    assert (200, b"", "9") == (status, body, headers["Content-Length"])


def test_the_stamp_follows_content_time_and_names(out: Path) -> None:
    first = stamp([out])
    assert first == stamp([out])
    (out / ".tmp-1").mkdir()
    (out / ".tmp-1" / "x").write_text("staged", encoding="utf-8")
    assert first == stamp([out])
    os.utime(out / "a b.txt", ns=(1, 1))
    second = stamp([out])
    (out / "new.txt").write_text("", encoding="utf-8")
    assert len({first, second, stamp([out])}) == 3
    assert stamp([out / "gone"]) == stamp([])


def test_a_change_of_the_inputs_builds_again_and_tells_the_pages(
    server: Server, out: Path, tmp_path: Path
) -> None:
    config = tmp_path / "digest.toml"
    built: list[str] = []

    def rebuild() -> str:
        built.append("again")
        (out / "2025-W05" / "issue.md").write_text(f"# {len(built)} again", encoding="utf-8")
        return "" if len(built) == 1 else "digest.toml:1: no"

    watcher = Watcher(server, lambda: [config], rebuild)
    before = told(server)
    watcher.look()
    assert (before, []) == (told(server), built)
    config.write_text("one", encoding="utf-8")
    watcher.look()
    after = told(server)
    assert (["again"], "") == (built, after["problem"])
    assert after["stamp"] != before["stamp"]
    config.write_text("three", encoding="utf-8")
    watcher.look()
    assert "digest.toml:1: no" == told(server)["problem"]


def told(server: Server) -> dict[str, str]:
    answer: dict[str, str] = json.loads(ask(server, STAMP)[2])
    return answer


def test_a_watcher_looks_until_it_ends(server: Server, tmp_path: Path) -> None:
    seen = threading.Event()
    config = tmp_path / "digest.toml"

    def rebuild() -> str:
        seen.set()
        return ""

    watcher = Watcher(server, lambda: [config], rebuild, pause=0.01)
    watcher.start()
    config.write_text("changed", encoding="utf-8")
    assert seen.wait(10)
    watcher.end()
    assert not watcher.is_alive()
