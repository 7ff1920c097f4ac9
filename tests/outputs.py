"""Everything a build wrote, parsed: what is in it, and what of it could act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path

import markdown
from click.testing import CliRunner
from lxml import etree

from digest.cli import main

ACTIVE = frozenset(
    "script iframe frame object embed applet form input button textarea select svg math base "
    "video audio template portal".split()
)
_LINKS = ("href", "src", "srcset", "action", "formaction", "poster", "background", "data", "cite")
_SCHEME = re.compile(r"[\s\0-\x20]*([a-z][a-z0-9+.-]*)[\s\0-\x20]*:", re.IGNORECASE)
_HARMLESS = ("http", "https", "mailto")

HEAD = '[publication]\ntitle = "T"\nurl = "https://t.example/"\n'
ALL = "[select]\ntotal = 0\nper_section = 0\nper_source = 0\nown = 0\n"


def build(root: Path, sources: str, *, week: str = "2025-W05", expect: int = 0) -> str:
    """Write digest.toml, build, and give what was said on stderr."""
    (root / "digest.toml").write_text(HEAD + sources + "\n" + ALL, encoding="utf-8")
    command = ["build", "--config", str(root), "--week", week, "--offline"]
    result = CliRunner().invoke(main, [*command, "--now", "2025-02-02T12:00Z"])
    assert result.exit_code == expect, f"{result.output} {result.exception!r}"
    assert "Traceback" not in result.output
    return result.stderr


def files(root: Path) -> dict[str, bytes]:
    out = root / "out"
    return {str(p.relative_to(out)): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()}


def everything(root: Path) -> str:
    """All text that was written, decoded where a format encodes it."""
    # Cards are drawn; Pagefind's folder holds its own program, and an index in its own format.
    texts = [
        content
        for name, content in files(root).items()
        if not name.endswith(".png") and not name.startswith("site/pagefind/")
    ]
    found = [content.decode("utf-8") for content in texts]
    return "\n".join([*found, *pages(root).values()])


def pages(root: Path) -> dict[str, str]:
    """Every HTML there is: pages, Markdown as a reader's program shows it, feeds, mails."""
    found: dict[str, str] = {}
    for name, content in files(root).items():
        if name.endswith(".html"):
            found[name] = content.decode("utf-8")
        elif name.endswith(".md"):
            text = content.decode("utf-8").partition("\n---\n")[2] or content.decode("utf-8")
            found[name] = markdown.markdown(text, extensions=["tables", "fenced_code"])
        elif name.endswith(".xml"):
            nodes = etree.fromstring(content).xpath("//*[@type='html']/text()")
            found[name] = "\n".join(str(text) for text in nodes)  # type: ignore[union-attr]
        elif name.endswith(".eml"):
            message = message_from_bytes(content, policy=policy.default)
            for at, part in enumerate(message.walk()):
                if part.get_content_type() == "text/html":
                    found[f"{name}:{at}"] = part.get_content()
    assert found
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def shown(html: str) -> str:
    """The text that a reader sees, with single spaces."""
    return " ".join("".join(read(html).text).split())


def links(root: Path) -> set[str]:
    return {
        values["href"]
        for page in pages(root).values()
        for tag, values in read(page).tags
        if "href" in values
    }


def active(html: str) -> Iterator[str]:
    """What could run, send or load something, in a page."""
    for tag, values in read(html).tags:
        if tag in ACTIVE or (tag == "meta" and "refresh" in values.get("http-equiv", "").lower()):
            yield f"<{tag} {sorted(values.items())}>"
        for name, value in values.items():
            scheme = _SCHEME.match(value)
            if (
                name.startswith("on")
                or name in ("srcdoc", "ping")
                or (name in _LINKS and scheme and scheme[1].lower() not in _HARMLESS)
                or (
                    name == "style"
                    and re.search(r"expression|javascript|@import|url\(", value, re.IGNORECASE)
                )
            ):
                yield f"{tag} {name}={value}"
    for style in re.findall(r"<style[^>]*>(.*?)</style", html, re.DOTALL | re.IGNORECASE):
        if "@import" in style or "javascript" in style:
            yield style
