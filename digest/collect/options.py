"""`[collect]` of digest.toml: the limits that every kind of source keeps."""

from __future__ import annotations

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits of collecting. Times are seconds, sizes bytes after decompression."""

    timeout: float = 20.0  # for one URL in total, redirects and body included
    max_bytes: int = 10_000_000
    max_entries: int = 500  # the newest of one feed
    concurrency: int = 32
    per_host: int = 2
    pause: float = 1.0  # before the second try; twice that before the third
    fresh_for: float = 3600.0  # a URL fetched within this is not fetched again
    contact: str = ""  # the publication's URL, told to the servers we ask
    allow: tuple[str, ...] = ()  # hosts that may be asked although they are not public
    ports: tuple[int, ...] = (80, 443)
    parse_timeout: float = 20.0  # for one feed; then its worker is killed
