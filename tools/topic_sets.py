"""The labelled sets that topics are trained and measured on, and the keywords a user would write.

Every set is split in two by a hash of its ids: the training half was looked at, the other was not.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import importlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digest.model import Article, Source, Story, Topic

SOURCE = Source(id="set", name="set", kind="jsonl", location="")

KEYWORDS: Mapping[str, Mapping[str, str]] = {
    "lobsters_topic": {
        "security": "security, vulnerability, exploit, encryption, malware",
        "javascript": "javascript, node.js, react, typescript, npm",
        "hardware": "hardware, cpu, arduino, raspberry pi, fpga",
        "compsci": "computer science, algorithm, data structure, type theory, compiler theory",
        "databases": "database, sql, postgresql, mysql, nosql",
        "ruby": "ruby, rails, rubygems, rspec, jruby",
        "python": "python, django, pypy, numpy, pip",
        "go": "go, golang, goroutine, gopher, go modules",
        "haskell": "haskell, ghc, monad, purescript, cabal",
        "linux": "linux, ubuntu, debian, kernel, systemd",
        "devops": "devops, docker, kubernetes, deployment, monitoring",
        "math": "mathematics, theorem, statistics, proof, geometry",
        "unix": "unix, shell, bash, command line, bsd",
        "design": "design, user interface, ux, typography, css",
        "rust": "rust, cargo, servo, rustc, borrow checker",
        "games": "game, video game, game development, gaming, nintendo",
        "c": "c language, c++, gcc, pointers, undefined behavior",
        "networking": "network, tcp, dns, ipv6, router",
    },
    "ag_news": {
        "World": "government, war, president, minister, iraq",
        "Sports": "game, team, season, coach, olympics",
        "Business": "company, market, oil prices, stocks, profit",
        "Sci/Tech": "software, internet, computer, scientists, space",
    },
    "bbc_news": {
        "sport": "match, football, rugby, champion, tennis",
        "business": "company, economy, profits, shares, market",
        "politics": "government, labour, election, minister, tory",
        "tech": "technology, software, internet, computer, mobile phone",
        "entertainment": "film, music, actor, album, television",
    },
}


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled text as a story of one article."""

    label: str
    story: Story
    train: bool


def topics_of(name: str) -> tuple[Topic, ...]:
    """The topics of a set, as a user would configure them."""
    return tuple(
        Topic(name=label, keywords=tuple(told.split(", ")))
        for label, told in KEYWORDS[name].items()
    )


def items_of(folder: Path, name: str) -> list[Item]:
    """A set's rows; of lobsters_topic all subjects with at least a hundred links."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    label = "topic" if name == "lobsters_topic" else "event_id" if "allsides" in name else "label"
    often = Counter(row[label] for row in rows)
    return [
        _item(name, number, row, row[label])
        for number, row in enumerate(rows)
        if name != "lobsters_topic" or often[row[label]] >= 100
    ]


def _item(name: str, number: int, row: Mapping[str, Any], label: str) -> Item:
    identifier = f"{name.partition('_')[0][:3]}{row.get('id', number)}"
    title, text = (_plain(row.get(field, "")) for field in ("title", "text"))
    half = str(row.get("event_id", identifier))
    article = Article(id=identifier, source=SOURCE, outlet="", title=title, text=text)
    train = hashlib.sha256(half.encode()).digest()[0] < 128
    return Item(label, Story(id=identifier, lead=article), train)


def _plain(text: str) -> str:
    return " ".join(html.unescape(text.replace("\\", " ")).split())


def encoder(name: str) -> Callable[[Sequence[str]], Any] | None:
    """The encoder named `module:function`, or none."""
    if not name:
        return None
    module, _, function = name.partition(":")
    found: Callable[[Sequence[str]], Any] = getattr(importlib.import_module(module), function)
    return found
