"""The sample documents, where they are: what is made of each. Only short fragments stand here."""

from __future__ import annotations

from pathlib import Path

import pytest
from extract_entries import NOW, WINDOW, entry

from digest.extract import extract
from digest.model import Source

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
FORBIDDEN = (
    "Reels, Thrills",
    "- Posts",
    "Satellite",
    "in your inbox",
    "back\n",
    "Recent Blog Posts",
    "Feb 12, 2026",
    "Wasn’t Ready",
    "Musk-Dwarkesh",
    "get more Here",
    "Yorumlar",
    "Related Posts",
    "Llama 2",
    "Claude Code",
    "Hey!",
    "See you next time",
    "February 14th",
    "What We've",
)
ITEMS = (
    ("DevOps Accents #54", "from VoxMail", True),
    ("How to Use AI", "Creative Tools?", True),
    ("Getting Traffic to EKS", "on Fargate", True),
    ("Serverless Kubernetes", "a Kubernetes Cluster", True),
    ("Designing chat architecture", "at scale", False),
    ("What Karpenter v1.0.0", "Kubernetes autoscaling", False),
    ("Troubleshooting Amazon EKS", "Enterprise scenario", False),
    ("Automating Centralized", "with Terraform", False),
    ("The Terralith", "Infrastructure as Code", False),
)
ESSAYS = (
    ("DeepSeek and the", "All Just Stupid?", "mkdev dispatch", 260),
    ("AI's Sputnik", "Moment", "Reels, Thrills, and Bills", 330),
    ("DeepSeek V.", "Infrastructure Race", "SIGNAL/NOISE", 380),
    ("DeepSeek ", "", "Saved", 600),
    ("DeepSeek Shocked", "Means Now", "Saved", 540),
)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the sample documents are not here")
def test_the_sample_documents() -> None:
    source = Source(id="saved", name="Saved", kind="folder", location="/saved")
    entries = [
        entry(path.name, source=source, media="text", body=path.read_text(encoding="utf-8"))
        for path in sorted(SEEDS.glob("*.txt"))
    ]
    found = extract(entries, WINDOW, now=NOW)
    assert found.outcomes == ()
    picks = [a for a in found.articles if a.pick]
    assert [a.pick.own_work for a in picks if a.pick] == [own for _a, _b, own in ITEMS]
    for article, (start, end, _own) in zip(picks, ITEMS, strict=True):
        assert article.title.startswith(start)
        assert article.title.endswith(end)
    whole = [a for a in found.articles if not a.pick]
    for article, (start, end, outlet, least) in zip(whole, ESSAYS, strict=True):
        assert article.title.startswith(start)
        assert article.title.endswith(end)
        assert article.outlet == outlet
        assert least <= article.words <= least * 1.2
    assert [a.title_derived for a in whole] == [False, False, False, True, False]
    assert {a.dated for a in found.articles} == {"undated"}
    assert {a.language for a in found.articles} == {"en"}
    assert [
        (a.id, bad) for a in found.articles for bad in FORBIDDEN if bad in f"{a.title}\n{a.text}"
    ] == []
