"""What is no news: pages that a reader of a digest would skip, as data.

Each rule is a pattern for one place. A title or an opening is matched as words, a path as whole
segments, a tag as a whole. Precision comes first: a puzzle that slips through costs one line, a
story that is taken for a puzzle is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from digest.model import Article, Story
from digest.rank.sources import originals
from digest.urls import host

Page = Literal["sponsored", "deal", "puzzle", "standing", "gallery", "round-up", "jobs", "house"]
Place = Literal["title", "path", "tag", "opening"]


@dataclass(frozen=True, slots=True)
class Penalty:
    """What a page of a kind costs a story that only such pages tell, and why that much."""

    points: float
    what: str
    why: str


PENALTIES: Mapping[Page, Penalty] = {
    "sponsored": Penalty(-6.0, "a sponsored post", "paid words are no news, whoever repeats them"),
    "deal": Penalty(-4.0, "an offer", "discounts end before the issue is read"),
    "puzzle": Penalty(-4.0, "a puzzle", "crosswords, quizzes, horoscopes and draws tell nothing"),
    "jobs": Penalty(-4.0, "a job advertisement", "a vacancy is no happening"),
    "standing": Penalty(
        -3.0, "a standing page", "live pages, tables and schedules say something else tomorrow"
    ),
    "round-up": Penalty(
        -3.0, "a round-up", "a digest of digests: what it lists is told by its own stories"
    ),
    "gallery": Penalty(-2.0, "a gallery", "pictures cannot be told in words"),
    "house": Penalty(
        -2.0, "news of the site itself", "how a site is kept moves its regulars, and nobody else"
    ),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A sign of a kind of page: what it is called in explanations, and where what is found."""

    page: Page
    place: Place
    name: str
    pattern: str
    _found: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_found", re.compile(self.pattern, re.IGNORECASE))

    def fits(self, article: Article) -> bool:
        """Whether the article shows this sign."""
        if self.place == "title":
            return bool(self._found.search(article.title))
        if self.place == "path":
            return bool(self._found.search(host(article.url) + urlsplit(article.url).path + "/"))
        if self.place == "tag":
            return any(self._found.fullmatch(tag.strip()) for tag in article.tags)
        return bool(self._found.match(article.text[:200]))


_SIGN = r"[:|–—-]"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_GAME = r"(?:wordle|quordle|sudoku|spelling bee|nyt (?:connections|strands|mini)|crossword)"
_PAID = r"(?:sponsored(?: (?:post|content))?|advertorial|advertisement|paid (?:post|content)|partner content|anzeige)"

