from __future__ import annotations

from typing import get_args

import pytest
from msgspec.structs import replace
from rendered_files import files_of
from sample_issue import ESSAY_ISSUE, ISSUE, LEAD, QUIET_ISSUE
from sample_stories import story, told_by

from digest.model import Issue, IssueSection, Kind, Masthead, NextIssue, Predecessor, Sentence
from digest.render import load_theme
from digest.render.view import IssueView, view

WORDS = load_theme().words_for("en")


def of(issue: Issue) -> IssueView:
    return view(issue, WORDS)


def test_stories_are_the_lead_then_ours_then_theirs() -> None:
    shown = of(ISSUE)
    assert [s.id for s in shown.stories] == ["s001", *(f"s{n:03d}" for n in range(2, 15))]
    assert shown.topics == ("Infrastructure as Code", "Kubernetes & Cloud", "Databases", "People")


def test_coverage_is_sorted_by_what_is_said_of_it() -> None:
    lead = of(ISSUE).lead
    assert lead
    assert [(m.label, m.name) for m in lead.angles] == [
        ("", "Cluster Notes"),
        ("", "The State File"),
        ("", "Terraform Weekly"),
        ("Picked by", "Friday Deploys"),
    ]
    assert [(note.label, [m.name for m in note.mentions]) for note in lead.notes] == [
        ("Also covered by", ["Ops Letter"]),
        ("Also published by", ["InfraBits"]),
    ]


def test_a_source_is_named_once_for_one_page() -> None:
    twice = replace(
        LEAD, coverage=(told_by("A"), told_by("A"), told_by("A", url="https://b.example/"))
    )
    lead = of(replace(ISSUE, sections=(IssueSection(name="T", stories=(twice,)),))).lead
    assert lead
    assert [m.url for m in lead.notes[0].mentions] == [
        "https://a.example/story",
        "https://b.example/",
    ]


def test_a_saga_leads_back_to_the_issue_that_told_its_last_chapter() -> None:
    before = Predecessor(
        id="s9", number=61, week="2025-W04", title="State locks\nreturn", url="https://a.example/"
    )
    issue = replace(
        ISSUE,
        sections=(IssueSection(name="T", stories=(replace(LEAD, coverage=(), follows=before),)),),
        masthead=Masthead(title="M", url="https://m.example/post"),
    )
    page = "https://m.example/post/2025-W04/#story-s9"
    for url, known in (("https://m.example/post", page), ("", "")):
        lead = of(replace(issue, masthead=Masthead(title="M", url=url))).lead
        assert lead
        [note] = lead.notes
        assert ("Earlier, in #61:", "State locks return", known) == (
            note.label,
            note.mentions[0].name,
            note.mentions[0].url,
        )


def test_one_page_is_linked_once_a_story() -> None:
    """An editor picks what a reporter wrote: the name stands beside it, without a second link."""
    page = "https://a.example/story"
    told = replace(
        LEAD,
        coverage=(
            told_by("A", "One more fact."),
            told_by("B", "Read it.", relation="pick", url=page),
            told_by("C", relation="pick", url=LEAD.url),
            told_by("D"),
        ),
    )
    lead = of(replace(ISSUE, sections=(IssueSection(name="T", stories=(told,)),))).lead
    assert lead
    assert [(m.name, m.url) for m in lead.angles] == [("A", page), ("B", "")]
    mentions = [m for note in lead.notes for m in note.mentions]
    assert [(m.name, m.url) for m in mentions] == [("D", "https://d.example/story"), ("C", "")]


def test_our_own_name_is_not_repeated_below_each_story() -> None:
    assert [s.source for s in of(ISSUE).shared[0].stories] == ["", ""]


def test_a_kind_is_a_label_before_the_source() -> None:
    radio, article = of(ISSUE).shared[0].stories
    assert ("podcast", "Podcast", ("Podcast",)) == (radio.kind, radio.label, radio.credit)
    assert ("article", "", ()) == (article.kind, article.label, article.credit)
    lead = of(ISSUE).lead
    assert lead is not None
    assert ("Release", "OpenTofu Blog") == lead.credit


def test_a_section_that_names_a_kind_needs_no_labels() -> None:
    named = IssueSection(name="New Releases", stories=(story(1, "T", "S", kind="release"),))
    [shown] = of(replace(ISSUE, sections=(named,), lead=None)).stories
    assert ("", ("S",)) == (shown.label, shown.credit)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_kind_has_a_word(language: str) -> None:
    fixed = load_theme().words_for(language)
    kinds = set(get_args(Kind)) - {"article"}
    assert all(fixed[f"kind_{kind}"] for kind in kinds)


