"""What may stand in a heading: rules as data, the first that objects decides.

A phrase comes with how its last word is used in the week's texts, because no list of English
words can say that "raises" is a verb and "rates" is a noun here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from digest.text import STOPWORDS
from digest.topics.terms import stem_of

# Words that fit any section, or none: no heading is made of them.
VAGUE = frozenset(
    """
    according action added amount announced announcement area article asked back bad based
    became best better big biggest blog book call called came case cause chance change clear
    come coming day deal decision different early earlier easy end ended episode example
    expected experience fact far feature find first five follow former found four free full
    future give given going good got great group guide half hard head help high hour hundred
    idea including interview issue job join key kind know large last late later latest launch
    lead learn least left let level life like line list little live local long look lot low main
    man marked march mean mid million minute moment month morning move name national near need
    never news next night note number offer official old open order outside part past people
    percent place plan play point post power problem project public put question quarter quick
    read reader real really reason recent release remain report result return right rise role
    run second see send set seven show side simple since six small something source start state
    statement step story strong take talk team tell ten thing think thought thousand three time
    today told tomorrow took top trend true try turn type update version video view want way
    week weekend win won word work world write wrong year yesterday among ago third ever every
    yet much beat missed firm company inc ltd corp reuters associated press getty images image
    photo picture everyone entire active bunch fun sort another beyond gentle personal sure able
    introduction january february april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday mr mrs ms dr
    billion trillion dollar amid one two eight nine dozen several around across despite however
    person someone anyone nothing anything everything wake sign session effort evening summary
    headline live stream newsletter podcast subscribe read comment link click http https www com
    site page version quot amp nbsp member others hand piece use user way bit lots stuff
    ap afp cbs npr bbc cnn agencies administration pressure
    senior junior average major minor deputy chief spokesman spokeswoman ceo cfo cto
    """.split()
)
_VAGUE_STEMS = frozenset(stem_of(word) for word in VAGUE)

# Adjectives of peoples and regions: they wait for a noun ("Russian" what?).
DEMONYMS = frozenset(
    """
    afghan african albanian algerian american arab arabic argentine argentinian armenian asian
    australian austrian bangladeshi bavarian belarusian belgian bolivian bosnian brazilian british
    bulgarian californian cambodian canadian catalan chilean chinese christian colombian croatian
    cuban cypriot czech danish dutch egyptian english estonian ethiopian european finnish french
    georgian german ghanaian greek hungarian icelandic indian indonesian iranian iraqi irish
    islamic israeli italian jamaican japanese jewish jordanian kenyan korean kurdish kuwaiti latin
    latvian lebanese libyan lithuanian malaysian maltese mexican moroccan muslim nepali nigerian
    norwegian pakistani palestinian persian peruvian polish portuguese roman romanian russian saudi
    scottish serbian slovak slovenian somali spanish sudanese swedish swiss syrian taiwanese
    texan thai tunisian turkish ugandan ukrainian uruguayan venezuelan vietnamese welsh western
    eastern northern southern central north south east west
    """.split()
)
# Countries, who governs the larger ones, capitals and offices: too wide to be a subject. With
# another word they are one only if most of the stories say both ("US & Iran").
WIDE = frozenset(
    """
    afghanistan albania algeria angola argentina armenia australia austria azerbaijan bahrain
    bangladesh belarus belgium bolivia bosnia botswana brazil bulgaria cambodia cameroon canada
    chile china colombia congo croatia cuba cyprus denmark ecuador egypt estonia ethiopia finland
    france gambia gaza georgia ghana greece greenland guatemala guinea haiti honduras hungary
    iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya
    kosovo kuwait latvia lebanon liberia libya lithuania luxembourg madagascar malawi malaysia
    mali malta mexico moldova mongolia morocco mozambique myanmar namibia nepal netherlands niger
    nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar
    romania russia rwanda senegal serbia singapore slovakia slovenia somalia spain sudan sweden
    switzerland syria taiwan tanzania thailand tunisia turkey turkiye uganda ukraine uruguay
    uzbekistan venezuela vietnam yemen zambia zimbabwe beijing brussels delhi kyiv moscow paris
    tokyo trump biden putin zelensky starmer macron merz meloni modi xi netanyahu erdogan milei
    lula carney albanese orban chancellor
    africa america asia britain england eu europe germany uk un us usa united states kingdom
    uae nations union york london washington berlin american ai president prime minister secretary
    governor senator senate house court city state capital daily fm
    """.split()
)
_VERBAL = frozenset(
    """
    to will would can could may might must shall should not who he she it they we i you that
    cannot can't won't don't didn't doesn't wouldn't couldn't n't let's
    """.split()
)
_NOMINAL = frozenset(
    """
    the a an of in on for with by from at about over under against between during into this
    these those his her its their our my your some many more most no any each every
    """.split()
)
# Longer words in capitals are shouted: "MOVIE", but "NASA".
_LONGEST_CAPITALS = 4
# A lower-case word of the week with this few uses proves nothing by how it is used.
_FEW_USES = 8


@dataclass(slots=True)
class Usage:
    """How often a word stands at the end of a noun phrase, after an article, after "to".

    `capital` and `small` count only where a capital says something: not where a line begins.
    """

    uses: int = 0
    head: int = 0
    nominal: int = 0
    verbal: int = 0
    capital: int = 0
    small: int = 0

    def note(self, before: str, after: str) -> None:
        """Count one use between two lower-case neighbours; "" at a break."""
        self.uses += 1
        ends = not after or after in STOPWORDS
        self.head += ends and before not in _VERBAL
        self.nominal += ends and before in _NOMINAL and before != "to"
        self.verbal += before in _VERBAL


@dataclass(frozen=True, slots=True)
class Phrase:
    """One to three words as they are most often written; `proper` is a name."""

    words: tuple[str, ...]
    proper: bool
    usage: Usage = field(default_factory=Usage)

    @property
    def last(self) -> str:
        """The head in lower case."""
        return self.words[-1].lower()


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase that `objects` is true of is no heading, nor half of one."""

    why: str
    objects: Callable[[Phrase], bool]


