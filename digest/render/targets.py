"""Sending services: the tokens that each fills in, and feed text in which it finds none.

Feed text must not run in a template language: a headline such as `Using {{ jinja }}` would fail a
campaign or print a reader's address. Our own tokens pass through templates and css-inline as
addresses that no feed can guess, and become tokens last, when everything else is inert.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from digest.model import Issue
from digest.render.escape import outside_styles
from digest.render.options import Options
from digest.text import fingerprint, one_line
from digest.urls import below, is_web


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A sending service; "" where it has no token and the publication's own words stand."""

    unsubscribe: str = ""
    address: str = ""
    archive: str = ""
    runs: str = ""  # a template syntax that only this service has
    why: str


SERVICES: Mapping[str, Service] = MappingProxyType(
    {
        "generic": Service(why="any program that sends the file as it is"),
        "kit": Service(
            unsubscribe="{{ unsubscribe_url }}",
            address="{{ address }}",
            why="Liquid in broadcasts and templates; no token for a page to view online",
        ),
        "mailchimp": Service(
            unsubscribe="*|UNSUB|*",
            address="*|LIST:ADDRESS|*",
            archive="*|ARCHIVE|*",
            why="merge tags; a campaign without *|UNSUB|* is not sent",
        ),
        "buttondown": Service(
            unsubscribe="{{ unsubscribe_url }}",
            archive="{{ email_url }}",
            why="Django templates in every mode; the postal address is in its own footer",
        ),
        "ghost": Service(
            runs=r"\{(?=\w+(?:,[^{}]*)?\})",
            why="its own footer unsubscribes; runs {first_name} and %%{uuid}%%",
        ),
        "substack": Service(why="its own footer unsubscribes; the paste flavour is the one to use"),
        "listmonk": Service(
            unsubscribe="{{ UnsubscribeURL }}",
            archive="{{ MessageURL }}",
            why="Go templates, in the campaign as in its template",
        ),
    }
)

# One mark of a pair, plain or as an entity or behind a backslash: a service may read the page
# after its editor or its Markdown has read it.
_OPEN = r"(?:\{|&#123;|&lbrace;)"
_LIVE = (
    rf"{_OPEN}(?=[{{%#]|&#123;|&#37;)"  # Liquid, Jinja, Handlebars, Go
    r"|(?<=\*)(?=(?:\||&#124;))"  # Mailchimp
    r"|(?:%|&#37;)(?=%|&#37;)"  # Salesforce, Ghost
    r"|(?:\\?\[|&#91;)(?=\\?\[|&#91;)"  # SendinBlue, Mailjet
    r"|(?:<|&lt;|&#60;)(?=%|&#37;)"  # ERB and its kin
)
_APART = "\u2060"  # WORD JOINER: nobody sees it, and no two marks touch


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """What stands where a reader leaves, writes to, or reads on: links and words, or their marks.

    `tokens` says what each mark becomes when the page is `sealed`.
    """

    unsubscribe_url: str
    view_url: str
    address: str
    tokens: tuple[tuple[str, str], ...] = ()
    live: re.Pattern[str] | None = None


def tokens_of(options: Options) -> tuple[str, ...]:
    """The merge tags that the service fills in: these may stand in a mail."""
    service = SERVICES[options.target]
    return tuple(filter(None, (service.unsubscribe, service.address, service.archive)))


def slots(issue: Issue, options: Options = Options()) -> Slots:
    """The slots of this issue for the service it goes to."""
    service = SERVICES[options.target]
    url = issue.masthead.url.strip()
    home = url if is_web(url) else ""
    own = {
        "unsubscribe": options.unsubscribe_url or home,
        "archive": below(home, f"{issue.week}/"),
        "address": one_line(issue.masthead.address),
    }
    given = {
        "unsubscribe": service.unsubscribe,
        "archive": service.archive,
        "address": service.address,
    }
    mark = fingerprint(repr(issue))
    marks = {name: f"https://{mark}.invalid/{name}" for name, token in given.items() if token}
    shown = {**own, **marks}
    return Slots(
        unsubscribe_url=shown["unsubscribe"],
        view_url=shown["archive"],
        address=shown["address"],
        tokens=tuple((marks[name], given[name]) for name in marks),
        live=_live(options.target),
    )


def sealed(page: str, places: Slots) -> str:
    """The page as it goes to the service: feed text inert, then our own tokens in their places."""
    live = places.live
    if live is not None:
        page = outside_styles(page, lambda part: live.sub(lambda m: m[0] + _APART, part))
    for mark, token in places.tokens:
        page = page.replace(mark, token)
    return page


def _live(target: str) -> re.Pattern[str] | None:
    if target == "generic":
        return None
    runs = SERVICES[target].runs
    return re.compile(f"{_LIVE}|{runs}" if runs else _LIVE)
