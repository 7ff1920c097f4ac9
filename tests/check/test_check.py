"""Every rule of the table is broken once, and nothing is found where nothing is wrong."""

from __future__ import annotations

import pytest
from check_sample import FILES, ISSUE, Broken, Files, edit, eml, findings, mail, told
from msgspec.structs import replace

from digest.check import RULES, Options, check, flavours, reading, source
from digest.check.colours import contrast
from digest.check.links import PERSONAL, Personal, personal, unsubscribes
from digest.check.rules import BY_ID, GROUPS
from digest.model import Artifact, Issue, IssueSection, IssueStory, SourceReport
from digest.render import budget, load_theme, plain, preheader, render
from digest.render.mail import LONGEST_LINE


def issue_with(**changes: object) -> Broken:
    return lambda issue, files: (replace(issue, **changes), files)


def story_with(**changes: object) -> Broken:
    def broken(issue: Issue, files: Files) -> tuple[Issue, Files]:
        first, *rest = issue.sections[0].stories
        stories = (replace(first, **changes), *rest)
        return replace(issue, sections=(replace(issue.sections[0], stories=stories),)), files

    return broken


def linking(url: str) -> Broken:
    return issue_with(essay=f"See [this]({url}).")


def stories(*told_stories: IssueStory) -> Broken:
    return issue_with(sections=(IssueSection(name="Cloud", stories=told_stories),), lead=None)


def message(**headers: str) -> Broken:
    def broken(issue: Issue, files: Files) -> tuple[Issue, Files]:
        made = eml(files["issue.html"].decode(), files["issue.txt"].decode(), **headers)
        return issue, {**files, "issue.eml": made}

    return broken


def _swapped(text: bytes, one: bytes, other: bytes) -> bytes:
    return other.join(part.replace(other, one) for part in text.split(one))


EM = "Node pools learn to sleep"
P = '<p style="'
BROKEN: dict[str, Broken] = {
    "issue-empty": issue_with(sections=(), essay=" ", lead=None),
    "subject-missing": issue_with(subject=" "),
    "left-over": issue_with(essay="Fine.\n\nTODO: say why"),
    "section-empty": issue_with(sections=(*ISSUE.sections, IssueSection(name="Data"))),
    "title-missing": story_with(title=""),
    "title-cut": story_with(title="The rest of this is …"),
    "one-voice": stories(*(told(n, f"Story {n}", "One Paper") for n in range(1, 6))),
    "top-alone": story_with(coverage=()),
    "source-failed": issue_with(sources=(SourceReport(name="Gone", status="failed"),)),
    "link-unsubscribe": linking("https://paper.example/unsubscribe?u=1"),
    "link-recipient": linking("https://paper.example/a?mc_eid=1234"),
    "link-missing": story_with(url=""),
    "link-duplicate": story_with(url="http://www.paper-2.example/story/"),
    "link-tracking": linking("https://paper.example/a?utm_source=letter"),
    "link-insecure": linking("http://paper.example/a"),
    "size-limit": mail("</body>", " " * 102_400 + "</body>"),
    "size-near": mail("</body>", "\n" * 85_000 + "</body>"),
    "style-size": mail("<style>", "<style>" + ".a{color:#123456}" * 500),
    "style-nested": mail("<style>", "<style>@media print{@media screen{a{margin:0}}}"),
    "charset": mail('<meta charset="utf-8">', ""),
    "beyond-latin-1": lambda issue, files: (
        issue,
        {**files, "issue.html": files["issue.html"].decode().encode("ascii", "ignore")},
    ),
    "control-characters": mail(EM, f"{EM}\u0092"),
    "replacement-character": mail(EM, f"{EM}\ufffd"),
    "line-length": mail(EM, f"{EM} {'word ' * 200}"),
    "doctype": mail("<!DOCTYPE html>", ""),
    "language": mail(' dir="ltr"', ' dir="rtl"'),
    "title-element": mail("<title>", "<title>Re: "),
    "head-metas": mail('name="viewport"', 'name="view"'),
    "balanced": mail("</p>", ""),
    "balanced-word": mail("<![endif]-->", "-->"),
    "active-content": mail("</body>", "<script>alert(1)</script></body>"),
    "ids": mail("<h1", '<p><a href="#nowhere">Down</a></p><h1'),
    "table-role": mail('role="presentation"', ""),
    "table-depth": mail("</h1>", "</h1>" + "<table>" * 3 + "</table>" * 3),
    "container": mail("max-width:600px", "max-width:700px"),
    "modern-css": mail(P, f"{P}display:flex;"),
    "padding": mail(P, f"{P}padding:4px;"),
    "margin": mail("margin:0 0", "margin:0 -4px"),
    "important": mail(" !important", "!important"),
    "colour-notation": mail(P, f"{P}border-color:rgb(0,0,0);"),
    "colour-pairs": mail('<td style="', '<td bgcolor="#ffeedd" style="'),
    "contrast": mail("color:#26221d", "color:#e0dcd0", -1),
    "font-generic": mail(P, f"{P}font-family:Georgia;"),
    "font-size": mail(P, f"{P}font-size:11px;"),
    "dark-twin": mail("[data-ogsc]", "[data-other]", -1),
    "headings": mail("<h3", "<h5"),
    "link-scheme": mail("https://paper-2.example/story", "/story"),
    "link-text": mail("Ingress gets a successor</a>", "Read more</a>"),
    "link-adjacent": mail("https://other-1.example/story", "https://paper-1.example/story"),
    "image-alt": mail(' alt="A graph"', ""),
    "image-source": mail("graph.png", "graph.webp"),
    "image-size": mail(' width="480"', ""),
    "image-many": mail(
        "<img ", '<img src="https://example.org/a.png" alt="" width="9" height="9">' * 12 + "<img "
    ),
    "preheader": mail("mso-hide", "mso-show"),
    "way-out": mail("Unsubscribe or change your address", "Our home"),
    "address": mail("1 Sample Street", ""),
    "view-online": mail("https://example.org/letter/2025-W05/", "https://elsewhere.example/", -1),
    "template-token": mail(EM, "Hello {{ name }}"),
    "file-missing": lambda issue, files: (issue, {**files, "issue.txt": b""}),
    "fragment": edit("issue.fragment.html", "<table", '<table class="sheet"', 1),
    "paste": edit("issue.paste.html", "<p>", '<p style="margin:0">', 1),
    "front-matter": edit("issue.md", "title: ", "title: : ", 1),
    "markdown-braces": edit("issue.md", "We slept", "We {{ slept }}"),
    "text-lines": edit("issue.txt", "We slept", "We slept " * 12),
    "text-entities": edit("issue.txt", "We slept", "We &amp; you slept"),
    "story-missing": edit("issue.txt", "https://paper-3.example/story", "https://else.example/"),
    "story-order": lambda issue, files: (
        issue,
        {
            **files,
            "issue.txt": _swapped(files["issue.txt"], b"paper-2.example", b"paper-3.example"),
        },
    ),
    "eml-defects": edit("issue.eml", "--=_digest--", ""),
    "eml-lines": edit("issue.eml", "\r\n", "\n", 1),
    "eml-headers": edit("issue.eml", "Date: ", "X-Date: ", 1),
    "eml-list-unsubscribe": edit(
        "issue.eml", "Subject:", "List-Unsubscribe: =?utf-8?q?=3Chttps?=\r\nSubject:", 1
    ),
}


