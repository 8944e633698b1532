"""A large brand's year as files: people, ties and mentions of any number, the same for the same numbers."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

YEAR_BEGINS: Final = datetime(2025, 10, 1, tzinfo=UTC)
_YEAR: Final = 365 * 86_400.0
_FIRST_POST: Final = 1_700_000_000_000_000_000
_TOPICS: Final = np.array(["food", "travel", "home", "tech", "food, travel", "home, tech"])
_CITIES: Final = np.array(["Bari", "Roma", "Forlì", "Milano"])
_KINDS: Final = np.array(["reply", "repost", "quote"])
_TEXTS: Final = np.array(
    [
        "look at this #brezza2 in the morning light",
        "nice phone, love the new day",
        "my #brezza2 and the city",
        "wow",
        "the light of my new phone is the best I have seen this year",
    ]
)
_TAIL: Final = 1.1
"""Exponent of Zipf's law: of how much people post, how many follow them, how large cascades grow."""
_STARTS: Final = 10
"""One mention in so many starts a cascade."""


@dataclass(frozen=True, slots=True)
class BrandSize:
    """How many of each."""

    people: int
    ties: int
    mentions: int


def write_people(path: Path, size: BrandSize, rng: np.random.Generator) -> None:
    """Write the people with the figures of their page."""
    number = np.arange(size.people)
    followers = (2e6 / (1.0 + rng.permutation(size.people)) ** 0.7).astype(np.int64) + 50
    likes = np.round(followers * rng.uniform(0.005, 0.06, size.people), 1)
    named = pd.Series(number).astype(str)
    _write(
        path,
        {
            "handle": "@user_" + named,
            "platform": "x",
            "name": "Nome " + named + " Cognome",
            "followers": followers,
            "following": rng.integers(10, 3_000, size.people),
            "posts": rng.integers(1, 900, size.people),
            "avg likes": likes,
            "avg comments": np.round(likes / 20, 1),
            "city": _CITIES[rng.integers(0, _CITIES.size, size.people)],
            "topics": _TOPICS[rng.integers(0, _TOPICS.size, size.people)],
            "fee": pd.Series(rng.integers(50, 2_000, size.people)).astype(str) + " €",
            "email": "user_" + named + "@example.org",
        },
    )


def write_ties(path: Path, size: BrandSize, rng: np.random.Generator) -> None:
    """Write who is followed by whom: different pairs, a few people followed by very many."""
    wanted = min(size.ties, size.people * (size.people - 1) // 4)
    pairs = np.empty(0, np.int64)
    while pairs.size < wanted:
        followed = _by_zipf(size.people, 2 * wanted, rng)
        follower = rng.integers(0, size.people, 2 * wanted)
        more = followed * size.people + follower
        pairs = np.unique(np.concatenate([pairs, more[followed != follower]]))
    pairs = rng.permutation(pairs)[:wanted]
    _write(
        path,
        {
            "source": _handles(pairs // size.people),
            "target": _handles(pairs % size.people),
            "weight": rng.integers(1, 9, wanted),
        },
    )


def write_mentions(
    path: Path, size: BrandSize, rng: np.random.Generator, *, since: float = 0.0, lasts: float = 1.0
) -> None:
    """Write posts, a tenth of them starts of cascades, the others answers and shares of an earlier one.

    ``since`` and ``lasts`` are shares of the year.
    """
    number = size.mentions
    starts = max(1, number // _STARTS)
    cascade = np.concatenate([np.arange(starts), _by_zipf(starts, number - starts, rng)])
    began = np.sort(rng.uniform(0.0, 0.95, starts)) * _YEAR * lasts
    later = np.concatenate([np.zeros(starts), rng.exponential(20_000.0, number - starts)])
    at = np.minimum(began[cascade] + later, _YEAR * lasts - 1) + since * _YEAR
    order = np.lexsort((later, cascade))
    first = np.searchsorted(cascade[order], np.arange(starts))
    place = np.arange(number) - first[cascade[order]]
    above = first[cascade[order]] + (rng.random(number) * place).astype(np.int64)
    parent = np.full(number, -1)
    parent[order] = np.where(place > 0, order[above], -1)
    rows = np.lexsort((later, at))
    post = np.empty(number, np.int64)
    post[rows] = _FIRST_POST + int(since * 1e9) * 977_000 + 977 * np.arange(number)
    author = _by_zipf(size.people, number, rng)[rows]
    answers, wanted = parent[rows] >= 0, parent[rows]
    seconds = pd.to_datetime(YEAR_BEGINS) + pd.to_timedelta(np.floor(at[rows]), unit="s")
    views = rng.integers(0, 90_000, number)
    _write(
        path,
        {
            "post_id": post[rows],
            "author": _handles(author),
            "created_at": seconds.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "kind": np.where(answers, _KINDS[rng.integers(0, 3, number)], "original"),
            "parent_id": np.where(answers, post[wanted].astype(str), ""),
            "text": _TEXTS[rng.integers(0, _TEXTS.size, number)],
            "likes": views // 50,
            "replies": views // 900,
            "reposts": views // 700,
            "views": views,
        },
    )


def _by_zipf(kinds: int, count: int, rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Draw numbers below ``kinds``, the first ones much oftener, each kind's place by chance."""
    weight = np.cumsum(1.0 / (10.0 + np.arange(kinds)) ** _TAIL)
    drawn = np.searchsorted(weight, rng.random(count) * weight[-1])
    places: np.ndarray[tuple[int], np.dtype[np.int64]] = rng.permutation(kinds)[drawn].astype(np.int64)
    return places


def _handles(numbers: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> "pd.Series[str]":
    return "user_" + pd.Series(numbers).astype(str)


def _write(path: Path, columns: dict[str, Any]) -> None:
    pd.DataFrame(columns).to_csv(path, index=False)
