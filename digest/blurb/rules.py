"""What cannot be printed, what cannot stand alone, and what is printed only for want of better."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a sentence cannot be printed: `pattern` is searched in the sentence."""

    name: str
    pattern: re.Pattern[str]
    why: str


def _rule(name: str, pattern: str, why: str, flags: re.RegexFlag = re.IGNORECASE) -> Rule:
    return Rule(name, re.compile(pattern, flags), why)


_CASED = re.RegexFlag(0)
_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)

# Searched in each sentence; the first that matches refuses it.
REFUSED = (
    _rule(
        "no end",
        r"[^.!?…。！？\"'”’»)\]」』][\"'”’»)\]」』]*\Z",
        "a heading, a label or a cut-off line",
    ),
    _rule(
        "cut off", r"(?:\.\.\.|…|[,;:—–-]\.?)[\"'”’)\]]*\Z", "a teaser that stops in mid-sentence"
    ),
    _rule("question", r"\?[\"'”’)]*\Z", "asks the reader instead of telling"),
    _rule(
        "sign-up",
        r"\b(?:subscrib(?:e|er-only|ing)|sign(?:ing)? up|newsletter|inbox|unsubscribe|patreon|"
        r"sponsors?hips?|donat(?:e|ing) (?:to|today|now|here)|become a (?:member|patron|supporter)|"
        r"join (?:us|our|the (?:chat|conversation|discussion|waitlist))|follow (?:us|me|along)|"
        r"register (?:now|here|today|for free)|download (?:our|the) app|(?:promo|discount) code|"
        r"your support|support (?:us|our work)|buy me a)\b",
        "is an advertisement",
    ),
    _rule(
        "link",
        r"\b(?:click (?:here|on|the|to)|read more|read on|continue reading|check (?:it |this |them )?out|learn more|"
        r"here'?s|here(?=[.!)]*\Z)|find out more|see (?:also|below|here|more)|full (?:story|article|post)|"
        r"link(?:s|ed)? (?:in|to|below|above)|(?:listed|linked|shown|described|pictured|seen) (?:below|"
        r"above)|the (?:video|chart|graph|table|figure|image|photo|link|code|diagram) (?:below|above)|"
        r"(?:as follows|the following|following \w+:)|watch (?:the|our|it|this|live)|listen (?:to|on|here|now)|tap (?:here|the))\b",
        "points elsewhere",
    ),
    _rule(
        "first seen",
        r"\b(?:appeared first on|first (?:appeared|published) (?:on|in|by))\b",
        "a feed's footer",
    ),
    _rule(
        "credit",
        r"^(?:photos?|images?|credits?|source|illustration|video|listen|watch|via|graphic|caption|file"
        r" photo|above|pictured|left|right|figure \d+)\b ?[:/,.|]"
        r"|\b(?:getty images?|shutterstock|unsplash|afp via|ap photo|file photo|photo by|image by|"
        r"photograph(?:ed)? by|image courtesy|courtesy of)\b|/(?:AP|AFP|Reuters)\b",
        "is a caption or a credit",
    ),
    _rule(
        "caption",
        r"\((?:pictured|left|right|centre|center|above|below|[lrc])\)|\b(?:is|are) (?:seen|pictured|shown)"
        r" (?:here|in|at|on|during|with)\b|^(?:a|an|the) (?:view|photo(?:graph)?|picture|image|screenshot) "
        r"(?:of|shows?|taken)\b",
        "is a caption or a credit",
    ),
    _rule(
        "still",
        r"^(?!.*\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|"
        r"says?|said|\w+ed|fell|rose|won|lost|took|made|gave|came|went|met|held|began|led|left|hit|cut|set|put|"
        r"beat|broke|shot|struck|sold|told|got|grew|ran|saw|spoke|stood|sent|spent|shut|wrote|became|brought|"
        r"built|caught|chose|found|flew|kept|knew|paid|quit|sought|split|swept|died|gets?|goes|"
        r"\w+s (?:the|a|an|its|his|her|their|that|to|as|how|it|up))\b)"
        rf".*\b(?:(?:on|last|this) {_DAY}|last (?:year|week|month)|in (?:{_MONTH} )?\d{{4}})\b"
        r"|^(?:[A-Z][\w.'’]+ ){1,3}in \d{4} \w+ing\b",
        "has no verb, as captions do",
        _CASED,
    ),
    _rule(
        "byline",
        r"^(?:by|written by|posted by|published|updated|edited by|hosted by|produced by|reporting by|"
        r"additional reporting|editor's note|correction|disclosure|note|about the author)\b.{0,60}\Z"
        r"|\b(?:contributed to this (?:report|story|article)|contributed reporting|"
        r"(?:was|is|were) (?:written|edited|hosted|produced|engineered|mixed|fact[- ]checked) by (?-i:[A-Z]))",
        "is a byline",
    ),
    _rule(
        "about itself",
        r"\b(?:this|the|today's|our) (?:story|article|post|page|piece|report|interview|transcript|"
        r"conversation|episode|podcast|essay|column|excerpt) (?:was|has been|have been|is|may be|will be|"
        r"originally|first) (?:\w+ )?(?:updated|published|edited|corrected|produced|adapted|sponsored|part of|"
        r"brought|condensed|recorded|translated|developing|originally|republished|available|supported)\b"
        r"|\ball rights reserved\b|©|\bcookies? (?:policy|settings?|notice)\b|\bprivacy policy\b|"
        r"\bterms of (?:use|service)\b|\b(?:comments? (?:section|below)|leave a comment|show notes)\b",
        "speaks of the page, not of the news",
    ),
    _rule(
        "dateline",
        r"^[A-Z][A-Z .,]{2,30}(?:\([A-Za-z ]+\) ?)?[—–-] ",
        "opens with a dateline",
        _CASED,
    ),
    _rule(
        "timestamp",
        rf"^(?:\d{{1,2}}:\d\d|{_MONTH}\.? \d{{1,2}}, \d{{4}}(?! \w)|\d{{4}}-\d\d-\d\d)\b",
        "opens with a timestamp",
        _CASED,
    ),
    _rule("entity", r"&(?:\w{2,8}|#\w{2,6});", "holds what is left of markup"),
    _rule("bullet", r"^(?:[-*•–—>#|@~·✅👉➡]|\d+[.)] |\(\d+\) )|\s[•·|] ", "is an item of a list"),
    _rule(
        "code",
        r"[{}<>]|=>|::|\bhttps?://|\$ |\b\w+\.(?:com|org|net|io|dev)/|[\w.]+@\w+\.\w|==|&&|"
        r"\|\|",
        "holds code or a bare URL",
    ),
    _rule(
        "another item",
        r"^(?:and|plus|also|meanwhile|elsewhere)[,:] ",
        "begins another piece of news",
    ),
    _rule("shouting", r"^(?:[A-Z]{3,}[^a-z]{10,})\Z", "is set in capitals", _CASED),
    _rule(
        "speaker",
        r"^[A-Z][A-Z .'’-]{3,30}(?:, [A-Z ]+)?: |^\([^)]{3,60}\)\W*\Z|^\[",
        "is a transcript's",
        _CASED,
    ),
    _rule(
        "thanks",
        r"\b(?:thanks (?:to our|for|again)|thank you|sponsored by|our sponsors?|welcome (?:back|to)|"
        r"see you|stay tuned|happy (?:reading|coding)|let (?:us|me) know|feel free|tell us|"
        r"share (?:this|your)|contact (?:us|me)|e?mail (?:us|me)|enjoy!|good (?:morning|evening)[,.!])",
        "speaks to the audience",
    ),
    _rule("no start", r"^[\"'“‘(]*[a-zà-öø-ÿ](?![A-Z])", "begins in mid-sentence", _CASED),
    _rule(
        "split",
        r"\b[ap]\.m\.\Z|\b(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep|Gen|Prof|St|vs)\.\Z|\b(?:the|\d\w\w) (?:[A-Z]\.){2,}\Z"
        rf"|^(?:[ECMP][SD]?T\b|[A-Z]\.,|{_DAY} (?:that|to|in|at|after|as|and|when)\b)",
        "was split at an abbreviation",
        _CASED,
    ),
    _rule("glued", r"[a-z]{2}[.!?][A-Z][a-z]+ [a-z]", "two texts run into one", _CASED),
)

