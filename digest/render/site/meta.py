"""What a page says about itself to search engines: JSON-LD in the words of schema.org."""

from __future__ import annotations

import json

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
    text = json.dumps(_given(said), ensure_ascii=False).replace("<", "\\u003c")
    return Markup(text)  # noqa: S704


def _given(value: object) -> object:
    """The value without empty members, at any depth."""
    if isinstance(value, dict):
        inner = {key: _given(each) for key, each in value.items()}
        return {key: each for key, each in inner.items() if each not in ("", [], {})}
    return value
