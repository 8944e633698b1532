"""A request for a pick, checked: what counts, what is demanded, and when to stop."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.propagation.arrays import FloatArray, UInt64Array
from ambassador.propagation.kernels.reverse import Rules
from ambassador.propagation.network.chunks import OnProgress, Progress
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.pick.constraints import CheckedConstraints, Constraints
from ambassador.propagation.pick.feasibility import check_constraints
from ambassador.propagation.pick.sampling import Executor, lane_bits
from ambassador.propagation.simulate.spread import thresholds_of


@dataclass(frozen=True)
class Limits:
    """When to stop: chance of a wrong certificate, seconds, bytes for sampled sets (2 GB unless said)."""

    delta: float = 0.01
    seconds: float | None = None
    bytes: int | None = None


@dataclass(frozen=True)
class Scenario:
    """What counts: the value of each person, who really posts, and until which step.

    Attributes
    ----------
    value : array of float, shape (node_count,), optional
        Value of reaching each person, 0 outside the target audience; 1 for all unless said.
    posting : array of float, shape (node_count,), optional
        Probability that the person, once an ambassador, really posts.
    deadline : int, optional
        Last step that counts (the launch is step 0).
    own : array of float, shape (node_count,), optional
        What the person's own post brings as an ambassador beside the network, strangers for one: it counts
        where the person posts, whoever reached them; 0 for all unless said.
    """

    value: npt.ArrayLike | None = None
    posting: npt.ArrayLike | None = None
    deadline: int | None = None
    own: npt.ArrayLike | None = None


@dataclass(frozen=True)
class SeedProblem:
    """A checked request."""

    network: InfluenceNetwork
    demands: CheckedConstraints
    scenario: Scenario
    limits: Limits
    wanted: float
    diffusion: Diffusion
    threads: int | None
    progress: OnProgress | None
    reserve: int
    value: FloatArray
    posting: UInt64Array
    own: FloatArray
    executor: Executor | None = None
    started: float = field(default_factory=time.monotonic)

    @property
    def total(self) -> float:
        """The value of everybody and of everybody's own post."""
        reached = float(self.value.sum()) if self.value.size else float(self.network.node_count)
        return reached + float(self.own.sum())

    @property
    def can_gain(self) -> bool:
        """Whether there is anybody to pick and anything to win."""
        free = self.demands.available
        posts = not self.posting.size or bool(self.posting[free].any())
        return bool(free.any()) and posts and self.total > 0 and self.demands.count > 0

    def in_time(self) -> bool:
        """Whether the time limit has not passed."""
        return self.limits.seconds is None or time.monotonic() - self.started < self.limits.seconds

    def report(self, stage: str, done: float, certificate: float | None = None, sets: int = 0) -> None:
        """Tell whoever listens; they may raise to stop."""
        if self.progress is not None:
            self.progress(Progress(stage, done, certificate, sets))


def seed_problem(  # noqa: PLR0913 - as pick_seeds
    network: InfluenceNetwork,
    count: int,
    *,
    certificate: float,
    limits: Limits,
    constraints: Constraints,
    scenario: Scenario,
    threads: int | None,
    progress: OnProgress | None,
    diffusion: Diffusion,
    already: Iterable[int],
    reserve: int = 0,
    executor: Executor | None = None,
) -> SeedProblem:
    """Check a request; see ``pick_seeds``."""
    _refuse_limits(limits, reserve)
    demands = check_constraints(network, count, constraints, already)
    value, posting, own = _checked(network, scenario, certificate)
    return SeedProblem(
        network,
        demands,
        scenario,
        limits,
        certificate,
        diffusion,
        threads,
        progress,
        reserve,
        value,
        posting,
        own,
        executor,
    )


def _refuse_limits(limits: Limits, reserve: int) -> None:
    if not 0 < limits.delta < 1:
        raise BadInputError("delta is {delta}; it must lie between 0 and 1.", delta=limits.delta)
    if limits.seconds is not None and not limits.seconds >= 0:
        raise BadInputError("A time limit of {seconds} seconds: write 0 or more.", seconds=limits.seconds)
    if limits.bytes is not None and not limits.bytes >= 1:
        raise BadInputError("A memory limit of {bytes} bytes: write 1 or more.", bytes=limits.bytes)
    if not (reserve >= 0 and float(reserve).is_integer()):
        raise BadInputError(
            "A reserve of {reserve} people: write a whole number, 0 or more.", reserve=reserve
        )


def _checked(
    network: InfluenceNetwork, scenario: Scenario, certificate: float
) -> tuple[FloatArray, UInt64Array, FloatArray]:
    shape = (network.node_count,)
    if not 0 <= certificate <= 1:
        raise BadInputError("The certificate {wanted} does not lie between 0 and 1.", wanted=certificate)
    deadline = scenario.deadline
    if deadline is not None and not deadline >= 0:
        raise BadInputError("The deadline {deadline} is before the launch.", deadline=deadline)
    if deadline is not None and not float(deadline).is_integer():
        raise BadInputError("The deadline {deadline} is no whole step.", deadline=deadline)
    value, own = (
        np.empty(0) if one is None else np.asarray(one, dtype=np.float64)
        for one in (scenario.value, scenario.own)
    )
    for one in (value, own):
        if one.size and (one.shape != shape or not (np.isfinite(one) & (one >= 0)).all()):
            raise BadInputError("Values must be {nodes} numbers, none below 0.", nodes=network.node_count)
    posting = np.empty(0, np.uint64) if scenario.posting is None else thresholds_of(scenario.posting, shape)
    return value, posting, own if own.any() else np.empty(0)


def rules_of(problem: SeedProblem) -> Rules:
    """Write the scenario and who is already in as sampling wants them."""
    demands, nodes = problem.demands, problem.network.node_count
    blocked = np.zeros(nodes if demands.already.size else 0, np.bool_)
    if blocked.size:
        blocked[demands.already] = True
    deadline = problem.scenario.deadline
    return Rules(
        roots=_roots(problem),
        posting=problem.posting,
        blocked=blocked,
        last_step=np.iinfo(np.int64).max if deadline is None else deadline,
        lane_bits=lane_bits(nodes),
    )


def _roots(problem: SeedProblem) -> FloatArray:
    """Lay the values of persons end to end, then those of their own posts where any counts."""
    if not problem.own.size:
        return np.cumsum(problem.value)
    reached = problem.value if problem.value.size else np.ones(problem.network.node_count)
    return np.cumsum(np.concatenate([reached, problem.own]))
