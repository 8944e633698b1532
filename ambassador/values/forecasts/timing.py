"""What a forecast assumes about time and temper: learned from the log, or assumptions a reader can change."""

from dataclasses import dataclass


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
    doubt: float = 0.0
    """Standard deviation of the logarithm of what no law knows of a launch, alike for all that is in it."""
