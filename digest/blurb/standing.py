"""What cannot stand alone, and what is printed only for want of better."""

from __future__ import annotations

import re

from digest.blurb.rules import DAY, MONTH, PAST, rule


def _phrases(given: str) -> list[str]:
    """Phrases that stand between semicolons, on as many lines as it takes."""
    return [" ".join(phrase.split()) for phrase in given.split(";")]


# Openings of a sentence that leans on the one before.
OPENERS = (
    *"""
    it its he his she her they their them this that these those such there here but and or so
    yet also however moreover furthermore meanwhile instead then thus therefore hence still
    otherwise besides additionally similarly likewise nonetheless nevertheless indeed both
    neither either another others now first second third finally lastly again too which who
    well oh yes no okay sure anyway because inside elsewhere afterwards afterward earlier
    later previously granted interestingly surprisingly unsurprisingly unfortunately luckily
    fortunately admittedly specifically ultimately eventually overall plus accordingly
    consequently conversely alternatively nor rather actually next typical look happens
    initially briefly reworded especially whereas regardless other
    """.split(),
    *_phrases("""
    that's; stand-out; in contrast; by contrast; on the other; in one; as a result;
    in addition; for example; for instance; in fact; of course; the former; the latter;
    after all; in particular; at least with; in the meantime; sounds like; in the year since;
    in the years since; last time; back then; after that; before that; until then; since then;
    that said; at the same time; for one; as such; by then; not only that; part of; the same;
    the other; the second; the third; a second; a third; a fourth; the result; the reason;
    the reasons; the rest; the answer; one of them; more importantly; more specifically;
    in other words; on top of; even so; only then; in absolute terms; in total; in response;
    in turn; in short; in return; in all; turns out; although it; as though; not to be;
    to start; to begin; in the end; first up; one difference; for starters; a more; we also;
    great for; where every; perhaps, most; most importantly; the place; an alternative;
    the alternative; for that; speaking of; either way; as for; with that; one that;
    what's more; even better; once again; to be; the two; the three; the pair; the move;
    the decision
    """),
)
# What these open with refers to nothing: "there are", "it is hard to", "this article".
PAGE = r"(?:article|post|episode|video|tutorial|guide|newsletter|podcast|series|blog post|blog|essay|talk|paper)"
_EMPTY = (
    rf"(?!there(?: (?:is|are|was|were|has|have|will be|seems?|exists?)\b|['’]s\b)|(?:in )?this {PAGE}\b|now that\b|here (?:at|in) (?-i:[A-Z])"
    # A name; one of several; what is told behind it.
    r"|the (?-i:Second|Third|Other|Former)\b|the (?:former|latter) (?!(?:is|was|are|were|has|have|had|will|would|can|and|"
    rf"{PAST})\b)[a-z]"
    r"|(?:rather than|instead of (?!this|that|these|those|it|them))\b|first-|it (?:looks|seems|seemed|appears|appeared) (?:like|that|as)\b"
    r"|it (?:takes?|took) .{3,60}?\b(?:to|for)\b|it (?:was|wasn['’]t|has) (?:not )?(?:so )?long (?:ago|since)\b"
    r"|it has (?:\w+ )?been (?:\w+ ){0,3}(?:years?|months?|weeks?|days?)\b"
    rf"|it(?:['’]s| is| was) (?:an? (?:rarity|shame|pity|mistake|pleasure|privilege|fact|truth)|{MONTH}|{DAY}|hard|easy|"
    r"difficult|important|possible|impossible|clear|true|common|rare|likely|unlikely|no secret|worth|tempting|"
    r"safe to|fair to|been (?:\w+ ){0,3}(?:years?|months?|weeks?|days?|while))\b)"
)
_WE_DID = r"(?:we|i|you|they|he|she) (?:do|did|does|have|had|will|would|are|were)(?=,)"
_PREPOSITION = (
    r"(?:in|on|at|of|for|with|from|by|to|after|before|since|until|despite|because of|among|all|all of|"
    r"most of|some of|many of|none of|each of|instead of|given|as|like|through|under|behind|until)"
)
_THAT = r"(?:this|that|these|those|them|it|which|there|then)"
_OWN_TIME = r"(?! (?:year|month|week|weekend|summer|winter|spring|autumn|fall|morning|who)\b)"
_QUANTITY = (
    r"(?:some|many|most|few|several|all|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|half|each|more|others)"
)
_VERB = (
    r"(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|say|said|of (?:them|these|"
    r"those|us))"
)
_WHEN = rf"(?:(?:on|in|by|since|until|last|next|from) )(?:\w+ ){{0,2}}(?:{DAY}|{MONTH}|\d+|week|month|year|then|evening|morning)(?: \d{{4}})?,?"
_PRONOUN = r"(?:it|he|she|they|this|that|these|those|his|her|their|its)"
# A sentence that matches one of these leans on the one before it, and may only stand behind it.
LEANING = (
    rule(
        "opener",
        rf"^[\"'“‘(]?{_EMPTY}(?:{'|'.join(OPENERS)})\b{_OWN_TIME}",
        "opens with a pronoun or a connective",
    ),
    rule("we did", rf"^[\"'“‘(]?{_WE_DID}", "leaves out what was done"),
    rule("in this", rf"^[\"'“‘(]?{_EMPTY}{_PREPOSITION} {_THAT}\b{_OWN_TIME}", "In this case, …"),
    rule("some had", rf"^[\"'“‘(]?{_QUANTITY} {_VERB}\b", "Eleven had monitoring: eleven of whom?"),
    rule(
        "give it",
        r"^[\"'“‘(]?(?!we |i )(?:[A-Za-z]+|(?-i:[A-Z][\w.’'-]+ ){1,3}(?:has |have |had )?\w+) (?:it|them|him)\b"
        # Iran said it would: who else?
        r"(?! (?:is|was|has|had|will|would|can|could|may|might|must|should|does|did|no longer|"
        r"plans|wants|expects|intends|needs|hopes)\b)",
        "Give it to the person on call: what?",
    ),
    rule("aside", r"^\([^()]*\)\Z", "an aside to what went before"),
    rule(
        "if they",
        rf"^[\"'“‘(]?(?:if|when|while|as|since|although|though|once|where|whether|unless) {_PRONOUN}\b{_OWN_TIME}",
        "a pronoun in the first clause",
    ),
    rule(
        "in 2020, it",
        r"^[\"'“‘(]?\w(?-i:[^,A-Z]{2,60}, (?:it|they|he|she) \w+ \w+)",
        "Apparently, they use it",
    ),
    rule(
        "I use their",
        r"^(?:I|we) (?!did |made )\w+ (?:it|them)\b|^(?:I|we) \w+ (?:their|its|his|her|this|that)\b",
        "whose?",
    ),
    rule("note that", r"^(?:note|remember|recall) that\b", "an aside to what went before"),
    rule("then it", rf"^{_WHEN} {_PRONOUN}\b{_OWN_TIME}", "On Tuesday it asked: who?"),
    rule(
        "these",
        rf"^.{{0,40}}\b(?:(?:these|this|such)\b{_OWN_TIME}(?! {PAGE}\b)|(?:before|after) that,|that (?:prior|same|earlier|very|particular|kind|sort|one)\b|those\b(?! (?:who|with|of|in|that)\b)|(?:by|of|for|on|from) that [a-z]+ [a-z]+)",
        "From 4 June these warnings …: which?",
    ),
    rule(
        "the point is",
        r"^(?:the (?:point|argument|idea|goal|aim|problem|question|issue|catch|trick|lesson|difference|quick criticism)"
        r" (?:here )?(?:is|was)\b|not only do|for reference|forget )",
        "The point is to count: of what?",
    ),
    rule(
        "much simpler",
        r"^(?:much |far |even )?(?:simpler|better|worse|easier|faster|cheaper)\b(?!.*\bthan\b)",
        "simpler than what?",
    ),
    rule("ever since", r"^(?:ever )?since,", "since when?"),
    rule(
        "bare this",
        r"\bthis(?=[,.;:)]|\Z)|\b(?:about|of|for|with|by|to|in|on|from|at|like) this (?:is|was|has|will|can)\b",
        "I am glad about this: what?",
    ),
    rule("similar", r"^.{0,60}\b(?:a|the) similar\b", "similar to what?"),
    rule(
        "came across it",
        r"^(?:I|We) (?:[\w'’]+ ){3,8}(?:it|them)[.!]\Z",
        "I forget how I came across it: across what?",
    ),
    rule(
        "near one",
        r"\b(?:near|on|inside|without|of|like|with) one(?=[,.;:)]|\Z)",
        "I live near one: near what?",
    ),
    rule(
        "the second one",
        r"\bthe (?:first|second|third|fourth|last|latter|former|next|other) one\b",
        "of which?",
    ),
    rule("a different one", r"\ba different one\b", "different from which?"),
    rule(
        "however",
        r"\bsince then\b|, (?:however|though|meanwhile|too|therefore)[,.]|\bthough,|\w though"
        r" (?:would|will|is|was|are|were|has|have|does|did|can|and)\b|, indeed\b",
        "a connective further on",
    ),
    rule(
        "they",
        r"^(?=.*\bthey\b(?! say\b))(?!.*?\b(?:people|team|everyone|everybody|someone|somebody|anyone|nobody|company|group|family|"
        r"police|staff|crew|firm|government|council|committee|band|couple|pair|youth|military|"
        r"children|men|women|who|and|(?!(?:this|was|has|does|is|as|its|us|thus|always|perhaps|across|less|"
        r"unless|yes|his|plus|besides|towards|sometimes)\b)\w+s['’]?)\b.*?\bthey\b)",
        "nobody was named whom they could be",
    ),
    rule(
        "set it to",
        r"^(?!(?:we|i) |.{0,30}\bma[dk]es? it\b)(?:(?:an?|the|any|each|every|no|some|most|many) )?(?:(?!(?:an?|the|my|our|your|his|her|"
        r"their|its|and|or|that|who|which|if|when|where|of|in|on|for|with|said|says|to|as|is|are|was|were)\b)"
        r"[\w'’-]+ ){1,5}(?:it|them|him)"
        r"(?= (?:to|into|in|on|at|from|for|with|as|by|up|down|out|off|over|back|away|the|an?|before|after|when|"
        r"without|because)\b|[.,;])",
        "A person may set it to red: what?",
    ),
    rule(
        "he said",
        # Unless it opens with a name of two words: Ada Example will leave, she said.
        r"^(?!(?:(?:As|When|While|After|Before) )?(?:(?-i:[A-Z])[\w.’'-]+ ){2}).*(?:[\"”],? |, )(?:he|she|they|it) (?:said|says|added|adds|told|wrote|continued|noted)\b",
        "who said it?",
    ),
    rule("quote", r"^(?:“[^“”]*”|\"[^\"]*\")\Z", "who said it?"),
)


