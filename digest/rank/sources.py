"""Who told a story on their own account."""

from __future__ import annotations

from digest.model import Article, Story
from digest.sites import own_word, publisher
from digest.text import words


def originals(story: Story) -> tuple[Article, ...]:
    """The articles that are no copy of another and no newsletter's link to one; the lead is one."""
    copies = {c.article.id for c in story.coverage if c.relation == "copy"}
    return tuple(
        a for a in story.articles if a.id not in copies and not (a.pick and a.id != story.lead.id)
    )


def publishers(story: Story) -> frozenset[str]:
    """Who told a story on their own account: copies and picks of a link add nobody.

    Sister sites count once, and so do two sites under one telling name. A document without a link
    is known by its outlet, and by itself where it only bears the name of the folder it lay in.
    """
    found: dict[str, str] = {}
    for article in originals(story):
        label, keys = _known_as(article)
        same = {label, *(found[key] for key in keys if key in found)}
        first = min(same)
        found = {key: first if known in same else known for key, known in found.items()}
        found.update(dict.fromkeys(keys, first))
    return frozenset(found.values())


def _known_as(article: Article) -> tuple[str, tuple[str, ...]]:
    """A publisher's label, and what it is told by: its site, and its name where the site bears it.

    A feed that collects links has one name and many sites: these are publishers of their own.
    """
    site = publisher(article.url)
    name = _squashed(article.outlet)
    if site:
        bears = _squashed(site.split("/")[1] if "/" in site else site.split(".")[0])
        return site, (site, f"name {name}") if bears == name else (site,)
    if article.url or article.outlet != article.source.name:
        return article.outlet, (f"name {name}",)
    return article.id, (article.id,)


def _squashed(name: str) -> str:
    return "".join(word for word in words(name) if word != "the").replace("-", "")


def official(story: Story) -> tuple[Article, str] | None:
    """The first original that is its maker's own word, and how that is seen."""
    titles = [a.title for a in story.articles]
    for article in originals(story):
        voice = own_word(article.url, article.title, titles)
        if voice:
            return article, voice.why
    return None
