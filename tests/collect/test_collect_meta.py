import tomllib
from datetime import UTC, datetime

import pytest

from digest.collect.meta import Meta, meta_of, read_toml, split_front_matter
from digest.errors import InputError

NOW = datetime(2026, 2, 18, 12, tzinfo=UTC)


def split(text: str) -> tuple[Meta, str]:
    return split_front_matter(text, "seeds/x.md", NOW)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: 'A: b'\ndate: 2026-02-05\ntags: [x, y]\nauthor: Ann, Bob\n---\nBody\n",
        "+++\ntitle = 'A: b'\ndate = 2026-02-05\ntags = 'x, y'\nauthors = 'Ann, Bob'\n+++\nBody\n",
        "Title: A: b\nDate: 2026-02-05\nTags: x, y\nAuthors: Ann, Bob\n\nBody\n",
    ],
)
def test_three_kinds_of_front_matter(text: str) -> None:
    meta, body = split(text)
    assert body == "Body\n"
    assert (meta.title, meta.tags, meta.authors) == ("A: b", ("x", "y"), ("Ann", "Bob"))
    assert meta.published == datetime(2026, 2, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["Body\n", "# Title\n\nBody\n", "---\nno end\n", "Note: this\n\nx"]
)
def test_text_without_front_matter_stays(text: str) -> None:
    assert split(text) == (Meta(), text)


@pytest.mark.parametrize(
    ("key", "value", "field", "expected"),
    [
        ("date", "2026-07-23 22:00:00 -0000", "published", None),  # after now
        ("date", "2026-01-23 22:00:00 -0100", "published", datetime(2026, 1, 23, 23, tzinfo=UTC)),
        ("date", "2026-02-30", "published", None),
        ("updated", "2026-02-05T10:00:00Z", "updated", datetime(2026, 2, 5, 10, tzinfo=UTC)),
        ("link", "https://a.org/", "url", "https://a.org/"),
        ("url", "javascript:alert(1)", "url", ""),
        ("source", "Paper", "outlet", "Paper"),
        ("outlet", "Paper", "outlet", "Paper"),
        ("title", "! 'Issue #196'", "title", "Issue #196"),
        ("title", "2026", "title", "2026"),
        ("title", "yes", "title", ""),
        ("tags", "{a: b}", "tags", ()),
        ("language", "de", "language", "de"),
        ("unknown", "x", "title", ""),
    ],
)
def test_each_key(key: str, value: str, field: str, expected: object) -> None:
    meta, _ = split(f"---\n{key}: {value}\n---\nBody")
    assert getattr(meta, field) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: x\ndate: [\n---\n", "seeds/x.md:4: front matter is not valid YAML"),
        ("---\n- a\n---\n", "seeds/x.md:2: front matter is not a table"),
        ("---\n!!python/object:os.system x\n---\n", "seeds/x.md:2: front matter is not valid YAML"),
        ("+++\ntitle = 'x'\ndate = \n+++\n", "seeds/x.md:3: not valid TOML"),
        ("---\n" + "[" * 5000 + "\n---\n", "seeds/x.md:2: front matter is not valid YAML"),
        ("---\nx: " + "y" * 70_000 + "\n---\n", "seeds/x.md:1: front matter over 65536 characters"),
    ],
)
def test_malformed_front_matter_names_its_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        split(text)
    assert str(caught.value).startswith(message)


def test_an_empty_front_matter_says_nothing() -> None:
    assert split("---\n---\nBody") == (Meta(), "Body")


def test_toml_dates_and_times() -> None:
    values = tomllib.loads("date = 2026-02-05T10:00:00+02:00\nupdated = 2026-02-06 10:00:00")
    meta = meta_of(values, NOW)
    assert meta.published == datetime(2026, 2, 5, 8, tzinfo=UTC)
    assert meta.updated == datetime(2026, 2, 6, 10, tzinfo=UTC)
    assert meta_of({"date": datetime(1990, 1, 1, tzinfo=UTC)}, NOW).published is None


def test_broken_toml_names_its_line() -> None:
    with pytest.raises(InputError, match=r"^x\.toml:2: not valid TOML: .+"):
        read_toml("a = 1\nb =\n", "x.toml")
