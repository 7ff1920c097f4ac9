"""Plain text: cleaning, words, sentences and names. Strings in, values out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Windows-1252 text read as Latin-1 leaves C1 controls where quotes and dashes were meant
# (WHATWG Encoding Standard, index windows-1252); Gmail clips a mail that contains any.
_C1 = {
    code: char
    for code in range(0x80, 0xA0)
    if (char := bytes([code]).decode("windows-1252", errors="ignore"))
}
# Invisible characters that reorder or hide text: bidi embeddings and isolates, zero-width space
# and marks, byte-order mark, soft hyphen. ZWNJ and ZWJ stay: Persian and emoji need them.
_INVISIBLE = dict.fromkeys(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0xFEFF, 0x00AD, 0xFFFD]
)
_CONTROLS = dict.fromkeys(c for c in [*range(0x20), *range(0x7F, 0xA0)] if chr(c) not in "\n\t")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")

# A word: letters and digits, joined inside by apostrophes, dots, hyphens, plus and hash marks as in
# "v1.0.0", "it's", "c++", "c#", "gpt-4".
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*(?:\+\+|#)?")
# Scripts written without spaces: every character counts as a word (a usual convention for counts).
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Span:
    """`text` stands at [start, end) of the string it was found in."""

    text: str
    start: int
    end: int


def clean(raw: str) -> str:
    """Normalise to NFC without control, bidi or zero-width characters; keep line breaks."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n").translate(_C1)
    text = unicodedata.normalize("NFC", text.translate(_INVISIBLE).translate(_CONTROLS))
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
    return len(words(text))


def numbers(text: str) -> frozenset[str]:
    """The numbers of a text in one spelling, without thousands separators."""
    return frozenset(n.replace(",", "") for n in _NUMBER.findall(text))


def shingles(text: str, size: int) -> frozenset[tuple[str, ...]]:
    """Every run of `size` words; one shorter run for a text of fewer words."""
    found = words(text)
    if not found:
        return frozenset()
    return frozenset(tuple(found[i : i + size]) for i in range(max(1, len(found) - size + 1)))


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


def slug(text: str, limit: int = 80) -> str:
    """A safe file or fragment name: [a-z0-9-], never empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    dashed = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:limit].strip("-")
    return dashed or "x" + fingerprint(text)[:8]


def fingerprint(*parts: str) -> str:
    """Twelve hex digits that name these strings (SHA-256, so equal on every machine)."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]
