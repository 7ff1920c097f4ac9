"""`digest build`: the whole job."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.command import SKIPPED, command, out_option, publication_options, week_option
from digest.cli.common import (
    checking,
    hold,
    moment,
    note,
    open_config,
    open_store,
    tally,
    tell_encoder,
)
from digest.cli.progress import progress

if TYPE_CHECKING:
    from digest.collect import Health
    from digest.config import Config
    from digest.config.tables import Site
    from digest.model import Artifact, Draft, Finding, Issue, Outcome, Reporter, Source
    from digest.render import Rendered, Theme
    from digest.week import Window

EXAMPLES = """\b
Examples:
  digest build                        the newest week that has material
  digest build --week 2025-W05        one ISO week
  digest build --week last --offline  last week, from what is stored
  digest build --json | jq .subject   the issue as data on stdout
"""


@click.command(epilog=EXAMPLES)
@week_option
@out_option
@click.option("--offline", is_flag=True, help="Fetch nothing: build from what is stored.")
@click.option("--strict", is_flag=True, help="Exit with status 3 when anything was skipped.")
@click.option("--json", "as_json", is_flag=True, help="Print issue.json on stdout.")
@publication_options
@command
def build(
    week: str | None,
    out: Path | None,
    *,
    offline: bool,
    strict: bool,
    as_json: bool,
    config_path: Path | None,
    now: str | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write one issue and the site under out/.

    Reads every source, tells each story once, sorts by topic, and writes mail, Markdown, plain
    text and data to out/WEEK/, and the archive to out/site/. issues/WEEK.md, if you wrote one,
    opens the issue.
    """
    config = open_config(config_path)
    folder = out or config.out
    with progress(quiet=quiet) as reporter:
        built = write_issue(
            config, folder, week=week, now=moment(now), online=not offline, reporter=reporter
        )
    if as_json:
        click.echo((folder / built.issue.week / "issue.json").read_text(encoding="utf-8"))
    if not quiet:
        tell_encoder(config.stories.encoder, built.issue.encoder)
        _summary(built, folder / built.issue.week, verbose=verbose)
        for told in built.notes:
            note(f"note: {told}")
    for problem in (*built.problems, *built.ailing):
        note(f"warning: {problem}")
    if strict and built.problems:
        sys.exit(SKIPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """An issue that was written, what should be mended in it, and what was left out of it."""

    issue: Issue
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]  # what was done to make the mail fit
    problems: tuple[str, ...]
    ailing: tuple[str, ...]  # sources that have failed for some time


def write_issue(
    config: Config,
    folder: Path,
    *,
    week: str | None,
    now: datetime,
    online: bool,
    reporter: Reporter,
) -> Built:
    """Make one issue, check it, and write it with its preview and the site."""
    from digest.check import SIZE_LIMIT, check
    from digest.output import write
    from digest.render import load_theme, render, render_preview

    theme = load_theme(config.publication.style, config.root, front_matter=config.site.frontmatter)
    with hold(config):
        issue, ailing = _made(config, folder, week=week, now=now, online=online, reporter=reporter)
        rendered = render(issue, theme, config.email)
        findings = check(issue, rendered, checking(config))
        preview = render_preview(issue, rendered.artifacts, findings, theme, limit=SIZE_LIMIT)
        site, unreadable = draw_site(folder, theme, config.site, rendered)
        write((*rendered, preview), folder)
        publish(folder, site, search=config.site.search)
    return Built(
        issue=issue,
        findings=findings,
        notes=rendered.notes,
        problems=(*_problems(issue), *unreadable),
        ailing=ailing,
    )


def _made(
    config: Config,
    folder: Path,
    *,
    week: str | None,
    now: datetime,
    online: bool,
    reporter: Reporter,
) -> tuple[Issue, tuple[str, ...]]:
    """The issue, and a line for each source that has failed for some time."""
    from digest import pipeline
    from digest.built import past_issues
    from digest.encoders import load as load_encoder
    from digest.memory import remember

    with open_store(config) as store:
        issue = pipeline.build(
            config,
            now=now,
            week=week,
            store=store,
            online=online,
            draft_for=lambda window: read_editors_draft(config.root, window),
            memory_for=lambda window: remember(past_issues(folder)[0], window, config.memory),
            encode=load_encoder(config.stories.encoder, store),
            reporter=reporter,
        )
        return issue, tuple(_ailing(config.sources, store.health()))


