"""One forecast as pure data, kept with its answer so that it can be redone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from ambassador.metrics.posting import PostingHabit
from ambassador.propagation.growth import PastCourses
from ambassador.propagation.growth.past_courses import PARTS
from ambassador.propagation.strangers.launches import StrangersBeside
from ambassador.propagation.strangers.law import Branching
from ambassador.services.picks.posting import Posting
from ambassador.services.stored_json import from_json, to_json
from ambassador.values.forecasts.timing import Timing
from ambassador.values.networks.network import Diffusion


@dataclass(frozen=True, slots=True)
class ForecastSeed:
    """One ambassador; None is not known."""

    key: int
    account_id: int
    followers: int | None
    views: float | None
    interactions: float | None
    free_after: float = 0.0
    """Hours after the launch before which they cannot post: an embargo, a device under way."""


@dataclass(frozen=True, slots=True)
class KeptCourses:
    """Courses of past cascades as ``propagation.past_courses`` has them; None: unknown."""

    sizes: tuple[float, ...]
    hours: tuple[tuple[float, ...], ...]
    followers: tuple[float | None, ...]
    largest: tuple[float | None, ...]
    views: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class PastLaws:
    """What past cascades say of the size of each seed's next one: equally likely logarithms."""

    logs: tuple[tuple[float, ...], ...]
    courses: KeptCourses | None = None
    """None: recorded by a version that forecast totals only."""

    def as_courses(self) -> PastCourses:
        """Return the courses as arrays."""
        kept = self.courses or KeptCourses((), (), (), (), ())
        return PastCourses(
            np.array(kept.sizes, np.float64),
            np.array(kept.hours, np.float64).reshape(len(kept.sizes), PARTS),
            *(np.array(one, np.float64) for one in (kept.followers, kept.largest, kept.views)),
        )


@dataclass(frozen=True, slots=True)
class KeptStrangers:
    """What the seeds' posts bring beside ties, as ``propagation.strangers.launches`` has it."""

    log_level: tuple[float, ...]
    width: tuple[float, ...]
    shape: float
    joined: tuple[float, float, float]
    """Mean, shape, and how many it was learned from: strangers who answer somebody a tie made talk."""
    branching: tuple[float, float, float]

    @classmethod
    def of(cls, beside: StrangersBeside) -> Self:
        """Round to what a database should hold."""
        return cls(
            tuple(beside.log_level.round(4).tolist()),
            tuple(beside.width.round(4).tolist()),
            round(beside.shape, 4),
            *(
                (round(law.mean, 5), round(law.shape, 5), law.seen)
                for law in (beside.joined, beside.branching)
            ),
        )

    def as_law(self) -> StrangersBeside:
        """Return the law."""
        ends = np.array(self.log_level), np.array(self.width)
        return StrangersBeside(*ends, self.shape, Branching(*self.joined), Branching(*self.branching))


@dataclass(frozen=True, slots=True)
class KeptMoment:
    """A moment on air or in a shop that is planned: when, and how many it may make talk."""

    activation_id: int
    hours: float
    """After the launch."""
    log_level: float
    """Mean and deviation of the logarithm of the mean of a Poisson law."""
    width: float
    learned_from: int
    """Earlier moments; 0: somebody stated it."""


@dataclass(frozen=True, slots=True)
class KeptMoments:
    """The moments of a launch, and whom those who come by them bring in turn."""

    planned: tuple[KeptMoment, ...]
    branching: tuple[float, float, float] | None = None
    """Mean, shape, and how many it was learned from; None: not known, they bring nobody."""


@dataclass(frozen=True, slots=True)
class ForecastProblem:
    """Who starts, for how long, and what is known about who posts."""

    seeds: tuple[ForecastSeed, ...]
    runs: int
    days: int | None
    hours_per_step: int | None
    diffusion: Diffusion
    random_key: int
    habit: PostingHabit | None
    history: Mapping[int, tuple[int, int]]
    by_hand: Mapping[int, float]
    variation: float | None
    """Squared coefficient of variation of one post's figures."""
    market_ties: bool
    """Whether ties say who follows whom, so that who may see it can be counted."""
    outside_share: float | None
    timing: Timing | None = None
    """None: recorded by a version that counted in steps."""
    view_variation: float = 0.0
    """The same for views, of anybody's posts."""
    past: PastLaws | None = None
    """What past sizes say of each seed; None where the network is the default, or nothing is known."""
    strangers: KeptStrangers | None = None
    """What comes beside ties; None: not known, or recorded by a version that left it out."""
    results_weight: float = 1.0
    """How much past sizes count in the law that leads, where there are any; the rest are ties."""
    doubt_within: bool = False
    """Whether what a launch shares is part of each past law's own width; by older versions it came on top."""
    moments: KeptMoments | None = None
    """None: no moment on air or in a shop is planned, or recorded by a version that left them out."""

    @property
    def keys(self) -> list[int]:
        """Node keys of the ambassadors."""
        return [seed.key for seed in self.seeds]

    @property
    def posting(self) -> Posting:
        """What is known about who posts."""
        return Posting(self.habit, self.history, self.by_hand)


def problem_to_json(problem: ForecastProblem) -> dict[str, Any]:
    """Write a problem as the database keeps it.

    By hand: node keys are numbers, which JSON has no keys of, and the random key has more digits than other
    readers of JSON keep.
    """
    kept: dict[str, Any] = to_json(problem)
    return kept | {
        "history": [[key, list(record)] for key, record in problem.history.items()],
        "by_hand": [[key, probability] for key, probability in problem.by_hand.items()],
        "random_key": str(problem.random_key),
    }


def problem_from_json(kept: Mapping[str, Any]) -> ForecastProblem:
    """Read a problem back."""
    pairs = {name: dict(kept[name]) for name in ("history", "by_hand")}
    return from_json(ForecastProblem, {**kept, **pairs, "past": _past_of_now(kept.get("past"))})


def _past_of_now(kept: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Take laws as they are kept now; an older version kept each seed's middle and residuals all shared."""
    if kept is None or "logs" in kept:
        return kept
    return {"logs": [[middle + one for one in kept["residuals"]] for middle in kept["expected"]]}


def keep_courses(courses: PastCourses) -> KeptCourses:
    """Round courses to what a database should hold."""
    crowd = (courses.followers, courses.largest, courses.views)
    return KeptCourses(
        tuple(courses.sizes.tolist()),
        tuple(tuple(row) for row in courses.hours.round(3).tolist()),
        *(tuple(None if np.isnan(one) else round(one, 1) for one in column.tolist()) for column in crowd),
    )
