"""Write docs/rank.md from the tables of weights and penalties: `python tools/rank_docs.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from digest.rank import PENALTIES, WEIGHTS
from digest.rank.penalties import RULES
from digest.sites import VOICES

PAGE = Path(__file__).parents[1] / "docs" / "rank.md"
SPLIT = "<!-- made by tools/rank_docs.py: {} -->\n"


def weights() -> Iterator[str]:
    """One row for each kind of evidence."""
    yield "| Reason | Points | For | Why |\n|---|---|---|---|\n"
    for name, weight in WEIGHTS.items():
        yield f"| `{name}` | {weight.points:+g} | {weight.unit} | {weight.why} |\n"


def penalties() -> Iterator[str]:
    """One row for each kind of page."""
    yield "| Page | Points | Signs | Why |\n|---|---|---|---|\n"
    for page, penalty in PENALTIES.items():
        titles = [rule.name for rule in RULES if rule.page == page and rule.place == "title"]
        places = dict.fromkeys(rule.place for rule in RULES if rule.page == page)
        other = [place for place in places if place != "title"]
        signs = "; ".join([f"title ({', '.join(titles)})", *other])
        yield f"| `{page}` | {penalty.points:+g} | {signs} | {penalty.why} |\n"


def voices() -> Iterator[str]:
    """One line for each way to be first hand."""
    return (f"- {voice.why}\n" for voice in VOICES)


TABLES = {"weights": weights, "penalties": penalties, "voices": voices}


def page(text: str) -> str:
    """The page with its tables made anew; what stands around them is written by hand."""
    for name, rows in TABLES.items():
        begin, end = SPLIT.format(name), SPLIT.format("end")
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        text = f"{before}{begin}{''.join(rows())}{end}{after}"
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
