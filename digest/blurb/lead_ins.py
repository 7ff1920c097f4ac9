"""What stands before the first word of a sentence and is left out, one after the other."""

from __future__ import annotations

import re

# Headings that ran into the text, a syndicator's "[Example Times]", a dateline ("LAGOS (AP) — ",
# "Nairobi -- "), a run-in label ("TL;DR: ", "Impact: ").
_PLACE = r"[A-Z][\w.'’]+(?:,? [A-Z][\w.'’]*){0,4}(?:,? \d{1,2})?,?"
LEAD_INS = (
    re.compile(r"^#{1,6} (?:Introduction|Background|Overview|Summary|Abstract|TL;DR) (?=[A-Z])"),
    re.compile(r"^\[[^\]]{2,60}\]\s+"),
    re.compile(
        rf"^(?:{_PLACE} ?)?\((?:AP|AFP|Reuters|REUTERS|CNN|CNN Business|UPI|dpa|DPA|ANSA|"
        r"Bloomberg|TNS|NPR|CBS News)\) ?[-–—:]* ?"
    ),
    re.compile(rf"^{_PLACE} ?(?:--|–|—) (?=[\"“‘']?[A-Z0-9])"),
    re.compile(r"^[A-Z][\w'’;/& -]{1,28}(?::| —)\s+(?=[\"“‘']?[A-Z0-9])"),
)
