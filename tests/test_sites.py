from __future__ import annotations

import pytest

from digest.sites import HOUSES, PLATFORMS, VOICES, House, Platform, domain, own_word, publisher

DOMAINS = [
    ("https://blog.one.co.uk/x", "one.co.uk"),
    ("https://www.one.com:8080/x", "one.com"),
    ("https://ada.github.io/notes", "ada.github.io"),  # a private suffix: everyone's own
    ("https://deep.one.example/x", "one.example"),  # no suffix that the list knows
    ("http://localhost/x", "localhost"),
    ("http://192.0.2.1/x", "192.0.2.1"),
    ("mailto:ada@one.com", ""),
    ("", ""),
]


@pytest.mark.parametrize(("url", "expected"), DOMAINS)
def test_the_registrable_domain(url: str, expected: str) -> None:
    assert expected == domain(url)


@pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.name)
def test_a_house_is_one_publisher(house: House) -> None:
    assert {house.name} == {publisher(f"https://www.{d}/x") for d in house.domains}
    assert [*house.domains] == [domain(f"https://{d}") for d in house.domains]


def test_a_domain_belongs_to_one_house() -> None:
    every = [d for house in HOUSES for d in house.domains]
    assert len(every) == len({*every})


ACCOUNTS = {
    "beehiiv.com": ("https://ada.beehiiv.com/p/x", "ada.beehiiv.com"),
    "bearblog.dev": ("https://ada.bearblog.dev/x", "ada.bearblog.dev"),
    "bsky.app": ("https://bsky.app/profile/ada.example/post/1", "bsky.app/ada.example"),
    "codeberg.org": ("https://codeberg.org/ada/fan", "codeberg.org/ada"),
    "dev.to": ("https://dev.to/ada/x", "dev.to/ada"),
    "github.com": ("https://github.com/Ada/fan", "github.com/ada"),
    "gitlab.com": ("https://gitlab.com/ada/fan", "gitlab.com/ada"),
    "hashnode.dev": ("https://ada.hashnode.dev/x", "ada.hashnode.dev"),
    "linkedin.com": ("https://www.linkedin.com/company/acme/x", "linkedin.com/acme"),
    "medium.com": ("https://medium.com/@ada/x", "medium.com/@ada"),
    "notion.site": ("https://ada.notion.site/x", "ada.notion.site"),
    "reddit.com": ("https://www.reddit.com/r/fans/comments/1", "reddit.com/r/fans"),
    "substack.com": ("https://ada.substack.com/p/x", "ada.substack.com"),
    "tumblr.com": ("https://ada.tumblr.com/x", "ada.tumblr.com"),
    "twitter.com": ("https://twitter.com/ada/status/1", "twitter.com/ada"),
    "vimeo.com": ("https://vimeo.com/channels/ada/1", "vimeo.com/ada"),
    "wordpress.com": ("https://ada.wordpress.com/x", "ada.wordpress.com"),
    "x.com": ("https://x.com/ada/status/1", "x.com/ada"),
    "youtu.be": ("https://youtu.be/@ada", "youtu.be/@ada"),
    "youtube.com": ("https://www.youtube.com/@ada/videos", "youtube.com/@ada"),
}


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.domain)
def test_an_account_is_a_publisher(platform: Platform) -> None:
    url, expected = ACCOUNTS[platform.domain]
    assert expected == publisher(url)


def test_a_platform_says_nothing_of_who_made_a_page() -> None:
    assert "" == publisher("https://www.youtube.com/watch?v=1")
    assert "" == publisher("https://substack.com/home")


OWN = [
    ("https://github.com/acme/fan/releases/tag/v2", "v2", "release"),
    ("https://gitlab.com/acme/fan/-/tags/v2", "v2", "release"),
    ("https://github.com/acme/fan/issues/2", "Fan stops", None),
    ("https://www.cabinet.gov/x", "Rates set", "government"),
    ("https://stats.office.gov.uk/x", "Rates set", "government"),
    ("https://ec.europa.eu/x", "Rates set", "government"),
    ("https://fangovernor.com/x", "Rates set", None),
    ("https://kubernetes.io/blog/x", "Kubernetes 9 is out", "own site"),
    ("https://blog.rust-lang.org/x", "Announcing Rust 9", "own site"),
    ("https://nodejs.org/en/blog/x", "Node.js 99 is here", "own site"),
    ("https://letsencrypt.org/x", "An end to Let's Encrypt mails", "own site"),
    ("https://azure.microsoft.com/x", "New regions for Azure", "own site"),
    ("https://kubernetes.io/blog/x", "Scaling without tears", None),
    ("https://ada.example/x", "Kubernetes 9 is out", None),
    ("https://www.dawn.com/news/x", "Clashes at Dawn", None),  # the press writes of others
    ("https://www.fannews.com/x", "Mayor tells Fan News why", None),
    ("https://github.com/acme/fan", "GitHub is down", None),  # a platform's guest
    ("https://go.dev/x", "Where to go next", None),  # no name without a capital
    ("", "Acme", None),
]  # fmt: skip


@pytest.mark.parametrize(("url", "title", "expected"), OWN)
def test_the_makers_own_word(url: str, title: str, expected: str | None) -> None:
    voice = own_word(url, title)
    assert expected == (voice and voice.name)


def test_others_may_name_the_maker() -> None:
    assert own_word("https://acmefans.com/x", "A quieter blade") is None
    voice = own_word("https://acmefans.com/x", "A quieter blade", ["Acmefans makes it quiet"])
    assert "own site" == (voice and voice.name)


def test_every_voice_is_tested() -> None:
    assert {voice.name for voice in VOICES} == {name for _, _, name in OWN if name}
