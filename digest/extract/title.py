"""Titles: the one that was given, else the one in the text, else one made from the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.extract.blocks import Block, ends_sentence
from digest.text import CALENDAR, one_line, sentences, words

LINE_WORDS = 22  # the longest headline among 3,600 feed entries that is not a whole tweet
LINE_CHARS = 170
CLAUSE = (4, 14)  # words of a made title: enough to say something, and still one line
SAMPLE = 12_000  # characters of the text that a made title is chosen from
SENTENCE_CHARS = 600  # what is longer is no sentence, and costs the square of its length
LIMIT = 300  # characters: longer titles are paragraphs in the wrong field

# An issue number behind a separator, as newsletters sign their subjects.
_ISSUE = re.compile(
    r"\s*[|·•–—:-]\s*(?:[^\w\s#]*\s*)?(?:(?:issue|no\.?|nr\.?|edition|vol\.?)\s*)?#?\s*\d{1,4}\s*\Z",
    re.IGNORECASE,
)
_HASH = re.compile(r"#\s*\d|\b(?:issue|edition)\b|[✉📬📧📨💌]", re.IGNORECASE)
_SEPARATORS = (" | ", " - ", " – ", " — ", " :: ", " : ", " · ", " » ", " « ", " • ")
# What a site's name may have behind it, in titles and nowhere else.
_TRAILING = frozenset("blog com magazine mag media news newspaper online org".split())
_WORD = re.compile(r"[^\W\d_][\w'’.\-&]*\w|[^\W\d_]")
# Where a clause can begin and end that may stand alone.
_START = re.compile(r"(?:[,;:–—]\s+|\A)(?:(?:and|but|so|or|yet)\s+)?|\b(?:while|because|that)\s+")
_END = re.compile(r"[;–—]|,\s+(?=(?:and|but|so|yet|while|which|because)\s)|\Z")
_COMMON = CALENDAR | frozenset(
    "i i'm i've i'd i'll the a an it this that we you he she they in on at to of for by and or but "
    "if is are was as with".split()
)
_ANAPHORA = frozenset("it this that these those they he she its their his her there".split())


@dataclass(frozen=True, slots=True)
class Titled:
    """A title, whether we made it, and the blocks that are left for the text."""

    title: str
    derived: bool
    blocks: tuple[Block, ...]


def find(given: str, blocks: Sequence[Block], names: Sequence[str] = ()) -> Titled:
    """The title of a document; `names` are the outlet's, stripped from the end of it.

    An empty title means that there is nothing to make one from.
    """
    title = without_site(one_line(given)[:LIMIT], names)
    if title:
        return Titled(title, False, without_repeat(title, blocks))
    line = _title_line(blocks)
    if line is not None:
        title = without_site(one_line(blocks[line].text), names)
        rest = (*blocks[:line], *blocks[line + 1 :])
        return Titled(title, False, without_repeat(title, rest))
    text = "\n".join(block.text for block in blocks if block.kind not in ("code", "heading"))
    return Titled(derive(text or "\n".join(b.text for b in blocks)), True, tuple(blocks))


def without_site(title: str, names: Sequence[str]) -> str:
    """The title without the site's name or an issue's number behind it; never empty for it."""
    if _HASH.search(title):
        title = _ISSUE.sub("", title) or title
    for separator in _SEPARATORS:
        head, found, last = title.rpartition(separator)
        if found and _alone(head) and any(_same_name(last, name) for name in names if name):
            return head.strip()
    return title


def _alone(head: str) -> bool:
    """Whether a title says enough without the name behind it: "Release 1.9 - Duck" does not."""
    told = head.split()
    return len(told) > 2 or (len(told) == 2 and not any(c.isdigit() for c in head))


def _same_name(shown: str, name: str) -> bool:
    """Whether both name one site: "The Daily Pond", "Daily Pond Online", "dailypond", "tdpond".

    A host's first label is often its words run together, or shortened to their beginnings.
    """
    one, other = _bare(shown), _bare(name)
    if not one or not other:
        return _key(shown) == _key(name) != ""
    if one == other:
        return True
    label, spelt = "".join(other), words(shown)
    if len(other) > 1 or len(label) < 3:
        return False
    named = all(w[0].isupper() or w in ("and", "for", "of", "the") for w in shown.split())
    short = named and len(one) > 1 and (_shortens(label, one) or _shortens(label, spelt))
    return short or label in ("".join(one), "".join(spelt))


def _bare(name: str) -> list[str]:
    found = words(name)
    found = found[1:] if found[:1] == ["the"] else found
    while len(found) > 1 and found[-1] in _TRAILING:
        found = found[:-1]
    return found


def _shortens(label: str, spelt: Sequence[str]) -> bool:
    """Whether a label is made of the beginnings of all these words, in their order."""
    starts = "".join("(?:".join(map(re.escape, word)) + ")?" * (len(word) - 1) for word in spelt)
    return re.fullmatch(starts, label) is not None


def without_repeat(title: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks without a line near the top that only says the title again."""
    key = _key(title)
    return tuple(
        block
        for at, block in enumerate(blocks)
        if at >= 3 or len(block.text) > LIMIT or _key(without_site(block.text, ())) != key
    )