# Openers that are at home in a text's first sentence, which has nothing before it to lean on.
_AT_HOME = re.compile(
    r"^(?:now(?! that)|another|yet another|(?:a|the) (?:second|third|fourth)|both(?! of (?:them|these|those|us)\b)|"
    rf"this is(?= (?:an?|the|my|not an?) (?:[\w-]+ ){{0,3}}(?:{PAGE}|commentary|list|review|summary|story|log)\b)|"
    r"earlier|later|recently|previously|finally|eventually|ultimately|overall|(?:un)?fortunately|luckily|"
    r"(?:un)?surprisingly|interestingly|admittedly|first|most|still|look|actually|typical)\b,? ",
    re.IGNORECASE,
)


def leans(sentence: str, *, opening: bool = False) -> bool:
    """Say whether a sentence can only stand behind the one before it; `opening` if there is none."""
    if opening:
        sentence = _AT_HOME.sub("", sentence)
    return any(row.pattern.search(sentence) for row in LEANING)


# What a text's first sentence may say of what its title names: "This fig jam is …".
OF_TITLE = re.compile(r"^(?:this|these) ((?:[\w-]+ ){1,5})", re.IGNORECASE)


# What introduces somebody or something, and what takes it as known: "a message" and "the message".
INTRODUCES = re.compile(r"\b(?:an?|another|one) ([a-z’'-]+)(?: ([a-z’'-]+))?(?: ([a-z’'-]+))?")
KNOWN = re.compile(r"\b[Tt]he ([a-z][a-z’'-]+)\b")
# What there is one of, and what takes no introduction.
COMMON = frozenset(
    "world internet web year years time day week month past future public media way things first last"
    " same most best right left rest other country government police president war economy market"
    " only one two three new old latest next end start beginning number kind sort lot people".split()
)
OPENS_WITH = re.compile(r"^[\"'“‘(]?([A-Z][a-zà-ÿ]+)\b")
SECOND = re.compile(r"\b(?=([A-Z][\w.’'-]*) ([A-Z][a-zà-ÿ]+))")
BEARER = re.compile(r"^([A-Z][\w.’'-]+) ([A-Z][a-zà-ÿ’'-]+)\b")
SPEAKER = re.compile(r"^([A-Z][a-zà-ÿ]+) (?:said|says|told|argued|argues)\b")

