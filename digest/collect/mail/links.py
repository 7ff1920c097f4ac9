"""The links of a mail: which must never leave it, and what of the others may.

A reader who clicks the owner's unsubscribe link unsubscribes the owner. What may stay loses what
names the recipient; a link through a click counter becomes its target where that can be read.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from digest.urls import host, is_web, untracked

_HOPS = 4  # click counters behind each other
_LONGEST = 8192  # characters of a link


@dataclass(frozen=True, slots=True)
class Private:
    """A kind of link for the recipient alone: by the words it shows, by its URL, with examples."""

    reason: str
    words: str = ""
    says: str = ""
    url: str = ""
    leads: str = ""


PRIVATE = (
    Private(
        "ends the subscription",
        words=r".{0,30}\b(?:unsubscrib|opt[- ]?out\b|stop receiving|remove me\b).{0,40}",
        says="Unsubscribe from this list",
        url=r"[/.?&=_-](?:list-?)?(?:unsub(?:scribe)?|opt-?out)(?:[/.?&=_-]|\Z)",
        leads="https://list.example/unsubscribe?id=1",
    ),
    Private(
        "ends the subscription, in other languages",
        words=r".{0,20}\b(?:abmelden|abbestellen|austragen|d[ée]sabonner|d[ée]sinscri\w+|"
        r"darse de baja|cancelar (?:la )?(?:suscripci[óo]n|inscri[çc][ãa]o)|disiscriv\w+|"
        r"uitschrijven|afmelden|wypisz|abonelikten \w+|avregistrera|avmeld\w*).{0,30}",
        says="Newsletter abbestellen",
        url=r"[/.?&=_-](?:abmeld\w*|abbestell\w*|desabon\w*|desinscri\w*|uitschrijven)(?:\W|\Z)",
        leads="https://liste.example/abmelden/1",
    ),
    Private(
        "changes the subscription",
        words=r"(?:(?:manage|update|change|edit|adjust|set|e-?mail|subscription|newsletter|"
        r"notification|delivery|your|my|the|settings?)\s+)*(?:preferences?(?: cent(?:er|re))?|"
        r"subscriptions?|settings|profile|account)",
        says="Manage your email preferences",
        url=r"[/.?&=](?:manage[-_]?(?:subscriptions?|preferences|profile)|(?:e?mail|"
        r"subscription|notification)[-_]?(?:preferences|settings|cent(?:er|re))|preferences|"
        r"preference[-_]?cent(?:er|re)|update[-_]?profile)(?:[/.?&=]|\Z)",
        leads="https://list.example/email-preferences/1",
    ),
    Private(
        "the recipient's copy of the issue",
        words=r".{0,20}\b(?:view|read|open|see|display)(?: (?:this|it|the))?(?: (?:e-?mail|issue|"
        r"newsletter|message|post|edition))? (?:in|on|with) (?:your |the |a |our )?(?:web ?)?"
        r"(?:browser|app|web)\b.{0,20}|(?:view|read|see|open) online|(?:web|online|browser) "
        r"?(?:version|view|ansicht)|(?:im )?(?:browser|online) (?:ansehen|anzeigen|öffnen|lesen)|"
        r"(?:voir|lire) (?:en ligne|dans le navigateur)|ver en (?:el |tu )?navegador",
        says="View this email in your browser",
        url=r"campaign-archive\d*\.com/|[/.?&=](?:web-?(?:view|version)|view[-_]?(?:in[-_])?"
        r"(?:browser|online|email|web)|mirror[-_]?page|app-link)(?:[/.?&=]|\Z)",
        leads="https://us1.campaign-archive.com/?u=1&id=2&e=3",
    ),
    Private(
        "speaks for the recipient",
        words=r"(?:forward(?: (?:this|it))?(?: e-?mail| issue| newsletter)?(?: to a friend)?|refer "
        r".{0,20}friends?|.{0,20}referral (?:link|hub)|report (?:abuse|spam)|add us to your "
        r"address book|confirm (?:your )?(?:subscription|e-?mail(?: address)?))",
        says="Forward to a friend",
        url=r"[/.?&=](?:forward-?to-?(?:a-?)?friend|forward2friend|report-?(?:abuse|spam)|"
        r"refer(?:ral)?(?:-hub)?)(?:[/.?&=]|\Z)",
        leads="https://list.example/forward-to-a-friend?u=1",
    ),
    Private(
        "counts who opened the mail",
        url=r"/(?:wf/open|track/open(?:\.php)?|open(?:\.(?:gif|png|aspx))|o\.gif|pixel(?:\.gif|"
        r"\.png)?|beacon(?:\.gif)?|trackopen)(?:[/?]|\Z)",
        leads="https://mail.example/wf/open?upn=1",
    ),
)
_WORDS = tuple(re.compile(row.words, re.IGNORECASE) for row in PRIVATE if row.words)
_URLS = tuple(re.compile(row.url, re.IGNORECASE) for row in PRIVATE if row.url)


@dataclass(frozen=True, slots=True)
class Token:
    """A query parameter that names the recipient; on these hosts alone where any are given."""

    pattern: str
    example: str
    hosts: tuple[str, ...] = ()


TOKENS = (
    Token(r"e-?mail(?:_?(?:address|id|hash))?", "email"),
    Token(r"(?:subscriber|recipient|contact|member|reader)(?:_?(?:id|key|hash|uuid))?", "contact"),
    Token(r"sub_?id|user_?(?:id|key|hash)|uid|uuid", "user_id"),
    Token(r"(?:\w+_)?token|jwt|auth|access_key|signature", "access_token"),
    Token(r"_bhl?id|_bhiiv|bh_rid", "_bhlid"),
    Token(r"e", "e", ("list-manage.com", "mailchi.mp", "campaign-archive.com")),
    Token(
        r"r|isfreemail|triedredirect|initial_medium|publication_id|post_id|action",
        "isFreemail",
        ("substack.com",),
    ),
)
_TOKENS = tuple((re.compile(rf"(?:{row.pattern})\Z", re.IGNORECASE), row.hosts) for row in TOKENS)

_COUNTER_HOST = re.compile(
    r"(?:clicks?|track(?:ing)?|trk|links?|lnk|go|r|t|l|e|em|e?mails?|mailing|news(?:letter)?|"
    r"url\d*|ct?|cl|redir(?:ect)?|out|\w+\.safelinks)\d*\.",
    re.IGNORECASE,
)
_COUNTER_PATH = re.compile(
    r"/(?:clicks?|track(?:ing)?|redir(?:ect)?|r|l|links?|out|outbound|away|url|goto|exit|cl0|"
    r"ls/click|f/a|ss/c)(?:[/.]|\Z)",
    re.IGNORECASE,
)
_NOT_A_COUNTER = re.compile(
    r"/(?:shar\w*|intent|submit\w*|log-?in|sign-?in|o?auth\w*)\b", re.IGNORECASE
)
_TARGETS = tuple(
    "url u redirect redirect_url redirect_uri target dest destination to link goto q r".split()
)
_IN_PATH = re.compile(r"(?<=/)https?(?::|%3a)(?:/|%2f){1,2}.+", re.IGNORECASE | re.DOTALL)
_BASE64 = re.compile(r"[A-Za-z0-9_=+-]{20,}\Z")
_WEB = re.compile(r"""https?://[^\s"'<>\\]+""")
_OPAQUE = re.compile(r"(?=[^/]*\d)(?=[^/]*[A-Za-z])[\w.~%+=-]{16,}\Z")