def test_every_rule_is_broken_here_and_has_a_group() -> None:
    assert list(BROKEN) == [rule.id for rule in RULES]
    assert list(GROUPS) == list(dict.fromkeys(rule.group for rule in RULES))


def test_nothing_is_found_where_nothing_is_wrong() -> None:
    assert findings(ISSUE, FILES) == ()


@pytest.mark.parametrize("rule", BROKEN)
def test_a_rule_finds_what_breaks_it(rule: str) -> None:
    found = [f for f in findings(*BROKEN[rule](ISSUE, FILES)) if f.rule == rule]
    assert found
    assert {(BY_ID[rule].severity, BY_ID[rule].hint)} == {(f.severity, f.hint) for f in found}
    assert all(f.where and f.message for f in found)


PERSONAL_URLS = {
    "mc_eid": "https://a.example/?mc_eid=ab12",
    "ck_subscriber_id": "https://a.example/?ck_subscriber_id=12",
    "_hsenc|": "https://a.example/?_hsenc=p2ANqtz",
    "mkt_tok": "https://a.example/?mkt_tok=NDI",
    "vero_id|": "https://a.example/?oly_enc_id=123A",
    "(?:subscriber|": "https://a.example/?subscriber_id=12",
    "e-?mail": "https://a.example/?email=someone",
    "(?:access|": "https://a.example/?access_token=12",
    "[^@": "https://a.example/?u=ann%40example.org",
    "(?:[\\w-]+\\.)*list-manage": "https://x.us1.list-manage.com/track/click?u=1",
    "click\\.": "https://click.convertkit-mail2.com/abc/def",
    "(?:link|links)": "https://link.mail.beehiiv.com/ss/c/u001",
    "(?:[\\w-]+\\.)*ct\\.sendgrid": "https://u1.ct.sendgrid.net/ls/click?upn=1",
    "(?:[\\w-]+\\.)*awstrack": "https://abc.r.us-east-1.awstrack.me/L0/x",
    "(?:[\\w-]+\\.)*mailgun": "https://email.mailgun.org/c/eJx",
    "/redirect": "https://substack.com/redirect/2/eyJlIjoiaHR0cHM6Ly9hIn0",
    "/eyJ": "https://a.example/v/eyJhbGciOiJIUzI1NiIsInR5cCI.eyJzdWIiOiIxMjM0NTY3ODkwIn0",
}


