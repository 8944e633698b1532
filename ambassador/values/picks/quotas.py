"""At most and at least so many of a city, a topic, a platform, a language or a tier."""

from dataclasses import dataclass
from enum import StrEnum

from ambassador.errors import BadInputError


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
    """At most (or at least) so many people of one city, topic, platform, language or tier."""

    by: QuotaBy
    at_most: int | None = None
    name: str = ""
    """Which city or topic; empty: each of them, which only makes sense for ``at_most``."""
    at_least: int = 0

    def __str__(self) -> str:
        """Write it as ``most_of`` and ``least_of`` read it.

        Examples
        --------
        >>> str(most_of("city:Bari=1")), str(least_of("language:it=5")), str(most_of("topic=3"))
        ('city:Bari=1', 'language:it=5', 'topic=3')
        """
        number = self.at_least if self.at_most is None else self.at_most
        return f"{self.by}:{self.name}={number}" if self.name else f"{self.by}={number}"


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