def is_stop(word: str) -> bool:
    """Whether a word says nothing of a subject; "US" is not "us"."""
    return word.lower() in STOPWORDS and word != "US"


def is_vague(word: str) -> bool:
    """Whether a word could stand in any heading, or says nothing."""
    lower = word.lower().replace("’", "'")
    return (
        is_stop(word)
        or lower in VAGUE
        or stem_of(lower) in _VAGUE_STEMS
        or not lower[0].isalpha()
        or (len(lower) < 3 and not word.isupper())
        or len(lower) < 2
    )


def _half_vague(phrase: Phrase) -> bool:
    return not phrase.proper and any(map(is_vague, phrase.words))


def _adjective(phrase: Phrase) -> bool:
    endings = ("al", "ive", "ous", "ful", "less", "able", "ible", "ic", "ary", "ant", "ent")
    return not phrase.proper and phrase.last.endswith(endings) and not _is_head(phrase.usage)


def _is_head(usage: Usage) -> bool:
    return usage.nominal >= 2 and usage.head >= 0.4 * usage.uses


def _verb(phrase: Phrase) -> bool:
    usage = phrase.usage
    if phrase.proper:
        return False
    if usage.verbal and usage.verbal >= usage.nominal:
        return True
    if usage.uses < _FEW_USES or len(phrase.words) > 1:
        return False
    return usage.nominal == 0 or usage.head < 0.2 * usage.uses


def _handle(phrase: Phrase) -> bool:
    return any(
        (any(c.isdigit() or c in "/_@" for c in w[1:]) and not w[0].isupper())
        or (len(w) > 10 and sum(c.isupper() for c in w[1:]) not in (0, len(w) - 1))
        for w in phrase.words
    )  # fmt: skip


RULES = (
    Rule("a word that fits any section", lambda p: all(map(is_vague, p.words))),
    Rule("a vague word stands only in a name", _half_vague),
    Rule("an adjective of a people waits for its noun", lambda p: p.last in DEMONYMS),
    Rule("an adjective waits for its noun", _adjective),
    Rule("an adverb or participle", lambda p: not p.proper and p.last.endswith(("ly", "ed"))),
    Rule("used as a verb, or never as a noun", _verb),
    Rule("the name of an account, a file or a number", _handle),
)  # fmt: skip


def objection(phrase: Phrase) -> str:
    """Why a phrase may not stand in a heading; "" when it may."""
    return next((rule.why for rule in RULES if rule.objects(phrase)), "")


def is_wide(words: Sequence[str]) -> bool:
    """Whether a phrase names no more than a continent, a capital or the like."""
    return all(word.lower() in WIDE or is_vague(word) for word in words)


def title(words: Sequence[str]) -> str:
    """Words as a heading: capitals as they are, and one for each word that has none."""
    words = [w.capitalize() if len(w) > _LONGEST_CAPITALS and w.isupper() else w for w in words]
    small = {"of", "for", "and", "the", "in", "on"}
    return " ".join(w if w in small and at else w[:1].upper() + w[1:] for at, w in enumerate(words))
