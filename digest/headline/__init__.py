"""The headline of a story: the clearest title of its coverage, mended; never written anew.

The link still leads to the lead, so another source's title is only taken where the lead's own text
says the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from unicodedata import combining

from msgspec.structs import replace

from digest.headline.clarity import Clarity, clarity
from digest.headline.mend import Mended, mended
from digest.model import Article, Headline, Placed, Ranked, Section
from digest.text import STOPWORDS, names, numbers, stem, words

__all__ = ["headline", "headlines", "mended"]

MARGIN = 1.5  # points by which another title must be clearer: one clear fault of the lead's
TOLD = 0.6  # share of the other title's words that the lead's own text must use
_EXTRACTED = "without the name of its site or the number of its issue"
_READ = 12_000  # characters of the lead's text


def headlines(sections: Iterable[Section[Ranked]]) -> Mapping[str, Headline]:
    """The headline of every story, by the story's id."""
    return {r.story.id: headline(r.placed) for section in sections for r in section.stories}


def headline(placed: Placed) -> Headline:
    """The lead's title, mended, unless another article of the story has a clearly better one."""
    story, lead = placed.story, placed.story.lead
    own = mended(lead, placed.kind)
    found = clarity(own.title)
    backing = f"{lead.title}\n{lead.text[:_READ]}"
    named = {w for a in story.articles for name in names(a.text[:_READ]) for w in _folded(name)}
    best, best_title, most = lead, own, found.points
    # What somebody thinks of the news must not be announced as the news.
    others = () if placed.kind == "opinion" else story.articles[1:]
    for other in (a for a in others if not a.title_derived and a.language == lead.language):
        title = mended(other, placed.kind)
        points = clarity(title.title).points
        enough = points > most if best is not lead else points >= most + MARGIN
        if enough and _backed(title.title, backing, named):
            best, best_title, most = other, title, points
    made = _own(lead, own) if best is lead else _taken(lead, best, best_title, found)
    return replace(made, coverage=tuple(mended(c.article).title for c in story.coverage))


def _own(lead: Article, own: Mended) -> Headline:
    given = lead.given or lead.title
    why = own.why if given == lead.title else (_EXTRACTED, *own.why)
    return Headline(
        title=own.title,
        original=given if given != own.title else "",
        article=lead.id,
        why="; ".join(why),
    )


def _taken(lead: Article, best: Article, title: Mended, found: Clarity) -> Headline:
    fault = " and ".join(found.faults) or "says less"
    return Headline(
        title=title.title,
        original=lead.given or lead.title,
        article=best.id,
        why="; ".join([f"the title of {best.outlet}: the lead's {fault}", *title.why]),
    )


def _backed(title: str, text: str, named: Collection[str]) -> bool:
    """Whether a text backs a title: it has most of its words, every name and every number."""
    said = set(_folded(text))
    wanted = {word for word in _folded(title) if word not in STOPWORDS}
    if not numbers(title) <= numbers(text) or not wanted.intersection(named) <= said:
        return False
    stems = {stem(word) for word in wanted}
    return len(stems & {stem(word) for word in said}) >= TOLD * len(stems)


def _folded(text: str) -> list[str]:
    """Words without accents and possessives: sources spell names with them and without."""
    plain = unicodedata.normalize("NFKD", text)
    return [w.removesuffix("'s") for w in words("".join(c for c in plain if not combining(c)))]
