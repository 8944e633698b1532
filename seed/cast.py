"""Who is in the demo: 400 trend-setters with their accounts, and ordinary people who only follow and talk."""

import math
import random
import unicodedata
from dataclasses import dataclass, replace

from faker import Faker

TREND_SETTERS = 400
ORDINARY_PEOPLE = 2_600
STAR_FOLLOWERS = 412_000
RIDER_FOLLOWERS = 2_140
RIDER_RANK = 211

PLATFORM = "instagram"
"""Where all of them are and hear each other; some have a second account on TikTok."""

CITIES = ("Milano", "Roma", "Torino", "Napoli", "Bologna", "Bari", "Palermo", "Firenze", "Verona", "London")
TOPICS = (
    "tech",
    "photography",
    "food",
    "fitness",
    "travel",
    "music",
    "gaming",
    "fashion",
    "bikes",
    "city life",
)
_SHORTEST_WORD = 4


@dataclass(frozen=True)
class TrendSetter:
    """One row of the marketer's list."""

    handle: str
    name: str
    city: str
    language: str
    topics: tuple[str, ...]
    followers: int
    following: int
    posts: int
    average_likes: int | None
    average_comments: int | None
    average_views: int | None
    fee_euro: int | None
    email: str
    tiktok_followers: int | None
    """None: no account there; the handle is the same."""


@dataclass(frozen=True)
class Cast:
    """Everybody, with the two who carry the story."""

    trend_setters: tuple[TrendSetter, ...]
    ordinary: tuple[str, ...]
    home: dict[str, str]
    """handle -> city, for everybody: communities are built from it."""
    star: str
    rider: str


def invent_cast(key: int) -> Cast:
    """Invent everybody from a key: the same key gives the same people."""
    dice = random.Random(key)
    faker = Faker(["it_IT", "en_GB"], use_weighting=False)
    faker.seed_instance(key)
    handles = _Handles()
    followers = _follower_counts(dice)
    people = [_trend_setter(faker, dice, handles, count) for count in followers]
    people[0] = _star(people[0])
    people[RIDER_RANK - 1] = _rider(people[RIDER_RANK - 1], handles)
    italian = faker["it_IT"]
    ordinary = tuple(
        handles.of(f"{italian.first_name()} {italian.last_name()}") for _ in range(ORDINARY_PEOPLE)
    )
    home = {person.handle: person.city for person in people}
    home.update({handle: dice.choices(CITIES, _CITY_SIZES)[0] for handle in ordinary})
    return Cast(tuple(people), ordinary, home, people[0].handle, people[RIDER_RANK - 1].handle)


_CITY_SIZES = (19, 16, 11, 11, 8, 10, 7, 7, 5, 6)


class _Handles:
    """Hand out handles that look typed by people, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, name: str) -> str:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        words = [
            word
            for word in "".join(c if c.isalpha() else " " for c in plain).split()
            if len(word) >= _SHORTEST_WORD
        ]
        base = ".".join(words[-2:]) or "anon"
        handle, number = base, 1
        while handle in self._taken:
            number += 1
            handle = f"{base}{number}"
        self._taken.add(handle)
        return handle


def _follower_counts(dice: random.Random) -> list[int]:
    """Return 400 counts, largest first: the star's on top, the rider's exactly 211th."""
    above = sorted((round(dice.lognormvariate(9.4, 0.95)) for _ in range(RIDER_RANK - 2)), reverse=True)
    above = [min(max(count, RIDER_FOLLOWERS + 30), STAR_FOLLOWERS - 90_000) for count in above]
    below = [dice.randint(400, RIDER_FOLLOWERS - 20) for _ in range(TREND_SETTERS - RIDER_RANK)]
    return [STAR_FOLLOWERS, *above, RIDER_FOLLOWERS, *sorted(below, reverse=True)]


def _trend_setter(faker: Faker, dice: random.Random, handles: _Handles, followers: int) -> TrendSetter:
    city = dice.choices(CITIES, _CITY_SIZES)[0]
    local = faker["en_GB"] if city == "London" else faker["it_IT"]
    name = f"{local.first_name()} {local.last_name()}"
    handle = handles.of(name)
    rate = dice.lognormvariate(-3.3, 0.55) * (10_000 / max(followers, 1_000)) ** 0.12
    likes = max(3, round(followers * min(rate, 0.3)))
    return TrendSetter(
        handle=handle,
        name=name,
        city=city,
        language="en" if city == "London" else "it",
        topics=tuple(dice.sample(TOPICS, dice.choice((1, 2, 2, 3)))),
        followers=followers,
        following=dice.randint(120, 1_900),
        posts=dice.randint(40, 2_500),
        average_likes=None if _chance(dice, 0.05) else likes,
        average_comments=None if _chance(dice, 0.1) else max(1, round(likes * dice.uniform(0.02, 0.12))),
        average_views=round(followers * dice.uniform(0.25, 0.9)) if _chance(dice, 0.7) else None,
        fee_euro=None if _chance(dice, 0.08) else _fee(followers, dice),
        email=f"{handle}@example.com",
        tiktok_followers=round(followers * dice.uniform(0.1, 0.7)) if _chance(dice, 0.35) else None,
    )


def _fee(followers: int, dice: random.Random) -> int:
    """Ask more the larger the account, by fifties; the small ones work for the phone."""
    if followers < 3_000:  # noqa: PLR2004
        return 0
    usual = math.pow(followers, 0.62)
    return 50 * round(usual * dice.uniform(0.7, 1.3) / 50)


def _chance(dice: random.Random, share: float) -> bool:
    return dice.random() < share


def _star(person: TrendSetter) -> TrendSetter:
    return replace(
        person,
        city="Milano",
        language="it",
        topics=("fashion", "travel"),
        followers=STAR_FOLLOWERS,
        average_likes=3_100,
        average_comments=45,
        average_views=355_000,
        fee_euro=2_800,
    )


def _rider(person: TrendSetter, handles: _Handles) -> TrendSetter:
    handle = handles.of("sami consegne")
    return replace(
        person,
        handle=handle,
        name="Sami De Santis",
        city="Bari",
        language="it",
        topics=("bikes", "city life"),
        followers=RIDER_FOLLOWERS,
        average_likes=240,
        average_comments=38,
        average_views=1_450,
        fee_euro=0,
        email=f"{handle}@example.com",
        tiktok_followers=None,
    )