# I and we of another author are not ours to print, where there is anything else.
SINGULAR = re.compile(r"\b(?:I|I['’]\w+|[Mm]y|me|[Mm]yself)\b")
PLURAL = re.compile(r"\b(?:[Ww]e|[Ww]e['’]\w+|[Oo]ur|us|ours|[Ll]et['’]s)\b")
YOU = re.compile(r"\b(?:you|your|yours|you['’]\w+)\b", re.IGNORECASE)
# A sentence whose subject is the author.
OURSELVES = re.compile(r"\A[^“\"]{0,25}\b(?:I|I['’]\w+|[Ww]e|[Ww]e['’]\w+)\b")
# Said on another day than it is read.
TODAY = re.compile(
    r"\b(?:today|yesterday|tomorrow|tonight|last night|this (?:morning|afternoon|evening))\b(?!['’]s)",
    re.IGNORECASE,
)
ITSELF = re.compile(
    r"\b(?:in )?(?:this|today's|our|previous|last) (?:\w+ )?(?:article|post|episode|video|tutorial|guide|newsletter|"
    r"podcast|series|edition|issue|interview|conversation|chapter|lesson|section|part)\b",
    re.IGNORECASE,
)
# A step of instructions, which tells nothing without the other steps.
IMPERATIVE = re.compile(
    r"^(?:click|run|open|install|add|set|type|go|bring|put|take|use|make|convert|create|select|choose|"
    r"press|copy|paste|save|wait|try|see|read|check|ensure|keep|grind|write|update|change|export|give|continue|tune|understand|treat|accept|avoid|learn|follow|start|stop|think|pick|"
    r"replace|remove|enter|navigate|connect|test|configure|define|specify|look|find|ask|call|turn|move|divide|roast|mix|bake|stir|combine|heat|"
    r"cook|serve|preheat|pour|place|spread|sprinkle|store)\b",
    re.IGNORECASE,
)
# What a sentence loses for each, on the scale of `score`, where the first sentence has 1 for its
# place: enough that a plain one is preferred, not so much that a text of nothing else is silent.
FAULTS = (
    (SINGULAR, 0.6),
    (PLURAL, 0.4),
    (YOU, 0.2),
    (TODAY, 1.2),
    (ITSELF, 0.4),
    (IMPERATIVE, 0.5),
)

