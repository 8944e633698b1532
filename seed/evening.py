"""An ambassador's evening on television, a morning on the radio to come, and a poll answered under a post."""

import csv
import random
from datetime import datetime, timedelta
from io import StringIO
from typing import Final

from ambassador.services.activations import create_activation, move_activation, put_idea
from ambassador.services.activations.moments import set_moment
from ambassador.services.activations.replies import count_replies, decide_reply, read_replies, set_poll_post
from ambassador.services.mentions import find_mentions, refresh_mentions
from ambassador.values.activations import ActivationDraft, ActivationKind, ActivationStatus, EntryDraft
from ambassador.values.activations.moments import MomentDraft
from ambassador.values.activations.reply_votes import ReplyState
from ambassador.values.activations.states import MomentMedium
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.money import money
from ambassador.values.status import ImportKind
from seed.cast import PLATFORM
from seed.exports import bring_in
from seed.launch import Launched
from seed.stage import BRAND, ROME, Stage
from seed.words import HASHTAG

_KEY: Final = 61
_AIRED, _ON_RADIO, _ASKED = -5, 3, -4
_POSTS: Final = 16
_POST_ID: Final = "poll0"
_SEEN: Final = (
    f"Visto adesso in tv, quello schermo al sole si legge davvero {HASHTAG}",
    f"Ne parlano su Sera Puglia proprio ora {HASHTAG}",
    f"Watching the Q1 on television, looks tougher than mine {HASHTAG}",
    f"In tv dicono cinque anni di aggiornamenti, segno tutto {HASHTAG}",
)
_REPLIES: Final = (
    "1", "Verde mare!", "2 😍", "sabbia", "#verdemare tutta la vita", "1️⃣", "voto 2", "Sabbia, come le dune",
    "verde mare ❤️", "bello", "1 o 2, non so scegliere", "non la sabbia", "verde MARE", "SABBIA", "per me 1",
    "2", "verde mare", "#2", "Quando esce", "1 grazie", "sabbia sabbia sabbia", "verde mare o niente",
)  # fmt: skip


def play_evening(stage: Stage, launched: Launched) -> None:
    """Put an ambassador on television, plan a morning on the radio, and count a poll from its replies."""
    work = stage.on(-1, 12)
    bring_in(work, ImportKind.MENTIONS, "evening.csv", _posts(stage))
    refresh_mentions(work)
    _moments(stage, launched)
    _poll(stage)


def _posts(stage: Stage) -> bytes:
    """Write what people post while it is on air, the post that asks, and the replies to it."""
    dice, written = random.Random(_KEY), StringIO()
    rows = csv.writer(written)
    rows.writerow(("post_id", "platform", "author", "created_at", "kind", "parent_id", "text"))
    ordinary = dice.sample(stage.cast.ordinary, _POSTS + len(_REPLIES))
    for number, who in enumerate(ordinary[:_POSTS]):
        at = stage.moment(_AIRED, 21, 32) + timedelta(minutes=round(dice.expovariate(1 / 45)))
        rows.writerow((f"tv{number}", PLATFORM, who, at.isoformat(), "original", "", dice.choice(_SEEN)))
    asked = stage.moment(_ASKED, 12)
    text = "Il prossimo colore lo scegliete voi: 1 verde mare, 2 sabbia"
    rows.writerow((_POST_ID, PLATFORM, BRAND, asked.isoformat(), "original", "", text))
    for number, (who, text) in enumerate(zip(ordinary[_POSTS:], _REPLIES, strict=True)):
        at = asked + timedelta(minutes=7 + round(dice.expovariate(1 / 400)))
        rows.writerow((f"reply{number}", PLATFORM, who, at.isoformat(), "reply", _POST_ID, text))
    return written.getvalue().encode()


def _moments(stage: Stage, launched: Launched) -> None:
    evening = ActivationDraft(
        "An evening on Sera Puglia",
        stage.day(_AIRED),
        stage.day(_AIRED),
        kind=ActivationKind.MOMENT,
        campaign_id=launched.campaign_id,
        cost=money(900),
    )
    aired = datetime.combine(evening.starts_on, stage.moment(_AIRED, 21, 30).astimezone(ROME).time())
    number = create_activation(stage.on(_AIRED - 9), evening)
    guest = f"{PLATFORM}:{launched.posting[0]}"
    on_air = MomentDraft(
        MomentMedium.TELEVISION, aired, minutes=20, place="Sera Puglia", audience=40_000, by=guest
    )
    set_moment(stage.on(_AIRED - 9), number, on_air)
    move_activation(stage.on(_AIRED - 9), number, ActivationStatus.OPEN)
    move_activation(stage.on(_AIRED + 1), number, ActivationStatus.CLOSED)
    morning = ActivationDraft(
        "A morning on Radio Salento",
        stage.day(_ON_RADIO),
        stage.day(_ON_RADIO),
        kind=ActivationKind.MOMENT,
        campaign_id=launched.campaign_id,
        cost=money(300),
    )
    begins = aired.replace(hour=8, minute=15) + timedelta(days=_ON_RADIO - _AIRED)
    number = create_activation(stage.on(-2), morning)
    set_moment(
        stage.on(-2), number, MomentDraft(MomentMedium.RADIO, begins, place="Radio Salento", audience=25_000)
    )
    move_activation(stage.on(-2), number, ActivationStatus.OPEN)


def _poll(stage: Stage) -> None:
    """Ask which colour comes next, count the replies, decide one of those that are not clear."""
    draft = ActivationDraft(
        "Which colour comes next?",
        stage.day(_ASKED),
        stage.day(6),
        kind=ActivationKind.POLL,
        most_choices=1,
    )
    number = create_activation(stage.on(_ASKED, 11), draft)
    for key, title in (("1", "Verde mare"), ("2", "Sabbia")):
        put_idea(stage.on(_ASKED, 11), number, EntryDraft(key, title))
    move_activation(stage.on(_ASKED, 12), number, ActivationStatus.OPEN)
    work = stage.on(-1, 13)
    (post,) = find_mentions(work, MentionFilter(search='"il prossimo colore lo scegliete voi"')).rows
    set_poll_post(work, number, post.id)
    count_replies(work, number)
    found = read_replies(work, number)
    for one in found.replies if found else ():
        if one.state is ReplyState.TO_DECIDE and one.text == "non la sabbia":
            decide_reply(work, number, one.mention_id, ["1"])
