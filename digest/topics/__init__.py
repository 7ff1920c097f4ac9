"""Stories to Sections: configured topics first, then what the week itself is about.

A topic claims a story on evidence, never on a guess: what fits no configured topic is grouped by
likeness and named from its own words, and the rest goes under "Everything else", last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from digest.model import PastTopic, Placed, Reason, Section, Story, Topic
from digest.topics.discover import discover
from digest.topics.kinds import kind_of
from digest.topics.options import Options
from digest.topics.place import Places, place_stories
from digest.topics.terms import terms_of
from digest.topics.vectors import Encode, of_stories

__all__ = ["EVERYTHING_ELSE", "OWN_SECTION", "Encode", "Options", "place", "sort_into_sections"]

OWN_SECTION = "What We've Shared"
EVERYTHING_ELSE = "Everything else"


def sort_into_sections(
    stories: Sequence[Story],
    topics: Sequence[Topic] = (),
    options: Options = Options(),
    *,
    encode: Encode | None = None,
    earlier: Sequence[PastTopic] = (),
) -> tuple[Section[Placed], ...]:
    """Put every story into one section.

    Own stories come first, then the configured topics in their order, then discovered ones (most
    stories first), then "Everything else". Sections without stories are left out. `encode` gives
    one unit vector a passage; without it words alone decide. `earlier` are the headings of past
    issues, the latest first: a discovered subject that returns keeps its name.
    """
    shared = [_sure(s, OWN_SECTION) for s in stories if s.lead.own]
    others = [s for s in stories if not s.lead.own]
    placed: dict[str, list[Placed]] = defaultdict(list)
    homeless: list[Story] = []
    documents = [terms_of(story) for story in others]
    left: list[frozenset[str]] = []
    places = place(others, topics, options, encode=encode, documents=documents)
    for story, document, found in zip(others, documents, places, strict=True):
        if found:
            placed[found.topic].append(found)
        else:
            homeless.append(story)
            left.append(document)
    discovered, rest = discover(
        homeless,
        left,
        of_stories(homeless, encode) if encode and homeless else None,
        encode=encode,
        options=options,
        taken=[topic.name for topic in topics] + sorted(placed),
        claimed=[keyword for topic in topics for keyword in topic.keywords],
        earlier=earlier,
    )
    elsewhere = [_sure(story, EVERYTHING_ELSE, 0.0) for story in rest]
    return tuple(
        Section(name=name, own=name == OWN_SECTION, stories=tuple(members))
        for name, members in (
            (OWN_SECTION, shared),
            *((topic.name, placed.pop(topic.name, [])) for topic in topics),
            *sorted(placed.items()),  # a source may name a topic that has no keywords
            *discovered.items(),
            (EVERYTHING_ELSE, elsewhere),
        )
        if members
    )


def place(
    stories: Sequence[Story],
    topics: Sequence[Topic],
    options: Options = Options(),
    *,
    encode: Encode | None = None,
    documents: Sequence[frozenset[str]] | None = None,
) -> list[Placed | None]:
    """The configured topic of each story, or None where the evidence is too thin.

    The source's own topic comes first, then an example link, then a topic for this kind of story,
    then what the story is about.
    """
    subjects = [t for t in topics if t.kind is None or t.keywords]
    places = place_stories(stories, subjects, encode, documents)
    return [
        _fixed(story) or _example(story, topics) or _of_kind(story, topics)
        or _subject(story, places, row, options)
        for row, story in enumerate(stories)
    ]  # fmt: skip


def _sure(story: Story, topic: str, confidence: float = 1.0, *reasons: Reason) -> Placed:
    return Placed(
        story=story, topic=topic, confidence=confidence, reasons=reasons, kind=kind_of(story.lead)
    )


def _fixed(story: Story) -> Placed | None:
    topic = story.lead.source.topic
    if not topic:
        return None
    text = f"{story.lead.source.name} is about {topic}"
    return _sure(story, topic, 1.0, Reason(name="source", value=1.0, text=text))


def _example(story: Story, topics: Sequence[Topic]) -> Placed | None:
    links = {a.canonical for a in story.articles if a.canonical} | {a.url for a in story.articles}
    for topic in topics:
        if links & {*topic.examples}:
            reason = Reason(name="example", value=1.0, text="an example link of this topic")
            return _sure(story, topic.name, 1.0, reason)
    return None


def _of_kind(story: Story, topics: Sequence[Topic]) -> Placed | None:
    kind = kind_of(story.lead)
    for topic in topics:
        if topic.kind == kind and not topic.keywords:
            reason = Reason(name="kind", value=1.0, text=f"this is of the kind {kind!r}")
            return _sure(story, topic.name, 1.0, reason)
    return None


def _subject(story: Story, places: Places, row: int, options: Options) -> Placed | None:
    kind = kind_of(story.lead)
    column, share = places.best(row, lambda topic: topic.kind in (None, kind))
    if column is None or share < options.sure:
        return None
    if options.sure and not places.own(row, column):
        return None
    return _sure(story, places.topics[column].name, round(share, 3), *places.reasons(row, column))
