"""`digest explain`: why an article is where it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from digest.cli.common import (
    command,
    issues_option,
    moment,
    progress,
    publication_options,
    week_option,
)
from digest.cli.week import Week, read_week

if TYPE_CHECKING:
    from digest.model import Article, Headline, Outcome, Ranked, Sentence
    from digest.stories import Explanation
    from digest.stories.same import Evidence

EXAMPLES = """\b
Examples:
  digest explain https://example.org/2025/news
  digest explain 4f1c2a9be07d --week 2025-W05     an id from issue.json or `digest stories`
"""


@click.command(epilog=EXAMPLES, short_help="Say why an article is where it is.")
@click.argument("article", metavar="URL-OR-ID")
@week_option
@click.option("--offline", is_flag=True, help="Fetch nothing: read what is stored.")
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as JSON.")
@issues_option
@publication_options
@command
def explain(
    article: str,
    week: str | None,
    *,
    offline: bool,
    as_json: bool,
    out: Path | None,
    config_path: Path | None,
    now: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Say why an article is where it is: its story, evidence, topic, score, fate and words."""
    with progress(quiet=quiet) as reporter:
        read = read_week(
            config_path,
            week,
            moment(now),
            reporter,
            out=out,
            offline=offline,
            quiet=quiet,
            untold=True,
        )
    found = _find(read, article)
    explanation = read.stories.explain(found) if found else None
    if as_json:
        data = _data(read, explanation) if explanation else _outcomes(_left_out(read, article))
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if explanation:
        click.echo("\n".join(_lines(read, explanation, verbose=verbose)))
        return
    for o in _left_out(read, article):
        click.echo(f"{o.title or o.id} ({o.source})\n  {o.outcome}: {o.reason}")


def _find(read: Week, wanted: str) -> str | None:
    """The id of the article that is meant by an id or a URL."""
    from digest.urls import canonical

    link = canonical(wanted)
    return next(
        (
            a.id
            for a in sorted(read.extracted.articles, key=lambda a: a.pick is not None)
            if a.id == wanted or (link and link in (a.canonical, canonical(a.url)))
        ),
        None,
    )


def _left_out(read: Week, wanted: str) -> list[Outcome]:
    """What became of an entry that is no article of the week."""
    from digest.errors import InputError
    from digest.urls import canonical

    outcomes: tuple[Outcome, ...] = (*read.extracted.outcomes, *read.collected.outcomes)
    link = canonical(wanted)
    found = [o for o in outcomes if o.id == wanted or (link and canonical(o.url) == link)]
    if not found:
        raise InputError(
            f"nothing in {read.window} has the id or URL {wanted!r}", hint="see `digest stories`"
        )
    return found


def _lines(read: Week, explanation: Explanation, *, verbose: bool) -> Iterator[str]:
    article, story = explanation.article, explanation.story
    yield f"{_named(article)}  {article.id}"
    if explanation.copy_of:
        original, why = explanation.copy_of
        yield f"  copy of {_named(original)}: {why}"
    if story.coverage:
        role = "leads" if story.lead.id == article.id else f"covered; {_named(story.lead)} leads"
        yield f"  story {story.id}: {len(story.articles)} articles; {role}"
    else:
        yield f"  story {story.id}: nobody else tells it"
    for other, evidence in explanation.joined:
        yield f"  joined with {_named(other)}"
        yield from _evidence(evidence, weights=True)
    if explanation.nearest:
        other, evidence = explanation.nearest
        yield f"  not joined with {_named(other)}"
        yield from _evidence(evidence, weights=verbose or not explanation.joined)
    else:
        yield "  no article of another story was near enough to compare"
    yield from _before(read, article, story.id)
    yield from _chosen(_choice(read, story.id))


