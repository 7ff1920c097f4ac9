"""What is no part of an article, as data: one row a habit of publishing, each with its reason.

A row matches a whole block (`Line`), the end or start of one (`Clip`), or a heading after which
nothing belongs to the article (`Tail`). Patterns ignore case and see straight apostrophes. A row
must never match a sentence that somebody wrote to be read: when in doubt, there is no row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# "start": before the first long paragraph; "below": there, but never the very first block, which may
# be a title; "end": among the last blocks.
Where = Literal["anywhere", "start", "below", "end"]


@dataclass(frozen=True, slots=True)
class Line:
    """A block to drop when all of it matches; `outlet` is a named group some patterns have.

    With `linked`, only when most of it is a link.
    """

    pattern: str
    example: str
    reason: str
    where: Where = "anywhere"
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Clip:
    """Words to cut off a block; what is left stays."""

    pattern: str
    example: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tail:
    """A heading of something else: it and all that follows is dropped.

    With `teasers`, only when what follows is short: such words head real chapters too.
    """

    pattern: str
    example: str
    reason: str
    teasers: bool = False


_POSTS = r"(?:blog )?(?:posts?|articles?|stories|story|reading|news|content|entries|essays|episodes|pages)"
_NAME = r"(?P<outlet>[^.!?,:;]{2,40}?)"

TAILS = (
    Tail(
        rf"(?:recent|related|latest|similar|popular|other|older|newer|previous|suggested) {_POSTS}",
        "Recent Blog Posts",
        "teasers of other posts, often dated",
    ),
    Tail(
        rf"(?:trending|recommended|featured|top|most (?:read|popular)) {_POSTS}",
        "Most Read Articles",
        "teasers of other posts",
        teasers=True,
    ),
    Tail(
        r"(?:you (?:might|may) (?:also )?(?:like|enjoy|be interested in)|(?:read|see) (?:also|next)|"
        r"up next|what to read next|keep reading|further reading from .{2,40}|recommended(?: for you)?|"
        r"related|related (?:links|topics|coverage))",
        "You might also like",
        "teasers of other posts",
        teasers=True,
    ),
    Tail(
        r"(?:more|read more|see more|latest) (?:from|by|on|in|about) .{2,40}",
        "More from this author",
        "teasers of other posts",
        teasers=True,
    ),
    Tail(
        r"(?:weitere|ähnliche|verwandte) (?:artikel|beiträge|themen)|(?:artículos|entradas) relacionad[ao]s|"
        r"articles (?:similaires|connexes)|(?:benzer|ilgili) (?:yazılar|haberler)|artigos relacionados",
        "Ähnliche Beiträge",
        "teasers of other posts, in other languages",
    ),
    Tail(
        r"(?:leave a (?:reply|comment)|post a comment|add a comment|join the (?:conversation|discussion))",
        "Leave a Reply",
        "the form and the comments below an article",
        teasers=True,
    ),
)

# --- navigation and labels ---
NAVIGATION = (
    Line(
        r"(?:←|‹|«|<)?\s*(?:go )?back(?: to (?:blog|posts|home|all posts|index|the blog))?",
        "back",
        "navigation",
        "start",
    ),
    Line(
        r"(?:home|menu|search|skip to (?:main )?content|toggle navigation|(?:table of )?contents|on this page)",
        "Skip to content",
        "navigation",
        "start",
    ),
    Line(
        r"(?:previous|next)(?: (?:post|article|issue|page|story))?\s*:?|[←→«»‹›]\s*.{0,80}|[^.!?]{0,80}\s*[→»›]",
        "← Older",
        "navigation",
        "end",
    ),
    Line(
        r"(?:related|read more|read also|also read|see also|more|watch|listen|don't miss)\s*(?::|\||–|—)\s*.{3,160}",
        "Related: How oaks grow",
        "a link to another article in mid-text",
        linked=True,
    ),
    Line(
        r"(?:tags?|filed under|categories|category|tagged(?: with)?|posted in|schlagwörter)(?:\s*:[^.!?]{0,160})?",
        "Filed under: Gardens, Trees",
        "labels",
        "end",
    ),
    Line(
        r"(?:comments?|(?:no|\d+) comments?|comments? (?:are )?(?:closed|off|\(\d+\))|yorumlar|kommentare?|commentaires?|comentarios?|comentários|commenti|reacties|komentarze|kommentarer|комментарии|评论|コメント)\s*:?",
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
        r"(?:listen|watch|play|download|loading|transcript|show transcript|listen to (?:this|the) (?:article|story|episode)(?: .{0,30})?|your browser does not support .{0,80}|javascript (?:is )?(?:required|disabled).{0,80}|please enable javascript.{0,80})\s*[.:…]*",
        "Listen to this article",
        "player",
    ),
)
CALLS = (
    Line(
        rf"get {_NAME} (?:delivered )?(?:in|to|straight to|directly in) your inbox(?: (?:daily|weekly|monthly|every \w+))?[.!]?",
        "Get Field Notes in your inbox weekly",
        "call to subscribe; it names the outlet",
    ),
    Line(
        rf"(?:subscribe|sign up|sign me up)(?: now| here| today)?(?: (?:to|for) (?:our .{{2,40}}|my .{{2,40}}|the .{{2,40}}|{_NAME}))?(?: (?:here|today|now|for free|via (?:rss|email)))?\s*[.!→»]*",
        "Subscribe to Field Notes for free",
        "call to subscribe",
    ),
    Line(
        r"(?:please )?(?:subscribe|sign up) (?:to|for) .{2,80}(?:newsletter|updates?|inbox|mailing list|emails?)\b.{0,30}",
        "Sign up for our free weekly newsletter",
        "call to subscribe",
    ),
    Line(
        r"if you (?:like|liked|enjoy|enjoyed) (?:this|the|my|our|what)\b.{0,60}\b(?:get more|subscribe|share|consider|sign up|follow|support|forward|buy me|check out)\b.{0,100}",
        "If you like this blog, get more Here",
        "call to subscribe or share",
    ),
    Line(
        r"(?:share|tweet|pin|e-?mail|print|like|save|copy link)(?: this)?(?: (?:post|article|story|page|on .{2,20}|with .{2,20}|via .{2,20}))?\s*[:.!]?",
        "Share this article",
        "share button",
    ),
    Line(
        r"(?:(?:facebook|twitter|x|linkedin|reddit|whatsapp|telegram|pinterest|email|print|mastodon|bluesky|hacker news|copy link|pocket|threads)\b[\s|·•,/]*){1,12}",
        "Facebook Twitter LinkedIn",
        "share buttons",
    ),
    Line(
        r"(?:follow|find|like|join|connect with) (?:us|me)(?: (?:on|at|over on)\b.{0,80})?[.!:]*",
        "Follow us on Mastodon",
        "social links",
    ),
    Line(
        r"(?:(?:continue|keep) reading\b[^.]{0,120}|read (?:more|on|the (?:full|whole|rest|original|entire)(?: of (?:the|this))? ?(?:article|post|story|piece|interview|text|thing)?)(?: (?:here|on|at|in|of) .{0,60}| here)?|(?:see|view) (?:more|full (?:post|article))|weiterlesen.{0,60}|lire la suite.{0,20}|leer más.{0,20})\s*[.:…→»›>]*",
        "Continue reading →",
        "the rest is elsewhere",
    ),
)
GREETINGS = (
    Line(
        r"(?:hey|hi|hello|hallo|dear|good (?:morning|day|evening)|greetings|hola|salut|merhaba)(?:,? (?:there|all|everyone|everybody|friends?|folks|readers?|subscribers?|team|you))?\s*[!,.]*\s*[^\w\s]*",
        "Hey! 👋",
        "greeting",
        "start",
    ),
    Line(
        rf"the (?:next|\d+(?:st|nd|rd|th)) {_NAME}(?: of the (?:year|month))? (?:will|is going to|should) (?:arrive|appear|be|come|land|go|drop)\b.{{0,120}}",
        "The 12th Field Notes will arrive on Friday",
        "sign-off; it names the outlet",
        "end",
    ),
    Line(
        r"(?:see you (?:next|soon|again|in)|until next|till next|that's (?:it|all) for|thanks for (?:reading|subscribing)|thank you for (?:reading|subscribing)|happy (?:reading|weekend)|have a (?:great|nice|good) (?:week|weekend|day)|stay tuned)\b[^.!?]{0,60}[.!]*\s*[^\w\s]*",
        "See you next week!",
        "sign-off",
        "end",
    ),
    Line(
        r"(?:cheers|best(?: regards| wishes)?|kind regards|warm regards|take care|sincerely|yours(?: truly)?)(?:,[\w. ]{0,30}|[!.]?)",
        "Kind regards, Jane",
        "sign-off",
        "end",
    ),
)
ORIGINS = (
    Line(
        r"the (?:post|article|entry) .{1,300} (?:(?:first )?appeared first on|was (?:first|originally) published (?:on|in)|originally appeared on) .{1,120}",
        "The post Oak Trees appeared first on Field Notes.",
        "WordPress footer of a feed",
    ),
    Line(
        r"(?:this (?:article|post|story|piece|essay) )?(?:was )?(?:first|originally) (?:published|appeared|posted) (?:at|on|in|by) .{2,80}",
        "Originally published on Field Notes",
        "where it stood first",
    ),
    Line(
        r"\(?(?:photo|foto|image|picture|illustration|graphic|cover)s?(?: (?:credit|source|courtesy|by|via))s?\b\s*:?.{2,120}\)?|\(?(?:photo|foto|bild)s?\s*[:©].{2,120}",
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
        r"[^|.!?:,]{2,40} \| [^|.!?:,]{2,40}",
        "Painter | An oak in May",
        "caption: who made the picture, and of what",
        "below",
    ),
    Line(
        r"(?:by|von|por|par|words by|written by|posted by|author:?) (?-i:[A-ZÄÖÜÉ])[\w.'-]+(?: (?:and|und|&|de|van|von|(?-i:[A-ZÄÖÜÉ])[\w.'-]*),?){0,6}(?:\s*[|·•–—,-]\s*.{0,40})?",
        "By Jane Roe",
        "byline",
        "below",
    ),
    Line(
        r"(?:published|posted|(?:last )?(?:updated|modified))\b.{0,40}\b(?:(?:19|20)\d\d|ago)\b.{0,40}|(?:about )?\d{1,3}[ -]?min(?:ute)?s?[ -](?:read|reading time)|reading time:?.{0,20}",
        "5 min read",
        "dateline; the date was read before",
        "below",
    ),
)
MAIL = (
    Line(
        r"(?:view|read|open)(?: (?:this|it))?(?: (?:email|e-mail|message|newsletter|issue|post))? (?:in|on) (?:a |your |the )?(?:browser|web|app|website)\s*[.→»]*|(?:view|read) online",
        "View this email in your browser",
        "link for mail readers",
    ),
    Line(
        r"(?:.{0,80}\b)?(?:unsubscribe(?:$|\W{0,4}$| (?:here|now|instantly|at any ?time|any ?time|from (?:this|these|our|all)|or|link|\|).{0,120})|(?:manage|update) (?:your )?(?:e-?mail )?(?:preferences|subscriptions?|profile)\b.{0,120})",
        "Unsubscribe or manage preferences",
        "mail footer",
        "end",
    ),
    Line(
        r"you(?:'re| are) receiving this\b.{0,200}|(?:this email was )?sent to .{3,60}@.{3,60}|(?:was this (?:e-?mail |message )?)?forwarded (?:this (?:e-?mail|message|newsletter)|to you)\?.{0,80}",
        "You are receiving this because you signed up",
        "mail footer",
    ),
    Line(
        r"(?:this (?:issue|week's issue|week|email|newsletter|episode|post) (?:is|was) )?(?:brought to you|sponsored|presented) by\b.{0,120}",
        "This issue is brought to you by Example Hosting",
        "sponsor",
    ),
    Line(
        r"\W{0,3}(?:sponsor(?:ed)?|sponsored (?:post|content|link)|advertisement|advertorial|ad|anzeige|werbung|publicité|publicidad|paid (?:post|partnership)|promoted|partner content)\W{0,3}",
        "[Sponsored]",
        "label of an advertisement",
    ),
    Line(
        r"(?:story|article) continues below.{0,40}|scroll to continue.{0,30}|skip advertisement",
        "Story continues below",
        "advertisement",
    ),
    Line(
        r"(?:we|this (?:site|website)) uses? cookies?\b.{0,200}|(?:accept|reject|manage) (?:all )?cookies|cookie (?:policy|settings|preferences)",
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
LINES = (*NAVIGATION, *CALLS, *GREETINGS, *ORIGINS, *MAIL)

# A clipped end begins a sentence of its own: "To learn how, read on." stays whole.
_NEW = r"(?:(?<=[.!?…\]\")”])\s*|\s*(?:\[(?:…|\.\.\.)\]|…|\.\.\.)\s*)"
CLIPS = (
    Clip(
        _NEW + r"the (?:post|article|entry) .{1,250}? (?:first )?appeared first on [^.]{1,80}\.?\Z",
        "Oaks grow. The post Oaks appeared first on Field Notes.",
        "WordPress footer of a feed",
    ),
    Clip(
        _NEW
        + r"(?:continue reading(?: [^.]{1,100})?|read (?:more|the (?:full|rest of the|whole|original) (?:article|post|story))(?: (?:here|at|on) [^.]{1,40}| here)?)\s*(?:…|\.{1,3}|→|»|›|>|:)*\Z",
        "Oaks grow slowly. Read more…",
        "the rest is elsewhere",
    ),
    Clip(r"\s*\[(?:…|\.\.\.)\]\Z", "Oaks grow [...]", "mark of a cut"),
    Clip(
        r"\s*submitted by\s+/?u/\S+(?:\s+to\s+r/\S+)?\s*(?:\[link\]\s*)?(?:\[comments\])?\s*\Z",
        "submitted by /u/someone [link] [comments]",
        "Reddit footer",
    ),
    Clip(
        r"\s*\(\s*(?:photo|image|picture)(?: credit)?\s*(?::|by\b)[^()]{2,80}\)\s*\Z",
        "Oaks in May. (Photo: Jane Roe)",
        "caption",
    ),
)