def test_voices_are_all_other_sources_without_words() -> None:
    lead = of(ISSUE).lead
    assert lead is not None
    names = [[m.name for m in note.mentions] for note in lead.voices]
    told = ["Cluster Notes", "The State File", "Terraform Weekly", "Ops Letter"]
    assert [told, ["Friday Deploys"], ["InfraBits"]] == names
    twice = replace(
        LEAD, coverage=(told_by("A"), told_by("A", "More.", url="https://b.example/"), told_by("B"))
    )
    lead = of(replace(ISSUE, sections=(IssueSection(name="T", stories=(twice,)),))).lead
    assert lead is not None
    assert [("A", "https://a.example/story"), ("B", "https://b.example/story")] == [
        (m.name, m.url) for m in lead.voices[0].mentions
    ]


def test_addresses_that_are_no_web_pages_are_no_links() -> None:
    odd = IssueSection(name="T", stories=(story(1, "T", "S", url="javascript:x"),))
    shown = of(replace(ISSUE, sections=(odd,), masthead=Masthead(title="M", url="file:///etc")))
    assert shown.url == shown.web_url == shown.stories[0].url == ""


def test_preheader_goes_on_where_the_subject_stops() -> None:
    assert of(ISSUE).preheader == (
        "OpenTofu 1.9 ships provider iteration, and half the registry holds its breath · Dispatch…"
    )
    assert of(ESSAY_ISSUE).preheader.startswith("Over the past few days everybody has asked us")
    short = IssueSection(name="T", stories=(story(1, "Short", "S"),))
    assert of(replace(QUIET_ISSUE, sections=(short,))).preheader == (
        "Short · The Example Dispatch #4 · 2025-W05: Mon 27 Jan - Sun 2 Feb 2025, Europe/Berlin"
    )
    same = IssueSection(name="T", stories=(story(1, QUIET_ISSUE.title, "S"),))
    assert of(replace(QUIET_ISSUE, sections=(same,))).preheader.startswith(
        "The Example Dispatch #4"
    )


def test_sign_off() -> None:
    assert of(ISSUE).sign_off == (
        "The 6th issue of The Example Dispatch will arrive on Friday, February 7th. Until then!"
    )
    assert of(replace(ISSUE, next=NextIssue(number=6, date=""))).sign_off == "See you next time!"
    german = replace(ISSUE, masthead=Masthead(title="Der Brief", language="de"))
    assert view(german, load_theme().words_for("de")).sign_off == (
        "Der Brief, Ausgabe 6, erscheint am Freitag, 7. Februar 2025. Bis dahin!"
    )


def test_colophon() -> None:
    assert of(ISSUE).colophon == "142 collected from 12 sources, 31 merged, 14 chosen"
    assert of(replace(ISSUE, stats={"collected": 3})).colophon == "3 collected, 0 merged, 0 chosen"
    one = {"collected": 3, "merged": 1, "chosen": 2, "sources": 1}
    assert of(replace(ISSUE, stats=one)).colophon == "3 collected, 1 merged, 2 chosen"
    assert of(replace(ISSUE, stats={})).colophon == ""


def test_an_issue_without_a_title_is_called_by_its_subject_or_week() -> None:
    assert of(replace(ISSUE, title=" ")).title == ISSUE.subject
    assert of(replace(ISSUE, title="", subject="")).title == "2025-W05"
    assert of(replace(ISSUE, title="", subject="")).subject == "2025-W05"


def test_the_lead_that_gives_the_issue_its_title_is_printed_once() -> None:
    lead = ISSUE.lead_story
    assert lead is not None
    titled = replace(ISSUE, title=lead.title, essay="")
    assert of(titled).headlined == of(titled).lead
    assert of(ISSUE).headlined is None
    page = files_of(titled)["issue.txt"]
    assert page.count(lead.title[:20]) == 1


def test_a_source_that_told_a_story_twice_is_named_with_its_titles() -> None:
    lead = ISSUE.lead_story
    assert lead is not None
    first = replace(lead.coverage[0], source="Saved", title="One", relation="same story")
    twice = replace(lead, coverage=(first, replace(first, title="Two"), lead.coverage[1]))
    section = replace(ISSUE.sections[1], stories=(twice,))
    shown = of(replace(ISSUE, sections=(section,), lead=twice.id)).lead
    assert shown is not None
    names = [m.name for m in (*shown.angles, *(m for n in shown.notes for m in n.mentions))]
    assert {"Saved, “One”", "Saved, “Two”"} <= set(names)


def test_words_that_are_not_the_lead_s_are_named() -> None:
    said = Sentence(text="A fact.", article="b", source="Ops Letter", start=0, end=7)
    borrowed = replace(LEAD, source="Cluster Notes", sentences=(said,))
    own = replace(borrowed, sentences=(replace(said, source="Cluster Notes"),))
    lines = []
    for told in (borrowed, own):
        lead = of(replace(ISSUE, sections=(IssueSection(name="T", stories=(told,)),))).lead
        assert lead
        lines.append(lead.credit[-1])
    assert ["Cluster Notes, in the words of Ops Letter", "Cluster Notes"] == lines
