"""Who listens to whom in the demo: neighbourhoods, shared topics, a few hubs, and how often they reacted."""

import random
from dataclasses import dataclass

from seed.cast import Cast

_NEIGHBOURS_HEARD = (2, 3, 3, 4, 4, 5, 6)
_RIDERS = 185
_MEDIA = 25
_MEDIA_HEARD = (0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1)


@dataclass(frozen=True)
class DemoTie:
    """One tie, influence flowing source -> target, with the reactions counted so far."""

    source: str
    target: str
    interactions: int


def invent_ties(cast: Cast, key: int) -> tuple[DemoTie, ...]:
    """Invent the ties from a key."""
    dice = random.Random(key)
    ties: dict[tuple[str, str], int] = {}
    riders = _rider_crowd(cast, dice)
    media = list(cast.ordinary[-_MEDIA:])
    _hear_neighbours(cast, dice, ties, riders)
    _hear_the_media(cast, dice, ties, set(media))
    _hear_trend_setters(cast, dice, ties, riders)
    _hear_the_star(cast, dice, ties, riders)
    _hear_the_rider(cast, dice, ties, riders)
    return tuple(DemoTie(source, target, count) for (source, target), count in sorted(ties.items()))


def _rider_crowd(cast: Cast, dice: random.Random) -> list[str]:
    """Choose the ordinary people of Bari who follow each other and hardly anybody else."""
    ordinary = cast.ordinary[:-_MEDIA]
    return dice.sample([handle for handle in ordinary if cast.home[handle] == "Bari"], _RIDERS)


def _by_city(cast: Cast, handles: tuple[str, ...] | list[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for handle in handles:
        groups.setdefault(cast.home[handle], []).append(handle)
    return groups


def _hear_neighbours(
    cast: Cast, dice: random.Random, ties: dict[tuple[str, str], int], riders: list[str]
) -> None:
    """Everybody hears a few people of the same city; the riders hear other riders."""
    crowd = set(riders)
    people = cast.ordinary[:-_MEDIA]
    groups = _by_city(cast, [handle for handle in people if handle not in crowd])
    for handle in people:
        group = riders if handle in crowd else groups[cast.home[handle]]
        for source in dice.sample(group, min(dice.choice(_NEIGHBOURS_HEARD), len(group))):
            if source != handle:
                ties[source, handle] = dice.choice((1, 1, 2, 3, 5))


def _hear_the_media(
    cast: Cast, dice: random.Random, ties: dict[tuple[str, str], int], themselves: set[str]
) -> None:
    """Let people react to the news as well: the media hear nobody, so their part of the attention is lost."""
    media = cast.ordinary[-_MEDIA:]
    for handle in (*cast.ordinary, *(person.handle for person in cast.trend_setters)):
        if handle not in themselves:
            for source in dice.sample(media, dice.choice(_MEDIA_HEARD)):
                ties[source, handle] = dice.choice((2, 3, 4, 6))


def _hear_trend_setters(
    cast: Cast, dice: random.Random, ties: dict[tuple[str, str], int], riders: list[str]
) -> None:
    """Ordinary people hear trend-setters of their city or topic, larger ones more often."""
    crowd = set(riders)
    people = [person for person in cast.trend_setters if person.handle not in {cast.star, cast.rider}]
    weights = [person.followers**0.35 for person in people]
    local = {
        city: ([p for p in people if p.city == city], [p.followers**0.35 for p in people if p.city == city])
        for city in set(cast.home.values())
    }
    listeners = [handle for handle in cast.ordinary[:-_MEDIA] if handle not in crowd]
    listeners += [person.handle for person in people]
    for handle in listeners:
        near, near_weights = local[cast.home[handle]]
        heard = dice.choices(near, near_weights, k=dice.choice((0, 1, 1, 2))) if near else []
        heard += dice.choices(people, weights, k=dice.choice((0, 0, 0, 1)))
        for person in heard:
            if person.handle != handle:
                ties[person.handle, handle] = dice.choice((1, 1, 1, 2, 3))


def _hear_the_star(
    cast: Cast, dice: random.Random, ties: dict[tuple[str, str], int], riders: list[str]
) -> None:
    """Everybody sees the star, few ever answered: one reaction each, from people with much else to hear."""
    heard = {target for _, target in ties}
    crowd = set(riders)
    audience = [handle for handle in cast.ordinary if handle in heard and handle not in crowd]
    for handle in dice.sample(audience, 14):
        ties[cast.star, handle] = 1


def _hear_the_rider(
    cast: Cast, dice: random.Random, ties: dict[tuple[str, str], int], riders: list[str]
) -> None:
    """Make the rider what the riders of Bari listen to, and some of them heard outside."""
    for handle in dice.sample(riders, 45):
        ties[cast.rider, handle] = dice.choice((2, 3, 4))
    crowd = set(riders)
    outside = [handle for handle in cast.ordinary if cast.home[handle] == "Bari" and handle not in crowd]
    for handle in dice.sample(outside, 12):
        ties[dice.choice(riders), handle] = 1
