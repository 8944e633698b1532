"""What cases are, the states they pass through, and what can happen to one."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class CaseKind(StrEnum):
    """What somebody wants of us."""

    COMPLAINT = "complaint"
    QUESTION = "question"
    PRAISE = "praise"
    CRISIS = "crisis"


class CasePriority(StrEnum):
    """What goes first."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class CaseChannel(StrEnum):
    """The way somebody turned to us."""

    POST = "post"
    MESSAGE = "message"
    CALL = "call"
    EMAIL = "email"


class CaseStatus(StrEnum):
    """Where a case is in its life."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    """For the customer: no clock runs."""
    SOLVED = "solved"
    REOPENED = "reopened"


class CaseEventKind(StrEnum):
    """What happened to a case; the first six move it and its clocks."""

    ASKED = "asked"
    """The customer said something."""
    ANSWERED = "answered"
    """We did."""
    WAITED = "waited"
    """From now on we wait for the customer."""
    RESUMED = "resumed"
    """We wait no more, though they said nothing."""
    SOLVED = "solved"
    REOPENED = "reopened"
    NOTE = "note"
    MERGED = "merged"
    SPLIT = "split"
    LINKED = "linked"


class PromiseClock(StrEnum):
    """What is promised within a time."""

    FIRST = "first"
    NEXT = "next"
    SOLUTION = "solution"


_S = CaseStatus

CASE_CHANGES: Mapping[CaseStatus, frozenset[CaseStatus]] = {
    _S.NEW: frozenset({_S.WAITING, _S.SOLVED}),
    _S.OPEN: frozenset({_S.WAITING, _S.SOLVED}),
    _S.WAITING: frozenset({_S.OPEN, _S.SOLVED}),
    _S.SOLVED: frozenset({_S.REOPENED}),
    _S.REOPENED: frozenset({_S.WAITING, _S.SOLVED}),
}
"""What a person can do; an answer opens a new case by itself, and whatever the customer says next too."""

STANDING = frozenset({_S.NEW, _S.OPEN, _S.WAITING, _S.REOPENED})
"""Cases that are not solved."""

TAKES_TIME: Final = frozenset({CaseEventKind.ANSWERED, CaseEventKind.SOLVED, CaseEventKind.NOTE})
"""What minutes of work can be logged of."""
MOST_MINUTES: Final = 24 * 60
"""That can be logged of one answer."""
