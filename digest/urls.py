"""URLs: one canonical form to compare by, and a clean one to print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

WEB = ("http", "https")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Tracker:
    """A query parameter that only tells who sent the reader: who sets it, and on which hosts."""

    pattern: str
    vendor: str
    hosts: tuple[str, ...] = ()  # empty: everywhere


TRACKERS = (
    Tracker(r"utm_\w+", "Google Analytics campaigns"),
    Tracker(r"(?:gclid|gclsrc|dclid|gbraid|wbraid|gad_source)", "Google Ads"),
    Tracker(r"_ga", "Google Analytics linker"),
    Tracker(r"(?:fbclid|fb_action_ids|fb_action_types|fb_ref|fb_source)", "Meta"),
    Tracker(r"(?:mc_cid|mc_eid|mc_tc)", "Mailchimp"),
    Tracker(r"(?:ck_subscriber_id|sh_kit)", "Kit"),
    Tracker(r"(?:_hsenc|_hsmi|__hssc|__hstc|__hsfp|hsctatracking)", "HubSpot"),
    Tracker(r"mkt_tok", "Marketo"),
    Tracker(r"(?:oly_anon_id|oly_enc_id)", "Omeda"),
    Tracker(r"(?:vero_id|vero_conv)", "Vero"),
    Tracker(r"msclkid", "Microsoft Ads"),
    Tracker(r"(?:twclid|ttclid|yclid|igshid|li_fat_id)", "social network ads"),
    Tracker(r"wt_mc", "Webtrekk"),
    Tracker(r"(?:mtm|pk|piwik)_(?:campaign|kwd|keyword|source|medium|content|cid)", "Matomo"),
    Tracker(r"(?:s_cid|ncid|cmpid|icid|ito)", "news sites' campaigns"),
    Tracker(r"at_(?:medium|campaign|link_\w+|custom\d|format|ptr_name|bbc_team)", "AT Internet"),
    Tracker(r"maca", "Deutsche Welle's feeds", ("dw.com",)),
    Tracker(r"ref", "referrer label", ("producthunt.com", "theverge.com", "dev.to")),
    Tracker(r"ref_src|ref_url|s|t", "share label", ("twitter.com", "x.com")),
    Tracker(r"si|feature|pp", "share label", ("youtube.com", "youtu.be", "open.spotify.com")),
    Tracker(r"source|sk|gi", "referrer label", ("medium.com",)),
)
_TRACKERS = tuple((re.compile(rf"(?:{t.pattern})\Z", re.IGNORECASE), t.hosts) for t in TRACKERS)
# Labels by which a site counts the readers of its feed, whatever the key is called.
_FEED_LABEL = re.compile(
    r"(?:ref|source|src|from|via)=(?:rss|atom|feed|rss[-_]?feed)", re.IGNORECASE
)
# Behind the page: a passage to jump to, and labels of NDTV and of AT Internet.
_FRAGMENT = re.compile(r":~:text=.*\Z|\A(?:publisher=newsstand|xtor=.*)\Z")
_ILLEGAL = re.compile(r"""[\s"<>\\^`{|}]""")
_UNRESERVED = re.compile(r"%([0-9a-fA-F]{2})")


def is_web(url: str) -> bool:
    """Say whether this is an http or https URL with a host."""
    parts = _split(url)
    return parts is not None and parts.scheme in WEB and bool(parts.hostname)


def host(url: str) -> str:
    """The host without `www.`, or "" for what is no web URL."""
    parts = _split(url)
    name = (parts.hostname or "") if parts and parts.scheme in WEB else ""
    return name.removeprefix("www.")


def canonical(url: str) -> str:
    """The form by which two links to one page compare equal; "" for what is no web URL.

    The scheme, `www.`, a trailing slash, trackers, the order of the query and the fragment do not
    count; `#!` routes do. Never print this form: some servers want what it drops.
    """
    parts = _split(url.strip())
    if parts is None or parts.scheme not in WEB or not parts.hostname:
        return ""
    port = f":{parts.port}" if parts.port and parts.port != _PORTS[parts.scheme] else ""
    path = _dot_segments(_percent(parts.path)) or "/"
    path = re.sub(r"/(?:amp|index\.html?|index\.php)/?\Z", "/", path).rstrip("/") or "/"
    query = _query(parts.query, host(url), ordered=True)
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit(("https", _idna(host(url)) + port, path, query, fragment))


def untracked(url: str) -> str:
    """The URL as given, without trackers: what we print."""
    parts = _split(url.strip())
    if parts is None or parts.scheme not in WEB:
        return ""
    query = _query(parts.query, host(url), ordered=False)
    fragment = _FRAGMENT.sub("", parts.fragment)
    if query == parts.query and fragment == parts.fragment:
        return url.strip()
    return urlunsplit(parts._replace(query=query, fragment=fragment))


def printable(url: str) -> str:
    """The URL with what no URL may hold percent-encoded: a page that prints it stays valid."""
    return _ILLEGAL.sub(lambda m: quote(m[0], safe=""), url.strip())


def below(home: str, path: str) -> str:
    """The address of a page below `home`, with or without a slash at its end; "" without one."""
    return f"{home.rstrip('/')}/{path}" if home else ""


def redacted(url: str) -> str:
    """The URL for logs and errors: no user name, password, or query values."""
    parts = _split(url)
    if parts is None:
        return "(unreadable URL)"
    netloc = parts.netloc.rpartition("@")[2]
    query = "…" if parts.query else ""
    return urlunsplit(parts._replace(netloc=netloc, query=query, fragment=""))


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises on a port that is no number
    except ValueError:
        return None
    return parts


def _idna(name: str) -> str:
    if name.isascii():
        return name
    import idna

    try:
        return idna.encode(name, uts46=True).decode()
    except idna.IDNAError:
        return name


def _percent(path: str) -> str:
    """Decode what needs no escape, upper-case the rest (RFC 3986, section 6.2.2)."""
    decoded = _UNRESERVED.sub(
        lambda m: (
            c
            if (c := chr(int(m[1], 16))).isascii() and (c.isalnum() or c in "-._~")
            else m[0].upper()
        ),
        path,
    )
    return quote(decoded, safe="/%:@!$&'()*+,;=~-._")


def _dot_segments(path: str) -> str:
    """Remove `.` and `..` (RFC 3986, section 5.2.4) and empty segments."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            kept = kept[:-1]
        elif segment not in ("", "."):
            kept.append(segment)
    return "/" + "/".join(kept)


def _query(query: str, site: str, *, ordered: bool) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not _tracks(key, value, site)]
    if not ordered and len(kept) == len(pairs):
        return query
    return urlencode(sorted(kept) if ordered else kept, quote_via=quote, safe="/:,")


def _tracks(key: str, value: str, site: str) -> bool:
    if _FEED_LABEL.fullmatch(f"{key}={value}"):
        return True
    return any(
        pattern.match(key)
        and (not hosts or any(site == h or site.endswith("." + h) for h in hosts))
        for pattern, hosts in _TRACKERS
    )
