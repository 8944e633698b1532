"""What a forecast assumes about time and temper: learned from the log, or assumptions a reader can change."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Delay:
    """How many hours something takes: a log-normal law."""

    median_hours: float
    sigma: float
    """Standard deviation of the logarithm; 0: always the same."""
    count: int = 0
    """Delays it was learned from; 0: an assumption."""
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Repeats:
    """Further posts of a person who talks: mean, shape of the negative binomial, people behind it."""

    mean: float
    shape: float
    people: int


@dataclass(frozen=True, slots=True)
class Timing:
    """When people post and answer, and how much launches differ in heat."""

    answers: tuple[Delay, ...]
    """How long a listener takes to answer; the first is the common law, others belong to a platform."""
    posting: Delay
    """How long an ambassador who is free to speak takes to post."""
    heat: float
    """Standard deviation of the logarithm of what all ties of one launch share."""
    own_heat: float
    """The same for what each ambassador's branch has of its own."""
    heat_learned: bool = False
    repeats: Repeats | None = None
    """None: nothing is known of how often people post."""
    outside: tuple[tuple[int, int], ...] = ()
    """Per closed campaign: people who talked outside this network, and inside."""


def timing_to_json(timing: Timing) -> dict[str, Any]:
    """Write assumptions as the database keeps them."""
    return asdict(timing)


def timing_from_json(kept: Mapping[str, Any]) -> Timing:
    """Read assumptions back."""
    repeats = kept["repeats"]
    return Timing(
        answers=tuple(Delay(**one) for one in kept["answers"]),
        posting=Delay(**kept["posting"]),
        heat=kept["heat"],
        own_heat=kept["own_heat"],
        heat_learned=kept["heat_learned"],
        repeats=None if repeats is None else Repeats(**repeats),
        outside=tuple((out, inside) for out, inside in kept["outside"]),
    )
