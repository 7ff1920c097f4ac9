"""Which stories make it into the issue: the best first, each by what it adds to those before."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence

from digest.model import Cut, Ranked, Reason, Section, Selection, Topic
from digest.rank.desk import Desk
from digest.rank.options import Options
from digest.rank.penalties import PENALTIES
from digest.rank.repeats import Repeats
from digest.rank.score import by_score, reason_of, with_reason
from digest.rank.subjects import COMPARED, Subjects
from digest.rank.talk import talk

Offer = tuple[Section[Ranked], Ranked]


def select(
    sections: Sequence[Section[Ranked]],
    options: Options = Options(),
    topics: Sequence[Topic] = (),
) -> Selection:
    """Choose the stories that add most, under all caps; what is not chosen is cut with its reason.

    What others write about too is worth more, and what repeats chosen stories less, each as one
    more reason; every section is in the order of the scores it ends with.
    """
    news = [ranked for section in sections if not section.own for ranked in section.stories]
    near = sorted(news, key=by_score)[:COMPARED]
    subjects = Subjects([r.story for r in news], [r.story.id for r in near])
    sections = _with_talk(sections, near, subjects)
    everyone = [(section, ranked) for section in sections for ranked in section.stories]
    desk = Desk(options, {topic.name: topic.max for topic in topics if topic.max is not None})
    repeats = Repeats(subjects)
    _offer(desk, repeats, _kept_places(sections, options, topics))
    kept = frozenset(desk.chosen)
    for thin in (False, True):
        _offer(desk, repeats, [o for o in everyone if o[1].story.id not in desk.chosen], thin=thin)
    chosen = desk.chosen | dict(_kept_by_floor(desk, kept, options))
    refused = [desk.refused[r.story.id] for _, r in everyone if r.story.id in desk.refused]
    return Selection(
        sections=tuple(_chosen_of(sections, chosen)),
        cut=tuple(Cut(ranked=ranked, reason=reason) for ranked, reason in refused),
    )


def _chosen_of(
    sections: Sequence[Section[Ranked]], chosen: Mapping[str, Ranked]
) -> Iterator[Section[Ranked]]:
    """The sections with what is `chosen` of them, the best first; no empty one."""
    for section in sections:
        left = (chosen[r.story.id] for r in section.stories if r.story.id in chosen)
        stories = tuple(sorted(left, key=by_score))
        if stories:
            yield Section(name=section.name, own=section.own, stories=stories)


def _with_talk(
    sections: Sequence[Section[Ranked]], near: Sequence[Ranked], subjects: Subjects
) -> list[Section[Ranked]]:
    """The sections, with that reason where others write on the subject of a story."""
    found = {
        talked.story: reason_of("talk", talked.doublings, talked.text)
        for talked in talk([ranked.story for ranked in near], subjects)
    }
    return [
        Section(
            name=section.name,
            own=section.own,
            stories=tuple(
                with_reason(r, found[r.story.id]) if r.story.id in found else r
                for r in section.stories
            ),
        )
        for section in sections
    ]


def _offer(desk: Desk, repeats: Repeats, offers: Sequence[Offer], *, thin: bool = False) -> None:
    """Offer the stories, at each time the one that adds most.

    Worth only falls as more is chosen, so a story is weighed again when it comes up, not at every
    choice (Minoux 1978).
    """
    by_id: Mapping[str, Offer] = {ranked.story.id: (s, ranked) for s, ranked in offers}
    heap = [by_score(ranked) for _, ranked in offers]
    heapq.heapify(heap)
    while heap:
        place = heapq.heappop(heap)
        section, ranked = by_id[place[1]]
        now = repeats.counted_in(ranked)
        if by_score(now) > place:
            heapq.heappush(heap, by_score(now))
        elif desk.offer(section, now, thin=thin) and not section.own:
            repeats.add(now.story.id)


def _kept_places(
    sections: Sequence[Section[Ranked]], options: Options, topics: Sequence[Topic]
) -> list[Offer]:
    """The best of each configured topic, as far as anything speaks for them and nothing against."""
    names = {topic.name for topic in topics}
    return [
        (section, ranked)
        for section in sections
        for ranked in sorted(filter(_is_news, section.stories), key=by_score)[: options.floor]
        if not section.own
        and (section.name in names or ranked.story.lead.source.topic == section.name)
        and ranked.score > 0
    ]


def _is_news(ranked: Ranked) -> bool:
    """Whether it is neither a page that is no news nor about its author."""
    return not any(
        reason.name in PENALTIES or reason.name == "personal" for reason in ranked.reasons
    )


def _kept_by_floor(
    desk: Desk, kept: frozenset[str], options: Options
) -> Iterator[tuple[str, Ranked]]:
    """Stories that would not have been chosen without their topic's place, and that reason."""
    full = [r for r, reason in desk.refused.values() if reason.startswith(Desk.FULL)]
    best = min((by_score(ranked) for ranked in full), default=None)
    for story in sorted(kept):
        ranked = desk.chosen[story]
        if best and best < by_score(ranked):
            topic = ranked.placed.topic
            text = f"{topic} keeps {options.floor} of the places"
            yield story, with_reason(ranked, Reason(name="floor", value=0.0, text=text))