# What stands before the first word of a sentence, and is left out, one after the other: a syndicator's
# "[Example Times]", a dateline ("LAGOS (AP) — ", "Nairobi -- "), a run-in label ("TL;DR: ", "Impact: ").
_PLACE = r"[A-Z][\w.'’]+(?:,? [A-Z][\w.'’]*){0,4}(?:,? \d{1,2})?,?"
LEAD_INS = (
    re.compile(r"^\[[^\]]{2,60}\]\s+"),
    re.compile(
        rf"^(?:{_PLACE} ?)?\((?:AP|AFP|Reuters|REUTERS|CNN|UPI|dpa|DPA|ANSA|Bloomberg|TNS|NPR|CBS News)\)"
        r" ?[-–—:]* ?"
    ),
    re.compile(rf"^{_PLACE} ?(?:--|–|—) (?=[\"“‘']?[A-Z0-9])"),
    re.compile(r"^[A-Z][\w'’;/& -]{1,28}:\s+(?=[\"“‘']?[A-Z0-9])"),
)

# A sentence that opens with one of these leans on the one before it, and may only stand behind it.
OPENERS = (
    *"it its he his she her they their them this that these those such there here".split(),
    *"but and or so yet also however moreover furthermore meanwhile instead then thus".split(),
    *"therefore hence still otherwise besides additionally similarly likewise nonetheless".split(),
    *"nevertheless indeed both neither either another others now first second third".split(),
    *"finally lastly again too which who well oh yes no okay sure anyway because".split(),
    *("in contrast", "by contrast", "on the other", "in one", "as a result", "in addition"),
    *("for example", "for instance", "in fact", "of course", "the former", "the latter"),
    *("back then", "after that", "before that", "until then", "since then", "that said"),
    *("at the same time", "for one", "as such", "by then", "not only that", "part of"),
    *("the same", "the other", "the second", "the third", "a second", "a third", "a fourth"),
    *("the result", "the reason", "the reasons", "the rest", "the answer", "one of them"),
    *("more importantly", "more specifically", "in other words", "on top of", "even so"),
    *("elsewhere", "afterwards", "afterward", "earlier", "later", "previously", "only then"),
    *(
        "granted",
        "interestingly",
        "surprisingly",
        "unsurprisingly",
        "unfortunately",
        "luckily",
        "that's",
    ),
    *("fortunately", "admittedly", "specifically", "ultimately", "eventually", "overall", "plus"),
    *("accordingly", "consequently", "conversely", "alternatively", "likewise", "nor", "rather"),
    *("in absolute terms", "in total", "in response", "in turn", "in short", "in return", "in all"),
    *("stand-out", "other", "the two", "the three", "the pair", "the move", "the decision"),
)
_WE_DID = r"(?:we|i|you|they|he|she) (?:do|did|does|have|had|will|would|are|were)(?=,)"
_PREPOSITION = (
    r"(?:in|on|at|of|for|with|from|by|to|after|before|since|until|despite|because of|among|all|all of|"
    r"most of|some of|many of|none of|each of|instead of|given|as|like|through|under|behind|until)"
)
_THAT = r"(?:this|that|these|those|them|it|which|there|then)"
_OWN_TIME = r"(?! (?:year|month|week|weekend|summer|winter|spring|autumn|fall|morning)\b)"
_QUANTITY = (
    r"(?:some|many|most|few|several|all|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|half|each|more|others)"
)
_VERB = (
    r"(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|say|said|of (?:them|these|"
    r"those|us))"
)
_WHEN = rf"(?:(?:on|in|by|since|until|last|next|from) )(?:\w+ ){{0,2}}(?:{_DAY}|{_MONTH}|\d+|week|month|year|then|evening|morning)(?: \d{{4}})?,?"
_PRONOUN = r"(?:it|he|she|they|this|that|these|those|his|her|their|its)"
LEANS = re.compile(
    rf"^[\"'“‘(]?(?:(?:{'|'.join(OPENERS)}|{_WE_DID})\b{_OWN_TIME}"
    rf"|{_PREPOSITION} {_THAT}\b{_OWN_TIME}"  # In this case, …; For that, …
    rf"|{_QUANTITY} {_VERB}\b"  # Eleven had monitoring.
    rf"|[A-Za-z]+ (?:it|them|him)\b"  # Give it to the person on call.
    rf"|(?:if|when|while|as|since|although|though|once|where|whether|unless) {_PRONOUN}\b{_OWN_TIME}"
    r"|.*\bthe (?:first|second|third|fourth|last|latter|former|next|other) one\b"
    rf"|{_WHEN} {_PRONOUN}\b{_OWN_TIME})"  # On Tuesday it asked …
    rf"|^.{{0,40}}\b(?:(?:these|this|such)\b{_OWN_TIME}|(?:by|of|for|on|from) that [a-z]+ [a-z]+)",  # From 4 June these warnings …
    re.IGNORECASE,
)

