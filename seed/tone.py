"""What the marketer says of the tone of posts: the top of the list, and some drawn at random."""

import random
from collections.abc import Iterable
from typing import Final

from ambassador.services.perimeters.reading import filter_of, find_perimeter
from ambassador.services.tone import label_tone, order_posts
from ambassador.services.work import UnitOfWork
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.status import Label
from ambassador.values.tone import MOST_ORDERED, Drawn, Tone, ToneRow
from seed.stage import Stage

_KEY: Final = 53
_TOP, _RIVALS, _DRAWN = 30, 24, 45
_ANGRY: Final = ("gets hot", "long queue", "non ci sta")
_UNCLEAR: Final = "niente in metro"


def play_tone(stage: Stage) -> None:
    """Label the top of the list, what comes first of the competitor, and posts drawn at random."""
    work = stage.on(-1, 16)
    _label(work, order_posts(work, MentionFilter(), limit=_TOP).rows, Drawn.CHOSEN)
    rivals = filter_of(work, find_perimeter(work, "Zefiro"))
    _label(work, order_posts(work, rivals, limit=_RIVALS).rows, Drawn.CHOSEN)
    left = sorted(order_posts(work, MentionFilter(), limit=MOST_ORDERED).rows, key=lambda row: row.mention.id)
    _label(work, random.Random(_KEY).sample(left, _DRAWN), Drawn.RANDOM)


def _label(work: UnitOfWork, rows: Iterable[ToneRow], drawn: Drawn) -> None:
    said: dict[Tone, list[int]] = {}
    for row in rows:
        said.setdefault(_tone_of(row), []).append(row.mention.id)
    for tone, posts in said.items():
        label_tone(work, posts, tone, drawn=drawn)


def _tone_of(row: ToneRow) -> Tone:
    mention = row.mention
    if Label.COMPLAINT in mention.labels or any(words in mention.text for words in _ANGRY):
        return Tone.NEGATIVE
    if _UNCLEAR in mention.text:
        return Tone.CANNOT_TELL
    return Tone.POSITIVE if Label.PRAISE in mention.labels else Tone.NEUTRAL