def draw_site(
    folder: Path, theme: Theme, options: Site, rendered: Rendered
) -> tuple[tuple[Artifact, ...], tuple[str, ...]]:
    """The site of the issue just rendered and all others in `folder`, and who cannot be read.

    Nothing is written yet: a template of the site that fails leaves the old issue, too. Search and
    cards are there when their extras are installed.
    """
    from digest import search
    from digest.built import issue_of, past_issues
    from digest.render import can_draw, render_site

    issue = issue_of(rendered)
    issues, unreadable = past_issues(folder, without=issue.week)
    site = render_site(
        (*issues, issue),
        theme,
        search=options.search and search.available(),
        cards=can_draw(),
        images=options.images,
    )
    return site, unreadable


def publish(folder: Path, site: tuple[Artifact, ...], *, search: bool) -> None:
    """Write the site, and its search where the extra is installed."""
    from digest import search as pagefind
    from digest.output import write_site

    write_site(site, folder)
    if search and site and pagefind.available():
        pagefind.index(folder, site)


def read_editors_draft(root: Path, window: Window) -> Draft:
    """What the editor wrote in issues/WEEK.md; an empty draft when there is no such file."""
    from digest.draft import read_draft
    from digest.errors import InputError
    from digest.model import Draft

    path = root / "issues" / f"{window.label}.md"
    if not path.exists():
        return Draft()
    try:
        return read_draft(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8 text", hint="save it as UTF-8 text") from None
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read: {error.strerror}", hint="may you read that file?"
        ) from None


def _problems(issue: Issue) -> list[str]:
    """A line for each source with a problem, and for what could not be read and is not in those."""
    ailing = [source for source in issue.sources if source.status != "ok"]
    told = {source.name: source.message for source in ailing}
    unread = [
        f"{o.source}: {_what(o)}"
        for o in issue.outcomes
        if o.outcome == "unreadable" and o.reason not in told.get(o.source, "")
    ]
    return [f"{source.name}: {source.message}" for source in ailing] + unread


def _what(outcome: Outcome) -> str:
    """What could not be read, and why; most reasons begin with the place."""
    name = outcome.title or outcome.url or outcome.id
    return outcome.reason if outcome.reason.startswith(name) else f"{name}: {outcome.reason}"


def _ailing(sources: Sequence[Source], health: Mapping[str, Health]) -> list[str]:
    """A line for each source that has failed for several runs."""
    from digest.collect.health import MANY_FAILURES

    return [
        f"{source.name}: failed {known.failures} times in a row: {known.problem}"
        for source in sources
        if (known := health.get(source.location)) is not None and known.failures >= MANY_FAILURES
    ]


def _summary(built: Built, folder: Path, *, verbose: bool) -> None:
    from digest.text import counted

    issue, stats = built.issue, built.issue.stats
    note(issue.window.text)
    note(
        f"{stats['collected']} collected from {counted(stats['sources'], 'source')}, "
        f"{stats['merged']} merged, {stats['chosen']} chosen, {stats['cut']} below the line, "
        f"{stats['outside']} outside the window, {stats['unreadable']} unreadable"
        + (f", {stats['repeated']} told by earlier issues" if stats["repeated"] else "")
    )
    for section in issue.sections:
        note(f"  {section.name}: {len(section.stories)}")
    if verbose:
        for outcome in issue.outcomes:
            note(f"  {outcome.outcome}: {outcome.title or outcome.id}: {outcome.reason}")
    if built.findings:
        note(f"{tally(built.findings)}: see {folder / 'preview.html'}, or run `digest check`")
    note(f"#{issue.number} is in {folder}/")
