"""A style: a folder of templates, the publication's own before the built-in ones."""

from __future__ import annotations

import re
import tomllib
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import jinja2
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from jinja2.nodes import EvalContext
from markupsafe import Markup

from digest.errors import TemplateError
from digest.render import escape, plain
from digest.render.brief import brief
from digest.render.builtin import builtin_styles, home

BASE = "dispatch"  # what a style leaves out is taken from here
WORDS = "words.toml"
_MEND = "mend that line; docs/templates.md says how templates work"
_NAME = re.compile(r"[A-Za-z0-9][\w-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The templates of one style, by flavour, and its fixed words in each language.

    What a template prints is escaped for its flavour unless it is `Markup`: HTML and XML, Markdown;
    plain text and CSS are printed as they are. `front_matter` names the program that reads
    issue.md.
    """

    style: str
    html: Environment
    markdown: Environment
    text: Environment
    words: Mapping[str, Mapping[str, str]]
    folders: tuple[Path, ...] = ()
    front_matter: str = "yaml"

    def path(self, name: str) -> Path | None:
        """Where a file that is no template lies, such as a font; None when the style has none."""
        return next((f / name for f in self.folders if (f / name).is_file()), None)

    def render(self, name: str, /, **context: object) -> str:
        """The template `name` with `context`; raises `TemplateError` naming file and line."""
        environment = self._environment(name)
        try:
            return environment.get_template(name).render(**context)
        except Exception as error:  # a template is the user's program: anything may go wrong
            raise _explain(error, name, self.style) from error

    def words_for(self, language: str) -> Mapping[str, str]:
        """The fixed words of a language ("de-AT", else "de"), English where there are none."""
        exact = language.replace("_", "-").lower()
        found = (self.words[tag] for tag in (exact, exact.partition("-")[0]) if tag in self.words)
        return {**self.words.get("en", {}), **next(found, {})}

    def _environment(self, name: str) -> Environment:
        if name.endswith((".html", ".xml")):
            return self.html
        return self.markdown if name.endswith(".md") else self.text


def load_theme(style: str = BASE, root: Path | None = None, *, front_matter: str = "yaml") -> Theme:
    """The style of this name: `root`/templates/`style`, then the built-in folder of that name.

    A file that neither has is taken from the built-in style "dispatch". A template may start with
    `{% extends "!builtin/issue.html" %}` to change a block of the original, or name a built-in
    style as in "!dispatch/issue.html". Raises `TemplateError` when there is no such style, or its
    words.toml cannot be read.
    """
    folders = _folders(style, root)
    builtin = FileSystemLoader(_existing(home() / style, home() / BASE))
    named = {f"!{name}": FileSystemLoader(home() / name) for name in builtin_styles()}
    loader = ChoiceLoader([FileSystemLoader(folders), PrefixLoader({"!builtin": builtin, **named})])
    html = Environment(
        loader=loader,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    html.filters.update(bidi=escape.bidi, md_url=escape.markdown_url)
    html.filters.update(wrap=plain.wrap, underline=plain.underline, brief=brief)
    return Theme(
        style=style,
        html=html,
        markdown=html.overlay(finalize=_markdown_finalizer),
        text=html.overlay(autoescape=False),
        words=_words(folders),
        folders=tuple(folders),
        front_matter=front_matter,
    )


@jinja2.pass_eval_context  # without a context Jinja would escape constants for HTML first
def _markdown_finalizer(_context: EvalContext, value: object) -> object:
    # Markup passes autoescape untouched, so that Markdown is escaped once, and as Markdown.
    return value if isinstance(value, Markup) else Markup(escape.markdown(str(value)))  # noqa: S704 - just escaped


def _folders(style: str, root: Path | None) -> list[Path]:
    own = root / "templates" if root else None
    homes = [place for place in (own, home()) if place]
    if not _NAME.fullmatch(style) or not any((place / style).is_dir() for place in homes):
        known = sorted(
            {p.name for place in homes if place.is_dir() for p in place.iterdir() if p.is_dir()}
        )
        where = f"neither {own / style} nor built in" if own else "not built in"
        also = ", or make that folder" if own else ""
        raise TemplateError(
            f"there is no style {style!r}: {where}", hint=f"choose {', '.join(known)}{also}"
        )
    return _existing(*(place / style for place in homes), home() / BASE)


def _existing(*folders: Path) -> list[Path]:
    return [folder for folder in dict.fromkeys(folders) if folder.is_dir()]


def _words(folders: list[Path]) -> Mapping[str, Mapping[str, str]]:
    merged: dict[str, dict[str, str]] = {}
    for path in (folder / WORDS for folder in reversed(folders)):
        if not path.is_file():
            continue
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise TemplateError(f"{path}: {error}", hint="mend that line") from None
        for language, table in tables.items():
            if not isinstance(table, dict):
                raise TemplateError(
                    f"{path}: {language!r} stands outside a table",
                    hint="put the words of a language below its tag, as in [en]",
                )
            words = {str(key): str(value) for key, value in table.items()}
            merged.setdefault(language.lower(), {}).update(words)
    return MappingProxyType({tag: MappingProxyType(words) for tag, words in merged.items()})


def _explain(error: Exception, name: str, style: str) -> TemplateError:
    if isinstance(error, jinja2.TemplateSyntaxError):
        where = f"{error.filename or error.name or name}:{error.lineno}"
        return TemplateError(f"{where}: {error.message}", hint=_MEND)
    if isinstance(error, jinja2.TemplateNotFound):
        return TemplateError(
            f"the style {style!r} has no template {error.name or name!r}",
            hint=f"copy it: `digest templates copy {BASE}/…`; docs/templates.md says how",
        )
    where = _where(error) or name
    if isinstance(error, jinja2.UndefinedError):
        return TemplateError(
            f"{where}: {error.message}", hint="docs/templates.md lists what a template may use"
        )
    return TemplateError(f"{where}: {type(error).__name__}: {error}", hint=_MEND)


def _where(error: Exception) -> str:
    """File and line of the template that was running; Jinja writes both into the traceback."""
    frames = traceback.extract_tb(error.__traceback__)
    inside = [f for f in frames if not f.filename.endswith(".py") and Path(f.filename).is_file()]
    return f"{inside[-1].filename}:{inside[-1].lineno}" if inside else ""
