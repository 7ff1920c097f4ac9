"""Stories to Sections: configured topics first, then what the week itself is about.

A topic claims a story on evidence, never on a guess: what fits no configured topic is grouped by
likeness and named from its own words, and the rest goes under "Everything else", last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from digest.model import Placed, Reason, Section, Story, Topic
from digest.topics.discover import discover
from digest.topics.keywords import Matcher
from digest.topics.options import Options

__all__ = ["EVERYTHING_ELSE", "OWN_SECTION", "Options", "sort_into_sections"]

OWN_SECTION = "What We've Shared"
EVERYTHING_ELSE = "Everything else"


def sort_into_sections(
    stories: Sequence[Story], topics: Sequence[Topic] = (), options: Options = Options()
) -> tuple[Section[Placed], ...]:
    """Put every story into one section.

    Own stories come first, then the configured topics in their order, then discovered ones (most
    stories first), then "Everything else". Sections without stories are left out.
    """
    shared = [Placed(story=s, topic=OWN_SECTION, confidence=1.0) for s in stories if s.lead.own]
    matcher = Matcher(topics)
    placed: dict[str, list[Placed]] = defaultdict(list)
    homeless: list[Story] = []
    for story in stories:
        if story.lead.own:
            continue
        found = place(story, matcher)
        if found:
            placed[found.topic].append(found)
        else:
            homeless.append(story)
    discovered, rest = discover(homeless, options)
    elsewhere = [Placed(story=s, topic=EVERYTHING_ELSE, confidence=0.0) for s in rest]
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


def place(story: Story, matcher: Matcher) -> Placed | None:
    """The configured topic of a story, or None when the evidence is too thin."""
    fixed = story.lead.source.topic
    if fixed:
        reason = Reason(name="source", value=1.0, text=f"{story.lead.source.name} is about {fixed}")
        return Placed(story=story, topic=fixed, confidence=1.0, reasons=(reason,))
    best = matcher.best(story.articles)
    if best is None:
        return None
    return Placed(story=story, topic=best.topic, confidence=best.confidence, reasons=best.reasons)
