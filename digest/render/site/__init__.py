"""The site: a page for each issue, topic and source, an index, feeds, and what finds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from digest.model import Artifact, Issue
from digest.render.mail import tidied
from digest.render.pictures import Wanted, only
from digest.render.site import card, feeds, meta
from digest.render.site.archive import Archive, archive
from digest.render.site.feeds import tag
from digest.render.theme import Theme
from digest.render.view import IssueView, view
from digest.urls import below

__all__ = ["render_site", "tag"]

CARD = "card.png"


def render_site(
    issues: Sequence[Issue],
    theme: Theme,
    *,
    search: bool = False,
    cards: bool = False,
    images: Wanted = "none",
) -> tuple[Artifact, ...]:
    """The site of all `issues` in any order, below site/, sorted by path.

    Links are relative, so that it works from any folder of any host. With `search` there is a page
    for Pagefind's index, with `cards` a picture for each issue that Pillow can draw; `images` says
    which stories show theirs, there and in the feeds. Without issues there is no site. Raises
    `TemplateError` when a template of the style fails.
    """
    pictured = (only(issue, images) for issue in issues)
    newest_first = sorted(pictured, key=lambda issue: (issue.week, issue.number), reverse=True)
    if not newest_first:
        return ()
    shown = [view(issue, theme.words_for(issue.masthead.language)) for issue in newest_first]
    found = archive(newest_first, shown)
    pictures = dict(_cards(found, theme)) if cards else {}
    maker = _Pages(theme, found, search=search, pictures=frozenset(pictures))
    texts = {
        "site/style.css": theme.render("site/style.css"),
        **feeds.feeds(newest_first, shown, theme),
        **dict(chain(maker.issues(), maker.shelves(), maker.fixed())),
    }
    lasting = {path: page for path, page in maker.aliases() if path not in texts}
    made = [
        *(Artifact(path=path, content=text.encode()) for path, text in texts.items()),
        *(Artifact(path=path, content=t.encode(), lasting=True) for path, t in lasting.items()),
        *(Artifact(path=f"site/{week}/{CARD}", content=png) for week, png in pictures.items()),
    ]
    return tuple(sorted(made, key=lambda artifact: artifact.path))


def _cards(found: Archive, theme: Theme) -> Iterator[tuple[str, bytes]]:
    font = theme.path("site/card.ttf")
    for issue in found.shown:
        png = card.draw(issue, font)
        if png:
            yield issue.week, png


class _Pages:
    """The pages of one site: (path, text) each."""

    def __init__(
        self, theme: Theme, found: Archive, *, search: bool, pictures: frozenset[str]
    ) -> None:
        self._theme = theme
        self._found = found
        self._search = search
        self._pictures = pictures
        self._newest = found.shown[0]

    def issues(self) -> Iterator[tuple[str, str]]:
        """A page for each issue."""
        shown = self._found.shown
        for at, issue in enumerate(shown):
            image = self._image(issue)
            topics = self._found.topics_of.get(issue.week, ())
            yield self._page(
                f"{issue.week}/index.html",
                "issue.html",
                issue,
                newer=shown[at - 1] if at else None,
                older=shown[at + 1] if at + 1 < len(shown) else None,
                related=self._found.related[issue.week],
                topics=topics,
                anchors={shelf.name.casefold(): f"topic-{shelf.slug}" for shelf in topics},
                sources=self._found.sources_of.get(issue.week, ()),
                image=image,
                json_ld=meta.article(issue, image),
            )

    def shelves(self) -> Iterator[tuple[str, str]]:
        """A page for each topic and each source, and a list of either."""
        newest = self._newest
        words = self._theme.words_for(newest.language)
        for kind, shelves in self._found.shelves.items():
            title = words[f"all_{kind}"]
            yield self._page(
                f"{kind}/index.html", "shelves.html", newest, title=title, shelves=shelves
            )
            for shelf in shelves:
                path = f"{kind}/{shelf.slug}/index.html"
                yield self._page(
                    path, "shelf.html", newest, kind=kind, shelf=shelf, title=shelf.name
                )

    def fixed(self) -> Iterator[tuple[str, str]]:
        """The pages that every site has."""
        newest, shown = self._newest, self._found.shown
        yield self._page(
            "index.html", "index.html", newest, issues=shown, topics_of=self._found.topics_of
        )
        if self._search:
            yield self._page("search/index.html", "search.html", newest)
        yield "site/robots.txt", feeds.robots(newest.url)
        if newest.url:
            addresses = [(below(newest.url, path), day) for path, day in self._days()]
            yield "site/sitemap.xml", feeds.sitemap(addresses)

    def aliases(self) -> Iterator[tuple[str, str]]:
        """Short and speaking addresses of the issues: /5/ and /title-of-the-issue-5/."""
        for issue in reversed(self._found.shown):
            for name in (str(issue.number), issue.slug):
                yield self._page(f"{name}/index.html", "moved.html", issue)

    def _days(self) -> Iterator[tuple[str, str]]:
        """What the sitemap lists: each folder with a page, and the day of its last change or ""."""
        yield "", _day(self._newest)
        for issue in self._found.shown:
            yield f"{issue.week}/", _day(issue)
        for kind, shelves in self._found.shelves.items():
            yield f"{kind}/", ""
            for shelf in shelves:
                yield f"{kind}/{shelf.slug}/", _day(shelf.chapters[0].issue)

    def _image(self, issue: IssueView) -> str:
        return f"{issue.web_url}{CARD}" if issue.web_url and issue.week in self._pictures else ""

    def _page(self, path: str, template: str, issue: IssueView, **more: object) -> tuple[str, str]:
        page = self._theme.render(
            f"site/{template}",
            issue=issue,
            words=self._theme.words_for(issue.language),
            root="../" * path.count("/"),
            search=self._search,
            here=below(self._newest.url, path.removesuffix("index.html")),
            **more,
        )
        return f"site/{path}", tidied(page)


def _day(issue: IssueView) -> str:
    """The day of publication (ISO 8601), "" where nobody can read it."""
    return issue.date if issue.moment else ""
