"""The head of issue.md, in the words of the program that will read it: one exporter for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from digest.render.escape import markdown
from digest.render.view import IssueView

Exporter = Callable[[IssueView], str]


def front_matter(shown: IssueView, kind: str) -> str:
    """The lines above the text for one of `KINDS`, ready to print."""
    return KINDS[kind](shown)


def generic(shown: IssueView) -> str:
    """YAML that most programs read, MkDocs among them."""
    return _yaml(shown, {"number": shown.number, **_canonical(shown)})


def hugo(shown: IssueView) -> str:
    """Hugo; the alias gives the issue its short address."""
    own = {"issue": shown.number, "week": shown.week, **_canonical(shown)}
    more = {"draft": False, "aliases": [f"/{shown.number}/"], "params": own}
    return _yaml(shown, more, "lastmod")


def jekyll(shown: IssueView) -> str:
    """Jekyll; `redirect_from` is for its plugin of that name, and ignored without it."""
    more = {"layout": "post", "number": shown.number, "redirect_from": [f"/{shown.number}/"]}
    return _yaml(shown, {**more, **_canonical(shown)})


def eleventy(shown: IssueView) -> str:
    """Eleventy, whose address is not made from a slug; the layout is the folder's business."""
    more = {"number": shown.number, "permalink": f"/{shown.slug}/"}
    return _yaml(shown, {**more, **_canonical(shown)})


def pelican(shown: IssueView) -> str:
    """Pelican reads header lines, no YAML: brackets and quotes would be printed."""
    summary = markdown(shown.preheader)  # the one header that Pelican reads as Markdown
    tags = ", ".join(topic.replace(",", " ") for topic in shown.topics)
    lines = {
        "Title": shown.title,
        "Date": shown.moment,
        "Modified": shown.moment,
        "Tags": tags,
        "Slug": shown.slug,
        "Summary": summary,
        "Author": shown.author,
    }
    return "".join(f"{name}: {text}\n" for name, text in lines.items() if text) + "\n"


def _canonical(shown: IssueView) -> dict[str, str]:
    """Where the issue stands on our own site: a copy should say so."""
    return {"canonical_url": shown.web_url} if shown.web_url else {}


def _yaml(shown: IssueView, more: Mapping[str, object], modified: str = "") -> str:
    """Title and date, then what is `more`; `modified` names a second field for the date."""
    import yaml

    def dumped(fields: Mapping[str, object]) -> str:
        return yaml.safe_dump(dict(fields), allow_unicode=True, sort_keys=False, width=float("inf"))

    # PyYAML writes moments with a space, which not every generator takes for a date.
    names = [name for name in ("date", modified) if name and shown.moment]
    moments = "".join(f"{name}: {shown.moment}\n" for name in names)
    about = {"description": shown.preheader, "slug": shown.slug, **more}
    author = {"author": shown.author} if shown.author else {}
    rest = {**about, **author, "tags": list(shown.topics)}
    return f"---\n{dumped({'title': shown.title})}{moments}{dumped(rest)}---\n"


KINDS: Mapping[str, Exporter] = MappingProxyType(
    {
        "yaml": generic,
        "hugo": hugo,
        "jekyll": jekyll,
        "eleventy": eleventy,
        "mkdocs": generic,
        "pelican": pelican,
    }
)
