"""Where the issue leads: links that betray, repeat, spy, or lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from digest.check.found import found
from digest.model import Finding, Issue
from digest.text import one_line
from digest.urls import canonical, host, is_web, untracked


@dataclass(frozen=True, slots=True)
class Personal:
    """Something in a link that names its receiver: where it stands, and who puts it there."""

    part: Literal["parameter", "value", "host", "path"]
    pattern: str
    who: str


PERSONAL = (
    Personal("parameter", r"mc_eid", "Mailchimp: the receiver"),
    Personal("parameter", r"ck_subscriber_id", "Kit: the subscriber"),
    Personal("parameter", r"_hsenc|_hsmi|__hssc", "HubSpot: the contact"),
    Personal("parameter", r"mkt_tok", "Marketo: the lead"),
    Personal("parameter", r"vero_id|oly_enc_id|oly_anon_id", "Vero and Omeda: the customer"),
    Personal(
        "parameter", r"(?:subscriber|recipient|contact|member)_?(?:id|uuid|hash)?", "services"
    ),
    Personal("parameter", r"e-?mail(?:_?address)?", "forms: the address"),
    Personal(
        "parameter", r"(?:access|auth|login|magic|session)_?(?:token|key|link)", "sign-in links"
    ),
    Personal("value", r"[^@\s]+@[^@\s]+\.[a-z]{2,}", "an e-mail address"),
    Personal("host", r"(?:[\w-]+\.)*list-manage\d*\.com", "Mailchimp's click counter"),
    Personal("host", r"click\.(?:convertkit-mail\d*|kit-mail\d*)\.com", "Kit's click counter"),
    Personal("host", r"(?:link|links)\.mail\.beehiiv\.com", "beehiiv's click counter"),
    Personal("host", r"(?:[\w-]+\.)*ct\.sendgrid\.net", "SendGrid's click counter"),
    Personal("host", r"(?:[\w-]+\.)*awstrack\.me", "Amazon SES's click counter"),
    Personal("host", r"(?:[\w-]+\.)*mailgun\.org", "Mailgun's click counter"),
    Personal("path", r"/redirect/(?:2/)?(?:[0-9a-f-]{36}|eyJ[\w-]+)", "Substack's click counter"),
    Personal("path", r"/eyJ[\w-]{20,}\.[\w-]{20,}", "a signed token (JWT)"),
)
# Whole segments and parameters only: an article may well be about unsubscribing.
_WAY_OUT = (
    r"unsubscribe\w*|unsub|opt-?out|email[-_]preferences?|(?:manage|update)[-_](?:subscriptions?|"
    r"preferences?|profile)|subscription[-_]preferences?|preference[-_]cent(?:er|re)|"
    r"list[-_]unsubscribe|abmelden|abbestellen|desabonnement|disable_email"
)
_PATH_OUT = re.compile(rf"(?:^|/)(?:{_WAY_OUT})(?:\.\w+)?(?:/|$)", re.IGNORECASE)
_NAME_OUT = re.compile(_WAY_OUT, re.IGNORECASE)
_ESSAY_URL = re.compile(r"https?://[^\s<>\"'`|\\]+")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the issue and the place where it stands."""

    where: str
    url: str


def check(issue: Issue) -> Iterator[Finding]:
    """What is wrong with the links of the stories and the essay."""
    for link in all_links(issue):
        yield from _one(link)
    yield from _missing(issue)
    yield from _duplicates(issue)


def all_links(issue: Issue) -> tuple[Link, ...]:
    """Every link of the stories, their coverage and the essay, each once."""
    found_links = [
        Link(one_line(story.title) or story.id, url.strip())
        for story in issue.stories
        for url in (story.url, *(c.url for c in story.coverage))
        if is_web(url.strip())
    ]
    essay = (url.rstrip(".,;:!?)]}*_") for url in _ESSAY_URL.findall(issue.essay))
    return tuple(dict.fromkeys([*found_links, *(Link("the essay", url) for url in essay)]))


def _one(link: Link) -> Iterator[Finding]:
    if unsubscribes(link.url):
        yield found("link-unsubscribe", link.where, link.url)
    who = personal(link.url)
    if who:
        yield found("link-recipient", link.where, f"{link.url} ({who})")
    elif untracked(link.url) != link.url:
        yield found("link-tracking", link.where, f"{link.url}: {untracked(link.url)} is enough")
    if link.url.lower().startswith("http:"):
        yield found("link-insecure", link.where, link.url)


def unsubscribes(url: str) -> bool:
    """Say whether a link leads out of a mailing list, or to its preferences."""
    parts = urlsplit(url)
    names = (name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
    return bool(_PATH_OUT.search(parts.path)) or any(_NAME_OUT.fullmatch(name) for name in names)


def personal(url: str) -> str:
    """Who signed this link for one reader; "" when nobody did."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    places = {
        "parameter": [name for name, value in pairs if value],
        "value": [value for _, value in pairs],
        "host": [host(url)],
    }
    for row in PERSONAL:
        pattern = re.compile(row.pattern, re.IGNORECASE)
        if row.part == "path":
            if re.search(row.pattern, parts.path):
                return row.who
        elif any(pattern.fullmatch(text) for text in places[row.part]):
            return row.who
    return ""


def _missing(issue: Issue) -> Iterator[Finding]:
    for story in issue.stories:
        if not is_web(story.url.strip()):
            message = f"{story.url!r} is no link" if story.url else "it has no link"
            yield found("link-missing", one_line(story.title) or story.id, message)


def _duplicates(issue: Issue) -> Iterator[Finding]:
    seen: dict[str, tuple[str, str]] = {}
    for story in issue.stories:
        page, title = canonical(story.url), one_line(story.title) or story.id
        if page and page in seen and seen[page][0] != story.id:
            yield found("link-duplicate", title, f"leads where “{seen[page][1]}” does")
        elif page:
            seen[page] = (story.id, title)
