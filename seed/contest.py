"""The photo contest of the launch: nine entries, a jury of three, and sixty votes that came too alike."""

import random
from datetime import timedelta
from typing import Final

from ambassador.services.activations import bring_in_votes, create_activation, move_activation, put_idea
from ambassador.services.activations.jury import give_mark
from ambassador.services.activations.law import note_law_point, read_law
from ambassador.services.mentions.mentions import find_mentions
from ambassador.values.activations import ActivationDraft, ActivationKind, ActivationStatus, EntryDraft
from ambassador.values.activations.states import PointState
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.money import money
from ambassador.values.status import MentionKind
from seed.cast import PLATFORM
from seed.stage import Stage

_KEY: Final = 43
_STARTS, _ENDS = -10, -1
_VOTERS: Final = 520
_SCRIPTED: Final = 60
"""Votes for the second from a file of accounts, four seconds apart in the night."""
_PHOTOS: Final = (
    ("1", "Dawn on the sea front", 30),
    ("2", "Nets and a phone", 22),
    ("3", "The night market", 14),
    ("4", "Grandmother films the procession", 12),
    ("5", "A call from the lighthouse", 8),
    ("6", "Rain on the old town", 6),
    ("7", "Two bikes, one screen", 5),
)
"""Key, title, and its share of the honest votes; two posts of the launch come as entries 8 and 9."""
_POSTS: Final = 2
_JURY: Final = (
    ("Marta Lo Re", (8, 8, 6, 9, 5, 6, 4, 5, 6)),
    ("Enzo Gallo", (7, 9, 7, 8, 6, 5, 5, 6, 5)),
    ("Rita Fabbri", (9, 7, 5, 9, 6, 6, 3, 5, 7)),
)
_PASSED: Final = {"unclaimed": "All prizes are handed over on the stage, to whoever is there."}


def play_contest(stage: Stage, campaign_id: int) -> None:
    """See to the law, open the contest, let people enter and vote and the jury mark, close it yesterday."""
    work = stage.on(_STARTS - 20)
    draft = ActivationDraft(
        "A phone in Bari: the photo of the spring",
        stage.day(_STARTS),
        stage.day(_ENDS),
        kind=ActivationKind.CONTEST,
        campaign_id=campaign_id,
        cost=money(2_400),
        most_choices=1,
        jury_weight=30,
        rules="One vote a person. The jury weighs 30%, the votes 70%. Where the first place is shared, the "
        "jury decides. Prizes: three phones, worth 1,197 euro together.",
    )
    number = create_activation(work, draft)
    for point in read_law(work, number):
        reason = _PASSED.get(point.key, "")
        state = PointState.PASSED if reason else PointState.DONE
        note_law_point(work, number, point.key, state, reason)
    move_activation(stage.on(_STARTS, 8), number, ActivationStatus.OPEN)
    _enter(stage, number, campaign_id)
    bring_in_votes(stage.on(_ENDS, 21), number, "photo-votes.csv", _votes(stage))
    for juror, marks in _JURY:
        for key, points in enumerate(marks, start=1):
            give_mark(stage.on(_ENDS, 22), number, juror, str(key), points)
    move_activation(stage.on(_ENDS, 23), number, ActivationStatus.CLOSED)


def _enter(stage: Stage, number: int, campaign_id: int) -> None:
    dice = random.Random(_KEY)
    authors = dice.sample(stage.cast.ordinary, len(_PHOTOS))
    work = stage.on(_STARTS + 2)
    for (key, title, _), author in zip(_PHOTOS, authors, strict=True):
        link = f"https://photos.example.org/bari/{key}"
        put_idea(work, number, EntryDraft(key, title, proposed_by=f"{PLATFORM}:{author}", url=link))
    wanted = MentionFilter(
        campaign_id, kinds=(MentionKind.ORIGINAL,), until=stage.moment(_STARTS + 2), limit=_POSTS
    )
    for row in find_mentions(work, wanted).rows:
        put_idea(work, number, EntryDraft("", mention_id=row.id))


def _votes(stage: Stage) -> bytes:
    dice = random.Random(_KEY)
    lines = ["platform,voter,voted at,vote,account since"]
    keys = [key for key, _, _ in _PHOTOS] + ["8", "9"]
    shares = [share for _, _, share in _PHOTOS] + [2, 1]
    for handle in dice.sample(stage.cast.ordinary, _VOTERS):
        at = stage.moment(dice.randint(_STARTS + 3, _ENDS - 1), dice.randint(8, 22), dice.randint(0, 59))
        lines.append(f"{PLATFORM},{handle},{at.isoformat()},{dice.choices(keys, shares)[0]},")
    begin = stage.moment(-4, 3)
    for place in range(_SCRIPTED):
        at, since = begin + timedelta(seconds=4 * place), begin - timedelta(days=3 + 9 * (place % 3))
        lines.append(f"{PLATFORM},spring.voter.{place},{at.isoformat()},2,{since.isoformat()}")
    return "\n".join(lines).encode()
