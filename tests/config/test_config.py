from __future__ import annotations

import math
from pathlib import Path

import pytest

from digest.config import find, load
from digest.config.bounds import BOUNDS, Bound
from digest.errors import ConfigError

HEAD = '[publication]\ntitle = "T"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "digest.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_title_is_enough(tmp_path: Path) -> None:
    config = load(write(tmp_path, HEAD))
    assert ("T", "dispatch", "include") == (
        config.publication.title,
        config.publication.style,
        config.publication.undated,
    )
    assert () == config.sources


def test_everything_at_once(tmp_path: Path) -> None:
    config = load(
        write(
            tmp_path,
            HEAD
            + """
            timezone = "Europe/Berlin"
            cadence = "fortnightly"
            first_issue = { number = 3, week = "2025-W05" }
            [[source]]
            feed = "https://example.org/feed.xml"
            name = "Example"
            weight = 2
            [[source]]
            folder = "../saved"
            own = true
            newsletter = true
            [[topic]]
            name = "Cloud"
            keywords = ["eks"]
            max = 2
            [stories]
            copy = 0.8
            [topics]
            smallest = 4
            [select]
            total = 7
            [blurb]
            most = 50
            """,
        )
    )
    feed, folder = config.sources
    assert ("example", "feed", "https://example.org/feed.xml", 2.0) == (
        feed.id,
        feed.kind,
        feed.location,
        feed.weight,
    )
    assert ("saved", str(tmp_path.parent / "saved"), True) == (
        folder.id,
        folder.location,
        folder.newsletter,
    )
    assert ("Cloud", 2) == (config.topics[0].name, config.topics[0].max)
    assert (0.8, 4, 7, 50) == (
        config.stories.copy,
        config.discover.smallest,
        config.select.total,
        config.blurb.most,
    )
    assert (3, "fortnightly") == (config.calendar.first_number, config.calendar.cadence)


WRONG = [
    ("", "publication is missing", "title"),
    ("[publication]\n", "publication.title is missing", "title"),
    ("[publication\n", "not valid TOML", "line"),
    (HEAD + 'titel = "x"\n', "digest.toml:3: unknown key 'titel'", "did you mean 'title'?"),
    (HEAD + "[selct]\ntotal = 1\n", "digest.toml:3: unknown key 'selct'", "did you mean 'select'?"),
    (HEAD + "[select]\ntotl = 1\n", "digest.toml:4: unknown key 'totl' in [select]", "'total'?"),
    (HEAD + '[[source]]\nfeeed = "x"\n', "digest.toml:4: unknown key 'feeed'", "'feed'?"),
    (HEAD + "zzz = 1\n", "unknown key 'zzz'", "docs/config.md"),
    (HEAD + "[stories]\ncopy = 0.5\n", "digest.toml:4: stories.copy needs a number >= 0.7", ""),
    (HEAD + '[select]\ntotal = "many"\n', "digest.toml:4: select.total needs a whole", "config"),
    (
        HEAD + '[select]\nwelcome = ["quizes"]\n',
        "digest.toml:4: select.welcome: 'quizes' is none of sponsored, ",
        "docs/config.md",
    ),
    (HEAD + 'cadence = "daily"\n', "publication.cadence: 'daily' is none of weekly", "config.md"),
    (HEAD + 'publish_on = "Friday"\n', "digest.toml:3: publication.publish_on", "'friday'?"),
    (HEAD + 'undated = "maybe"\n', "undated: 'maybe' is none of include, skip", "docs/config.md"),
    (HEAD + '[[topic]]\nname = "A"\nkind = "movies"\n', "digest.toml:5: topic.kind: 'movies'", ""),
    (HEAD + "greeting = Hello\n", "digest.toml:3: not valid TOML: invalid value", "in quotes"),
    (HEAD + "title = 'again'\n", "digest.toml:3: not valid TOML", "twice"),
    (HEAD + "author = 5\n", "digest.toml:3: publication.author needs text in quotes", "docs"),
    (HEAD + "[select]\ntotal = 2.5\n", "needs a whole number, not a fraction", "docs"),
    (HEAD + '[source]\nfeed = "a"\n', "digest.toml:3: source needs double", "[[source]]"),
    (HEAD + "[[select]]\ntotal = 1\n", "digest.toml:3: select has double", "[select]"),
    (HEAD + '[[topic]]\nkeywords = ["a"]\n', "digest.toml:3: topic.name is missing", "name ="),
    (HEAD + '[[source]]\nfeed = "a"\nlanguage = "de"\n', ":5: unknown key 'language'", "below [p"),
    ('title = "T"\n' + HEAD, "digest.toml:1: unknown key 'title'", "below [publication]"),
    (
        HEAD + '[[source]]\nfeed = "a"\nweight = 1\n[[source]]\nfeed = "b"\nweight = "big"\n',
        "digest.toml:8: source.weight needs a number, not text",
        "docs/config.md",
    ),
    (
        HEAD + '[[source]]\nfeed = "a"\ntopic = "Kubernets"\n[[topic]]\nname = "Kubernetes"\n',
        "digest.toml:3: source 1: there is no topic 'Kubernets'",
        "did you mean 'Kubernetes'?",
    ),
    (HEAD.replace("T", " "), "digest.toml:2: publication.title", "readers"),
    (HEAD + 'url = "a.example"\n', "digest.toml:3: publication.url = 'a.example'", "https://"),
    (HEAD + 'language = "German!"\n', "digest.toml:3: publication.language", "pt-BR"),
    (HEAD + 'timezone = "Mars/Base"\n', ":3: publication.timezone: there is no", "Europe/Berlin"),
    (HEAD + 'first_issue = { week = "2025-W99" }\n', "first_issue.week", "2025-W05"),
    (HEAD + "[[source]]\nown = true\n", "digest.toml:3: source 1: needs exactly one", "feed ="),
    (HEAD + '[[source]]\nfeed = "a"\nfolder = "b"\n', "needs exactly one of", "feed ="),
    (HEAD + '[[source]]\nfolder = "https://a.example"\n', "is a URL", "on disk"),
    (HEAD + '[[source]]\nfeed = "file:///etc/passwd"\n', "scheme 'file'", "http or https"),
    (HEAD + '[[source]]\nfeed = "gopher://a.example/"\n', "scheme 'gopher'", "http or https"),
    (HEAD + '[[source]]\nfeed = "a"\n[[source]]\nfeed = "b/a"\n', "the name 'a' is taken", "own"),
]


