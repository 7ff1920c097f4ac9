from __future__ import annotations

import tomllib

import pytest

from digest.edit import with_sources
from digest.errors import ConfigError

HEAD = '# Mine.\n[publication]\ntitle = "T"  # the title\n'
TABLE = {"feed": "https://a.example/f", "name": 'A "b" \\ é\x7f\n'}
WRITTEN = '[[source]]\nfeed = "https://a.example/f"\nname = "A \\"b\\" \\\\ é\\n"\n'
ONE = {"feed": "x", "name": "N"}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HEAD, HEAD + "\n@"),
        (HEAD.rstrip(), HEAD.rstrip() + "\n\n@"),
        (HEAD + '[[source]]\nfeed = "1"\n', HEAD + '[[source]]\nfeed = "1"\n\n@'),
        (
            HEAD + '[[source]]\nfeed = "1" # one\n\n# Topics.\n[[topic]] # t\nname = "[x]"\n',
            HEAD + '[[source]]\nfeed = "1" # one\n\n@\n# Topics.\n[[topic]] # t\nname = "[x]"\n',
        ),
        ("[a]\nb = 1\n[[ source ]]\nx = 1\n[c]\n", "[a]\nb = 1\n[[ source ]]\nx = 1\n\n@\n[c]\n"),
        ('a = """\n[[source]]\n[b]\n"""\n', 'a = """\n[[source]]\n[b]\n"""\n\n@'),
    ],
)
def test_tables_stand_behind_the_sources_and_nothing_else_changes(before: str, after: str) -> None:
    made = with_sources(before, [ONE])
    assert after.replace("@", '[[source]]\nfeed = "x"\nname = "N"\n') == made


def test_values_are_written_as_toml() -> None:
    made = with_sources(HEAD, [{**TABLE, "name": TABLE["name"].replace("\x7f", "")}])
    assert made.endswith(WRITTEN)
    assert TABLE["feed"] == tomllib.loads(made)["source"][0]["feed"]


def test_several_and_windows_line_ends() -> None:
    made = with_sources(HEAD.replace("\n", "\r\n"), [ONE, ONE])
    assert 2 == len(tomllib.loads(made)["source"])
    assert made.count("\n") == made.count("\r\n")


def test_nothing_to_add_changes_nothing() -> None:
    assert with_sources(HEAD, []) is HEAD


def test_an_inline_array_is_refused() -> None:
    with pytest.raises(ConfigError, match="cannot be added"):
        with_sources('source = [{ feed = "1" }]\n', [ONE])
