"""The encoder port: passages of text in, unit vectors of their meaning out.

An encoder is chosen by its name in digest.toml and found through the entry points of the group
`digest.encoders`. `lexical` is the name of none; `auto` is `minilm` where that is installed, else
`lexical`. No other encoder runs because it is merely installed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import entry_points
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from digest.errors import ConfigError
from digest.text import fingerprint

GROUP = "digest.encoders"
AUTO, LEXICAL = "auto", "lexical"
PREFERRED = "minilm"  # of `auto`: measured better than words alone, docs/stories.md

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """A model of meaning; the vector of a passage depends on nothing but the passage."""

    @property
    def name(self) -> str:
        """Names model and version: vectors under another name are not comparable."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of each vector."""
        ...

    def __call__(self, passages: Sequence[str], /) -> Vectors:
        """One unit vector a passage, shape (len(passages), dimensions); zeros for no words."""
        ...


class Cache(Protocol):
    """Where vectors are kept between runs, by the encoder's name and a key of the passage."""

    def vectors(self, encoder: str, keys: Sequence[str]) -> Mapping[str, bytes]:
        """What is known of these keys."""
        ...

    def keep_vectors(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Remember these."""
        ...


def names() -> tuple[str, ...]:
    """The encoders that can be chosen."""
    return (AUTO, LEXICAL, *sorted(point.name for point in entry_points(group=GROUP)))


def load(name: str, cache: Cache | None = None) -> Encoder | None:
    """The encoder of this name, asking `cache` or one of this run first; None for words alone.

    Raises `ConfigError` when it cannot be had; `auto` is words alone then.
    """
    if name == LEXICAL:
        return None
    try:
        encoder = _made(PREFERRED if name == AUTO else name)
    except ConfigError:
        if name == AUTO:
            return None
        raise
    return Cached(encoder, cache or RunCache())


def name_of(encode: Encoder | None) -> str:
    """What an issue says of who compared its articles."""
    return encode.name if encode else LEXICAL


def _made(name: str) -> Encoder:
    found = [point for point in entry_points(group=GROUP) if point.name == name]
    if not found:
        raise ConfigError(
            f"[stories] encoder: there is no encoder {name!r}", hint=f"choose {', '.join(names())}"
        )
    try:
        make: Callable[[], Encoder] = found[0].load()
        return make()
    except ImportError as error:
        raise ConfigError(
            f"[stories] encoder: {name!r} needs {error.name or error}",
            hint=f"pip install 'newsletter-digest[{name}]'",
        ) from error


class RunCache:
    """Vectors of one run: stories and topics ask for many of the same passages."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def vectors(self, encoder: str, keys: Sequence[str]) -> Mapping[str, bytes]:
        """What is known of these keys."""
        return {key: self._kept[encoder, key] for key in keys if (encoder, key) in self._kept}

    def keep_vectors(self, encoder: str, vectors: Mapping[str, bytes]) -> None:
        """Remember these until the run ends."""
        self._kept |= {(encoder, key): value for key, value in vectors.items()}


class Cached:
    """An encoder that asks a cache first. Keys are fingerprints of the passages."""

    def __init__(self, encoder: Encoder, cache: Cache) -> None:
        self._encoder = encoder
        self._cache = cache

    @property
    def name(self) -> str:
        """The name of the encoder behind it."""
        return self._encoder.name

    @property
    def dimensions(self) -> int:
        """The length of each vector."""
        return self._encoder.dimensions

    def __call__(self, passages: Sequence[str], /) -> Vectors:
        """As the encoder itself, byte for byte."""
        keys = [fingerprint(passage) for passage in passages]
        known = dict(self._cache.vectors(self.name, keys))
        wanted = {key: text for key, text in zip(keys, passages, strict=True) if key not in known}
        if wanted:
            fresh = self._encoder(list(wanted.values()))
            made = {key: row.tobytes() for key, row in zip(wanted, fresh, strict=True)}
            self._cache.keep_vectors(self.name, made)
            known |= made
        rows = [np.frombuffer(known[key], dtype=np.float32) for key in keys]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), dtype=np.float32)
