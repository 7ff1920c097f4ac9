"""What a page says about itself to search engines: JSON-LD in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Mapping

from markupsafe import Markup

from digest.render.view import IssueView


def article(issue: IssueView, image: str = "") -> Markup:
    """The issue as an Article that is an issue of a Periodical; for a <script> element."""
    publisher = {"@type": "Organization", "name": issue.masthead, "url": issue.url}
    author = {"@type": "Person", "name": issue.author} if issue.author else publisher
    said = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": issue.title,
        "description": issue.preheader,
        "datePublished": issue.moment,
        "inLanguage": issue.language,
        "url": issue.web_url,
        "mainEntityOfPage": issue.web_url,
        "image": image,
        "author": author,
        "publisher": publisher,
        "keywords": list(issue.topics),
        "isPartOf": {
            "@type": "PublicationIssue",
            "issueNumber": str(issue.number),
            "isPartOf": {"@type": "Periodical", "name": issue.masthead, "url": issue.url},
        },
    }
    # Inside <script> nothing is unescaped: only a "<" could end it.
    text = json.dumps(given(said), ensure_ascii=False).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704 - nothing is left that ends the element


def given(fields: Mapping[str, object]) -> dict[str, object]:
    """The fields without the empty ones, at any depth."""
    inner = {k: given(each) if isinstance(each, dict) else each for k, each in fields.items()}
    return {name: each for name, each in inner.items() if each not in ("", [], {})}
