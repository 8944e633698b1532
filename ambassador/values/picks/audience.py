"""Whom a campaign wants to reach: people of some cities, languages, platforms or topics."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from ambassador.errors import BadInputError

_KINDS = {"city": "cities", "language": "languages", "platform": "platforms", "topic": "topics"}


@dataclass(frozen=True, slots=True)
class TargetAudience:
    """Who counts: one of the cities and one of the languages and so on; empty: any."""

    cities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.cities or self.languages or self.platforms or self.topics)

    def __str__(self) -> str:
        kinds = ((kind, getattr(self, name)) for kind, name in _KINDS.items())
        return ", ".join(f"{kind}: {' / '.join(names)}" for kind, names in kinds if names)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Read an audience as it is typed.

        Examples
        --------
        >>> str(TargetAudience.of(["city:Bari", "city:Roma", "language:it"]))
        'city: Bari / Roma, language: it'
        """
        found: dict[str, list[str]] = {name: [] for name in _KINDS.values()}
        for text in texts:
            kind, _, name = (part.strip() for part in text.partition(":"))
            if kind not in _KINDS or not name:
                raise BadInputError("{value!r} is no audience: write city:Bari or language:it", value=text)
            found[_KINDS[kind]].append(name)
        return cls(**{name: tuple(names) for name, names in found.items()})

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read an audience back."""
        return cls(**{name: tuple(kept[name]) for name in _KINDS.values()})


@dataclass(frozen=True, slots=True)
class TargetFound:
    """How many of a network are in the audience, and of how many it is not known."""

    asked: TargetAudience
    people: int
    unknown: int
    """They count as outside."""
    everybody: int
