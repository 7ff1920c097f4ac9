"""HTML as mail clients want it: styles on the elements, short lines, no live merge tags."""

from __future__ import annotations

import re

from digest.render.escape import disarmed

LONGEST_LINE = 500  # RFC 5322 allows 998 characters; UTF-8 may take two or three bytes for one
_TOKEN = re.compile(r"""<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+|<""", re.DOTALL)
_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_BLANKS = re.compile(r"[ \t]*\n[ \t\n]*")  # not \s: an en space is meant
_MARKED = '<style data-css-inline="ignore">'
_TAG = re.compile(r'<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
_CLASS = re.compile(r' class="([^"]*)"')
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
# What no line can hold and no client breaks: browsers break at blanks, hyphens, slashes, and
# anywhere in the scripts that have no blanks.
_ENDLESS = re.compile(r"[^\s<>&/\-\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7ff]{25,}")
_PIECE = re.compile(r"(.{14})(?=[^\W_])")
_ASIDES = ("dgst", "dgst-a")  # by them digest itself, reading the mail, tells what is no story
_TBODY = re.compile(r"</?tbody>")  # the parser writes it everywhere, and nobody asked for it
_IDLE = re.compile(r"[ \t\n]+(?=<(?:/td|div|p)\b)")  # before what begins a line anyway


def inlined(html: str, css: str) -> str:
    """A whole document with `css` on its elements; marked <style> blocks stay as they are."""
    import css_inline

    inliner = css_inline.CSSInliner(
        keep_style_tags=True,
        remove_inlined_selectors=True,
        load_remote_stylesheets=False,
        minify_css=True,
        extra_css=css,
    )
    return finished(_lean(breakable(_known(inliner.inline(html))).replace(_MARKED, "<style>")))


def inlined_fragment(html: str, css: str) -> str:
    """A piece of HTML with `css` on its elements, without classes and comments."""
    import css_inline

    inliner = css_inline.CSSInliner(load_remote_stylesheets=False, minify_css=True)
    styled = breakable(_known(inliner.inline_fragment(html, css)))
    return finished(_TAG.sub(lambda tag: _CLASS.sub("", tag[0]), styled))


def finished(html: str) -> str:
    """Merge tags disarmed, empty lines gone, long lines folded; ends in one line break."""
    return folded(tidied(disarmed(html.replace("&nbsp;", "\u00a0"))))  # two bytes for six


def tidied(html: str) -> str:
    """HTML without empty lines and blanks around lines, except in <pre>; ends in one line break."""
    parts = _PRE.split(html)
    shortened = (p if index % 2 else _BLANKS.sub("\n", p) for index, p in enumerate(parts))
    return "".join(shortened).strip() + "\n"


def folded(html: str) -> str:
    """Break lines at spaces of the text; never inside a tag, a comment or <pre>."""
    if all(len(line) <= LONGEST_LINE for line in html.split("\n")):
        return html
    done: list[str] = []
    column, verbatim = 0, 0
    for token in _TOKEN.findall(html):
        verbatim += token.startswith("<pre") - token.startswith("</pre")
        if not verbatim and not token.startswith("<") and column + len(token) > LONGEST_LINE:
            token = _broken(token, column)  # noqa: PLW2901 - the same text, on more lines
        done.append(token)
        column = column + len(token) if "\n" not in token else len(token) - token.rindex("\n") - 1
    return "".join(done)


def _lean(html: str) -> str:
    """Without blanks between blocks, and classes that no <style> names: paid for in every story."""
    used = {*_ASIDES, *re.findall(r"\.([A-Za-z][\w-]*)", "".join(_STYLE.findall(html)))}

    def kept(match: re.Match[str]) -> str:
        names = " ".join(name for name in match[1].split() if name in used)
        return f' class="{names}"' if names else ""

    html = html if "<tbody " in html else _TBODY.sub("", html)
    return _IDLE.sub("", _TAG.sub(lambda tag: _CLASS.sub(kept, tag[0]), html))


def breakable(html: str) -> str:
    """Words of more than 24 letters with places to break at: few clients break them by style.

    A headline on a phone of 320 px has room for 16 letters.
    """
    return "".join(
        token
        if token.startswith("<")
        else _ENDLESS.sub(lambda word: _PIECE.sub(r"\1<wbr>", word[0]), token)
        for token in _TOKEN.findall(html)
    )


def _known(html: str) -> str:
    """HTML without <bdi>: Gmail and Outlook drop it with its direction, and keep a <span>'s."""
    return html.replace("<bdi ", "<span ").replace("</bdi>", "</span>")


def _broken(text: str, column: int) -> str:
    # Only a plain space may become a line break: no-break spaces must stay.
    pieces: list[str] = []
    for word in text.split(" "):
        if pieces and column + 1 + len(word) > LONGEST_LINE:
            pieces.append("\n" + word)
            column = len(word)
        else:
            pieces.append(f" {word}" if pieces else word)
            column += len(pieces[-1])
    return "".join(pieces)
