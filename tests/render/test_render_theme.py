from __future__ import annotations

from pathlib import Path

import pytest
from sample_issue import ISSUE

from digest.errors import TemplateError
from digest.render import load_theme, render, render_site


def style(root: Path, **files: str) -> Path:
    """A publication whose style `mine` has these templates (`__` is a dot)."""
    for name, text in files.items():
        path = root / "templates" / "mine" / name.replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def rendered(root: Path, name: str, style: str = "mine") -> str:
    """One file of the sample issue in this style."""
    artifacts = render(ISSUE, load_theme(style, root))
    return next(a.content.decode() for a in artifacts if a.path.endswith(f"/{name}"))


def test_builtin_style_needs_no_root() -> None:
    assert load_theme().style == "dispatch"


def test_a_block_can_be_changed_and_the_rest_kept(tmp_path: Path) -> None:
    root = style(
        tmp_path,
        _rows__html='{% extends "!builtin/_rows.html" %}'
        "{% block footer %}<tr><td>Bye!</td></tr>{% endblock %}",
    )
    page = rendered(root, "issue.html")
    assert "Bye!" in page
    assert "Example Press" not in page
    assert "What We've Discovered" in page


def test_words_can_be_changed_one_by_one(tmp_path: Path) -> None:
    root = style(tmp_path, words__toml='[en]\ndiscovered = "Elsewhere"\n')
    page = rendered(root, "issue.md")
    assert "## Elsewhere" in page
    assert "Also covered by" in page


def test_words_follow_the_language() -> None:
    theme = load_theme()
    assert theme.words_for("de-AT")["and"] == "und"
    assert theme.words_for("DE_at")["and"] == "und"
    assert theme.words_for("tlh")["and"] == "and"
    assert set(theme.words_for("de")) == set(theme.words_for("en"))


def test_a_style_of_the_same_name_comes_before_the_builtin_one(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "dispatch"
    folder.mkdir(parents=True)
    (folder / "issue.txt").write_text("{{ issue.title }}\n", encoding="utf-8")
    assert rendered(tmp_path, "issue.txt", "dispatch") == f"{ISSUE.title}\n"


@pytest.mark.parametrize("name", ["nosuch", "../dispatch", "", "/etc", "."])
def test_a_missing_style_lists_those_there_are(tmp_path: Path, name: str) -> None:
    with pytest.raises(TemplateError) as caught:
        load_theme(name, style(tmp_path, issue__txt=""))
    assert repr(name) in caught.value.message
    assert "brief, dispatch, links, mine" in caught.value.hint


def test_an_undefined_name_is_reported_with_file_and_line(tmp_path: Path) -> None:
    root = style(tmp_path, issue__txt="fine\n{{ issue.titel }}\n")
    with pytest.raises(TemplateError) as caught:
        rendered(root, "issue.txt")
    assert f"{tmp_path / 'templates' / 'mine' / 'issue.txt'}:2: " in caught.value.message
    assert "titel" in caught.value.message
    assert caught.value.hint


def test_a_syntax_error_is_reported_with_file_and_line(tmp_path: Path) -> None:
    root = style(tmp_path, issue__md="a\nb\n{% if %}\n")
    with pytest.raises(TemplateError, match=r"issue\.md:3: Expected an expression"):
        rendered(root, "issue.md")


def test_a_failing_expression_is_reported_with_file_and_line(tmp_path: Path) -> None:
    root = style(tmp_path, issue__txt="\n{{ issue.number / 0 }}")
    with pytest.raises(TemplateError, match=r"issue\.txt:2: ZeroDivisionError"):
        rendered(root, "issue.txt")


def test_a_missing_include_is_named(tmp_path: Path) -> None:
    root = style(tmp_path, issue__txt='{% include "nosuch.txt" %}')
    with pytest.raises(TemplateError, match=r"has no template 'nosuch\.txt'"):
        rendered(root, "issue.txt")


@pytest.mark.parametrize("toml", ["[en", 'discovered = "x"'])
def test_broken_words_are_reported(tmp_path: Path, toml: str) -> None:
    with pytest.raises(TemplateError, match=r"words\.toml"):
        load_theme("mine", style(tmp_path, words__toml=toml))


def test_what_a_template_prints_is_escaped_for_its_flavour(tmp_path: Path) -> None:
    line = '{{ "<b> & [x] {y}" }}'
    root = style(tmp_path, issue__md=line, issue__txt=line, issue__paste__html=line)
    assert rendered(root, "issue.md") == "&lt;b&gt; & \\[x\\] &#123;y&#125;\n"
    assert rendered(root, "issue.txt") == "<b> & [x] {y}\n"
    assert rendered(root, "issue.paste.html") == "&lt;b&gt; &amp; [x] {y}\n"


def test_the_site_uses_the_style_too(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "mine" / "site"
    folder.mkdir(parents=True)
    (folder / "style.css").write_text("body { color: #123456 }\n", encoding="utf-8")
    pages = {a.path: a.content for a in render_site([ISSUE], load_theme("mine", tmp_path))}
    assert pages["site/style.css"] == b"body { color: #123456 }\n"


@pytest.mark.parametrize("text", ["{nosuch}", "{", "{0}", "{title.x}"])
def test_words_that_cannot_be_filled_in_are_reported(tmp_path: Path, text: str) -> None:
    root = style(tmp_path, words__toml=f'[en]\nsign_off = "{text}"\n')
    with pytest.raises(TemplateError, match=r"words\.toml: sign_off") as caught:
        rendered(root, "issue.txt")
    assert "{ordinal}, {title}, {date}" in caught.value.hint
