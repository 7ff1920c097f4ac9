"""The ladder by which a mail is cut to fit: pure steps, in order, each told."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest
from msgspec.structs import replace
from rendered_files import files_of
from sample_issue import ISSUE, QUIET_ISSUE, busy_issue
from sample_stories import story, told_by

from digest.model import Issue, IssueSection, IssueStory, Sentence
from digest.render import Options, _shown, load_theme, render
from digest.render.budget import HARD, WARN, Fitted, fit
from digest.render.targets import slots

THEME = load_theme()


def said(number: int, sentences: int, angles: int) -> IssueStory:
    """A story of so many sentences, told with so many angles."""
    spans = tuple(
        Sentence(text=f"Sentence {n} of {number}.", article="a", source="S", start=n, end=n + 1)
        for n in range(sentences)
    )
    return replace(
        story(number, f"Title {number}", "S", " ".join(s.text for s in spans)),
        sentences=spans,
        coverage=tuple(told_by(f"Source {n}", f"Angle {n}") for n in range(angles)),
    )


def issue_of(*stories: IssueStory) -> Issue:
    own = IssueSection(name="Own", own=True, stories=(said(90, 3, 0),))
    return replace(ISSUE, sections=(own, IssueSection(name="T", stories=stories)), lead="s001")


SMALL = issue_of(said(1, 3, 3), said(2, 3, 1), said(3, 1, 0))


def size_until(enough: str) -> tuple[Fitted, list[str]]:
    """Cut SMALL with a measure that is content once a note starts with `enough`."""
    seen: list[str] = []

    def measure(cut: Fitted) -> int:
        flat = msgspec.json.encode(cut.issue).decode()
        seen.append(flat)
        done = {
            "two": "Sentence 2 of 1" not in flat,
            "angles": "Angle 2" not in flat,
            "one": "Sentence 1 of 1" not in flat,
            "none": "Angle 0" not in flat,
            "bare": "Sentence 0 of 2" not in flat,
            "gone": "Title 2" not in flat,
        }
        return 1000 if done[enough] else HARD + 1

    return fit(SMALL, measure), seen


@pytest.mark.parametrize(
    ("enough", "last"),
    [
        ("two", "blurbs of at most two sentences: 1,000 bytes"),
        ("angles", "at most two angles a story: 1,000 bytes"),
        ("one", "blurbs of one sentence: 1,000 bytes"),
        ("none", "no angles, their sources named: 1,000 bytes"),
        ("bare", "without blurbs: 2 weakest stories: 1,000 bytes"),
        ("gone", "left out: 2 weakest stories: 1,000 bytes"),
    ],
)
def test_each_rung_is_climbed_in_order_and_told(enough: str, last: str) -> None:
    cut, _ = size_until(enough)
    assert cut.notes[0] == "the mail had 102,401 bytes: Gmail shows 102,400"
    assert cut.notes[-1] == last
    order = [
        "blurbs of at most two",
        "at most two",
        "blurbs of one",
        "no angles",
        "without",
        "left",
    ]
    assert [n[: len(o)] for n, o in zip(cut.notes[1:], order, strict=False)] == order[
        : len(cut.notes) - 1
    ]


def test_sources_whose_angle_goes_are_still_named() -> None:
    cut, _ = size_until("none")
    first = cut.issue.sections[1].stories[0]
    assert [c.source for c in first.coverage] == ["Source 0", "Source 1", "Source 2"]


def test_the_weakest_go_first_and_the_lead_and_our_own_last() -> None:
    cut, _ = size_until("gone")
    assert [s.id for section in cut.issue.sections for s in section.stories] == ["s090", "s001"]
    assert cut.left_out == 2


def test_words_of_an_editor_are_not_shortened() -> None:
    edited = replace(said(1, 3, 0), blurb="My own words. All of them. Every one.")
    cut = fit(issue_of(edited), lambda cut: HARD + 1 if not cut.shortened else 1)
    assert cut.issue.sections[1].stories[0].blurb == edited.blurb


def test_what_fits_is_left_alone() -> None:
    assert fit(SMALL, lambda _: WARN) == Fitted(issue=SMALL)
    near = fit(SMALL, lambda _: WARN + 1)
    assert (near.issue, near.shortened) == (SMALL, False)
    assert near.notes == ("the mail has 90,001 bytes: near 102,400, where Gmail cuts it off",)


def test_an_essay_that_alone_is_too_long_ends_the_climb() -> None:
    cut = fit(replace(ISSUE, sections=(), lead=None), lambda _: HARD + 5)
    assert cut.notes[-1] == "left out: 0 weakest stories: 102,405 bytes"


@pytest.mark.parametrize("stories", [140, 260, 500])
def test_a_great_issue_fits_and_says_what_is_missing(stories: int) -> None:
    issue = busy_issue(stories)
    rendered = render(issue, THEME)
    files = {a.path.partition("/")[2]: a.content for a in rendered}
    assert len(files["issue.html"]) <= WARN
    recorded = msgspec.json.decode(files["issue.json"], type=Issue)
    assert recorded == replace(issue, notes=rendered.notes)
    words = b"more stories online" if stories > 140 else b"Read the rest online"
    for name in ("issue.html", "issue.fragment.html", "issue.paste.html", "issue.md", "issue.txt"):
        assert files[name].count(words) == 1, name


def test_without_a_page_online_only_the_number_is_told() -> None:
    issue = replace(busy_issue(260), masthead=QUIET_ISSUE.masthead)
    files = files_of(issue)
    assert "more stories did not fit into this mail." in files["issue.html"]
    assert "did not fit" not in str(render(busy_issue(140), THEME).artifacts)


def test_one_story_is_not_stories() -> None:
    fixed = THEME.words_for("en")
    for online, line in (("https://a.example/", "Read one more story online"), ("", "One more")):
        places = dataclasses.replace(slots(ISSUE), view_url=online)
        assert _shown(Fitted(issue=ISSUE, left_out=1), fixed, places).rest.startswith(line)


def test_the_token_of_a_service_leads_to_the_rest() -> None:
    files = files_of(busy_issue(140), options=Options(target="mailchimp"))
    assert '<a href="*|ARCHIVE|*"' in files["issue.fragment.html"]
