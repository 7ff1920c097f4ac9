"""`digest explain`: why an article is where it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from digest.cli.command import command, issues_option, publication_options, week_option
from digest.cli.common import moment, open_config, open_store
from digest.cli.progress import progress
from digest.cli.week import Asked, Week, read_week

if TYPE_CHECKING:
    from digest.config import Config
    from digest.model import (
        Article,
        Headline,
        Memory,
        Outcome,
        Predecessor,
        Ranked,
        Selection,
        Sentence,
        Telling,
    )
    from digest.pipeline import Judged
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
    from digest.pipeline import judge

    asked = Asked(week=week, now=moment(now), out=out, offline=offline, quiet=quiet)
    config = open_config(config_path)
    with progress(quiet=quiet) as reporter, open_store(config) as store:
        read = read_week(config, store, asked, reporter, untold=True)
        judged = judge(config, read.extracted.articles, read.window, read.memory, read.encode)
        found = _find(read, article)
        explanation = judged.stories.explain(found) if found else None
    answer = _answer(config, judged, read.memory, explanation) if explanation else None
    left_out = [] if answer else _left_out(read, article)
    if as_json:
        data = _data(answer) if answer else _outcomes(left_out)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif answer:
        click.echo("\n".join(_lines(answer, verbose=verbose)))
    for o in () if as_json else left_out:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What became of an article: its story, what past issues told of it, and how it is told."""

    explanation: Explanation
    telling: Telling | None
    follows: Predecessor | None
    ranked: Ranked
    fate: str
    headline: Headline
    blurb: tuple[tuple[Sentence, str], ...]


def _answer(config: Config, judged: Judged, memory: Memory, explanation: Explanation) -> _Answer:
    from digest.blurb import grounds, tell
    from digest.headline import headline
    from digest.memory import told_before
    from digest.model import Section

    story = explanation.story.id
    ranked, fate = _fate(judged.selection, story)
    [section] = tell([Section(name="", stories=(ranked,))], config.blurb)
    return _Answer(
        explanation=explanation,
        telling=told_before(explanation.article, memory),
        follows=judged.follows.get(story),
        ranked=ranked,
        fate=fate,
        headline=headline(ranked.placed),
        blurb=tuple(grounds(section.stories[0])),
    )


def _fate(selection: Selection, story: str) -> tuple[Ranked, str]:
    """The story as it was ranked, and where it came to stand."""
    for cut in selection.cut:
        if cut.ranked.story.id == story:
            return cut.ranked, f"below the line: {cut.reason}"
    return next(
        (ranked, f"chosen: number {place} of {len(section.stories)} in {section.name}")
        for section in selection.sections
        for place, ranked in enumerate(section.stories, 1)
        if ranked.story.id == story
    )


def _lines(answer: _Answer, *, verbose: bool) -> Iterator[str]:
    explanation = answer.explanation
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
    yield from _before(answer)
    yield from _later(answer)


def _before(answer: _Answer) -> Iterator[str]:
    """What earlier issues told of it."""
    if answer.telling:
        yield f"  {answer.telling} told it"
    known = answer.follows
    if known:
        yield f"  goes on from “{known.title}” in #{known.number} ({known.week}): {known.why}"


def _evidence(evidence: Evidence, *, weights: bool) -> Iterator[str]:
    yield f"    {evidence}"
    if weights and evidence.weights:
        yield "    " + ", ".join(f"{name} {value:+.1f}" for name, value in evidence.weights[:8])


def _later(answer: _Answer) -> Iterator[str]:
    """Topic, kind, headline, score, fate and words of the story."""
    ranked, headline = answer.ranked, answer.headline
    placed = ranked.placed
    reasons = "; ".join(reason.text for reason in placed.reasons) or "no topic's words are in it"
    yield f"  topic {placed.topic}: {reasons}"
    yield f"  kind {placed.kind}"
    if headline.why:
        yield f"  headline “{headline.title}”: {headline.why}"
    yield f"  score {ranked.score:g}"
    for reason in ranked.reasons:
        yield f"    {reason.value:+.2f} {reason.name}: {reason.text}"
    yield f"  {answer.fate}"
    for sentence, why in answer.blurb:
        yield f"  told with “{shorten(sentence.text, 60, placeholder=' …')}”: {why}"


def _named(article: Article) -> str:
    day = f", {article.published:%Y-%m-%d}" if article.published else ""
    return f"“{article.title}” ({article.outlet}{day})"


def _outcomes(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    from msgspec import to_builtins

    return {"outcomes": to_builtins(outcomes)}


def _data(answer: _Answer) -> dict[str, Any]:
    from msgspec import to_builtins

    explanation, ranked = answer.explanation, answer.ranked
    return {
        "id": explanation.article.id,
        "title": explanation.article.title,
        "story": explanation.story.id,
        "copy_of": explanation.copy_of[0].id if explanation.copy_of else None,
        "joined": [_pair(*found) for found in explanation.joined],
        "nearest": _pair(*explanation.nearest) if explanation.nearest else None,
        "follows": to_builtins(answer.follows),
        "topic": {
            "name": ranked.placed.topic,
            "confidence": ranked.placed.confidence,
            "reasons": to_builtins(ranked.placed.reasons),
        },
        "kind": ranked.placed.kind,
        "headline": {"title": answer.headline.title, "why": answer.headline.why},
        "score": ranked.score,
        "reasons": to_builtins(ranked.reasons),
        "fate": answer.fate,
        "blurb": [{**to_builtins(sentence), "why": why} for sentence, why in answer.blurb],
    }


def _pair(other: Article, evidence: Evidence) -> dict[str, Any]:
    return {
        "id": other.id,
        "title": other.title,
        "probability": round(evidence.probability, 4),
        "evidence": str(evidence),
        "weights": dict(evidence.weights),
    }
