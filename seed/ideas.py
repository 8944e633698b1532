"""What the launch asks Bari: ideas people vote, where equal shares and the list of votes come to differ."""

import random
from datetime import timedelta
from typing import Final

from ambassador.services.activations import create_activation, move_activation, put_idea
from ambassador.services.activations.ballots import bring_in_votes
from ambassador.values.activations import ActivationDraft, ActivationStatus, EntryDraft
from ambassador.values.money import money
from seed.cast import PLATFORM
from seed.stage import Stage

_KEY: Final = 31
_STARTS, _ENDS = -9, -2
_VOTERS: Final = 320
_SCRIPTED: Final = 40
"""Votes from accounts of yesterday, five seconds apart."""
_IDEAS: Final = (
    ("A", "A stage on the sea front", 18_000),
    ("B", "Light along the cycle path", 9_000),
    ("C", "A fountain in every square", 12_000),
    ("D", "Benches for the old town", 3_500),
    ("E", "A repair workshop for bikes", 6_000),
    ("F", "Free music lessons", 4_500),
)
_CROWDS: Final = ((0.58, ("A", "C")), (0.80, ("B", "E")), (1.0, ("D", "F")))
"""Up to which share of the voters, and what they want: most want what takes the whole budget."""
_ONE_MORE: Final = 0.2


def play_ideas(stage: Stage, campaign_id: int) -> None:
    """Ask for ideas, let people vote for a week, close the vote: two days ago."""
    work = stage.on(_STARTS - 1)
    draft = ActivationDraft(
        "What shall we build in Bari?",
        stage.day(_STARTS),
        stage.day(_ENDS),
        campaign_id=campaign_id,
        budget=money(30_000),
        cost=money(1_200),
        most_choices=3,
        rules="Everybody may vote once, for three ideas at most. What is built is paid from 30,000 euro.",
    )
    number = create_activation(work, draft)
    for key, title, cost in _IDEAS:
        put_idea(work, number, EntryDraft(key, title, money(cost)))
    move_activation(stage.on(_STARTS, 8), number, ActivationStatus.OPEN)
    bring_in_votes(stage.on(_ENDS, 21), number, "votes.csv", _votes(stage))
    move_activation(stage.on(_ENDS, 22), number, ActivationStatus.CLOSED)


def _votes(stage: Stage) -> bytes:
    dice = random.Random(_KEY)
    lines = ["platform,voter,voted at,vote,account since"]
    for handle in dice.sample(stage.cast.ordinary, _VOTERS):
        at = stage.moment(dice.randint(_STARTS, _ENDS - 1), dice.randint(8, 22), dice.randint(0, 59))
        lot = dice.random()
        wanted = list(next(keys for share, keys in _CROWDS if lot <= share))
        if dice.random() < _ONE_MORE:
            wanted.append(dice.choice(_IDEAS)[0])
        lines.append(f'{PLATFORM},{handle},{at.isoformat()},"{",".join(dict.fromkeys(wanted))}",')
    begin = stage.moment(-4, 15)
    for number in range(_SCRIPTED):
        at, since = begin + timedelta(seconds=5 * number), begin - timedelta(days=2)
        lines.append(f"{PLATFORM},brezza.lover.{number},{at.isoformat()},C,{since.isoformat()}")
    return "\n".join(lines).encode()
