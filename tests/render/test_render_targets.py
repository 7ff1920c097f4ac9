"""Sending services: their tokens live, feed text inert."""

from __future__ import annotations

import re
from email import message_from_string, policy
from html import unescape
from typing import get_args

import msgspec
import pytest
from msgspec.structs import replace
from rendered_files import files_of
from sample_issue import ISSUE
from sample_stories import story

from digest.model import Issue, IssueSection
from digest.render import Options, load_theme
from digest.render.options import Target
from digest.render.targets import SERVICES, sealed, slots

THEME = load_theme()
TITLE = "Using {{ jinja }} and *|FNAME|*"
HOSTILE = replace(
    ISSUE,
    title=TITLE,
    subject=f"{TITLE} | #5",
    sections=(
        IssueSection(
            name="{% raw %} %%",
            stories=(
                story(
                    1,
                    TITLE,
                    "[[source]]",
                    "%%x%% {first_name} {{{a}}} {#b#} [[[c]]] {uuid} <%d%>",
                ),
                story(2, "{{", "{{x}}", url="https://a.example/{{x}}/*|y|*?[[z]]=%%q%%"),
            ),
        ),
    ),
)
SERVICE_NAMES = [name for name in SERVICES if name != "generic"]
RUNS = re.compile(r"\{\{|\{%|\{#|\*\||%%|\[\[|<%")


def files(issue: Issue, target: str) -> dict[str, str]:
    """The files of an issue for this service; the parts of the message in place of issue.eml."""
    options = msgspec.convert({"target": target}, Options)
    found = files_of(issue, options=options)
    message = message_from_string(found.pop("issue.eml"), policy=policy.default)
    del found["issue.json"]
    for part in message.iter_parts():
        found[f"eml {part.get_content_type()}"] = part.get_content()
    return {**found, "eml subject": str(message["Subject"])}


def test_there_is_a_row_for_every_target() -> None:
    assert set(SERVICES) == set(get_args(Target))
    assert all(service.why for service in SERVICES.values())


@pytest.mark.parametrize("target", SERVICE_NAMES)
def test_nothing_of_a_feed_runs_in_any_flavour(target: str) -> None:
    ours = [t for t in (SERVICES[target].unsubscribe, SERVICES[target].address) if t]
    ours += [t for t in (SERVICES[target].archive,) if t]
    for name, page in files(HOSTILE, target).items():
        bare = re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
        for token in ours:
            bare = bare.replace(token, "")
        # As it is, and as an editor or a Markdown library would hand it on.
        for read in (bare, unescape(bare), unescape(re.sub(r"\\(?=[\[*])", "", bare))):
            assert not RUNS.search(read), (name, RUNS.findall(read))


@pytest.mark.parametrize("target", SERVICE_NAMES)
def test_a_reader_sees_the_title_as_it_was(target: str) -> None:
    for name, page in files(HOSTILE, target).items():
        seen = unescape(re.sub(r"\\(?=[\[*])", "", page)).replace("\u2060", "")
        assert TITLE in re.sub(r"\s+", " ", seen), name


@pytest.mark.parametrize("target", SERVICES)
def test_tokens_stand_in_the_mail_and_its_text(target: str) -> None:
    service, made = SERVICES[target], files(ISSUE, target)
    for name in ("issue.html", "issue.txt", "eml text/html", "eml text/plain"):
        page = made[name]
        assert (service.unsubscribe or "https://example.org/dispatch/") in page
        assert (service.archive or "https://example.org/dispatch/2025-W05/") in page
        assert (service.address or "Example Press, 1 Sample Street") in page
        assert ".invalid" not in page
    if service.unsubscribe:
        assert f'href="{service.unsubscribe}"' in made["issue.html"]
    for name in ("issue.fragment.html", "issue.paste.html", "issue.md"):
        assert not service.unsubscribe or service.unsubscribe not in made[name]


def test_ghost_finds_no_name_of_its_own() -> None:
    page = files(HOSTILE, "ghost")["issue.html"]
    assert not re.search(r"\{(?:first_name|uuid)\}", page)


def test_no_feed_can_write_our_marks() -> None:
    options = Options(target="mailchimp")
    [(mark, _), *_] = slots(ISSUE, options).tokens
    copied = IssueSection(name="T", stories=(story(1, f"See {mark}", "S"),))
    again = replace(ISSUE, sections=(copied,), lead=None)
    page = sealed(mark, slots(again, options))
    assert page == mark


def test_a_generic_file_keeps_its_text() -> None:
    assert TITLE in files(HOSTILE, "generic")["issue.txt"]
    assert slots(ISSUE).live is None


def test_an_address_of_their_own_for_those_who_leave() -> None:
    options = Options(unsubscribe_url="https://example.org/bye?list=1")
    pages = files_of(ISSUE, options=options)
    assert 'href="https://example.org/bye?list=1"' in pages["issue.html"]
    assert "\nhttps://example.org/bye?list=1\n" in pages["issue.txt"]
