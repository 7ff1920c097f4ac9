"""Blocks that are no part of an article, by the habit that puts them there: see `rules`."""

from __future__ import annotations

from digest.extract.letters import GREETINGS, MAIL
from digest.extract.rules import Line

NAVIGATION = (
    Line(
        r"(?:←|‹|«|<)?\s*(?:go )?back(?: to (?:blog|posts|home|all posts|index|the blog))?",
        "back",
        "navigation",
        "start",
    ),
    Line(
        r"(?:home|menu|search|skip to (?:main )?content|toggle navigation|(?:table of )?contents|"
        r"on this page)",
        "Skip to content",
        "navigation",
        "start",
    ),
    Line(
        r"(?:previous|next)(?: (?:post|article|issue|page|story))?\s*:?|[←→«»‹›]\s*.{0,80}|"
        r"[^.!?]{0,80}\s*[→»›]",
        "← Older",
        "navigation",
        "end",
    ),
    Line(
        r"(?:related|read more|read also|also read|see also|more|watch|listen|don't miss)\s*(?::|"
        r"\||–|—)\s*.{3,160}",
        "Related: How oaks grow",
        "a link to another article in mid-text",
        linked=True,
    ),
    Line(
        r"(?:tags?|filed under|categories|category|tagged(?: with)?|posted in|schlagwörter)"
        r"(?:\s*:[^.!?]{0,160})?",
        "Filed under: Gardens, Trees",
        "labels",
        "end",
    ),
    Line(
        r"(?:comments?|(?:no|\d+) comments?|comments? (?:are )?(?:closed|off|\(\d+\))|yorumlar|"
        r"kommentare?|commentaires?|comentarios?|comentários|commenti|reacties|komentarze|"
        r"kommentarer|комментарии|评论|コメント)\s*:?",
        "Kommentare",
        "label of a comment box",
        "end",
    ),
    Line(
        r"(?:discuss|comment)(?: this(?: post| article)?)? on .{2,60}",
        "Discuss on Example News",
        "comments elsewhere",
        linked=True,
    ),
    Line(
        r"(?:listen|watch|play|download|loading|transcript|show transcript|listen to (?:this|"
        r"the) (?:article|story|episode)(?: .{0,30})?|your browser does not support .{0,80}|"
        r"javascript (?:is )?(?:required|disabled).{0,80}|"
        r"please enable javascript.{0,80})\s*[.:…]*",
        "Listen to this article",
        "player",
    ),
    Line(
        r"[^.!?]{0,100}\(\d{1,2}:\d{2}(?::\d{2})?\)|[(\[]\d{1,2}:\d{2}(?::\d{2})?[)\]].{0,100}|"
        r"\d{1,2}:\d{2}(?::\d{2})? +[-–—].{0,100}",
        "(12:30) - Pruning in winter",
        "chapter mark of an episode",
    ),
    Line(
        r"(?:\[/[a-z][\w-]*\]\s*|\[[a-z][\w-]*(?: [\w-]+=[^\]]*)\]\s*)+",
        '[gallery ids="1,2"]',
        "shortcode that nobody rendered",
    ),
    Line(
        r"\W?if (?:this|the|you(?:'re| are) (?:reading|viewing))\b.{0,60}"
        r"(?:feed|rss) reader\b.{0,120}|\W?(?:view|visit|see|read) (?:this (?:post|"
        r"article)|the original(?: (?:article|post))?)(?: (?:on|at|in) .{2,60})?\W*",
        "[If this looks odd in your feed reader, visit the site]",
        "note to readers of the feed",
    ),
)

CALLS = (
    Line(
        r"get (?P<outlet>[^.!?,:;]{2,40}?) (?:delivered )?(?:in|to|straight to|directly in) your "
        r"inbox(?: (?:daily|weekly|monthly|(?:every|each|once) [\w ]{2,30}))?[.!]?",
        "Get Field Notes in your inbox weekly",
        "call to subscribe; it names the outlet",
    ),
    Line(
        r"(?:subscribe|sign up|sign me up)(?: now| here| today)?(?: (?:to|for) "
        r"(?P<outlet>(?-i:[A-Z])[\w'/&-]*(?: (?:(?-i:[A-Z0-9])[\w'/&-]*|the|of|and|&|in)){0,4}))?"
        r"(?: (?:here|today|now|for free|via (?:rss|email)))?\s*[.!→»]*",
        "Subscribe to Field Notes for free",
        "call to subscribe",
    ),
    Line(
        r"(?:please )?(?:subscribe|sign up) (?:to|for) .{2,80}\b(?:newsletter|updates?|inbox|"
        r"mailing list|emails?|blog|channel|podcast|letter)\b.{0,30}",
        "Sign up for our free weekly newsletter",
        "call to subscribe",
    ),
    Line(
        r"if you (?:like|liked|enjoy|enjoyed) (?:this|the|my|our|what)\b.{0,60}\b(?:get more|"
        r"more of|subscribe|share|consider|sign up|follow|support|forward|buy me|check out)"
        r"\b.{0,100}",
        "If you like this garden, get more here",
        "call to subscribe or share",
    ),
    Line(
        r"(?:share|tweet|pin|e-?mail|print|like|save|copy link)(?: this)?(?: (?:post|article|"
        r"story|page|on .{2,20}|with .{2,20}|via .{2,20}))?\s*[:.!]?",
        "Share this article",
        "share button",
    ),
    Line(
        r"(?:(?:facebook|twitter|x|linkedin|reddit|whatsapp|telegram|pinterest|email|print|"
        r"mastodon|bluesky|hacker news|copy link|pocket|threads)\b[\s|·•,/]*){1,12}",
        "Facebook Twitter LinkedIn",
        "share buttons",
    ),
    Line(
        r"(?:follow|find|like|join|connect with) (?:us|me)(?: (?:on|at|over on)\b.{0,80})?[.!:]*",
        "Follow us on Mastodon",
        "social links",
    ),
    Line(
        r"(?:(?:continue|keep) reading\b[^.]{0,120}|read (?:more|on|the (?:full|whole|rest|"
        r"original|entire)(?: of (?:the|this))? ?(?:article|post|story|piece|interview|text|"
        r"thing)?)(?: (?:here|on|at|in|of) .{0,60}| here)?|(?:see|view) (?:more|full (?:post|"
        r"article))|weiterlesen.{0,60}|lire la suite.{0,20}|leer más.{0,20})\s*[.:…→»›>]*",
        "Continue reading →",
        "the rest is elsewhere",
    ),
)

