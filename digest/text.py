"""Plain text: cleaning, words, sentences and names. Strings in, values out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

# What no text may hold, and what stands in its place. Windows-1252 read as Latin-1 leaves C1
# controls where quotes and dashes were meant (WHATWG Encoding Standard, index windows-1252), and
# Gmail clips a mail that contains any. Bidi embeddings and isolates, zero-width space and marks,
# the byte-order mark and the soft hyphen reorder or hide text; ZWNJ and ZWJ stay, because Persian
# and emoji need them.
_DIRT: dict[int, str | None] = {
    **dict.fromkeys(code for code in range(0x20) if chr(code) not in "\n\t"),
    **{c: bytes([c]).decode("windows-1252", errors="ignore") for c in range(0x7F, 0xA0)},
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
    **dict.fromkeys([0x7F, 0xAD, 0x200B, 0x200E, 0x200F, 0xFEFF, 0xFFFD]),
}
_DIRTY = re.compile(f"[{re.escape(''.join(map(chr, _DIRT)))}]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")

# A word: letters and digits, joined inside by apostrophes, dots, hyphens, plus and hash marks as in
# "v1.0.0", "it's", "c++", "c#", "gpt-4".
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*(?:\+\+|#)?")
# Scripts written without spaces: every character counts as a word (a usual convention for counts).
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")

# English function words: they say nothing of what a text is about.
STOPWORDS = frozenset(
    """
    a about above after again against all also am an and any are aren't as at be because been
    before being below between both but by can can't cannot could couldn't did didn't do does
    doesn't doing don't down during each even few for from further get gets got had has hasn't
    have haven't having he he's her here hers herself him himself his how i i'd i'll i'm i've if
    in into is isn't it it's its itself just like made make makes many may me might more most
    much must my myself new no nor not now of off on once one only or other our ours out over
    own per said same say says she should so some still such than that that's the their theirs
    them themselves then there there's these they they're they've this those through to too two
    under until up upon us use used uses using very was wasn't way we we'd we'll we're we've
    well were weren't what what's when where which while who whom whose why will with within
    without won't would wouldn't yet you you'd you'll you're you've your yours
    """.split()
)

# Days and months are names in everybody's mouth: they tell nothing apart.
CALENDAR = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
    """.split()
)


@dataclass(frozen=True, slots=True)
class Span:
    """`text` stands at [start, end) of the string it was found in."""

    text: str
    start: int
    end: int


def printable(raw: str) -> str:
    """NFC without control, bidi or zero-width characters; blanks and line breaks stay."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if _DIRTY.search(text):  # most text is clean, and translating it all takes a fifth of a build
        text = text.translate(_DIRT)
    return unicodedata.normalize("NFC", text)


def clean(raw: str) -> str:
    """Normalise to NFC without control, bidi or zero-width characters; keep line breaks."""
    text = printable(raw)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def one_line(raw: str) -> str:
    """Clean a title or a name: a single line with single spaces."""
    return " ".join(clean(raw).split())


def words(text: str) -> list[str]:
    """Lower-case words in order; each character is a word where a script has no spaces."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group().lower().replace("’", "'")
        found.extend(word if _UNSPACED.search(word) else (word,))
    return found


def count_words(text: str) -> int:
    """Count words as a reader would."""
    if _UNSPACED.search(text):
        return len(words(text))
    return len(_WORD.findall(text))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a lower-case English word (Porter's second algorithm, Snowball)."""
    return word if len(word) < 4 else _stemmer().stemWord(word)


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


def names(text: str) -> list[str]:
    """Proper names: runs of capitalised words, joined over "of" and the like.

    The first word of a title-cased or sentence-cased line proves nothing, so a line in which most
    words have a capital gives no names but those with a digit or an inner capital.
    """
    found: list[str] = []
    for line in text.split("\n"):
        tokens = [m.group() for m in _WORD.finditer(line)]
        content = [t for t in tokens[1:] if t.lower() not in STOPWORDS]
        titled = sum(t[0].isupper() for t in content) > 0.6 * len(content) > 0
        sure = [_is_name(t, first=i == 0 or titled) for i, t in enumerate(tokens)]
        run: list[str] = []
        for token, is_name in zip([*tokens, ""], [*sure, False], strict=True):
            if is_name:
                run.append(token.removesuffix("'s").removesuffix("’s"))
            elif run:
                found.append(" ".join(run))
                run = []
    return found


def _is_name(token: str, *, first: bool) -> bool:
    if token.lower() in STOPWORDS or not token[0].isalpha():
        return False
    if first:
        return any(c.isupper() or c.isdigit() for c in token[1:])
    return token[0].isupper()


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text in one spelling, without thousands separators."""
    return frozenset(n.replace(",", "") for n in _NUMBER.findall(text))


# From this share of first-person words a text is about its author: news has next to none, and the
# personal essays of the samples between 1 and 4 in a hundred.
_PERSONAL = 0.01
_ME = frozenset({"i", "i'm", "i'd", "i've", "my", "me", "myself"})


def is_personal(text: str) -> bool:
    """Say whether a text is about the one who writes it, as far as its first 3,000 characters."""
    found = words(text[:3000])
    return sum(word in _ME for word in found) > _PERSONAL * len(found)


def sentences(text: str, language: str = "en") -> Iterator[Span]:
    """Sentences with their offsets; a line break always ends one."""
    import sentencex

    start = 0
    for line in text.split("\n"):
        for found in sentencex.get_sentence_boundaries(language or "en", line):
            raw = line[found["start_index"] : found["end_index"]]
            inner = raw.strip()
            if inner:
                at = start + found["start_index"] + raw.index(inner)
                yield Span(inner, at, at + len(inner))
        start += len(line) + 1


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: 1 source, 2 sources."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def slug(text: str, limit: int = 80) -> str:
    """A safe file or fragment name: [a-z0-9-], never empty, never a device of Windows.

    What is too long ends behind a whole word.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    dashed = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(dashed) > limit:
        whole = dashed[: limit + 1].rpartition("-")[0]
        dashed = whole or dashed[:limit]
    if not dashed or _DEVICE.fullmatch(dashed):
        return (dashed or "x") + fingerprint(text)[:8]
    return dashed


def fingerprint(*parts: str) -> str:
    """Twelve hex digits that name these strings (SHA-256, so equal on every machine)."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
