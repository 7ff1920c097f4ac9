"""An issue as a busy week makes it, with everything that has ever broken a newsletter."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace
from sample_stories import BERLIN, point, story, told_by

from digest.model import (
    Brief,
    Issue,
    IssueSection,
    IssueWindow,
    Masthead,
    NextIssue,
    Outcome,
    SourceReport,
)

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 4
ESSAY = """\
Over the past few days everybody has asked us the same thing: should we switch? Our answer is the
one we always give. **It depends**, and mostly on whether somebody in your team will still be awake
when it breaks at three in the morning.

## The Upgrade Nobody Planned

We have read [the migration guide](https://example.org/guide?a=1&b=2) twice so that you do not have
to. Three things surprised us:

- the state file is *not* compatible in both directions,
- providers are loaded in a loop now, which `for_each` fans will like,
- and {{ nothing }} in it talks about money.

## What We Would Do

Wait a month. Then read it again <script>alert(1)</script>. Will we follow our own advice?
Probably not.
"""


LEAD = story(
    1,
    "OpenTofu 1.9 ships provider iteration, and half the registry holds its breath",
    "OpenTofu Blog",
    "OpenTofu 1.9 lets you configure one provider many times with for_each. Teams that run the "
    "same stack in a dozen regions can drop hundreds of lines of copied configuration, though "
    "state files written by the new version cannot be read by the old one.",
    topic="Infrastructure as Code",
    kind="release",
    coverage=(
        told_by(
            "Cluster Notes",
            "The new syntax cuts a nine-region test setup from 1,140 lines to 212.",
        ),
        told_by(
            "The State File",
            "Going back to 1.8 means restoring the state from a backup, so make one first.",
        ),
        told_by("Terraform Weekly", "HashiCorp says that it has no plans for the same feature."),
        told_by("Ops Letter"),
        told_by("InfraBits", relation="copy"),
        told_by("Friday Deploys", "A release worth a maintenance window.", relation="pick"),
    ),
)

OWN = IssueSection(
    name="What We've Shared",
    own=True,
    stories=(
        story(
            2,
            "Dispatch Radio #54: Who Answers the Pager?",
            "The Example Dispatch",
            "Is on-call work broken? Two engineers and a nurse compare nights. The nurse wins.",
            kind="podcast",
        ),
        story(
            3,
            "Serverless Kubernetes: You don't need servers to run a cluster",
            "The Example Dispatch",
        ),
    ),
)

INFRASTRUCTURE = IssueSection(
    name="Infrastructure as Code",
    stories=(
        LEAD,
        story(
            4,
            "The Terralith: Monolithic Terraform & how to leave it",
            "masterpoint",
            "A single root module is where nearly everyone starts. The article shows which seams "
            "to cut first, and why a company with a handful of resources may well stay.",
            topic="Infrastructure as Code",
            kind="opinion",
            coverage=(told_by("Ops Letter"), told_by("Cluster Notes"), told_by("Yak Shave")),
        ),
        story(
            5,
            "Using {{ jinja }} and *|FNAME|*, {% raw %} and {{< figure >}}",
            "Template <b>Trouble</b>",
            "Everything between %%braces%% [[is]] executed somewhere, and snake_case # is not.",
            topic="Infrastructure as Code",
        ),
    ),
)

KUBERNETES = IssueSection(
    name="Kubernetes & Cloud",
    stories=(
        story(
            6,
            "What Karpenter v1.2 means for node churn",
            "AWS Containers",
            "Disruption budgets now take a schedule, so that nodes stay put during office hours.",
            topic="Kubernetes & Cloud",
            coverage=(
                told_by("Cluster Notes", "Budgets are ignored while a node expires."),
                told_by("KubeWeekly", relation="pick"),
            ),
        ),
        story(
            7,
            "Is your ingress controller ready for Gateway API?",
            "Envoy Notes",
            "Most are. The table of missing features is short, and shorter than last year.",
            topic="Kubernetes & Cloud",
        ),
        story(
            8,
            '<img src=x onerror=alert(1)> "quoted" & <script>alert(2)</script>',
            'Security "Quotes" & Co',
            "A feed reader ran this headline. It's 2025; <em>escape</em> your output.",
            url="https://example.org/q?a=1&b=\"2\"&c='3'",
            topic="Kubernetes & Cloud",
        ),
        story(
            9,
            LONG_WORD[:300],
            "Wortschatz",
            "A word of three hundred letters, which no column can hold.",
            topic="Kubernetes & Cloud",
        ),
    ),
)

DATA = IssueSection(
    name="Databases",
    stories=(
        story(
            10,
            "كيف نقيس زمن الاستجابة في قواعد البيانات الموزعة",
            "مدونة البيانات",
            "يشرح المقال كيف تختلف المئينات عن المتوسط، ولماذا يهم ذلك عند العاشرة مساءً.",
            topic="Databases",
            kind="paper",
        ),
        story(
            11,
            "Postgres 18 will read ahead",
            "Planet Postgres",
            "Asynchronous I/O reaches the development branch. Sequential scans on cloud disks are "
            "two to three times as fast in the authors' benchmark.",
            topic="Databases",
            coverage=(
                told_by("Buffers & Pages", "The gain vanishes when the table is cached."),
                told_by("DB Digest", relation="copy"),
            ),
        ),
        story(
            12,
            "Notes from a talk that was never recorded",
            "A folder of documents",
            "The speaker moved forty terabytes in a weekend with nothing but logical replication.",
            url="",
            topic="Databases",
            kind="video",
        ),
    ),
)

PEOPLE = IssueSection(
    name="People",
    stories=(
        story(
            13,
            "The best incident review we read this month!",
            "Blameless Bits",
            "Nobody was careless, and everything was logged. It still took nine hours.",
            topic="People",
        ),
        story(
            14,
            "家族 👩‍👩‍👧‍👦 and the four-day week",
            "働き方",
            "One company counted the pages it was woken by before and after.",
            url="javascript:alert(1)",
            topic="People",
        ),
    ),
)


BRIEF = Brief(
    tldr=point(LEAD, LEAD.blurb.partition(". ")[0] + "."),
    key_points=(
        point(KUBERNETES.stories[0], KUBERNETES.stories[0].blurb),
        point(DATA.stories[1], DATA.stories[1].blurb.partition(". ")[0] + "."),
        point(PEOPLE.stories[0], PEOPLE.stories[0].blurb.partition(". ")[0] + "."),
        point(DATA.stories[2], DATA.stories[2].blurb),
    ),
    why=(point(LEAD, LEAD.blurb.partition(". ")[2]),),
)

ISSUE = Issue(
    number=5,
    week="2025-W05",
    window=IssueWindow(
        start=datetime(2025, 1, 27, tzinfo=BERLIN),
        end=datetime(2025, 2, 3, tzinfo=BERLIN),
        timezone="Europe/Berlin",
        text="2025-W05: Mon 27 Jan - Sun 2 Feb 2025, Europe/Berlin",
    ),
    date="2025-01-31",
    subject="OpenTofu Iterates, the Registry Holds Its Breath | ✉️ #5",
    title="OpenTofu Iterates, the Registry Holds Its Breath",
    lead="s001",
    masthead=Masthead(
        title="The Example Dispatch",
        url="https://example.org/dispatch/",
        greeting="Hey! 👋",
        address="Example Press, 1 Sample Street, 10115 Berlin",
    ),
    next=NextIssue(number=6, date="2025-02-07"),
    sections=(OWN, INFRASTRUCTURE, KUBERNETES, DATA, PEOPLE),
    outcomes=(
        Outcome(
            id="a001", outcome="used", title="OpenTofu 1.9", source="OpenTofu Blog", story="s001"
        ),
        Outcome(id="a099", outcome="outside the window", reason="published 2025-01-20"),
    ),
    sources=(SourceReport(name="OpenTofu Blog", entries=3),),
    brief=BRIEF,
    stats={
        "collected": 142,
        "articles": 118,
        "merged": 31,
        "stories": 87,
        "chosen": 14,
        "cut": 73,
        "outside": 9,
        "unreadable": 2,
        "sources": 12,
    },
)

ESSAY_ISSUE = replace(
    ISSUE,
    number=6,
    week="2025-W06",
    date="2025-02-07",
    subject="Should We Switch? | ✉️ #6",
    title="Should We Switch?",
    author="Ann Author",
    essay=ESSAY,
    next=NextIssue(number=7, date="2025-02-14"),
)

QUIET_ISSUE = replace(
    ISSUE,
    number=4,
    week="2025-W04",
    date="2025-01-24",
    subject="A Quiet Week in Which Nothing Was Deprecated | ✉️ #4",
    title="A Quiet Week in Which Nothing Was Deprecated",
    lead=None,
    masthead=Masthead(title="The Example Dispatch"),
    sections=(OWN,),
    brief=None,
    stats={},
)


def busy_issue(stories: int = 60) -> Issue:
    """An issue of many stories of usual length, each with two more sources."""
    blurb = "A sentence of usual length says what happened. " * 5
    sections = tuple(
        IssueSection(
            name=f"Topic {at // 10 + 1}",
            stories=tuple(
                story(
                    100 + n,
                    f"Headline number {n} of this very busy week",
                    f"Source {n}",
                    blurb.strip(),
                    coverage=(told_by(f"Other {n}"), told_by(f"Third {n}", "One more fact.")),
                )
                for n in range(at, min(at + 10, stories))
            ),
        )
        for at in range(0, stories, 10)
    )
    return replace(ISSUE, sections=sections, lead="s100")