ORIGINS = (
    Line(
        r"the (?:post|article|entry) .{1,300} (?:(?:first )?appeared first on|was (?:first|"
        r"originally) published (?:on|in)|originally appeared on) .{1,120}",
        "The post Oak Trees appeared first on Field Notes.",
        "WordPress footer of a feed",
    ),
    Line(
        r"(?:this (?:article|post|story|piece|essay) )?(?:was )?(?:first|originally) (?:published|"
        r"appeared|posted) (?:at|on|in|by) .{2,80}",
        "Originally published on Field Notes",
        "where it stood first",
    ),
    Line(
        r"\(?(?:photo|foto|image|picture|illustration|graphic|cover)s?(?: (?:credit|source|"
        r"courtesy|by|via))s?\b\s*:?.{2,120}\)?|\(?(?:photo|foto|bild)s?\s*[:©].{2,120}",
        "Photo: Jane Roe / Example Agency",
        "caption",
    ),
    Line(
        r"(?:credit|source|quelle|image|picture|copyright)\s*[:©][^.]{2,80}|©[^.]{2,80}",
        "Source: Example Agency",
        "caption",
        "below",
    ),
    Line(
        r"(?:(?:source|url|link|original|via|from)\s*:?\s*)?(?P<url>https?://\S+)",
        "https://example.org/2024/oaks",
        "the address of a saved text",
        "below",
    ),
    Line(
        r"[^|.!?:,]{2,40} \| [^|.!?:,]{2,40}",
        "Painter | An oak in May",
        "caption: who made the picture, and of what",
        "below",
    ),
    Line(
        r"(?:by|von|por|par|words by|written by|posted by|author:?) "
        r"(?P<author>(?-i:[A-ZÄÖÜÉ])[\w.'-]+"
        r"(?: (?:and|und|&|de|van|von|(?-i:[A-ZÄÖÜÉ])[\w.'-]*)){0,6})"
        r"(?:, (?!.*\b(?:and|writer|editor|reporter|correspondent|staff|contributor|phd)\b)"
        r"(?P<outlet>(?-i:[A-ZÄÖÜÉ])[^.,|&\d]{2,40}))?(?:\s*[|·•–—,-]\s*.{0,40})?",
        "By Jane Roe",
        "byline; it may name the outlet",
        "below",
    ),
    Line(
        r"(?:published|posted|(?:last )?(?:updated|modified))\b.{0,40}\b(?:(?:19|20)\d\d|"
        r"ago)\b.{0,40}|(?:about )?\d{1,3}[ -]?min(?:ute)?s?[ -](?:read|reading time)|"
        r"reading time:?.{0,20}",
        "5 min read",
        "dateline; the date was read before",
        "below",
    ),
    Line(
        r"published in [^.]{2,60}\b(?:19|20)\d\d\b\.?",
        "Published in The Field Notes, May 3rd, 2024",
        "where it stood first",
        "end",
    ),
)

ADVERTISEMENTS = (
    Line(
        r"(?:this (?:issue|week's issue|week|email|newsletter|episode|post) (?:is|was) )?"
        r"(?:brought to you|sponsored|presented) by\b.{0,120}",
        "This issue is brought to you by Example Hosting",
        "sponsor",
    ),
    Line(
        r"\W{0,3}(?:sponsor(?:ed)?|sponsored (?:post|content|link)|advertisement|advertorial|ad|"
        r"anzeige|werbung|publicité|publicidad|paid (?:post|partnership)|promoted|"
        r"partner content)\W{0,3}",
        "[Sponsored]",
        "label of an advertisement",
    ),
    Line(
        r"(?:story|article) continues below.{0,40}|scroll to continue.{0,30}|skip advertisement",
        "Story continues below",
        "advertisement",
    ),
)

LEGAL = (
    Line(
        r"(?:we|this (?:site|website)) uses? cookies?\b.{0,200}|(?:accept|reject|"
        r"manage) (?:all )?cookies|cookie (?:policy|settings|preferences)",
        "We use cookies to improve your visit.",
        "consent",
    ),
    Line(
        r"(?:copyright|©|\(c\))\s*(?:©\s*)?\d{4}.{0,120}|all rights reserved\.?.{0,60}",
        "© 2024 Field Notes. All rights reserved.",
        "legal footer",
        "end",
    ),
)

# The first row that matches a block decides what it says of the outlet.
LINES = (*NAVIGATION, *CALLS, *GREETINGS, *ORIGINS, *MAIL, *ADVERTISEMENTS, *LEGAL)
