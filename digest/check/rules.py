"""The table of rules: what holds, how bad it is when it does not, and where we know it from.

The order is the one of the report. docs/check.md is made from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from digest.model import Severity

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "editorial": "What the issue says",
        "links": "Where it leads",
        "source": "The mail as bytes",
        "layout": "The mail as a table",
        "colours": "Colours and type",
        "reading": "Read aloud, read without pictures, unsubscribed from",
        "flavours": "The other files",
        "eml": "The message",
    }
)
_TEMPLATE = "mend the template of your style; if it ships with digest, that is a bug: report it"
_DRAFT = "mend it where it stands: in issues/WEEK.md, in a saved file, or in the text that you send"


@dataclass(frozen=True, slots=True)
class Rule:
    """One property of an issue that is ready to send."""

    id: str
    group: str
    severity: Severity
    what: str
    why: str
    hint: str = _TEMPLATE


# fmt: off
RULES = (
    Rule("issue-empty", "editorial", "error", "there is a story or an essay",
         "a mail without content costs subscribers", "choose another week, or write an essay"),
    Rule("subject-missing", "editorial", "error", "the issue has a subject and a title",
         "clients show “(no subject)”, and spam filters count it", "give issues/WEEK.md a title"),
    Rule("left-over", "editorial", "error", "no TODO, TBD, FIXME, XXX, TK, lorem ipsum or “[insert …]” is left in the editor's words",
         "a mail that was sent cannot be called back", "finish the sentence in issues/WEEK.md"),
    Rule("section-empty", "editorial", "warning", "every section holds a story",
         "a heading above nothing looks like a fault", "remove the section from the text that you send"),
    Rule("title-missing", "editorial", "warning", "every story has a title",
         "the reader is shown the name of the source instead", _DRAFT),
    Rule("title-cut", "editorial", "warning", "no title ends in an ellipsis, or after exactly 70 characters without an end",
         "many content systems cut the titles of their feeds there", "write the whole title in the text that you send; the subject is `title` of issues/WEEK.md"),
    Rule("one-voice", "editorial", "warning", "no source and no site leads more than a third of the stories (three are always fine)",
         "an issue is worth reading for its choice; a single voice has a feed of its own", "lower its `weight`, or move stories to others who told them"),
    Rule("top-alone", "editorial", "warning", "the story told first is told by more than one source",
         "what nobody else reports may be wrong, and it is the subject of the mail", "read the source itself, or lead with another story"),
    Rule("source-failed", "editorial", "warning", "every source could be read",
         "a missing source is a missing story, and nobody sees the gap", "see `digest sources`"),

    Rule("link-unsubscribe", "links", "error", "no link unsubscribes from, or sets the preferences of, somebody else's newsletter",
         "one click of a reader ends the editor's own subscription", "remove the story or its link"),
    Rule("link-recipient", "links", "error", "no link carries the identity of the one who received it",
         "newsletters sign their links for each reader: they open accounts, and they tell on the editor", "link the page that it leads to"),
    Rule("link-missing", "links", "warning", "every story has a link",
         "a digest leads to its sources", _DRAFT),
    Rule("link-duplicate", "links", "warning", "no two stories lead to one page",
         "a story told twice is what a digest is there to prevent", "remove one of them from the text that you send"),
    Rule("link-tracking", "links", "warning", "no link carries tracking parameters",
         "they claim your readers for somebody else's campaign; digest/urls.py lists them with their vendors", _DRAFT),
    Rule("link-insecure", "links", "warning", "links are https",
         "browsers warn of plain http, and mail gateways rewrite or block it", "try the page with https, and correct the link"),

    Rule("size-limit", "source", "error", "issue.html has at most 102,400 bytes",
         "Gmail clips at about 102 KB, hides the footer with the unsubscribe link, and drops <style> (hteumeuleu/email-bugs#41, #56)", "print fewer stories ([select] total), or shorter blurbs ([blurb])"),
    Rule("size-near", "source", "warning", "issue.html has at most 90,000 bytes",
         "sending services add tracking links and pixels to what Gmail counts", "print fewer stories ([select] total), or shorter blurbs ([blurb])"),
    Rule("style-size", "source", "error", "the text of all <style> blocks has at most 8,192 characters",
         "Gmail drops the styles above a limit: 8,192 in 2016, 16,384 now (caniemail, html-style)"),
    Rule("style-nested", "source", "error", "<style> holds plain rules and @media with plain rules",
         "Gmail drops a block with any other or nested @ rule (email-bugs#21)"),
    Rule("charset", "source", "error", "<meta charset> is the first element of <head>, within 1,024 bytes",
         "a reader that guesses the encoding guesses wrong (HTML Standard, 4.2.5.4)"),
    Rule("beyond-latin-1", "source", "warning", "at least one character is above U+00FF",
         "services may send Latin-1 when it suffices, and Gmail clips such mails far earlier (sendgrid-python#1011)"),
    Rule("control-characters", "source", "error", "there is no C0 or C1 control character",
         "C1 controls, as in text of Windows-1252, make Gmail clip a small mail (email-bugs#41)", "remove it from issues/WEEK.md; in a story of a feed it should have been cleaned: report it"),
    Rule("replacement-character", "source", "warning", "there is no U+FFFD (�)",
         "it stands where a character was lost", _DRAFT),
    Rule("line-length", "source", "error", "no line is longer than 998 bytes, and lines end in LF alone",
         "RFC 5322, 2.1.1: servers cut longer lines anywhere, in the middle of a tag"),
    Rule("doctype", "source", "error", "the file begins with <!DOCTYPE html>",
         "without it browsers fall back to the box model of 1998"),
    Rule("language", "source", "warning", "<html> and the first <div> say lang (BCP 47) and dir, and agree",
         "screen readers choose a voice by it; Gmail, Yahoo and Outlook.com turn <body> into a <div> and lose its attributes"),
    Rule("title-element", "source", "warning", "<title> is the subject",
         "screen readers announce it, and “view in browser” shows it"),
    Rule("head-metas", "source", "warning", "<head> says viewport, color-scheme, format-detection and x-apple-disable-message-reformatting",
         "phones else shrink the mail, invert it, or turn numbers into blue links"),
    Rule("balanced", "source", "error", "every tag is closed, in order",
         "a client's sanitiser repairs a broken page its own way"),
    Rule("balanced-word", "source", "error", "the same, with the comments for Outlook open",
         "classic Outlook reads what stands in <!--[if mso]>"),

    Rule("active-content", "layout", "error", "nothing runs, loads or submits: no script, form, frame, media, svg, stylesheet link, @import, @font-face or on… attribute",
         "clients remove it, spam filters count it, and nothing of a feed may run"),
    Rule("ids", "layout", "warning", "ids are unique, and links inside the page lead somewhere",
         "ARIA and anchors go by ids; Gmail on iOS follows no anchor at all"),
    Rule("table-role", "layout", "warning", "every layout table has role=presentation, and border, cellpadding and cellspacing of 0",
         "screen readers else announce “table with 24 rows”; Word draws its own borders"),
    Rule("table-depth", "layout", "warning", "tables are nested at most four deep",
         "Word and old Notes lose track, and every level costs bytes in every row"),
    Rule("container", "layout", "warning", "one table has max-width:600px and width=100%, in one table of 600 px for Word",
         "fluid on phones, still bounded in Outlook, which ignores max-width (caniemail, css-max-width)"),
    Rule("modern-css", "layout", "warning", "style attributes are free of flex, grid, position, float, var(), calc(), rem, rgba() and 8-digit colours",
         "Outlook for Windows ignores them, and Gmail drops the whole attribute for some (caniemail)"),
    Rule("padding", "layout", "warning", "padding stands on td and th alone",
         "Word ignores it on <p>, <div> and <a> (caniemail, css-padding)"),
    Rule("margin", "layout", "warning", "no margin is negative",
         "Outlook and Gmail drop it (caniemail, css-margin)"),
    Rule("important", "layout", "warning", "!important is absent from style attributes, and elsewhere lower case behind a space",
         "inline it beats the rules for dark mode and phones; Outlook misreads it without the space"),

    Rule("colour-notation", "colours", "warning", "colours are six hex digits, and bgcolor repeats background-color",
         "Word reads only those, and Outlook.com's dark mode changes the two separately"),
    Rule("colour-pairs", "colours", "warning", "a background has a text colour with it, and every styled link a colour",
         "dark modes change one and not the other; links else turn blue"),
    Rule("contrast", "colours", "error", "text has a contrast of 4.5 with what it stands on (3 from 24 px), in light and in dark",
         "WCAG 2.2, 1.4.3"),
    Rule("font-generic", "colours", "warning", "every font list ends in serif, sans-serif or monospace",
         "Outlook takes Times for a list it knows nothing of"),
    Rule("font-size", "colours", "warning", "no text is smaller than 13 px",
         "iOS enlarges smaller text and breaks the layout"),
    Rule("dark-twin", "colours", "warning", "every colour for prefers-color-scheme: dark is said again for [data-ogsc] or [data-ogsb]",
         "Outlook.com and Outlook for Android know no media query for the dark"),

    Rule("headings", "reading", "warning", "there is one h1, and no level is skipped",
         "screen readers move by headings (WCAG 2.2, 1.3.1)"),
    Rule("link-scheme", "reading", "error", "links are absolute http(s), mailto, or a merge tag of the target",
         "a mail has no base address; anything else is dead or dangerous"),
    Rule("link-text", "reading", "warning", "the text of a link says where it leads",
         "“click here” is all that a list of links shows (WCAG 2.2, 2.4.4)"),
    Rule("link-adjacent", "reading", "warning", "no two neighbouring links lead to one place",
         "keyboards and screen readers stop twice"),
    Rule("image-alt", "reading", "error", "every picture has alt, empty for decoration",
         "pictures are often blocked, and some readers cannot see them"),
    Rule("image-source", "reading", "warning", "pictures are https and png, jpg or gif",
         "Outlook shows no webp, Gmail no svg and no data: URI", "convert the picture, and put it online before you send"),
    Rule("image-size", "reading", "warning", "every picture says its width and height in pixels, at most 600 wide",
         "the mail else jumps while it loads; classic Outlook ignores max-width and draws the file as wide as it is", "in issues/WEEK.md write <img src=… alt=… width=… height=…>"),
    Rule("image-many", "reading", "warning", "there are at most twelve pictures",
         "each is one more request on a phone, and filters count pictures against words", 'set images = "lead" below [email]'),
    Rule("preheader", "reading", "warning", "the first text is a preheader of 40 to 90 characters, hidden four ways, and not the title",
         "it stands beside the subject in every list of mails, or “View online” does"),
    Rule("way-out", "reading", "error", "there is a way to unsubscribe",
         "the law of most countries, and Gmail's and Yahoo's rules for senders, ask for it"),
    Rule("address", "reading", "warning", "the footer has a postal address",
         "CAN-SPAM and others require it; some services add theirs", "set publication.address in digest.toml"),
    Rule("view-online", "reading", "warning", "a publication with an archive links to the issue in it",
         "the way out of a client that breaks or clips the mail"),
    Rule("template-token", "reading", "error", "no template tag is live that the target does not fill in",
         "sending services run {{ }}, {% %}, *| |*, %% and [[ ]], also where a feed wrote them", "if it is the tag of your service, set the target; else report it"),

    Rule("file-missing", "flavours", "error", "every file of the issue is there, and holds something",
         "each is what some service or editor takes", "run `digest build` again"),
    Rule("fragment", "flavours", "error", "issue.fragment.html is one table with inline styles alone",
         "the HTML block of a service strips the rest, and some show it as text"),
    Rule("paste", "flavours", "error", "issue.paste.html holds semantic tags without style and class",
         "editors keep those and nothing else; tables and styles paste as rubble"),
    Rule("front-matter", "flavours", "error", "issue.md begins with front matter that its reader understands, with a title",
         "site generators stop at what they cannot read"),
    Rule("markdown-braces", "flavours", "warning", "issue.md has no {{, {% or {# below its front matter",
         "Hugo, Jekyll and Eleventy run them, and fail", "write &#123; for { in issues/WEEK.md"),
    Rule("text-lines", "flavours", "warning", "lines of issue.txt have at most 77 columns, unless they are one word, and each link has a line of its own",
         "RFC 3676: format=flowed; a URL that is cut is a dead one"),
    Rule("text-entities", "flavours", "warning", "issue.txt holds no HTML entities",
         "nobody decodes them in plain text", _DRAFT),
    Rule("story-missing", "flavours", "warning", "every file prints every story, with its link",
         "what one reader gets, all should get"),
    Rule("story-order", "flavours", "error", "every file prints the stories in one order",
         "the order is what an editor decided"),

    Rule("eml-defects", "eml", "error", "issue.eml parses without a defect, as text first and then HTML",
         "RFC 2046, 5.1.4: clients show the last part that they can"),
    Rule("eml-lines", "eml", "error", "its lines end in CRLF, those of the body have at most 76 characters",
         "RFC 2045, 6.7, and RFC 5322, 2.3: servers that repair it break signatures"),
    Rule("eml-headers", "eml", "error", "its headers are ASCII, with a subject and a date",
         "RFC 5322, 2.2; others are encoded as RFC 2047 says"),
    Rule("eml-list-unsubscribe", "eml", "error", "List-Unsubscribe, where there is one, is a plain URL in < >",
         "Gmail and Outlook show no one-click link for an encoded one (cpython#87659)"),
)
# fmt: on
BY_ID: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in RULES})
