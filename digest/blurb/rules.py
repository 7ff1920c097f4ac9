"""What cannot be printed: one table, a reason for each row."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a sentence cannot be printed: `pattern` is searched in the sentence."""

    name: str
    pattern: re.Pattern[str]
    why: str


def rule(name: str, pattern: str, why: str, flags: re.RegexFlag = re.IGNORECASE) -> Rule:
    """Make a row of a table."""
    return Rule(name, re.compile(pattern, flags), why)


CASED = re.RegexFlag(0)  # for `rule`: capitals count
# Past tenses without -ed: what has one is no caption and no bare participle.
PAST = (
    "said|fell|rose|won|lost|took|made|gave|came|went|met|held|upheld|withheld|began|led|left|hit|cut|set|put|"
    "beat|broke|shot|struck|sold|told|got|grew|ran|saw|spoke|stood|sent|spent|shut|wrote|became|brought|"
    "built|caught|chose|found|flew|kept|knew|paid|quit|sought|split|swept|drew|withdrew|threw|overthrew|"
    "fought|taught|bought|laid|fled|cast|swore|sank|spun|stole|hung|fed|felt|heard|meant|understood|undid|"
    "drove|forgot|froze|hid|rode|shook|sang|slid|thought|woke"
)
DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)

# Searched in each sentence; the first that matches refuses it.
REFUSED = (
    rule(
        "no end",
        r"[^.!?…。！？\"'”’»)\]」』][\"'”’»)\]」』]*\Z|\s\.\Z",
        "a heading, a label or a cut-off line",
    ),
    rule(
        "cut off",
        r"(?:\.\.\.|…\.?|[,;:—–-]\.?)[\"'”’)\]]*\Z",
        "a teaser that stops in mid-sentence",
    ),
    rule("question", r"\?!*[\"'”’).]*\Z", "asks the reader instead of telling"),
    rule(
        "sign-up",
        r"\b(?:subscrib(?:e|er-only|ing)|^sign(?:ing)? up|sign(?:ing)? up (?:here|now|today|below|free|with (?:us|your)|(?:for|to) (?:our|my|this|free|an?|receive|get|the (?-i:[A-Z])))|newsletter|inbox|unsubscribe|patreon|"
        r"sponsors?hips?|donat(?:e|ing) (?:to|today|now|here)|become a (?:member|patron|supporter)|"
        r"join (?:us|our|the (?:chat|conversation|discussion|waitlist))|follow (?:us|me|along)|"
        r"register (?:now|here|today|for free)|download (?:our|the) app|(?:promo|discount) code|"
        r"got a shop|shop now|uncheck|delivery settings|receive .{0,40}e-?mails?|"
        r"your support|support (?:us|our work)|buy me a|free (?:trial|copy)|bonus content|call or text|(?:open|available) (?:for|to) (?:pre-?orders?|purchase|buy)|my (?:new )?book\b(?! \w+ed)|for our supporters|supporters (?:get|receive)|\d+% off (?:an?|your|all|any)\b|premium subscription|a new episode of|"
        r"for sponsoring|may (?:earn|receive) (?:an? )?(?:small |affiliate )?commissions?|affiliate (?:links?|commissions?)|(?:reviews|products|items) are (?:written|chosen|selected|reviewed) independently|independently (?:chosen|selected|reviewed|tested) by (?:our|the) (?:editor|team|staff)|(?:try|download) [\w ]{2,30} for free|for free!|we (?:really )?hope you)\b",
        "is an advertisement",
    ),
    rule(
        "link",
        r"\b(?:click (?:here|on|the|to)|read more|read on|continue reading|check (?:it |this |them )?out|learn more|"
        r"here['’]?s|you haven['’]t (?:already )?(?:read|seen)|here (?:is|are)|here(?=[.!)]*\Z)|find out more|see (?:also|below|here|more)|full (?:story|article|post)|"
        r"links? (?:in (?:bio|the (?:bio|description|show|post|article|comments?))|below|above|here)|linked (?:in (?:the|this)|below|above|here)|(?:listed|linked|shown|described|pictured|seen) (?:below|"
        r"above)|the (?:video|chart|graph|table|figure|image|photo|link|code|diagram) (?:below|above)|"
        r"(?:this|these) (?:[\w-]+ )?(?:papers?|links?|videos?|talks?|threads?|pages?|tweets?)|as pictured|(?:my|in|the) previous (?:\w+ )?posts?|more (?:of|on|about) (?:that|this) (?:in a (?:minute|moment)|later)|"
        r"see the (?:full )?code|full code|^read part \d|see Hacker News|as (?:we|you) can see|here(?=:)|(?:example|scenario|code|snippet|list|steps?|table|details) (?:below|above)|below(?=[;.,:)])|the new tutorial|in step \d|in question|(?:can|may|could) be (?:located|found) there|(?:files|links?|code) found there|rules there|(?:as follows|the following|following \w+:)|watch (?:our|it here|this video|live (?:here|on|at))|^watch (?:the|it|this|live)|^listen (?:to|on|here|now)|listen (?:here|now|to (?:our|the (?:full|whole|show|episode|podcast)))|tap (?:here|the))\b",
        "points elsewhere",
    ),
    rule(
        "first seen",
        r"\b(?:appeared first on|first (?:appeared|published) (?:on|in|by))\b",
        "a feed's footer",
    ),
    rule(
        "credit",
        r"^(?:photos?|images?|credits?|source|illustration|video|listen|watch|via|graphic|caption|file"
        r" photo|above|pictured|left|right|figure \d+)\b ?[:/,.|]"
        r"|^(?:lyrics|music|words|text|story|script|art|directed|narrated)\b.{0,20} by (?-i:[A-Z])"
        r"|\b(?:oil|acrylic|watercolou?r|ink|pencil) on (?:canvas|paper|board|panel)\b"
        r"|\b(?:getty images?|shutterstock|unsplash|afp via|ap photo|file photo|photo by|image by|"
        r"photograph(?:ed)? by|image courtesy|courtesy of)\b|/(?:AP|AFP|Reuters)\b",
        "is a caption or a credit",
    ),
    rule(
        "caption",
        r"\((?:pictured|left|right|centre|center|above|below|(?-i:[lrc]))\)|\b(?:is|are) (?:seen|pictured|shown)"
        r" (?:here|in|at|on|during|with)\b|^(?:to|on|at) the (?:left|right|top|bottom)\b|\bfrom left\b"
        r"|^(?:a|an|the) (?:view|photo(?:graph)?|picture|image|screenshot) "
        r"(?:of|shows?|taken)\b",
        "is a caption or a credit",
    ),
    rule(
        "still",
        r"^(?!.*['’](?:ve|re|m|ll|d)\b)"
        r"(?!.*\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|"
        r"says?|\w+ed|"
        rf"{PAST}|gets?|goes|arrives?|meets?|starts?|"
        r"\w+s (?:the|a|an|its|his|her|their|that|to|as|how|it|up))\b)"
        rf".*\b(?:(?:on|last|this) {DAY}|last (?:year|week|month)|in (?:{MONTH} )?\d{{4}})\b"
        r"|^(?:[A-Z][\w.'’]+ ){1,3}in \d{4} \w+ing\b",
        "has no verb, as captions do",
        CASED,
    ),
    rule(
        "byline",
        r"^updated?(?::| with\b)|^(?:by|written by|posted by|published|updated|edited by|hosted by|produced by|reporting by|"
        r"additional reporting|editor's note|correction|disclosure|note|about the author)\b.{0,60}\Z"
        r"|\b(?:contributed to this (?:report|story|article)|contributed reporting|"
        r"(?:was|is|were) (?:written|edited|hosted|produced|engineered|mixed|fact[- ]checked) by (?-i:[A-Z]))",
        "is a byline",
    ),
    rule(
        "about itself",
        # One word boundary for all of them: tried at each letter, it is most of what a rule costs.
        r"©|\b(?:(?:this|the|today's|our) (?:story|article|post|page|piece|report|interview|transcript|"
        r"conversation|episode|podcast|essay|column|excerpt) (?:was|has been|have been|is|may be|will be|"
        r"originally|first) (?:\w+ )?(?:updated|published|edited|corrected|produced|adapted|sponsored|part of|"
        r"brought|condensed|recorded|translated|developing|originally|republished|available|supported)\b"
        r"|recorded this (?:conversation|episode|interview)\b|(?:intro|interview|episode) was recorded\b"
        r"|this (?:\w+ )?(?:post|article|guide|page) is (?:here|meant|intended|written)\b"
        r"|as (?:we|I) (?:saw|said|discussed|mentioned|noted|wrote)\b"
        r"|(?:I|we)(?: have|['’]ve) (?:already |previously )?(?:written|blogged|posted) (?:\w+ )?"
        r"(?:about|before|previously)\b|we['’]ve already\b"
        r"|as (?:previously |already |described |discussed )?(?:mentioned|discussed|noted|described)\b"
        r"|(?:another|an earlier|previous|last|next) (?:blog )?(?:post|article|installment)\b"
        r"|all rights reserved\b|cookies? (?:policy|settings?|notice)\b|privacy policy\b"
        r"|terms of (?:use|service)\b|comments? (?:section|below)\b|leave a comment\b|show notes\b)",
        "speaks of the page, not of the news",
    ),
    rule(
        "dateline",
        r"^[A-Z][A-Z .,]{2,30}(?:\([A-Za-z ]+\) ?)?[—–-] ",
        "opens with a dateline",
        CASED,
    ),
    rule(
        "timestamp",
        rf"^(?:\d{{1,2}}:\d\d|{MONTH}\.? \d{{1,2}}, \d{{4}}(?! \w)|\d{{4}}-\d\d-\d\d)\b",
        "opens with a timestamp",
        CASED,
    ),
    rule(
        "entity",
        r"&(?:\w{2,8}|#\w{2,6});|\bopens (?:in )?a new (?:window|tab)\b|\s[.,] ,|\b(?-i:[A-Z]{2,5}), [-+−]\d",
        "holds what is left of markup, or a stock ticker",
    ),
    rule(
        "bullet",
        r"^(?:[-*•–—>#|@~·✅👉➡■▪▶►◆●★✔]|\d+[.)] |\(\d+\) )|\s[•·|] |(?:(?<![\w.])(?-i:[a-z])\w*(?<!uary)(?<!arch)(?<!pril)(?<!ay)(?<!une)(?<!uly)(?<!ust)(?<!ber)|[:)]) [1-9]\.\Z|\w\*\*|\*\*\w|(?<!\w)\*\w[^*]*\*(?!\w)",
        "is an item of a list",
    ),
    rule(
        "code",
        r"[{}<>]|=>|(?<!\w)::|::(?!\w)|\bhttps?://|\$ |\w\.(?:com|org|net|io|dev)/|[\w.]@\w+\.\w|==|&&|"
        r"\|\||\s--?[A-Za-z]\w|\[at\]|\[\^",
        "holds code, an address or a bare URL",
    ),
    rule(
        "citation",
        r"\bpp?\.? \d+ ?[-–]\d|\b\d+ ?\(\d+\), |\bet al\.,? \(?\d{4}|\bdoi\b",
        "is a reference to a paper",
    ),
    rule(
        "hole",
        r"\b(?:a|an|the) (?:to|of|is|are|was|were|and|for|from|with) |\b(?:to|of|the|and|with) [.,;)]",
        "lacks a word that was markup",
        CASED,
    ),
    rule(
        "come along",
        r"\blet['’]s\b|^(?:please|reach out|notice|imagine|suppose|consider|assume|stay|join|don['’]t|"
        r"remember|keep|be sure|make sure|get in touch|visit|head (?:over|to)|have a look|look at|"
        r"take a (?:look|moment)|go ahead|grab)\b|^note: |^your (?:task|mission|goal)\b"
        r"|^[^“\"]*\bplease (?:consider|share|open|feel|see|contact|note|check|visit|read|email|let|join|support|help|"
        r"send|do|don['’]t|refer|use|be|go)\b"
        r"|\byou['’]ll (?:love|enjoy|like|want to|need to)\b"
        r"|^if you(?:['’]ve| have)(?: ever| been)? (?:follow|read|hear|visit|wonder|us)|^if you['’]?(?:re| are) anything like me\b",
        "speaks to the reader",
    ),
    rule(
        "another item",
        r"^(?:and|plus|also|meanwhile|elsewhere)[,:] ",
        "begins another piece of news",
    ),
    rule(
        "announces",
        r"^[^“\"]*\b(?:we['’]ll\b|(?:we|I)(?:['’]ll| will| shall|['’]re going to|['’]m going to| are going to|"
        r" am going to|['’]d like to| want(?:ed)? to| would like to) (?:\w+ ){0,2}?(?:show|see|look|walk|"
        r"cover|explain|discuss|explore|learn|talk|dive|take a|describe|touch|share|demonstrate|"
        r"go (?:over|through)|introduce|present|focus|post|write|transition|try and|point out|mention)\b)"
        r"|^(?=.*\b(?:we|I|us|you|our|my)\b).*\b(?:in|on|to) (?:this|today['’]s|this week['’]s|"
        r"this month['’]s) (?:[\w-]+ ){0,2}?(?:article|post|episode|video|tutorial|guide|series|issue|edition|"
        r"newsletter|blog|entry|write-?up)\b"
        r"|^(?:today|now|next|this (?:post|time|week)|in this \w+),? (?:we|I)(?:['’]re| are|['’]m| am) going to\b"
        r"|^(?:today|this week|this month)['’]s (?:post|article|video|episode|guide|tutorial|issue)\b"
        r"|\b(?:by|at) the end of this (?:\w+ )?(?:article|post|video|guide|tutorial|page|series)\b",
        "says what the text is going to say",
    ),
    rule(
        "looks back",
        r"^P\.? ?S\.?\b|^watch (?:along|as|how|me|us)\b|\bhit me up\b"
        r"|\b(?:my (?:recent|last|previous|latest|earlier|other) (?:\w+ )?(?:post|article|video|entry)\b"
        r"|in (?:recent|previous|earlier|past) (?:articles|posts|videos|episodes)\b"
        r"|in this (?:article|post|video|guide) (?:can|may|will) be\b"
        r"|we (?:have |['’]ve )?(?:already )?(?:learned how|covered|looked at|talked about)\b"
        r"|(?:in|of|on|from) that (?:post|article|paper|video|thread|tutorial|page|guide)\b)",
        "speaks of what was said before, or beside",
    ),
    rule("shouting", r"^(?:[A-Z]{3,}[^a-z]{10,})\Z", "is set in capitals", CASED),
    rule(
        "speaker",
        r"^[A-Z][A-Z .'’-]{3,30}(?:, [A-Z ]+)?: |^\([^)]{3,60}\)\W*\Z|^\[",
        "is a transcript's",
        CASED,
    ),
    rule(
        "thanks",
        r"\b(?:thanks (?:to our|for|again)|thank you|sponsored by|our sponsors?|welcome (?:back|to)|"
        r"see you|stay tuned|happy (?:reading|coding)|let (?:us|me) know|feel free|tell us|"
        r"^(?:in reply to [^,]{2,40}\.|(?:i |we )?hope (?:you|this|that)\b|as (?:always|usual|a reminder)|a podcast for|find out (?:how|what|if|whether)|test your|"
        r"take (?:our|the) quiz)|free for everyone|share (?:this|your)|contact (?:us|me)\b|e?mail (?:us|me)\b|^(?:morning|hello|hi|hey|greetings|dear) |enjoy!|good (?:morning|evening)[,.!])",
        "speaks to the audience",
    ),
    rule("no start", r"^[\"'“‘(]*[a-zà-öø-ÿ](?![A-Z])", "begins in mid-sentence", CASED),
    rule(
        "split",
        r"\b(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Prof|St|vs)\.\Z"
        r"|, \d{1,2}\.\Z|^\d+, [\dA-Z]"
        rf"|^(?:[ECMP][SD]?T\b|[A-Z]\.,|{DAY} (?:that|to|in|at|after|as|and|when)\b)",
        "was split at an abbreviation",
        CASED,
    ),
    rule("goes on", r"\b[ap]\.m\.\Z|\b(?:[A-Z]\.){2,}\Z", "was split at an abbreviation", CASED),
    rule(
        "no verb",
        r"^[A-Z][a-z]+ing\b(?!.*\b(?:is|are|was|were|has|have|had|can|could|will|would|may|might|must|should|does|"
        r"do|did|isn['’]t|aren['’]t|\w+n['’]t|makes?|takes?|gives?|helps?|lets?|means|requires?|becomes?|seems?|"
        r"feels?|needs?|allows?|comes?|goes|gets?|brings?|saves?|costs?|laid|said|told|took|gave|held|spoke|won|lost|began|became|\w+ed|\w+s (?:the|an?|its|his|her|their|that|"
        r"to|as|how|it|up))\b)",
        "has no verb but a participle",
        CASED,
    ),
    rule(
        "how to",
        r"^How to (?!.*\b(?:is|are|was|were|has|have|can|will|does)\b)",
        "is a heading",
        CASED,
    ),
    rule(
        "glued",
        r"[a-z]{2}[.!?][A-Z][a-z]+ [a-z]|[a-z]{2} (?:The|This|These|Those|We|They|You|What|When|Where|Why|If|Actually|"
        r"Because|But|And|There|Whole|Are|By the way,) [a-z]+ [a-z]|\([^()\d]{2,40}[;,] \d{4}\) [A-Z]"
        r"|^(?:Introduction|Background|Overview|Summary|Abstract|Conclusion) [A-Z]"
        r"|^[A-Z][^.!?]{3,60}\([A-Z][^()]{2,30}\) (?:After|When|In|The|This|While|As|What|If|It|An?|For) ",
        "two texts run into one",
        CASED,
    ),
    rule(
        "item",
        r"^(?:[A-Z(][\w()'’&-]*,? ?){1,8}: [A-Z]"
        r"|^(?:(?:[A-Z(][\w()'’&-]*|of|by|on|the|with|and|a|in|for|to),? ){3,20}— An? ",
        "is an item of a list with its label",
        CASED,
    ),
)

