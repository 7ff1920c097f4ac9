"""How plainly a title says what happened: signals with points, in one table.

The points were set by hand while reading one week of feeds; docs/headlines.md has the figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from digest.headline.mend import CUT
from digest.text import numbers, words

# Verbs by which headlines tell, in the forms that they take there.
_VERBS = frozenset(
    """
    accepts accused accuses acquired acquires acquitted adds adopted adopts agree agreed agrees
    allows announced announces apologises apologizes appeals appoints approved approves are
    arrested arrests asks attacks backs banned bans beats becomes begins blames blasts blocked
    blocks boosts bought breaks brings builds buys calls cancels captures certifies charged
    charges claims clears closed closes condemn condemned condemns confirmed confirms continues
    convenes convicted cuts debuts declares declassifies defeated defeats defends delayed delays
    delivers demands denied denies denounces departs deploys detained detains died dies
    dismisses drops elected elects endorses ends enters expands explains exposes eyes faces
    fails falls fell filed files finds fined fired fires fixes found gains gathers gets gives
    grants grew grows hacked hail hails halts has have hikes hit hits hold holds hosts hurt
    imposes improves injured insists investigated investigates invites invokes is issues join
    joins keeps killed kills kneel kneels launch launched launches lays leads leaked leaves left
    limits looms loses lost made makes marks meet meets merges mocks moves named names nears
    nominated nominates offers open opens orders ousted ousts outlines overtakes overturns
    passes pauses picks planned plans pledges postpones praises promises protests publishes
    pulled pulls pushes puts raid raids raised raises rallies reached reaches reappears receives
    recommends recovers reels reject rejected rejects released releases removed removes replaces
    reports rescued resigned resigns restored restores resumes retired returns revealed reveals
    reverses ripped rips rises rolls ruled rules runs said says scrapped scraps seeks sees
    seizes sells sends sentenced sets shed shelves ships shot shows shuts sides signals signed
    signs slams slows sold sparks speaks splits stalls stands started starts steps stirs stop
    stops strikes struck sued sues suggests summoned supports surges survives suspends sworn
    takes taps targets tells tests threatens throws told took tops tosses trade travels tries
    trims turns unveil unveils updates upholds urge urges uses vetoes visits voted votes wants
    warn warned warns was weighs were wins withdraws won wraps
    """.split()
)
_FUTURE = re.compile(r"\b(?:to|will|won't|can|can't|cannot|doesn't|isn't) [a-z]{3,}", re.IGNORECASE)
LENGTH = (4, 14)  # words in which a headline can say who did what, and still be one line


@dataclass(frozen=True, slots=True)
class Signal:
    """What one property of a title adds to its clarity; `why` is said where it costs points."""

    name: str
    points: float
    why: str
    present: Callable[[str], bool]


def _signal(name: str, points: float, why: str, pattern: str) -> Signal:
    found = re.compile(pattern, re.IGNORECASE)
    return Signal(name, points, why, lambda title: found.search(title) is not None)


def has_verb(title: str) -> bool:
    """Say whether a verb of the list is there, or one that speaks of the future."""
    return not _VERBS.isdisjoint(words(title)) or _FUTURE.search(title) is not None


def _length(title: str) -> int:
    return len(title.split())


SIGNALS = (
    Signal("verb", 1.0, "says what happened", has_verb),
    Signal("number", 0.2, "has a number", lambda title: bool(numbers(title))),
    Signal("short", -1.0, "is very short", lambda title: _length(title) < LENGTH[0]),
    Signal("long", -0.2, "is very long", lambda title: _length(title) > LENGTH[1]),
    Signal("cut off", -2.5, "is cut off", lambda title: CUT.search(title) is not None),
    _signal("question", -1.6, "asks a question", r"\?[\"'”’)]*\Z"),
    _signal(
        "withholds",
        -2.0,
        "withholds what happened",
        r"\byou (?:won'?t|will not|wouldn'?t) believe\b|\bwill (?:shock|surprise|amaze|stun) you\b|"
        r"\bblow your mind\b|\bwhat happen(?:s|ed) next\b|\bthe (?:real )?reason (?:why|you)\b|"
        r"\bnot what you think\b|\bone (?:weird|simple) (?:trick|thing)\b|\bnobody (?:is )?talk",
    ),
    _signal(
        "here's what",
        -1.8,
        "promises instead of telling",
        r"\bhere(?:['’]s| is| are)\b|\bwhat (?:you|we|to) (?:need to )?know\b|"
        r"\beverything (?:you need|to know)\b|\bthings to know\b|\btakeaways\b|\bto watch for\b",
    ),
    _signal(
        "this",
        -1.8,
        "does not say who or what",
        r"^(?:this|these|that)\b(?! (?:week|month|year|day|morning|weekend|summer|winter|spring))|"
        r"\bthis is (?:why|how|what|where|the)\b",
    ),
    _signal(
        "list",
        -1.6,
        "announces a list",
        r"^(?:the |my |top )?(?:\d{1,2}|three|four|five|six|seven|eight|nine|ten) "
        r"(?:[\w-]+ ){0,3}(?:things|ways|reasons|tips|tricks|"
        r"facts|secrets|signs|mistakes|lessons|moments|takeaways|questions)\b",
    ),
    _signal(
        "explains",
        -0.8,
        "announces an explanation",
        r"^(?:how|why|what|when|where|who|which|inside|meet|all about|behind|understanding)\b|"
        r"\bexplained\b|: (?:how|why|what|inside)\b",
    ),
    _signal(
        "live",
        -1.6,
        "is the title of a live page or a round-up",
        r"\blive (?:updates?|blog)\b|\bupdates:|^live\b|\bas it happened\b|\bhighlights:|"
        r"\bround-?up\b|\b(?:morning|daily|evening) briefing\b|\bin (?:pictures|photos)\b|\. and, ",
    ),
    _signal(
        "look",
        -1.0,
        "invites to look instead of telling",
        r"^(?:watch|see|listen|look|read|find out|check out|a look at)\b",
    ),
    _signal(
        "opinion",
        -1.6,
        "is an opinion",
        r"^\W*(?:opinion|op-ed|editorial|commentary|column|analysis)\b\W",
    ),
    _signal(
        "advert",
        -2.0,
        "is an advertisement",
        r"^\W*(?:sponsored|advert(?:isement|orial)?|ad)\b\W",
    ),
)


@dataclass(frozen=True, slots=True)
class Clarity:
    """Points, and what cost some."""

    points: float
    faults: tuple[str, ...]


def clarity(title: str) -> Clarity:
    """The sum over all signals that are present in a title."""
    present = [signal for signal in SIGNALS if signal.present(title)]
    return Clarity(
        round(sum(signal.points for signal in present), 3),
        tuple(signal.why for signal in present if signal.points < 0),
    )
