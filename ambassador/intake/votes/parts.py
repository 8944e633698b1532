"""The parts of a ballot as files write them: who votes, and for what."""

import re

from ambassador.i18n import mark
from ambassador.intake.cells import Cell, CellError, plain
from ambassador.values.activations.votes import BallotDraft
from ambassador.values.identity import canonical_platform, parse_account

_BETWEEN = re.compile(r"[,;|\n]+")
_LONGEST = 200
"""Characters of a name or a key: a longer text is something else."""


def entry_key(text: Cell) -> str:
    """What a vote calls an entry by, without the sign some write before it.

    >>> entry_key(" #B "), entry_key(3.0)
    ('B', '3')
    """
    return " ".join(plain(text).lstrip("#").split())


def choices_of(text: Cell) -> tuple[str, ...]:
    """Part the choices of one ballot, each named once.

    >>> choices_of("1, #2;2|park")
    ('1', '2', 'park')
    """
    keys = (entry_key(part) for part in _BETWEEN.split(plain(text)))
    return tuple(dict.fromkeys(key for key in keys if key))


def ballot_of(voter: Cell, choices: Cell, platform: Cell = "") -> BallotDraft:
    """Read who voted for what; a ballot of nobody, or for nothing, is refused.

    >>> ballot_of("IG:@Nina", "2").voter
    'nina'
    """
    written = plain(voter)
    if not written or len(written) > _LONGEST:
        raise CellError(mark("the ballot names no voter"), column="voter", value=written[:_LONGEST])
    on, handle = parse_account(written)
    named = choices_of(choices)
    if not named:
        raise CellError(mark("the ballot is empty: nothing is chosen on it"), column="vote", value=written)
    too_long = next((one for one in named if len(one) > _LONGEST), None)
    if too_long is not None:
        message = mark("the ballot names something too long for a key")
        raise CellError(message, column="vote", value=too_long[:_LONGEST])
    return BallotDraft(0, handle or written, named, on or canonical_platform(plain(platform)))
