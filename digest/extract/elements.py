"""What the elements of HTML mean to a reader of text, as data."""

from __future__ import annotations

from digest.extract.blocks import Kind

# Elements that hold nothing for a reader of text, with what they hold instead.
DROPPED: dict[str, str] = {
    "script": "code that runs",
    "style": "style sheets",
    "head": "metadata",
    "title": "metadata",
    "nav": "links to other pages",
    "form": "sign-up boxes and searches",
    "button": "controls",
    "select": "controls",
    "input": "controls",
    "textarea": "controls",
    "iframe": "other pages",
    "object": "plug-ins",
    "embed": "plug-ins",
    "figcaption": "words about a picture that is not shown",
    "noscript": "a second copy of lazy images",
    "template": "markup for scripts",
    "svg": "drawings",
    "audio": "players; what is inside is for old browsers",
    "video": "players; what is inside is for old browsers",
    "canvas": "drawings",
    "img": "pictures, tracking pixels among them",
    "map": "areas of pictures",
    "dialog": "consent boxes",
    "rt": "readings above the words",
    "rp": "brackets around readings",
}
# Class names that say the same of an element that has no tag of its own for it.
DROPPED_CLASSES: dict[str, str] = {
    "wp-caption-text": "WordPress: caption",
    "wp-element-caption": "WordPress: caption",
    "image-caption": "several editors: caption",
    "feedflare": "FeedBurner: share links",
    "sharedaddy": "Jetpack: share links",
    "jp-relatedposts": "Jetpack: teasers of other posts",
    "subscription-widget-wrap": "Substack: sign-up box",
    "subscription-widget": "Substack: sign-up box",
    "preheader": "mail: text for the inbox list",
    "screen-reader-text": "words for controls",
    "heading-anchor": "the sign beside a heading",
    "headerlink": "the sign beside a heading",
    "footnote-backref": "arrow back to the text",
    "footnote-back": "Pandoc: arrow back to the text",
    "mw-editsection": "wiki controls",
    "dgst": "our own issues: masthead, who else told a story, footer",
    "dgst-a": "our own mails: what another source adds",
}
HEADINGS = {f"h{n}": n for n in range(1, 7)}
KINDS: dict[str, Kind] = {
    "li": "item",
    "dt": "paragraph",
    "dd": "paragraph",
    "blockquote": "quote",
    "pre": "code",
    "tr": "row",
    **dict.fromkeys(HEADINGS, "heading"),
}
BREAKS = frozenset(
    "address article aside body caption center details dir div dl fieldset figure footer header "
    "hgroup hr html legend main menu ol p section summary table tbody tfoot thead ul".split()
)
