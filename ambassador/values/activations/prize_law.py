"""What Italian law on prize contests asks before one opens: dated points with their source, no legal advice.

Read from guides of chambers of commerce, not from the text of the law; what applies to a contest is for
whoever advises its promoter to say. A contest can have points of its own beside these.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from ambassador.i18n import mark

LAW: Final = "D.P.R. 430/2001"
AS_OF: Final = date(2014, 8, 21)
"""The day of the last change these points know of: law 116/2014, on what is left out."""


@dataclass(frozen=True, slots=True)
class LawPoint:
    """One thing to see to, or to pass over knowingly."""

    key: str
    text: str
    """A message."""
    source: str
    days_before: int | None = None
    """So many days before the first day at the latest."""


PRIZE_LAW: Final = (
    LawPoint(
        "applies",
        mark(
            "It was looked at whether the decree applies: it leaves out, among others, works rewarded for "
            "their merit and prizes of the smallest value"
        ),
        f"{LAW}, art. 6",
    ),
    LawPoint(
        "rules",
        mark(
            "The rules are written and signed: who promotes it, how long it lasts, where, how one wins, "
            "which prizes of which value, when they are delivered"
        ),
        f"{LAW}, art. 11",
    ),
    LawPoint(
        "length",
        mark("It lasts a year at most, and the prizes are delivered within six months"),
        f"{LAW}, art. 1",
    ),
    LawPoint(
        "prizes",
        mark("The prizes are goods, services or discounts: no money, no securities"),
        f"{LAW}, art. 4",
    ),
    LawPoint("deposit", mark("A deposit for the value of the prizes is given"), f"{LAW}, art. 7"),
    LawPoint(
        "notice",
        mark("The ministry has been told on form CO/1, with the rules and the proof of the deposit"),
        f"{LAW}, art. 10",
        days_before=15,
    ),
    LawPoint(
        "official",
        mark("A notary or the officer of the chamber of commerce is there when the winners are told"),
        f"{LAW}, art. 9",
    ),
    LawPoint(
        "advertising",
        mark(
            "What advertises it says the conditions, how long it lasts, what the prizes are worth together, "
            "and where the rules are"
        ),
        f"{LAW}, art. 11",
    ),
    LawPoint(
        "unclaimed",
        mark("The non-profit that is given prizes nobody claims is named"),
        f"{LAW}, art. 10",
    ),
    LawPoint(
        "ties",
        mark(
            "The rules say what jury and votes weigh, how votes are checked, and who decides where the first "
            "place is shared"
        ),
        f"{LAW}, art. 11",
    ),
    LawPoint(
        "pictures",
        mark(
            "Whoever enters has the rights to the picture or story and lets it be used; whoever is seen on "
            "it agrees, for children a parent does"
        ),
        "L. 633/1941, art. 96; GDPR, art. 6",
    ),
)
"""In the order they are seen to."""