@dataclass(frozen=True, slots=True)
class Settled:
    """What is left of a link, "" for nothing; `counter` is the host that still counts clicks."""

    url: str
    counter: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a mail was sent to: addresses, and the links by which they could leave the list."""

    addresses: tuple[str, ...] = ()
    leaving: frozenset[str] = frozenset()

    def named_in(self, text: str) -> bool:
        """Say whether the text holds an address, plain or in a usual disguise."""
        folded = text.lower()
        return any(form in folded or form in text for form in _disguises(self.addresses))


def is_private(words: str, url: str, recipient: Recipient) -> bool:
    """Say whether a link is for the recipient alone, by the words it shows or where it leads."""
    said = words.replace("’", "'").strip(" \t\n:;,.|·•()[]!<>→»").lower()
    if url in recipient.leaving or any(row.fullmatch(said) for row in _WORDS):
        return True
    plain = unquote(url)
    return any(row.search(form) for row in _URLS for form in (url, plain))


def settle(url: str, recipient: Recipient) -> Settled:
    """The link as it may be published: its target where it shows one, and nobody's name in it."""
    url = url.strip()
    if not is_web(url) or len(url) > _LONGEST:
        return Settled("")
    for _ in range(_HOPS):
        target = _target(url)
        if not target:
            break
        url = target
    counter = host(url) if _is_counter(url) and _is_opaque(url) else ""
    url = _anonymous(untracked(url), recipient)
    if recipient.named_in(unquote(url)):
        return Settled("")
    return Settled(url, counter)