# How a sentence ends; a heading has no such end.
END = re.compile(r"[.!?…。！？][\"'”’»)\]」』]*\Z")

# What follows a caption.
BEFORE_CREDIT = re.compile(
    r"\s*\(?(?:Photos?|Images?|Pictures?|Credits?)\b ?(?::|by\b|/)|\s*\([^)]*/ ?(?:AP|AFP)"
)

_SMILEY = re.compile(r"(?<!\w)[:;]-?[()]")
# Before a text begins: what these refuse says nothing that the next sentence could lean on.
ASIDES = frozenset({"thanks", "sign-up", "first seen", "credit", "byline"})


def refusal(sentence: str, *, last: bool = False, opening: bool = False) -> str:
    """Why a sentence cannot be printed, or "" when it can.

    The `last` of its paragraph does not go on; an `opening` may say what the text will tell.
    """
    row = refused_by(sentence, last=last, opening=opening)
    if row:
        return row.why
    return "" if _paired(sentence) else "its quotation marks do not pair"


def refused_by(sentence: str, *, last: bool = False, opening: bool = False) -> Rule | None:
    """The first row that refuses a sentence, if one does."""
    spared = {"goes on"} if last else set()
    spared |= {"announces"} if opening else set()
    found = (r for r in REFUSED if r.name not in spared and r.pattern.search(sentence))
    return next(found, None)


def _paired(sentence: str) -> bool:
    sentence = _SMILEY.sub("", sentence)
    straight = sentence.count('"') % 2 == 0
    curly = sentence.count("“") == sentence.count("”")
    round_ = sentence.count("(") == sentence.count(")")
    return straight and curly and round_ and sentence.count("[") == sentence.count("]")
