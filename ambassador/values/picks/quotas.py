"""At most and at least so many of a city, a topic, a platform, a language or a tier."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from ambassador.errors import BadInputError
from ambassador.values.picks import clashes


class QuotaBy(StrEnum):
    """What a choice can be spread over."""

    CITY = "city"
    TOPIC = "topic"
    PLATFORM = "platform"
    LANGUAGE = "language"
    TIER = "tier"
    """Nano, micro, macro or mega, by followers."""


@dataclass(frozen=True, slots=True)
class Quota:
    """At most and at least so many people of one group: of a city, a topic, a platform, a language, a tier.

    Who asks says ``by`` and ``name``; once it is known who is in the group, ``members`` are their numbers,
    those of the problem or of the network at hand. Who is in already counts: of "at least 5" with 2 in
    already, 3 more are needed; where more are in already than ``at_most``, nobody more is taken.
    """

    by: QuotaBy | None = None
    at_most: int | None = None
    name: str = ""
    """Which city or topic; empty: each of them, which only makes sense for ``at_most``."""
    at_least: int = 0
    members: Sequence[int] = ()

    @classmethod
    def over(cls, name: str, members: Iterable[int], at_least: int = 0, at_most: int | None = None) -> Self:
        """Make the quota of a group whose members are known.

        Examples
        --------
        >>> Quota.over("Bari", [4, 7], at_most=1).members
        (4, 7)
        """
        return cls(None, at_most, name, at_least, tuple(members))

    def __str__(self) -> str:
        """Write it as ``most_of`` and ``least_of`` read it.

        Examples
        --------
        >>> str(most_of("city:Bari=1")), str(least_of("language:it=5")), str(most_of("topic=3"))
        ('city:Bari=1', 'language:it=5', 'topic=3')
        """
        number = self.at_least if self.at_most is None else self.at_most
        return f"{self.by}:{self.name}={number}" if self.name else f"{self.by}={number}"


def check_quota(quota: Quota) -> None:
    """Refuse limits that are no whole numbers from 0 on, and a lower one above the upper.

    Examples
    --------
    >>> check_quota(most_of("city:Bari=2"))
    >>> check_quota(Quota(QuotaBy.CITY, 1, "Bari", 2))
    Traceback (most recent call last):
    ambassador.errors.InfeasibleError: At least 2 and at most 1 in Bari.
    """
    name = quota.name or quota.by or ""
    for limit in (quota.at_least, quota.at_most):
        if limit is not None and not (limit >= 0 and float(limit).is_integer()):
            raise BadInputError(
                "{limit} people in {name}: write a whole number, 0 or more.", limit=limit, name=name
            )
    if quota.at_most is not None and quota.at_least > quota.at_most:
        raise clashes.least_above_most(name, quota.at_least, quota.at_most)


def most_of(text: str) -> Quota:
    """Read an upper limit as it is typed: of each city, or of one.

    Examples
    --------
    >>> most_of("topic=3").at_most, most_of("city:Bari=1").name
    (3, 'Bari')
    """
    by, name, number = _parts(text)
    if by is None or number is None:
        raise BadInputError("{value!r} is no limit: write city=2, topic=3 or city:Bari=1", value=text)
    return Quota(by, number, name)


def least_of(text: str) -> Quota:
    """Read a lower limit as it is typed; it has to say of which city or topic.

    Examples
    --------
    >>> least_of("city:Bari=5").at_least
    5
    """
    by, name, number = _parts(text)
    if by is None or number is None or not name:
        raise BadInputError("{value!r} is no lower limit: write city:Bari=2 or language:it=5", value=text)
    return Quota(by, None, name, number)


def _parts(text: str) -> tuple[QuotaBy | None, str, int | None]:
    what, _, number = text.rpartition("=")
    kind, _, name = what.strip().partition(":")
    by = QuotaBy(kind.strip()) if kind.strip() in set(QuotaBy) else None
    return by, name.strip(), int(number) if number.strip().isdecimal() else None


class Tier(StrEnum):
    """From the smallest to the biggest accounts."""

    NANO = "nano"
    MICRO = "micro"
    MACRO = "macro"
    MEGA = "mega"


def tier_of(followers: int | None, first_of: Sequence[int]) -> Tier | None:
    """Return the tier of an account; ``first_of`` says from how many followers micro, macro and mega begin.

    Examples
    --------
    >>> cuts = (10_000, 100_000, 1_000_000)
    >>> tier_of(9_999, cuts).value, tier_of(100_000, cuts).value, tier_of(None, cuts)
    ('nano', 'macro', None)
    """
    if followers is None:
        return None
    return list(Tier)[sum(followers >= first for first in first_of)]


def tier_named(name: str) -> Tier:
    """Read a tier as it is typed."""
    folded = name.strip().casefold()
    if folded not in set(Tier):
        raise BadInputError("{value!r} is no tier: write nano, micro, macro or mega", value=name)
    return Tier(folded)