@pytest.mark.parametrize("row", PERSONAL, ids=lambda row: row.pattern)
def test_links_that_name_their_receiver(row: Personal) -> None:
    [url] = [url for start, url in PERSONAL_URLS.items() if row.pattern.startswith(start)]
    assert personal(url) == row.who


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/email-is-not-dead",
        "https://a.example/?p=12&id=9",
        "https://a.example/?email=",
        "https://mailgun.example/docs",
        "https://substack.com/@ann/note/c-12",
    ],
)
def test_links_that_name_nobody(url: str) -> None:
    assert personal(url) == ""


def test_ways_out_of_other_newsletters() -> None:
    for url in (
        "https://a.example/unsubscribe/1f",
        "https://a.example/list/unsub?u=1",
        "https://a.example/account/email-preferences",
        "https://a.example/action/disable_email?token=1",
        "https://a.example/newsletter/abmelden.html",
        "https://a.example/x?unsubscribe_token=1",
    ):
        assert unsubscribes(url), url
    for url in (
        "https://a.example/how-to-unsubscribe-from-everything",
        "https://a.example/blog/email-preferences-of-engineers",
        "https://a.example/the-opt-out-economy",
    ):
        assert not unsubscribes(url), url


@pytest.mark.parametrize(
    "essay",
    [
        "It is on my todo list, size xxx.",
        "See [link text](https://a.example/).",
        "What???",
        "UTKTX",
    ],
)
def test_words_that_are_no_leftovers(essay: str) -> None:
    assert findings(replace(ISSUE, essay=essay), {}) == findings(ISSUE, {})


def test_a_title_of_exactly_seventy_characters_may_be_whole() -> None:
    whole = replace(ISSUE.sections[0].stories[0], title="a" * 69 + ".")
    cut = replace(whole, title="a" * 70)
    for story, expected in ((whole, []), (cut, ["title-cut"])):
        issue = replace(ISSUE, sections=(IssueSection(name="Cloud", stories=(story,)),))
        assert expected == [f.rule for f in findings(issue, {}) if f.rule == "title-cut"]


def test_the_targets_own_tokens_are_no_fault() -> None:
    files = {**FILES, "issue.html": FILES["issue.html"].replace(b"</h1>", b"</h1>*|NAME|*")}
    artifacts = [Artifact(path=name, content=content) for name, content in files.items()]
    assert ["template-token"] == [f.rule for f in check(ISSUE, artifacts)]
    assert () == check(ISSUE, artifacts, Options(tokens=("*|NAME|*",)))


@pytest.mark.parametrize("reader", ["yaml", "hugo", "jekyll", "eleventy", "mkdocs", "pelican"])
def test_the_head_of_every_reader_is_front_matter(reader: str) -> None:
    theme = load_theme(front_matter=reader)
    page = next(a.content for a in render(ISSUE, theme) if a.path.endswith("issue.md"))
    assert () == findings(ISSUE, {**FILES, "issue.md": page})
    untitled = page.replace(b"A Week Without Incidents", b" ", 1)
    found = [f.rule for f in findings(ISSUE, {**FILES, "issue.md": untitled})]
    assert "front-matter" in found


def test_rendering_aims_at_what_is_asked_of_it() -> None:
    """Neither room knows the other: each has the numbers, and here they meet."""
    assert (source.SIZE_LIMIT, source.SIZE_NEAR) == (budget.HARD, budget.WARN)
    assert reading.PREHEADER == preheader.LENGTH
    assert flavours.WIDTH >= plain.WIDTH + 1  # and the blank of a soft break
    assert source.LINE_LIMIT >= LONGEST_LINE


def test_what_nobody_sees_makes_no_other_title() -> None:
    name, title = "issue.html", b"Ingress gets a successor"
    content = FILES[name].replace(title, title[:4] + "\u2060".encode() + title[4:])
    assert () == findings(ISSUE, {**FILES, name: content})


def test_errors_come_first_then_the_order_of_the_table() -> None:
    issue, files = BROKEN["way-out"](*BROKEN["size-near"](*BROKEN["top-alone"](ISSUE, FILES)))
    assert ["way-out", "top-alone", "size-near"] == [f.rule for f in findings(issue, files)]


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_broken_file_is_a_finding_and_never_a_crash() -> None:
    for content in (b"", b"\xff\xfe\x00", b"<" * 500, b"---\n: :\n---\n{{", b"<p><b></p></b>"):
        files = dict.fromkeys(FILES, content)
        assert findings(ISSUE, files)