def _is_counter(url: str) -> bool:
    parts = urlsplit(url)
    if _NOT_A_COUNTER.search(parts.path):
        return False
    by_host = _COUNTER_HOST.match(parts.hostname or "")
    return bool(by_host or _COUNTER_PATH.search(parts.path))


def _is_opaque(url: str) -> bool:
    """Say whether it holds a long code, which may name whoever clicks."""
    parts = urlsplit(url)
    codes = (*parts.path.split("/"), *(value for _, value in parse_qsl(parts.query)))
    return any(_OPAQUE.match(code) and not code.count("-") > 1 for code in codes)


def _target(url: str) -> str:
    """Where a click counter leads, when its own address says so."""
    if not _is_counter(url):
        return ""
    parts = urlsplit(url)
    values = {key.lower(): value for key, value in parse_qsl(parts.query)}
    named = [values[key] for key in _TARGETS if key in values]
    inside = _IN_PATH.search(parts.path)
    if inside:
        # An escaped target ends with its segment; one that is written out goes on to the end.
        tail = inside[0] + (f"?{parts.query}" if parts.query else "")
        whole = re.match(r"https?:/", tail) and "%2f" not in tail[:14].lower()
        named.append(tail if whole else unquote(inside[0].partition("/")[0]))
    codes = (*parts.path.split("/"), *values.values())
    for candidate in (*named, *_decoded(codes)):
        found = re.sub(r"\A(https?:/)(?!/)", r"\1/", candidate.strip())
        if is_web(found) and found != url:
            return found
    return ""


def _decoded(codes: Iterable[str]) -> Iterator[str]:
    """URLs that stand in Base64, as Kit and Substack write them; a dot parts a signature."""
    for code in (part for whole in codes for part in whole.split(".")):
        if not _BASE64.match(code):
            continue
        padded = code.rstrip("=") + "=" * (-len(code.rstrip("=")) % 4)
        try:
            text = base64.b64decode(padded, altchars=b"-_").decode("utf-8")
        except (binascii.Error, ValueError):
            continue
        found = _WEB.search(text)
        if found and (found.start() == 0 or text.startswith("{")):
            yield found[0]


def _anonymous(url: str, recipient: Recipient) -> str:
    parts = urlsplit(url)
    site = host(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(k, v) for k, v in pairs if not _is_token(k, site) and not recipient.named_in(v)]
    fragment = "" if recipient.named_in(unquote(parts.fragment)) else parts.fragment
    netloc = parts.netloc.rpartition("@")[2]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept, quote_via=quote, safe="/:,")
    return urlunsplit(parts._replace(netloc=netloc, query=query, fragment=fragment))


def _is_token(key: str, site: str) -> bool:
    return any(
        pattern.match(key)
        and (not hosts or any(site == name or site.endswith("." + name) for name in hosts))
        for pattern, hosts in _TOKENS
    )


def _disguises(addresses: Iterable[str]) -> Iterator[str]:
    for address in addresses:
        raw = address.lower().encode()
        yield address.lower()
        yield quote(address.lower(), safe="").lower()
        yield base64.urlsafe_b64encode(raw).decode().rstrip("=")
        for name in ("md5", "sha1", "sha256"):
            yield hashlib.new(name, raw, usedforsecurity=False).hexdigest()