@pytest.mark.parametrize(("text", "what", "hint"), WRONG)
def test_mistakes_are_named(tmp_path: Path, text: str, what: str, hint: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    message = str(caught.value)
    assert str(path) in message
    assert what in message
    assert hint in message
    assert "\n" not in message


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda bound: bound.key)
def test_numbers_out_of_bounds_are_named(tmp_path: Path, bound: Bound) -> None:
    table, _, key = bound.key.partition(".")
    array = table == "source"
    for value in (bound.least - 1, bound.most + 1):
        if value == math.inf:
            continue
        given = f"{value:g}" if bound.least % 1 == 0 else f"{value:.1f}"
        line = f"{key} = [{given}]" if key == "ports" else f"{key} = {given}"
        head = "" if table == "publication" else f"[[{table}]]\n" if array else f"[{table}]\n"
        text = HEAD + head + ('feed = "a"\n' if array else "") + line + "\n"
        lines = text.count("\n")
        with pytest.raises(ConfigError, match=rf"digest\.toml:{lines}: {bound.key} = ") as caught:
            load(write(tmp_path, text))
        assert bound.why == caught.value.hint


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_a_number_is_finite(tmp_path: Path, value: str) -> None:
    with pytest.raises(ConfigError, match=r"digest\.toml:5: source\.weight = "):
        load(write(tmp_path, HEAD + f'[[source]]\nfeed = "a"\nweight = {value}\n'))


def test_missing_and_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no such file.*digest init"):
        load(tmp_path / "digest.toml")
    (tmp_path / "digest.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="save it as UTF-8"):
        load(tmp_path / "digest.toml")


def test_find_looks_in_the_folders_above(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD)
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert path == find(below)
    path.unlink()
    with pytest.raises(ConfigError, match="digest init"):
        find(below)


def test_email(tmp_path: Path) -> None:
    email = load(write(tmp_path, HEAD + '[email]\ntarget = "kit"\nfrom_name = "A"\n')).email
    assert ("kit", "A", "") == (email.target, email.from_name, email.reply_to)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('targt = "kit"', r"digest\.toml:4: unknown key 'targt'.*did you mean 'target'"),
        ('target = "fax"', r"digest\.toml:4: email\.target"),
        ('images = "some"', r"digest\.toml:4: email\.images"),
        ('reply_to = "nobody"', r"digest\.toml:\d+: email: reply_to = 'nobody' is no address"),
    ],
)
def test_email_errors(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load(write(tmp_path, HEAD + f"[email]\n{line}\n"))


def test_collecting_is_configured_and_says_who_asks(tmp_path: Path) -> None:
    path = tmp_path / "digest.toml"
    head = '[publication]\ntitle = "T"\nurl = "https://a.org/"\n[collect]\n'
    path.write_text(head + 'allow = ["feeds.lan"]\nports = [80, 8080]\n', encoding="utf-8")
    options = load(path).collect
    assert (options.allow, options.ports) == (("feeds.lan",), (80, 8080))
    assert options.contact == "https://a.org/"
    path.write_text(head + 'contact = "mail@a.org"\n', encoding="utf-8")
    assert load(path).collect.contact == "mail@a.org"
    path.write_text(head + "timout = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="did you mean 'timeout'"):
        load(path)
