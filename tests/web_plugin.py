"""A small web server on 127.0.0.1 whose every answer a test writes itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from digest.collect.options import Options

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Web:
    """Where it is, what it answers by path, and what was asked."""

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def page(self, path: str, body: bytes, status: int = 200, /, **headers: str) -> str:
        """Serve a body; underscores in header names mean hyphens. Gives the URL."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            if "Content_Length" not in headers:
                handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)

        return self.serve(path, answer)

    def options(self, **fields: Any) -> Options:
        """Options with which this server may be asked, and that lose no time."""
        port = int(self.url.rpartition(":")[2])
        return Options(
            **{"allow": ("127.0.0.1",), "ports": (port,), "pause": 0.01, "timeout": 5.0, **fields}
        )

    def serve(self, path: str, answer: Answer) -> str:
        """Serve by a function. Gives the URL."""
        self.answers[path] = answer
        return self.url + path


@contextmanager
def serving() -> Iterator[Web]:
    """Run a server while the block runs."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            with suppress(ConnectionError):  # a client that hangs up is the point of some tests
                web.answers[self.path](self)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def web() -> Iterator[Web]:
    """A server of its own for each test."""
    with serving() as server:
        yield server
