"""What the issue says: the editor's words, the titles, and how many voices there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from digest.check.found import found
from digest.check.options import Options
from digest.model import Finding, Issue, IssueStory
from digest.text import counted, one_line
from digest.urls import host

CUT_AT = 70  # what many content systems and search engines take for the longest title
_ENDS = re.compile(r"[.!?…:;)\]\"'”’»。！？]\Z")
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\Z")
# TODO and XXX as people write them; "TK" is the mark of journalists for what is to come.
LEFT_OVER = re.compile(
    r"\b(?:TODO|TBD|TBC|FIXME|XXX+|TK(?:TK)*)\b|\blorem ipsum\b|"
    r"\[(?:insert|todo|link|name)\b[^\]]*\](?!\()",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"(?i:todo|tbd|tbc|fixme|xxx+|tk(?:tk)*)\Z")


def check(issue: Issue, options: Options) -> Iterator[Finding]:
    """What is wrong with the words and the choice."""
    if not issue.stories and not issue.essay.strip():
        yield found("issue-empty", issue.week, "neither a story nor an essay")
    if not one_line(issue.subject) or not one_line(issue.title):
        yield found("subject-missing", issue.week, "there is none")
    yield from _left_over(issue)
    for section in issue.sections:
        if not section.stories:
            yield found("section-empty", one_line(section.name) or "a section", "holds no story")
    for story in issue.stories:
        yield from _title(story)
    yield from _voices(issue, options)
    yield from _top(issue)
    for report in issue.sources:
        if report.status == "failed":
            yield found("source-failed", report.name, one_line(report.message) or "failed")


def _left_over(issue: Issue) -> Iterator[Finding]:
    texts = [
        ("the subject", issue.subject),
        ("the title", issue.title),
        ("the author", issue.author),
        *((f"the essay, line {n}", line) for n, line in enumerate(issue.essay.split("\n"), 1)),
    ]
    for where, text in texts:
        for match in LEFT_OVER.finditer(text):
            word = match[0]
            if _SHOUTED.match(word) and not word.isupper():
                continue  # "todo list" and "xxx" in lower case are words
            yield found("left-over", where, f"“{one_line(text)[:60]}”: {word}")
            break


def _title(story: IssueStory) -> Iterator[Finding]:
    title = one_line(story.title)
    if not title:
        yield found("title-missing", story.url or story.id, f"a story of {story.source}")
    elif _CUT.search(title):
        yield found("title-cut", title, "it ends in an ellipsis")
    elif len(title) == CUT_AT and not _ENDS.search(title):
        yield found("title-cut", title, f"it stops after exactly {CUT_AT} characters")


def _voices(issue: Issue, options: Options) -> Iterator[Finding]:
    stories = [story for section in issue.sections if not section.own for story in section.stories]
    most = max(options.few, int(options.share * len(stories)))
    sources = Counter(one_line(story.source) for story in stories if story.source)
    sites = Counter(host(story.url) for story in stories if host(story.url))
    told: set[int] = set()
    for name, count in (*sources.most_common(), *sites.most_common()):
        if count > most and count not in told:
            told.add(count)  # a source and its site are one voice
            message = f"leads {count} of {counted(len(stories), 'story', 'stories')}"
            yield found("one-voice", name, message)


def _top(issue: Issue) -> Iterator[Finding]:
    lead = issue.lead_story
    if lead is None:
        return
    others = {c.source for c in lead.coverage if c.relation == "same story"} - {lead.source}
    if not others:
        yield found("top-alone", one_line(lead.title), f"only {lead.source or 'one source'} has it")