RULES = (
    Rule("sponsored", "title", "marked at its beginning", rf"^[\[(]?{_PAID}\s*(?:[\])]|{_SIGN}\s)"),
    Rule("sponsored", "title", "marked at its end", rf"(?:[\[(]|\s{_SIGN} ){_PAID}[\])]?$"),
    Rule("sponsored", "path", "its address",
         r"/(?:sponsored(?:-(?:posts?|content))?|advertorials?|partner-?content|paid-?(?:posts?|content)"
         r"|brand(?:ed)?-?(?:studio|content|voice)|native-?ads?)/"),
    Rule("sponsored", "tag", "its tag",
         r"sponsored|sponsored (?:posts?|content)|advertorials?|partner content|paid (?:posts?|content)"
         r"|brand(?:ed)? content|advertisement"),
    Rule("sponsored", "opening", "its first words",
         r"\W*(?:this (?:post|article|story|content|piece) (?:is|was|has been) (?:sponsored|paid for) by\b"
         r"|this is (?:a|an) (?:sponsored|advertorial|paid) |sponsored (?:post|content) (?:by|from)\b"
         r"|paid (?:post|content) (?:by|from)\b)"),
    Rule("deal", "title", "a code to save with", r"\b(?:coupon|promo|discount|voucher) codes?\b"),
    Rule("deal", "title", "deals of a day",
         r"\b(?:best|top|today's|early|all the) (?:[\w'’-]+ ){0,4}deals(?= (?:on|for|from|this|today|right|under|at|to)\b|[!,:]|\s*$)|\bdeals of the (?:day|week)\b"
         r"|\b(?:black friday|cyber monday|prime day|memorial day|presidents'? day) (?:[\w'’-]+ ){0,3}deals?\b"),
    Rule("deal", "title", "a price cut",
         r"(?:\b\d{1,2}% off|[$£€]\d[\d,.]* off)(?= (?:on|at|for|with|all|everything|select|sitewide|this"
         r"|these|your|amazon|today|right now)\b|[!,:]|\s*$)|^save (?:up to )?(?:[$£€]\d|\d{1,2}%)"),
    Rule("deal", "title", "what to buy for a sum", r"\bbest .{2,60} (?:under|below|for less than) [$£€]\d"),
    Rule("deal", "title", "things to buy",
         r"\b(?:gift|buying|shopping) guide\b|\b\d{1,2} (?:[\w-]+ ){0,3}(?:products|gifts|gadgets) (?:to|for|that|under)\b"
         r"|^\d{1,2} (?:exquisite|stunning|charming|luxury|dream|gorgeous|beautiful) (?:homes|houses|hotels|properties)\b"),
    Rule("deal", "path", "its address",
         r"/(?:(?<!markets/)(?<!business/)(?<!finance/)deals|coupons?|promo-codes?|discount-codes?|vouchers?)/"),
    Rule("deal", "tag", "its tag", r"deals|coupons?|promo codes?|daily deals"),
    Rule("deal", "opening", "its first words",
         r"\W*(?:when|if) you (?:make a purchase|buy|shop|click)\b.{0,80}\b(?:commission|links?)\b"
         r"|.{0,80}\bmay (?:earn|receive) (?:an? )?(?:small |affiliate )?commissions?\b"),
    Rule("puzzle", "title", "help with a game",
         rf"\b{_GAME}\b.*\b(?:hints?|answers?|clues?|solutions?)\b|\b(?:hints?|answers?|clues?)\b.*\b{_GAME}\b"),
    Rule("puzzle", "title", "a crossword",
         r"\b(?:daily|weekly|cryptic|quick|mini|prize|sunday|saturday) crossword\b|\bcrossword (?:no\b|#|\d)"),
    Rule("puzzle", "title", "a quiz",
         rf"^quiz\s*{_SIGN}|\bquiz of the (?:day|week)\b|\b(?:news|weekly|daily|weekend|trivia|pub) quiz\b"
         r"|\b(?:take|try) (?:our|the|this) (?:[\w'’-]+ ){0,2}quiz\b|^test your knowledge\b"),
    Rule("puzzle", "title", "a horoscope",
         r"\b(?:daily|weekly|monthly|today['’]?s|your) horoscopes?\b|^horoscopes?\b|\bhoroscope (?:today|for)\b"),
    Rule("puzzle", "title", "a draw",
         r"\b(?:winning lottery|powerball|mega millions|euromillions|lotto) (?:winning )?(?:numbers|results)\b"
         r"|\blottery results?\b|^winning numbers\b"),
    Rule("puzzle", "path", "its address", r"/(?:crosswords?|puzzles|quiz(?:zes)?|horoscopes?)/"),
    Rule("puzzle", "tag", "its tag", r"crosswords?|quiz(?:zes)?|horoscopes?|daily puzzle"),
    Rule("standing", "title", "a live page",
         rf"\blive (?:updates?|blog|coverage|ticker)\b|\bas it happened\b|^(?:watch )?live\s*{_SIGN}\s"
         r"|\blive: |\s[–—|-] live$"),
    Rule("standing", "title", "updates under a standing head",
         r"^the latest: |^(?:[\w'’-]+ ){0,4}(?:war|election|trial|ukraine|gaza|israel|iran|storm|hurricane|wildfire"
         r"|earthquake|covid) updates: "
         r"|^(?!(?:fox|cbs|abc|nbc|sky|bbc|hacker|channel|good|bad|big|great|fake|old|breaking) )\w+ news: "),
    Rule("standing", "title", "a medal table",
         r"^(?:[\w'’-]+ ){0,4}medals? (?:table|count|tally|standings)\b|^(?:which|who|how many)\b.*\bmost (?:\w+ )?medals\b"),
    Rule("standing", "title", "a tracker",
         rf"\b(?:results|election|poll|polling|vaccine|medal|war|casualty|layoffs?|injury|transfer|price|storm"
         rf"|hurricane|outage|wildfire) tracker(?:\s*{_SIGN}|$)|^tracker\s*:"),
    Rule("standing", "title", "a schedule",
         r"\bfull (?:\w+ )?schedule\b|\bschedule, (?:\w+,? ){0,3}(?:results|times|dates)\b"
         r"|\bfixtures (?:and|&) results\b|\btv schedule\b|^see the (?:[\w-]+ ){0,3}schedule\b"),
    Rule("standing", "title", "how to watch it",
         r"\b(?:how|where) to (?:watch|stream)\b(?! (?:an?|for|out|over|your|birds|whales|stars)\b)"
         r"|\bwhat time (?:is|does) .* (?:start|on|begin)\b|\bkick-?off time\b"),
    Rule("standing", "title", "prices of a day",
         r"\b(?:gold|silver|petrol|diesel|fuel|gas|stock|share|bitcoin|crypto|mortgage) (?:prices?|rates?|markets?) today\b"),
    Rule("standing", "path", "its address",
         r"/(?:live-?blogs?|live-updates)/|/(?:news|sports?)/live/|/live/20\d\d/|/live-\d{5,}/|[-/]live-(?:updates|blog)[-/.]"),
    Rule("standing", "tag", "its tag", r"live ?blogs?|live updates|live news"),
    Rule("gallery", "title", "pictures of a time",
         r"\b(?:photos?|pictures?|images?) of the (?:day|week|month|year)\b"
         r"|\b(?:day|week|weekend|month|year)(?: \w+){0,3} in (?:photos|pictures|images)\b"),
    Rule("gallery", "title", "a row of pictures",
         rf"^(?:in (?:photos|pictures)|photos|pictures|gallery|photo (?:gallery|essay)|slideshow)\s*{_SIGN}\s"
         rf"|\bin photos(?: and videos?)?\s*(?:{_SIGN}\s|$)|[\[(](?:photos|gallery|in pictures)[\])]$"),
    Rule("gallery", "path", "its address",
         r"/(?:photo-?galler(?:y|ies)|picture-galler(?:y|ies)|in-pictures|photos)/"),
    Rule("gallery", "tag", "its tag", r"photo galler(?:y|ies)|slideshows?|in pictures|photo of the day"),
    Rule("round-up", "title", "a time in review",
         r"\b(?:week|weekend|month) in (?:review|links)\b"
         r"|\b(?:weekly|monthly|daily|morning|evening|sunday|saturday|friday|weekend) "
         r"(?:round-?up|recap|digest|briefing|links|reads|reading list|newsletter|updates?|wrap(?:-up)?)\b"),
    Rule("round-up", "title", "a round-up",
         rf"\b(?:news|link|links|market|press|blog|release|media|security|science|review|research) round-?up\b"
         rf"|^(?:the )?round-?up\s*{_SIGN}\s|\bround-?up\s*(?:#|no\.|\()\s*\d|\bround-?up of the (?:day|week|month)\b"),
    Rule("round-up", "title", "a list of links",
         rf"^(?:\w+ )?links (?:of|for) (?:the |this )?(?:day|week|month|\w+day|{_MONTH}|\d)"
         r"|^what i(?:['’]ve been| have been)? (?:read|reading)\b(?: (?:this|in|last)\b|$)"),
    Rule("round-up", "title", "a numbered letter",
         r"\b(?:newsletter|weekly)\s*(?:[#№]|no\.|issue|edition|vol\.)?\s*#?\d{1,4}\b"
         r"|^(?:issue|edition|vol(?:ume)?\.?|no\.)\s*#?\d{1,4}\s*(?:[:|–—-]|$)"),
    Rule("round-up", "title", "this week in something", r"^(?:this|last) (?:week|month) in (?:\w+ ?){1,4}(?:$|\s*[:#(|–—-]|\d)"),
    Rule("round-up", "title", "news in brief", r"\bnews (?:briefs?|in brief)\b|^in brief\s*[:|–—-]"),
    Rule("round-up", "title", "a day's edition",
         rf"\b(?:today|daily|news|headlines|edition|digest|briefing|printables|listings)\b.*\s[–—|-]\s"
         rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? 20\d\d|\d{{1,2}} {_MONTH} 20\d\d)$"
         r"|^\d{1,2}/\d{1,2}(?:/\d\d(?:\d\d)?)?: (?:[\w'’-]+ ){1,5}(?:news|show|report|broadcast|tonight)$"),
    Rule("round-up", "path", "its address",
         r"/(?:round-?ups?|week-in-review|weekly-(?:digest|links|review))/"),
    Rule("round-up", "tag", "its tag",
         r"(?:news |link |weekly )?round-?ups?|links|link ?(?:list|dump)|weekly (?:links|digest|review)|week in review"),
    Rule("house", "title", "the site itself",
         r"^(?:on|about) (?:the|this|my) (?:blog|site|website)$|\b(?:site|blog) (?:goings-on|maintenance|news|updates?)$"
         r"|^comments are (?:back|closed|open|off)\b|^(?:some |a )?(?:notes|news) (?:on|about|from) (?:the|this) (?:blog|site)$"),
    Rule("jobs", "title", "who is hiring", r"\bwho(?:['’]s| is) hiring\b|\((?:YC|Y Combinator) [A-Z]\d\d\) is hiring\b"),
    Rule("jobs", "title", "a vacancy",
         rf"^(?:hiring|job|jobs|vacancy|vacancies|job (?:opening|listing|ad)s?)\s*{_SIGN}\s"
         r"|\bwe(?:['’]re| are) hiring(?:!|:|$| an? )"),
    Rule("jobs", "path", "its address", r"^[\w.-]+/(?:jobs?|vacanc(?:y|ies)|job-?(?:board|listings?))/"),
    Rule("jobs", "tag", "its tag", r"hiring|who is hiring|job (?:ad|opening|listing|posting)s?|vacanc(?:y|ies)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """That a story is told by pages of this kind: how much of it, 0 to 1, and by what sign."""

    page: Page
    share: float
    text: str


def page_of(article: Article, welcome: Sequence[str] = ()) -> Rule | None:
    """The costliest rule that fits, the first among equals; kinds that are `welcome` never do."""
    found = (rule for rule in RULES if rule.page not in welcome and rule.fits(article))
    return min(found, key=lambda rule: PENALTIES[rule.page].points, default=None)


def faults(story: Story, welcome: Sequence[str] = ()) -> tuple[Fault, ...]:
    """The kinds of no-news among those who tell a story, in the order of the table.

    Half of a penalty falls on the lead, which the reader is sent to, half on the share of such
    pages among all: what five sources report stays a story when one of them has a live page.
    """
    told = originals(story)
    pages = [page_of(article, welcome) for article in told]
    found = []
    for page, penalty in PENALTIES.items():
        signs = [rule for rule in pages if rule and rule.page == page]
        if signs:
            leads = pages[0] is not None and pages[0].page == page
            text = f"{penalty.what} ({signs[0].place}: {signs[0].name})"
            text += f", {len(signs)} of {len(told)} articles" if len(told) > 1 else ""
            found.append(Fault(page, (leads + len(signs) / len(told)) / 2, text))
    return tuple(found)
