"""What programs read: Atom, JSON Feed, the sitemap and robots.txt."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from markupsafe import escape

from digest.model import Issue
from digest.render.mail import tidied
from digest.render.site.meta import given
from digest.render.theme import Theme
from digest.render.view import IssueView
from digest.urls import below, host

# Issues are long: half a year keeps a feed below a megabyte, and readers keep what they have seen.
NEWEST = 26
JSON_FEED = "https://jsonfeed.org/version/1.1"

# XML 1.0 has no way to write these, not even as references.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An issue as feeds give it: its lasting name, when it appeared (RFC 3339), and its HTML."""

    issue: IssueView
    id: str
    moment: str
    content: str


def feeds(issues: Sequence[Issue], shown: Sequence[IssueView], theme: Theme) -> Mapping[str, str]:
    """feed.xml and feed.json: the newest issues, each whole; `issues` newest first."""
    entries = [
        FeedEntry(
            issue=view, id=tag(view), moment=moment(issue, view), content=_article(view, theme)
        )
        for issue, view in zip(issues[:NEWEST], shown[:NEWEST], strict=True)
    ]
    newest = shown[0]
    atom = theme.render(
        "site/feed.xml",
        issue=newest,
        words=theme.words_for(newest.language),
        entries=entries,
        feed_id=tag(newest, feed=True),
    )
    return {
        "site/feed.xml": _NOT_XML.sub("", tidied(atom)),
        "site/feed.json": _json_feed(newest, entries),
    }


def sitemap(addresses: Sequence[tuple[str, str]]) -> str:
    """The sitemap of (absolute address, day of its last change or "")."""
    lines = [
        f"<url><loc>{escape(url)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for url, day in addresses
    ]
    head = '<?xml version="1.0" encoding="utf-8"?>'
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return "\n".join([head, f'<urlset xmlns="{space}">', *lines, "</urlset>", ""])


def robots(url: str) -> str:
    """Everybody may read everything; crawlers look for it at the root of a host only."""
    where = f"\nSitemap: {below(url, 'sitemap.xml')}\n" if url else ""
    return f"User-agent: *\nAllow: /\n{where}"


def tag(issue: IssueView, *, feed: bool = False) -> str:
    """A name that outlives titles and paths (RFC 4151): host and week, nothing an editor edits.

    The year is part of every tag and only says when the host was theirs: it must never move.
    """
    name = f"tag:{host(issue.url) or 'localhost'},2025:digest"
    return name if feed else f"{name}/{issue.week}"


def moment(issue: Issue, shown: IssueView) -> str:
    """When the issue appeared; the end of its window, when nobody can read its date."""
    ended = issue.window.end.astimezone(UTC)
    return shown.moment or ended.strftime("%Y-%m-%dT%H:%M:%SZ")


def _article(issue: IssueView, theme: Theme) -> str:
    """The issue as HTML; a plain string, so that a feed escapes it once."""
    words = theme.words_for(issue.language)
    return tidied(theme.render("_article.html", issue=issue, words=words, marked=True))


def _json_feed(newest: IssueView, entries: Sequence[FeedEntry]) -> str:
    feed = {
        "version": JSON_FEED,
        "title": newest.masthead or newest.title,
        "home_page_url": newest.url,
        "feed_url": below(newest.url, "feed.json"),
        "language": newest.language,
        "authors": _authors(newest.masthead),
        "items": [_item(entry) for entry in entries],
    }
    return json.dumps(given(feed), ensure_ascii=False, indent=1) + "\n"


def _item(entry: FeedEntry) -> dict[str, object]:
    issue = entry.issue
    return given(
        {
            "id": entry.id,
            "url": issue.web_url,
            "title": issue.title,
            "summary": issue.preheader,
            "content_html": entry.content,
            "date_published": entry.moment,
            "authors": _authors(issue.author or issue.masthead),
            "tags": list(issue.topics),
            "language": issue.language,
        }
    )


def _authors(name: str) -> list[dict[str, str]]:
    return [{"name": name}] if name else []
