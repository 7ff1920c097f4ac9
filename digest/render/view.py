"""An Issue arranged as it is printed: what templates see. Every flavour shows the same view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from digest.errors import TemplateError
from digest.model import Brief, Issue, IssueStory
from digest.render import essay, plain, words
from digest.render.escape import direction_of, web_address
from digest.render.mentions import (
    Mention,
    Note,
    linked_once,
    mention_of,
    mentions_of,
    names_of,
    notes_of,
    voices_of,
)
from digest.render.pictures import Picture, picture
from digest.render.preheader import preheader
from digest.render.targets import Slots, slots
from digest.text import one_line, slug
from digest.urls import below


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story as it is printed; `separator` follows the title.

    `angles` are the sources with words of their own, `notes` the others, `voices` all of them
    by name alone. `direction` is that of the title where it runs against the issue's, else "".
    `source` is "" where the masthead says it.
    `label` is the word for its kind, "" for a plain article or where the section says it; `credit`
    is what stands below the story: its label, then its source.
    """

    id: str
    title: str
    url: str
    source: str
    blurb: str
    separator: str
    direction: str
    kind: str = "article"
    label: str = ""
    credit: tuple[str, ...] = ()
    angles: tuple[Mention, ...] = ()
    notes: tuple[Note, ...] = ()
    voices: tuple[Note, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A heading and its stories; never empty."""

    name: str
    stories: tuple[StoryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueView:
    """One issue, ready to print. URLs are "" where there is none; texts are single lines."""

    number: int
    week: str
    title: str
    subject: str
    author: str
    language: str
    direction: str
    masthead: str
    url: str
    web_url: str
    unsubscribe_url: str
    view_url: str
    address: str
    greeting: str
    date: str
    moment: str
    long_date: str
    window: str
    preheader: str
    slug: str
    essay: str
    essay_html: Markup
    essay_parts: tuple[Markup, ...]
    essay_text: str
    lead: StoryView | None
    shared: tuple[SectionView, ...]
    discovered: tuple[SectionView, ...]
    sign_off: str
    colophon: str
    rest: str = ""  # where the mail was cut to fit: what is missing
    tldr: str = ""
    key_points: tuple[Mention, ...] = ()
    matters: tuple[Mention, ...] = ()

    @property
    def start(self) -> str:
        """The side of the page where lines begin: `left` or `right`."""
        return "right" if self.direction == "rtl" else "left"

    @property
    def headlined(self) -> StoryView | None:
        """The lead, where the title of the issue is its headline: it is not printed twice."""
        return self.lead if self.lead and self.lead.title == self.title else None

    @property
    def stories(self) -> tuple[StoryView, ...]:
        """Every story in the order of printing, each once."""
        sections = (*self.shared, *self.discovered)
        rest = (story for section in sections for story in section.stories)
        return (*((self.lead,) if self.lead else ()), *rest)

    @property
    def topics(self) -> tuple[str, ...]:
        """The names of the topics, in order."""
        return tuple(section.name for section in self.discovered if section.name)


def view(issue: Issue, fixed: Mapping[str, str], places: Slots | None = None) -> IssueView:
    """Arrange an issue, with the fixed words of its language, for the service of `places`."""
    places = places or slots(issue)
    masthead = issue.masthead
    written = essay.cleaned(issue.essay)
    html = essay.to_html(written)
    lead = issue.lead_story
    day = _day(issue.date)
    url = web_address(masthead.url)
    told = issue.brief or Brief()
    return IssueView(
        number=issue.number,
        week=issue.week,
        title=one_line(issue.title) or one_line(issue.subject) or issue.week,
        subject=one_line(issue.subject) or one_line(issue.title) or issue.week,
        author=one_line(issue.author),
        language=masthead.language or "en",
        direction=words.direction(masthead.language),
        masthead=one_line(masthead.title),
        url=url,
        web_url=below(url, f"{issue.week}/"),
        unsubscribe_url=places.unsubscribe_url,
        view_url=places.view_url,
        address=places.address,
        greeting=one_line(masthead.greeting),
        date=issue.date,
        # Noon: the same day for readers from Alaska to Japan, in tools that know only UTC.
        moment=f"{issue.date}T12:00:00Z" if day else "",
        long_date=words.long_date(day, masthead.language) if day else issue.date,
        window=one_line(issue.window.text),
        preheader=preheader(issue),
        slug=f"{slug(issue.title or issue.week)}-{issue.number}",
        essay=written,
        essay_html=Markup(html),  # noqa: S704 - cleaned by nh3
        essay_parts=tuple(Markup(part) for part in essay.parts(html)),  # noqa: S704 - the same
        essay_text=plain.from_html(html),
        lead=_story(lead, issue, fixed) if lead else None,
        shared=_sections(issue, fixed, own=True),
        discovered=_sections(issue, fixed, own=False),
        sign_off=sign_off(issue, fixed),
        colophon=colophon(issue.stats, fixed),
        tldr=one_line(told.tldr.sentence.text) if told.tldr else "",
        key_points=tuple(mention_of(point) for point in told.key_points),
        matters=tuple(mention_of(point) for point in told.why),
    )


def sign_off(issue: Issue, fixed: Mapping[str, str]) -> str:
    """Which issue comes next, and when: without a known date only a farewell."""
    language = issue.masthead.language
    day = _day(issue.next.date)
    if day is None:
        return fixed["farewell"]
    english = words.primary(language) == "en"
    number = issue.next.number
    return filled(
        fixed,
        "sign_off",
        ordinal=words.ordinal(number) if english else str(number),
        title=one_line(issue.masthead.title),
        date=words.spoken_date(day, language),
    )


def colophon(stats: Mapping[str, int], fixed: Mapping[str, str]) -> str:
    """What became of the week in one line, "" when nothing was counted."""
    if not stats.get("collected"):
        return ""
    counts = {key: stats.get(key, 0) for key in ("collected", "merged", "chosen", "sources")}
    # One source goes without saying, and needs no singular in any language.
    return filled(fixed, "colophon" if counts["sources"] > 1 else "colophon_short", **counts)


def filled(fixed: Mapping[str, str], key: str, **values: object) -> str:
    """Fixed words with their places filled; raises `TemplateError` naming the key."""
    try:
        return fixed[key].format(**values)
    except (LookupError, ValueError, AttributeError) as error:
        names = ", ".join(f"{{{name}}}" for name in values)
        raise TemplateError(
            f"words.toml: {key} = {fixed[key]!r} cannot be filled in: {error}",
            hint=f"it may use {names}",
        ) from None


def _sections(issue: Issue, fixed: Mapping[str, str], *, own: bool) -> tuple[SectionView, ...]:
    shown = (
        SectionView(
            name=one_line(section.name),
            stories=tuple(
                _story(s, issue, fixed, section.name) for s in section.stories if s.id != issue.lead
            ),
        )
        for section in issue.sections
        if section.own == own
    )
    return tuple(section for section in shown if section.stories)


def _story(
    story: IssueStory, issue: Issue, fixed: Mapping[str, str], section: str = ""
) -> StoryView:
    source, masthead = one_line(story.source), one_line(issue.masthead.title)
    title, blurb = one_line(story.title) or source, one_line(story.blurb)
    own = direction_of(title)
    names = names_of(story)
    named = [c for c in story.coverage if not c.angle.strip()]
    # An editor's choice is told after what reporters add.
    said = sorted(
        (c for c in story.coverage if c.angle.strip()), key=lambda c: c.relation == "pick"
    )
    label = fixed.get(f"kind_{story.kind}", "")
    if label.casefold() in section.casefold():
        label = ""
    source = "" if source == masthead else source
    url = web_address(story.url)
    seen = {url}
    angles = linked_once(mentions_of(said, names, fixed["picked_by"]), seen)
    return StoryView(
        id=story.id,
        title=title,
        url=url,
        source=source,
        kind=story.kind,
        label=label,
        credit=tuple(filter(None, (label, _teller(story, source, fixed)))),
        blurb=blurb,
        separator=words.separator(title) if blurb else "",
        direction="" if own == words.direction(issue.masthead.language) else own,
        angles=angles,
        notes=(*notes_of(named, names, fixed, seen), *_earlier(story, issue, fixed)),
        voices=voices_of(story, fixed),
        picture=picture(story.image),
    )


def _teller(story: IssueStory, source: str, fixed: Mapping[str, str]) -> str:
    """The source, and whose words the blurb is in where they are another's."""
    others = {one_line(s.source) for s in story.sentences} - {one_line(story.source)}
    if not source or len(others) != 1:
        return source
    return filled(fixed, "told_by", source=source, teller=others.pop())


def _earlier(story: IssueStory, issue: Issue, fixed: Mapping[str, str]) -> tuple[Note, ...]:
    """What this story goes on from, with a link to the issue that told it."""
    known = story.follows
    if known is None:
        return ()
    page = below(web_address(issue.masthead.url), f"{known.week}/#story-{known.id}")
    label = filled(fixed, "earlier", number=known.number)
    return (Note(label=label, mentions=(Mention(name=one_line(known.title), url=page),)),)


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
