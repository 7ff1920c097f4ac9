"""An asyncio server on 127.0.0.1 that answers with raw bytes, as badly as a test wants."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from digest.collect.options import Options

Script = Callable[[], AsyncIterator[bytes]]


@dataclass
class RawWeb:
    """What it says by path: a script yields bytes, and may sleep, or raise to reset."""

    port: int = 0
    scripts: dict[str, Script] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def options(self, **fields: Any) -> Options:
        given = {"allow": ("127.0.0.1",), "ports": (self.port,), "pause": 0.01, "timeout": 2.0}
        return Options(**{**given, **fields})

    def say(self, path: str, script: Script) -> str:
        self.scripts[path] = script
        return self.url + path

    def bytes(self, path: str, *parts: bytes) -> str:
        async def script() -> AsyncIterator[bytes]:
            for part in parts:
                yield part

        return self.say(path, script)


class ResetError(Exception):
    """Ends a connection without manners."""


@contextmanager
def talking() -> Iterator[RawWeb]:
    """Run a server while the block runs."""
    web, ready = RawWeb(), threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    writers: set[asyncio.StreamWriter] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.add(writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            web.asked.append(path)
            try:
                async for part in web.scripts[path]():
                    writer.write(part)
                    await writer.drain()
            except ResetError:
                writer.transport.abort()
                return
        writer.close()

    async def serve() -> None:
        server = await asyncio.start_server(connected, "127.0.0.1", 0)
        web.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()
        others = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for writer in writers:
            writer.transport.abort()
        await asyncio.sleep(0.01)  # the loop closes the sockets in its next round

    thread = threading.Thread(target=lambda: (loop.run_until_complete(serve()), loop.close()))
    thread.start()
    ready.wait(10)
    try:
        yield web
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