def derive(text: str) -> str:
    """A title made of the text's own words: the clause that says most about its main name.

    Deterministic; "" for a text without words. Never more than `CLAUSE` words.
    """
    text = text[:SAMPLE]
    name = central_name(text)
    counts = Counter(word for word in words(text) if len(word) > 3)
    best, best_score = "", 0.0
    for at, sentence in enumerate(sentences(text)):
        for clause in _clauses(sentence.text):
            score = _score(clause, name, counts) - at * 0.002
            if score > best_score:
                best, best_score = clause, score
    return _polished(best or _first_words(text))


def central_name(text: str) -> str:
    """The proper noun that a text names most often, "" when it names none.

    A capital at the start of a sentence proves nothing, so it counts only for words that are also
    capitalised within one.
    """
    inside: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    for sentence in sentences(text):
        for at, match in enumerate(_WORD.finditer(sentence.text)):
            word = re.sub(r"['’]s?\Z", "", match.group())
            if not word[:1].isupper() or word.lower() in _COMMON or len(word) < 2:
                continue
            (starts if at == 0 else inside)[word] += 1
    totals = {word: count + starts[word] for word, count in inside.items()}
    return min(totals, key=lambda word: (-totals[word], text.find(word)), default="")


def _title_line(blocks: Sequence[Block]) -> int | None:
    """The first line when it reads as a title, else the first real heading near the top."""
    if not blocks:
        return None
    if _is_title(blocks[0], blocks[1:]):
        return 0
    for at, block in enumerate(blocks[:4]):
        if block.kind == "heading" and block.level == 1 and _is_title(block, blocks[at + 1 :]):
            return at
    return None


def _is_title(block: Block, following: Sequence[Block]) -> bool:
    text = block.text
    return (
        block.kind in ("heading", "paragraph")
        and len(text) <= LINE_CHARS
        and 0 < len(text.split()) <= LINE_WORDS
        and (not ends_sentence(text) or text.endswith(("?", "!")) or block.kind == "heading")
        and not text.endswith(":")
        and bool(following)
        and any(c.isalpha() for c in text)
    )


def _key(text: str) -> str:
    return " ".join(words(text))


def _clauses(sentence: str) -> Iterator[str]:
    """The parts of a sentence that may stand alone, from each beginning to the next end."""
    if len(sentence) > SENTENCE_CHARS:
        return
    for match in _START.finditer(sentence):
        end = _END.search(sentence, match.end())
        clause = sentence[match.end() : end.start() if end else None].strip(" \"“”'‘’")
        if CLAUSE[0] <= len(clause.split()) <= CLAUSE[1]:
            yield clause


def _score(clause: str, name: str, counts: Counter[str]) -> float:
    found = words(clause)
    if not found or clause.rstrip(".").endswith((":", ",")):
        return 0.0
    centrality = sum(counts[word] for word in set(found)) / (len(found) + 3)
    score = centrality / (1 + max(counts.values(), default=1))
    if name and name.lower() in clause.lower():
        score += 0.5
    if name and clause.startswith(name):
        score += 0.5
    if found[0] in _ANAPHORA:
        score *= 0.3
    if clause.endswith("?") or clause[:1].islower():
        score *= 0.7
    return score


def _first_words(text: str) -> str:
    line = text.strip().split("\n", 1)[0]
    parts = line.split()
    if len(parts) <= CLAUSE[1]:
        return line[:LINE_CHARS]
    return " ".join(parts[: CLAUSE[1] - 2]).rstrip(",;:–—-") + "…"


def _polished(clause: str) -> str:
    clause = clause.rstrip(" .,;:")
    return clause[:1].upper() + clause[1:]
