"""The other files: each made for one kind of target, all with the same stories in one order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from digest.check.found import first, found
from digest.check.markup import Document
from digest.check.options import Options
from digest.model import Finding, Issue, IssueStory
from digest.text import one_line
from digest.urls import is_web

FILES = ("issue.html", "issue.fragment.html", "issue.paste.html", "issue.md", "issue.txt")
WIDTH = 77
SEMANTIC = frozenset(
    "h1 h2 h3 h4 p ul ol li a strong em b i code pre blockquote hr br img bdi "
    "table thead tbody tr th td".split()
)
PLAIN_ATTRIBUTES = frozenset("href src alt width height dir lang start align".split())
_MARKDOWN_LINK = re.compile(
    r"\]\(<?([^)\s>]+)>?\)|<(https?://[^>\s]+)>|^(https?://\S+)$", re.MULTILINE
)
_BRACES = re.compile(r"\{\{|\{%|\{#")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|amp|lt|gt|quot|nbsp|rsquo|hellip);", re.IGNORECASE)
_UNSEEN = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff]")
_URL = re.compile(r"https?://\S+")


def check(issue: Issue, files: Mapping[str, str], options: Options) -> Iterator[Finding]:
    """What is wrong with the files beside the mail, and where they differ from it."""
    for name in FILES:
        if not files.get(name, "").strip():
            yield found("file-missing", name, "is not there, or empty")
    pages = {n: Document(files[n]) for n in FILES if n.endswith(".html") and n in files}
    if "issue.fragment.html" in pages:
        yield from _fragment(pages["issue.fragment.html"], files["issue.fragment.html"])
    if "issue.paste.html" in pages:
        yield from _paste(pages["issue.paste.html"])
    if "issue.md" in files:
        yield from _markdown(files["issue.md"], options)
    if "issue.txt" in files:
        yield from _text(files["issue.txt"])
    for name, addresses in _addresses(files, pages).items():
        yield from _parity(name, pages.get(name), addresses, issue.printed)


def _fragment(document: Document, html: str) -> Iterator[Finding]:
    name = "issue.fragment.html"
    faults = [*document.faults]
    outer = [element.tag for element in document.elements if not element.parents]
    if outer != ["table"]:
        faults.append(f"the outermost elements are {', '.join(outer) or 'none'}")
    faults += [
        f"<{e.tag}>" for e in document.all("style", "script", "html", "head", "body", "link")
    ]
    faults += [f"class on <{e.tag}>" for e in document.elements if e.classes]
    faults += ["a comment" for _ in document.comments]
    faults += ["the filler of a preheader"] if "\u034f" in html else []
    yield from first("fragment", [(name, fault) for fault in faults])


def _paste(document: Document) -> Iterator[Finding]:
    name = "issue.paste.html"
    faults = [*document.faults]
    faults += [f"<{e.tag}>" for e in document.elements if e.tag not in SEMANTIC]
    faults += [
        f"{attribute} on <{element.tag}>"
        for element in document.elements
        for attribute in element.attributes
        if attribute not in PLAIN_ATTRIBUTES
    ]
    yield from first("paste", [(name, fault) for fault in faults])


def _markdown(page: str, options: Options) -> Iterator[Finding]:
    matter, body = _front_matter(page)
    if not one_line(str(matter.get("title") or "")):
        yield found("front-matter", "issue.md", "no front matter with a title")
    for token in options.tokens:
        body = body.replace(token, "")
    above = page[: len(page) - len(body)].count("\n") + 1
    live = [
        (f"issue.md:{number}", one_line(line)[:60])
        for number, line in enumerate(body.split("\n"), above)
        if _BRACES.search(line)
    ]
    yield from first("markdown-braces", live)


def _front_matter(page: str) -> tuple[Mapping[str, object], str]:
    """What stands above the text, as YAML or as Pelican's header lines, and the text."""
    import yaml

    if page.startswith("Title: "):
        head, _, body = page.partition("\n\n")
        pairs = (line.partition(": ") for line in head.split("\n"))
        return {key.lower(): value for key, _, value in pairs}, body
    parts = page.split("---\n", 2)
    if len(parts) != 3 or parts[0]:
        return {}, page
    try:
        matter = yaml.safe_load(parts[1])
    except yaml.YAMLError:
        return {}, parts[2]
    return (matter if isinstance(matter, dict) else {}), parts[2]


def _text(page: str) -> Iterator[Finding]:
    lines = [(f"issue.txt:{number}", line) for number, line in enumerate(page.split("\n"), 1)]
    odd = [
        (where, f"{len(line)} characters")
        for where, line in lines
        if len(line.rstrip()) > WIDTH and " " in line.strip()
    ]
    odd += [
        (where, f"{match[0][:50]} shares its line")
        for where, line in lines
        if (match := _URL.search(line)) and match[0] != line.strip() and len(match[0]) > 12
    ]
    yield from first("text-lines", odd)
    entities = ((where, m[0]) for where, line in lines for m in _ENTITY.finditer(line))
    yield from first("text-entities", entities)


def _addresses(files: Mapping[str, str], pages: Mapping[str, Document]) -> dict[str, list[str]]:
    """The addresses of each file, in order, decoded."""
    listed = {
        name: [link.attributes.get("href", "") for link in page.all("a")]
        for name, page in pages.items()
    }
    if "issue.md" in files:
        found_in = _MARKDOWN_LINK.findall(files["issue.md"])
        listed["issue.md"] = ["".join(groups) for groups in found_in]
    if "issue.txt" in files:
        listed["issue.txt"] = _URL.findall(files["issue.txt"])
    return {name: [_plain(url) for url in urls] for name, urls in listed.items()}


def _plain(url: str) -> str:
    return unquote(url.replace("&amp;", "&").replace("\\", ""))


def _seen(text: str) -> str:
    """What is seen of a text: merge tags are disarmed with characters that nobody sees."""
    return one_line(_UNSEEN.sub("", text))


def _parity(
    name: str, page: Document | None, addresses: Sequence[str], stories: Sequence[IssueStory]
) -> Iterator[Finding]:
    linked = [(story, _plain(story.url.strip())) for story in stories if is_web(story.url.strip())]
    missing = [story for story, url in linked if url not in addresses]
    if page:
        text = _seen(" ".join(e.text for e in page.elements if not e.parents))
        missing += [story for story in stories if _seen(story.title) not in text]
    absent = list(dict.fromkeys(one_line(story.title) for story in missing))
    yield from first("story-missing", [(name, f"“{title[:60]}” is not in it") for title in absent])
    # The essay may link to any of them before: the order holds when it holds somewhere.
    rest = iter(addresses)
    for story, url in linked:
        if url in addresses and not any(url == address for address in rest):
            message = f"“{one_line(story.title)[:60]}” stands before a story it should follow"
            yield found("story-order", name, message)
            return
