"""Stories and topics as vectors, when there is an encoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from digest.model import Story, Topic

Floats = NDArray[np.float64]
Encode = Callable[[Sequence[str]], NDArray[np.float32]]

# What is encoded of an article, in characters: title and lead, and of a long one the next stretch
# too, because an essay may come to its subject only in the second paragraph.
LEAD, LEAST_FURTHER = 480, 100
# More articles of one story repeat the subject.
_MOST_ARTICLES = 4


def passages(title: str, text: str) -> tuple[str, ...]:
    """The passages of one article."""
    lead = text[:LEAD].strip()
    if title and not lead.lower().startswith(title.lower()):
        lead = f"{title}. {lead}" if lead else title
    further = text[LEAD : 2 * LEAD].strip()
    return (lead, further) if len(further) >= LEAST_FURTHER else (lead,)


def of_stories(stories: Sequence[Story], encode: Encode) -> Floats:
    """One unit vector for each story: the mean of its articles' passages."""
    return means(
        [
            [p for a in story.articles[:_MOST_ARTICLES] for p in passages(a.title, a.text)]
            for story in stories
        ],
        encode,
    )


def phrases(topic: Topic) -> tuple[str, ...]:
    """What a topic is about, one phrase each: its keywords, or its name where it has none."""
    return tuple(dict.fromkeys(k for k in topic.keywords if k.strip())) or (topic.name,)


def summary(topic: Topic) -> str:
    """A topic as one passage: name, keywords, description, and the words of its example links."""
    told = ", ".join(k for k in topic.keywords if k.strip())
    slugs = ". ".join(slug_words(link) for link in topic.examples)
    return ". ".join(p for p in (f"{topic.name}: {told}", topic.description, slugs) if p)


def slug_words(link: str) -> str:
    """The words of a link's last part, which most sites make from the title."""
    return link.rstrip("/").rpartition("/")[2].replace("-", " ").replace("_", " ")


def means(groups: Sequence[Sequence[str]], encode: Encode) -> Floats:
    """One unit vector for each group of passages: their mean."""
    found = np.asarray(encode([text for group in groups for text in group]), dtype=np.float64)
    if not groups:
        return found.reshape(0, found.shape[1] if found.ndim == 2 else 0)
    first = np.cumsum([0, *(len(group) for group in groups[:-1])])
    return unit(np.add.reduceat(found, first, axis=0))


def unit(vectors: Floats) -> Floats:
    """Each row at length one; a zero row stays."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9))
