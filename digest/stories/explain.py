"""Stories with the evidence for them: why an article is where it is, and not elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from digest.errors import InputError
from digest.model import Article, Story
from digest.stories.copies import Copies
from digest.stories.same import Evidence, Likeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Where an article is, and why.

    `copy_of` is the article it repeats, and the reason. `joined` are the other tellings of its
    story, the surest first; `nearest` is the likeliest article of another story.
    """

    article: Article
    story: Story
    copy_of: tuple[Article, str] | None
    joined: tuple[tuple[Article, Evidence], ...]
    nearest: tuple[Article, Evidence] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """The stories of a window, and all that was found out on the way to them."""

    stories: tuple[Story, ...]
    copies: Copies
    pools: tuple[Likeness, ...]

    def explain(self, article: str) -> Explanation:
        """Explain an article by its id; raises `InputError` when no story has it."""
        story = next((s for s in self.stories if any(a.id == article for a in s.articles)), None)
        if story is None:
            raise InputError(f"no story has the article {article!r}", hint="see `digest stories`")
        root, why = self.copies.of.get(article, (article, ""))
        pool = next(p for p in self.pools if root in p.ids)
        members = {a.id for a in story.articles}
        near = pool.nearest(root)
        joined = [i for i, _ in near if i in members]
        # Average link may have joined what is no candidate pair: it is told all the same.
        joined += sorted(i for i in members & set(pool.ids) if i not in joined and i != root)
        others = [i for i, _ in near if i not in members]
        everyone = self.copies.articles
        return Explanation(
            article=everyone[article],
            story=story,
            copy_of=(everyone[root], why) if root != article else None,
            joined=tuple((everyone[i], pool.evidence(root, i)) for i in joined),
            nearest=(everyone[others[0]], pool.evidence(root, others[0])) if others else None,
        )
