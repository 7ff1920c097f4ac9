"""Blocks that letters have around what they tell: greetings, sign-offs, words for mail readers."""

from __future__ import annotations

from digest.extract.rules import Line

GREETINGS = (
    Line(
        r"(?:hey|hi|hello|hallo|dear|good (?:morning|day|evening)|greetings|hola|salut|merhaba)"
        r"(?:,? (?:there|all|everyone|everybody|friends?|folks|readers?|subscribers?|team|"
        r"you))?\s*[!,.]*\s*[^\w\s]*",
        "Hey! 👋",
        "greeting",
        "start",
    ),
    Line(
        r"(?:hey|hi|hello|good (?:morning|day|evening)|greetings|dear)\b"
        r"[^.?!]{0,40}[!,]\s*[^\w\s]*",
        "Good morning, you who read this!",
        "greeting",
        "below",
    ),
    Line(
        r"the (?:next|\d+(?:st|nd|rd|th)) (?P<outlet>[^.!?,:;]{2,40}?)(?: of the (?:year|month))? "
        r"(?:will|is going to|should) (?:arrive|appear|be|come|land|go|drop)\b.{0,60}"
        r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|inbox|next (?:week|month))\b.{0,80}",
        "The 12th Field Notes will arrive on Friday",
        "sign-off; it names the outlet",
        "end",
    ),
    Line(
        r"(?:see you (?:next|soon|again|in)|until next|till next|that's (?:it|all) for|"
        r"thanks for (?:reading|subscribing)|thank you for (?:reading|subscribing)|"
        r"happy (?:reading|weekend)|have a (?:great|nice|good) (?:week|weekend|day)|"
        r"stay tuned)\b[^.!?]{0,60}[.!]*\s*[^\w\s]*",
        "See you next week!",
        "sign-off",
        "end",
    ),
    Line(
        r"(?:cheers|best(?: regards| wishes)?|kind regards|warm regards|take care|sincerely|"
        r"yours(?: truly)?)(?:,[\w. ]{0,30}|[!.]?)",
        "Kind regards, Jane",
        "sign-off",
        "end",
    ),
)

MAIL = (
    Line(
        r"(?:.{1,80} · )?(?:also (?:covered|published) by|picked by|auch (?:erschienen )?bei|"
        r"empfohlen von) .{2,300}(?<![.!?…])",
        "Field Notes · Also covered by Oak Weekly and The Pond",
        "our own issues: who else told a story",
    ),
    Line(
        r"(?:view|read|open)(?: (?:this|it))?(?: (?:email|e-mail|message|newsletter|issue|"
        r"post))? (?:in|on) (?:a |your |the )?(?:browser|web|app|website)\s*[.→»]*|(?:view|"
        r"read) online",
        "View this email in your browser",
        "link for mail readers",
    ),
    Line(
        r"(?:.{0,80}\b)?(?:unsubscribe(?:$|\W{0,4}$|\s*[|·•–—/,].{0,80}| (?:here|now|instantly|"
        r"at any ?time|any ?time|from (?:this|these|our|all)|or|link|with one click).{0,120})|"
        r"(?:manage|update|change) (?:your )?(?:e-?mail )?(?:preferences|settings|subscriptions?|"
        r"profile)\b.{0,120})",
        "Unsubscribe or manage preferences",
        "mail footer",
        "end",
    ),
    Line(
        r"you(?:'re| are)? receiv(?:e|ing) (?:this|.{2,40} because)\b.{0,200}|"
        r"you (?:have )?(?:signed up|subscribed)\b.{0,200}|"
        r"(?:this email was )?sent to .{3,60}@.{3,60}|"
        r"(?:was this (?:e-?mail |message )?)?forwarded (?:this (?:e-?mail|message|newsletter)|"
        r"to you)\?.{0,80}",
        "You are receiving this because you signed up",
        "mail footer",
    ),
)