# What introduces somebody or something, and what takes it as known: "a message" and "the message".
INTRODUCES = re.compile(r"\b(?:an?|another|one) ([a-z’'-]+)(?: ([a-z’'-]+))?(?: ([a-z’'-]+))?")
KNOWN = re.compile(r"\b[Tt]he ([a-z][a-z’'-]+)\b")
SPEAKER = re.compile(r"^([A-Z][a-zà-ÿ]+) (?:said|says|told|argued|argues)\b")

# I and we of another author are not ours to print, where there is anything else.
SINGULAR = re.compile(r"\b(?:I|I['’]\w+|[Mm]y|me|[Mm]yself)\b")
PLURAL = re.compile(r"\b(?:[Ww]e|[Ww]e['’]\w+|[Oo]ur|us|ours|[Ll]et['’]s)\b")
YOU = re.compile(r"\b(?:you|your|yours|you['’]\w+)\b", re.IGNORECASE)
# Said on another day than it is read.
TODAY = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|this (?:morning|afternoon|evening))\b", re.IGNORECASE
)
ITSELF = re.compile(
    r"\b(?:in )?(?:this|today's|our|previous|last) (?:\w+ )?(?:article|post|episode|video|tutorial|guide|newsletter|"
    r"podcast|series|edition|issue)\b",
    re.IGNORECASE,
)
# What a sentence loses for each, on the scale of `score`, where the first sentence has 1 for its
# place: enough that a plain one is preferred, not so much that a text of nothing else is silent.
FAULTS = ((SINGULAR, 0.9), (PLURAL, 0.4), (YOU, 0.2), (TODAY, 0.3), (ITSELF, 0.4))

# Words by which somebody contradicts, doubts or objects.
CONTRARY = re.compile(
    r"\b(?:contrary|den(?:y|ies|ied)|disput(?:e|es|ed)|doubt(?:s|ed)?|criti(?:c|cs|cised|cized|cises|"
    r"cism)|oppos(?:e|es|ed|ing|ition)|reject(?:s|ed)?|refus(?:e|es|ed|al)|object(?:s|ed)|warn(?:s|ed|ing)?|"
    r"fears?|disagree(?:s|d)?|unlikely|sceptical|skeptical|rather than|wrong|against|too (?:early|late|"
    r"far|little|much)|still|no longer)\b",
    re.IGNORECASE,
)


def refusal(sentence: str) -> str:
    """Why a sentence cannot be printed, or "" when it can."""
    for rule in REFUSED:
        if rule.pattern.search(sentence):
            return rule.why
    return "" if _paired(sentence) else "its quotation marks do not pair"


def _paired(sentence: str) -> bool:
    straight = sentence.count('"') % 2 == 0
    curly = sentence.count("“") == sentence.count("”")
    round_ = sentence.count("(") == sentence.count(")")
    return straight and curly and round_ and sentence.count("[") == sentence.count("]")