# What a sentence loses for each where the one before it is not printed: signs, not proofs, that it
# takes something as known.
HINTS = (
    (re.compile(r"^[\"'“‘(]?The\b"), 0.3),
    (re.compile(r"\b(?:it|its|they|them|their|he|she|him|his|her)\b", re.IGNORECASE), 0.3),
    (re.compile(r"\b(?:this|that|these|those) (?!who\b|is\b|are\b|the\b)[a-z]+"), 0.2),
    (
        re.compile(
            r"^(?:some|most|many|one|each|all|none|both|either) of (?:the|my|our)\b", re.IGNORECASE
        ),
        0.3,
    ),
    (re.compile(r"\bthese\b", re.IGNORECASE), 0.3),
    (re.compile(r"\b(?:also|too|again|instead|even|another|other|both|such|already)\b"), 0.3),
)

# Words by which somebody contradicts, doubts or objects.
CONTRARY = re.compile(
    r"\b(?:contrary|den(?:y|ies|ied)|disput(?:e|es|ed)|doubt(?:s|ed)?|criti(?:c|cs|cised|cized|cises|"
    r"cism)|oppos(?:e|es|ed|ing|ition)|reject(?:s|ed)?|refus(?:e|es|ed|al)|object(?:s|ed)|warn(?:s|ed|ing)?|"
    r"fears?|disagree(?:s|d)?|unlikely|sceptical|skeptical|rather than|wrong|against|too (?:early|late|"
    r"far|little|much)|still|no longer)\b",
    re.IGNORECASE,
)