def _before(read: Week, article: Article, story: str) -> Iterator[str]:
    """What earlier issues told of it."""
    from digest.memory import told_before

    telling = told_before(article, read.memory)
    if telling:
        yield f"  {telling} told it"
    known = read.follows.get(story)
    if known:
        yield f"  goes on from “{known.title}” in #{known.number} ({known.week}): {known.why}"


def _evidence(evidence: Evidence, *, weights: bool) -> Iterator[str]:
    yield f"    {evidence}"
    if weights and evidence.weights:
        yield "    " + ", ".join(f"{name} {value:+.1f}" for name, value in evidence.weights[:8])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """What later stages made of a story, and with what words it is told."""

    ranked: Ranked
    fate: str
    headline: Headline
    blurb: tuple[tuple[Sentence, str], ...]


def _choice(read: Week, story: str) -> _Choice:
    from digest.blurb import grounds, tell
    from digest.headline import headline
    from digest.model import Section

    cut = {c.ranked.story.id: c for c in read.selection.cut}
    chosen = {
        r.story.id: (r, f"chosen: number {place} of {len(section.stories)} in {section.name}")
        for section in read.selection.sections
        for place, r in enumerate(section.stories, 1)
    }
    ranked, fate = (
        (cut[story].ranked, f"below the line: {cut[story].reason}")
        if story in cut
        else chosen[story]
    )
    [section] = tell([Section(name="", stories=(ranked,))], read.config.blurb)
    return _Choice(
        ranked=ranked,
        fate=fate,
        headline=headline(ranked.placed),
        blurb=tuple(grounds(section.stories[0])),
    )


def _chosen(choice: _Choice) -> Iterator[str]:
    """Topic, kind, headline, score, fate and words of the story."""
    ranked = choice.ranked
    placed = ranked.placed
    reasons = "; ".join(reason.text for reason in placed.reasons) or "no topic's words are in it"
    yield f"  topic {placed.topic}: {reasons}"
    yield f"  kind {placed.kind}"
    if choice.headline.why:
        yield f"  headline “{choice.headline.title}”: {choice.headline.why}"
    yield f"  score {ranked.score:g}"
    for reason in ranked.reasons:
        yield f"    {reason.value:+.2f} {reason.name}: {reason.text}"
    yield f"  {choice.fate}"
    for sentence, why in choice.blurb:
        yield f"  told with “{shorten(sentence.text, 60, placeholder=' …')}”: {why}"


def _named(article: Article) -> str:
    day = f", {article.published:%Y-%m-%d}" if article.published else ""
    return f"“{article.title}” ({article.outlet}{day})"


def _outcomes(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    from msgspec import to_builtins

    return {"outcomes": to_builtins(outcomes)}


def _data(read: Week, explanation: Explanation) -> dict[str, Any]:
    from msgspec import to_builtins

    story = explanation.story
    choice = _choice(read, story.id)
    placed = choice.ranked.placed
    return {
        "id": explanation.article.id,
        "title": explanation.article.title,
        "story": story.id,
        "copy_of": explanation.copy_of[0].id if explanation.copy_of else None,
        "joined": [_pair(*found) for found in explanation.joined],
        "nearest": _pair(*explanation.nearest) if explanation.nearest else None,
        "follows": to_builtins(read.follows.get(story.id)),
        "topic": {
            "name": placed.topic,
            "confidence": placed.confidence,
            "reasons": to_builtins(placed.reasons),
        },
        "kind": placed.kind,
        "headline": {"title": choice.headline.title, "why": choice.headline.why},
        "score": choice.ranked.score,
        "reasons": to_builtins(choice.ranked.reasons),
        "fate": choice.fate,
        "blurb": [{**to_builtins(sentence), "why": why} for sentence, why in choice.blurb],
    }


def _pair(other: Article, evidence: Evidence) -> dict[str, Any]:
    return {
        "id": other.id,
        "title": other.title,
        "probability": round(evidence.probability, 4),
        "evidence": str(evidence),
        "weights": dict(evidence.weights),
    }
