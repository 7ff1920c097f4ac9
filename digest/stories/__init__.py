"""Articles to Stories: one happening told once, with everyone who told it.

Copies first (the same article again), then the same story in other words, then who leads. A wrong
merge hides a story from the reader and a missed one only shows it twice: when unsure, we do not
merge, and every merge says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from digest.model import Article, Coverage, Relation, Story
from digest.stories.copies import Copies, find_copies
from digest.stories.explain import Explanation, Stories
from digest.stories.follow import predecessors
from digest.stories.lead import reading_order
from digest.stories.options import Options
from digest.stories.same import Likeness, same_story

__all__ = ["Explanation", "Options", "Stories", "find_stories", "predecessors"]


def find_stories(
    articles: Sequence[Article],
    options: Options = Options(),
    encode: Callable[[Sequence[str]], NDArray[np.float32]] | None = None,
) -> Stories:
    """Group articles into stories, in the order of each story's first article.

    Every article is in exactly one story, once. The result does not depend on the order of
    `articles` but for the order of the stories. With `encode`, articles whose words leave it open
    are compared by meaning too.
    """
    copies = find_copies(articles, options)
    originals = [a for a in articles if a.id not in copies.of]
    # Our own work is never told as somebody's coverage: it has a section to itself.
    pools = tuple(
        same_story([a for a in originals if a.own == own], encode) for own in (True, False)
    )
    stories = [_story(group, copies, likeness) for likeness in pools for group in likeness.groups]
    place = {article.id: at for at, article in enumerate(articles)}
    stories.sort(key=lambda story: min(place[a.id] for a in story.articles))
    return Stories(stories=tuple(stories), copies=copies, pools=pools)


def _story(group: Sequence[Article], copies: Copies, likeness: Likeness) -> Story:
    everyone = [article for original in group for article in (original, *copies.by(original.id))]
    lead, *others = reading_order(everyone)
    roots = [original.id for original in group]
    return Story(
        id=lead.id,
        lead=lead,
        coverage=tuple(_coverage(lead, other, roots, copies, likeness) for other in others),
    )


def _coverage(
    lead: Article, other: Article, roots: Sequence[str], copies: Copies, likeness: Likeness
) -> Coverage:
    root, why = copies.of.get(other.id, (other.id, ""))
    lead_root = copies.of.get(lead.id, (lead.id, ""))[0]
    if root == lead_root:
        return _related(other, "copy", why or copies.of[lead.id][1])
    return _related(other, "same story", likeness.why(root, roots))


def _related(other: Article, relation: Relation, why: str) -> Coverage:
    return Coverage(article=other, relation="pick" if other.pick else relation, why=why)
