"""The output folder on 127.0.0.1, for the editor's own browser: files, and whether they changed.

`Server` answers GET and HEAD to nobody but this machine, under no other name (a page of the web
that points its own name at 127.0.0.1 is refused), and shows nothing that lies outside its folder.
HTML gets one more script, which asks for the stamp of the files and reloads when it is another.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

HOST = "127.0.0.1"
NAMES = frozenset({HOST, "localhost"})
LIVE, STAMP = "/-/live.js", "/-/stamp"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".eml": "message/rfc822",
    ".gif": "image/gif",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".xml": "application/xml; charset=utf-8",
}
SCRIPT = f"""\
(() => {{
  let known = null;
  const notice = document.createElement("pre");
  notice.style.cssText = "position:fixed;inset:auto 0 0 0;margin:0;padding:1em;z-index:9;" +
    "white-space:pre-wrap;background:#5c1a0c;color:#ffffff;font:14px/1.4 monospace";
  async function ask() {{
    if (document.hidden) return;
    try {{
      const {{ stamp, problem }} = await (await fetch("{STAMP}", {{ cache: "no-store" }})).json();
      if (known !== null && stamp !== known) location.reload();
      known = stamp;
      notice.textContent = problem;
      if (problem) document.body.append(notice);
      else notice.remove();
    }} catch {{ /* the server has ended: keep what is shown */ }}
  }}
  ask();
  setInterval(ask, 1000);
  document.addEventListener("visibilitychange", ask);
}})();
"""
_TAG = f'<script src="{LIVE}" defer></script>'.encode()


def stamp(paths: Iterable[Path]) -> str:
    """A name for the state of these files and folders: another when anything in them changed."""
    state = hashlib.sha256()
    for file in sorted(file for path in paths for file in _files(path)):
        try:
            found = file.stat()
        except OSError:  # it was removed while we looked, or never there
            continue
        state.update(f"{file}\0{found.st_mtime_ns}\0{found.st_size}\n".encode())
    return state.hexdigest()[:16]


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return [p for p in path.rglob("*") if p.is_file() and not _hidden(p.relative_to(path).parts)]


def _hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(".") for part in parts)


@dataclass(slots=True)
class State:
    """What the pages are told: the stamp of the files, and what went wrong with the last build."""

    stamp: str = ""
    problem: str = ""


class Server(ThreadingHTTPServer):
    """Serves `folder`; `/` leads to `start`, a path in it."""

    daemon_threads = True

    def __init__(self, folder: Path, *, port: int, start: str = "") -> None:
        self.folder = folder.resolve()
        self.start = start
        self.state = State(stamp=stamp([self.folder]))
        super().__init__((HOST, port), _Handler)

    @property
    def address(self) -> str:
        """The URL to open."""
        return f"http://{HOST}:{self.server_port}/"


class Watcher(threading.Thread):
    """Looks at `inputs` every `pause` seconds and calls `rebuild` when they changed.

    `rebuild` returns what went wrong, "" for nothing. A change in the server's folder reloads the
    pages, whoever made it.
    """

    def __init__(
        self,
        server: Server,
        inputs: Callable[[], Iterable[Path]],
        rebuild: Callable[[], str],
        pause: float = 0.5,
    ) -> None:
        super().__init__(daemon=True)
        self._server, self._inputs, self._rebuild, self._pause = server, inputs, rebuild, pause
        self._ended = threading.Event()
        self._seen = stamp(inputs())

    def run(self) -> None:
        """Look until `end`."""
        while not self._ended.wait(self._pause):
            self.look()

    def look(self) -> None:
        """Look once."""
        now = stamp(self._inputs())
        if now != self._seen:
            self._seen = now
            self._server.state.problem = self._rebuild()
        self._server.state.stamp = stamp([self._server.folder])

    def end(self) -> None:
        """Stop looking, and wait for a build that is running."""
        self._ended.set()
        if self.is_alive():
            self.join()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version = "digest"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """Answer with a file, the stamp, or the script that asks for it."""
        if not _is_ours(self.headers.get("Host", "")):
            self._refuse(HTTPStatus.FORBIDDEN, "this server answers to 127.0.0.1 alone")
            return
        path = unquote(urlsplit(self.path).path, errors="replace")
        if path == STAMP:
            state = self.server.state
            answer = {"stamp": state.stamp, "problem": state.problem}
            self._send(json.dumps(answer).encode(), TYPES[".json"])
        elif path == LIVE:
            self._send(SCRIPT.encode(), TYPES[".js"])
        elif path == "/" and self.server.start:
            self._lead(f"/{self.server.start}")
        else:
            self._file(path)

    do_HEAD = do_GET  # noqa: N815 - http.server calls it so

    def _file(self, path: str) -> None:
        target = _inside(self.server.folder, path)
        if target is not None and target.is_dir():
            if not path.endswith("/"):
                self._lead(f"{path}/")
                return
            target = _inside(self.server.folder, f"{path}index.html")
        try:
            content = target.read_bytes() if target else None
        except OSError:
            content = None
        if target is None or content is None:
            self._refuse(HTTPStatus.NOT_FOUND, f"nothing lies at {path}")
            return
        if target.suffix == ".html":
            head, body, tail = content.rpartition(b"</body>")
            content = head + _TAG + body + tail if body else content
        self._send(content, TYPES.get(target.suffix, "application/octet-stream"))

    def _lead(self, path: str) -> None:
        # One slash: //host/ would lead elsewhere.
        where = "/" + quote(path.lstrip("/\\"), safe="/~-._")
        self._send(b"", TYPES[".txt"], status=HTTPStatus.FOUND, location=where)

    def _refuse(self, status: HTTPStatus, why: str) -> None:
        self._send(f"{status.phrase}: {why}\n".encode(), TYPES[".txt"], status=status)

    def _send(
        self, content: bytes, kind: str, *, status: HTTPStatus = HTTPStatus.OK, location: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Frame-Options", "SAMEORIGIN")
        if location:
            self.send_header("Location", location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing: the editor's terminal is for what was built."""


def _is_ours(host: str) -> bool:
    name, _, port = host.lower().partition(":")
    return name in NAMES and (not port or port.isdigit())


def _inside(folder: Path, path: str) -> Path | None:
    """The file of a URL path, or None when it lies outside, is hidden, or is no path at all."""
    parts = [part for part in path.split("/") if part]
    if any(char in path for char in "\\\0:") or _hidden(tuple(parts)):
        return None
    target = folder.joinpath(*parts).resolve()
    return target if target.is_relative_to(folder) else None
