"""The body of a mail without what is for its recipient alone: pixels, footers, private links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from digest.collect.mail.links import Recipient, is_private, settle
from digest.text import one_line

# A digest prints no pictures of a mail, and one in five of them counts who opened it.
_DROPPED = frozenset("img script style link meta base form input button object iframe svg".split())
_BLOCKS = frozenset("p li td th div center h1 h2 h3 h4 h5 h6 blockquote address footer".split())
_KEPT = frozenset(("href", "class", "dir", "lang", "colspan", "start"))
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|"
    r"(?:font-size|line-height|max-height|opacity)\s*:\s*0(?:\.0+)?(?:px|em|%)?\s*(?:!\w+\s*)?(?:;|\Z)",
    re.IGNORECASE,
)
_PREHEADER = re.compile(r"(?:\A|[\s_-])(?:pre-?header|preview-?text|mcnPreviewText)", re.IGNORECASE)
# Said to the recipient about the subscription; short blocks that say so go as a whole.
_SERVICE = re.compile(
    r"\bunsubscri|\bopt[- ]out\b|no longer (?:wish|want) to (?:receive|get)|"
    r"(?:you(?:'re| are)|why (?:am i|did i)) (?:receiv|get)\w* this|you received this|"
    r"this (?:e-?mail|message|newsletter) was (?:sent|intended)|"
    r"(?:manage|update|change|edit) your (?:e-?mail )?(?:preferences|subscription|settings|"
    r"profile)|"
    r"(?:view|read|open|see) (?:it|this|the).{0,30} (?:in|on) (?:your |a |the )?(?:web ?)?browser|"
    r"(?:trouble|problems?|difficulty) (?:viewing|reading|seeing)|"
    r"forwarded this|forwarded to you|add us to your address book|"
    r"\babmelden\b|\babbestellen\b|d[ée]sabonner|darse de baja|\buitschrijven\b",
    re.IGNORECASE,
)
_SERVICE_WORDS = 60  # a longer block says something else too
_GENERIC = re.compile(
    r"(?:(?:click|tap|go|right)\s+)?here|this link|link|click|hier|ici|aquí", re.IGNORECASE
)
_NEARBY = 90  # characters before a link that says only "here"
_URL = re.compile(r"https?://[^\s<>\"]+")
_TAIL = ".,;:!?)]'*_"
_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A body, its links as (words, URL), and the click counters that stayed, one for each link."""

    body: str
    links: tuple[tuple[str, str], ...] = ()
    counters: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    links: list[tuple[str, str]] = field(default_factory=list)
    counters: list[str] = field(default_factory=list)


def clean_html(body: str, recipient: Recipient) -> Cleaned:
    """Clean HTML; what no parser can read gives an empty body. Never raises."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    raw = body.replace("\0", "").encode("utf-8", "replace")
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Cleaned("")
    if root is None:
        return Cleaned("")
    _drop_all(node for node in root.iter() if _is_unseen(node))
    _drop_all(node for node in root.iter() if _is_service(node, recipient))
    found = _Found()
    _drop_all(node for node in list(root.iter("a")) if not _kept(node, recipient, found))
    for node in root.iter():
        for name in set(node.attrib) - _KEPT:
            del node.attrib[name]
    made = etree.tostring(root, encoding="unicode", method="html")
    return Cleaned(_unnamed(made, recipient), tuple(found.links), tuple(found.counters))


def clean_text(body: str, recipient: Recipient) -> Cleaned:
    """Clean plain text, paragraph by paragraph; a signature is no part of it."""
    text = _SIGNATURE.split(body.replace("\r\n", "\n"), maxsplit=1)[0]
    found = _Found()

    def link(match: re.Match[str]) -> str:
        url = match[0].rstrip(_TAIL)
        if is_private("", url, recipient):
            return ""
        settled = settle(url, recipient)
        if settled.counter:
            found.counters.append(settled.counter)
        return settled.url + match[0][len(url) :]

    kept = [
        _URL.sub(link, paragraph)
        for paragraph in re.split(r"\n[ \t]*\n", text)
        if not _speaks_of_subscription(_URL.sub("", paragraph), recipient)
    ]
    return Cleaned(_unnamed("\n\n".join(kept), recipient), (), tuple(found.counters))


def _unnamed(text: str, recipient: Recipient) -> str:
    for address in recipient.addresses:
        text = re.sub(re.escape(address), "", text, flags=re.IGNORECASE)
    return text


def _drop_all(nodes: Iterator[etree._Element]) -> None:
    for node in list(nodes):
        parent = node.getparent()
        if parent is None:
            continue
        before = node.getprevious()
        if node.tail and before is not None:
            before.tail = (before.tail or "") + node.tail
        elif node.tail:
            parent.text = (parent.text or "") + node.tail
        node.tail = None
        parent.remove(node)


def _is_unseen(node: etree._Element) -> bool:
    if not isinstance(node.tag, str) or node.tag in _DROPPED:
        return True
    style, names = node.get("style", ""), f"{node.get('class', '')} {node.get('id', '')}"
    hidden = node.get("hidden") is not None or bool(_HIDDEN.search(style))
    return hidden or bool(_PREHEADER.search(names))


def _is_service(node: etree._Element, recipient: Recipient) -> bool:
    if node.tag not in _BLOCKS or any(child.tag in _BLOCKS for child in node.iterdescendants()):
        return False
    return _speaks_of_subscription(_words(node), recipient)


def _speaks_of_subscription(text: str, recipient: Recipient) -> bool:
    said = one_line(text).replace("’", "'")
    if len(said.split()) > _SERVICE_WORDS:
        return False
    named = any(address in said.lower() for address in recipient.addresses)
    return named or bool(_SERVICE.search(said))


def _kept(node: etree._Element, recipient: Recipient, found: _Found) -> bool:
    """Settle one link in place; False when it must go with its words."""
    words, url = _words(node), (node.get("href") or "").strip()
    if is_private(words, url, recipient):
        return False
    if _GENERIC.fullmatch(words.strip(" .!→»")) and _SERVICE.search(_before(node)):
        return False
    settled = settle(url, recipient)
    if is_private("", settled.url, recipient):
        return False
    if settled.url:
        node.set("href", settled.url)
        found.links.append((words, settled.url))
    elif "href" in node.attrib:
        del node.attrib["href"]
    if settled.counter:
        found.counters.append(settled.counter)
    return True


def _words(node: etree._Element) -> str:
    return one_line(" ".join(str(text) for text in node.itertext()))


def _before(node: etree._Element) -> str:
    parent = node.getparent()
    if parent is None:
        return ""
    said = [parent.text or ""]
    for sibling in node.itersiblings(preceding=True):
        said.insert(1, f"{_words(sibling)} {sibling.tail or ''}")
        if sum(map(len, said)) > _NEARBY * 2:
            break
    return one_line(" ".join(said)).replace("’", "'")[-_NEARBY:]
