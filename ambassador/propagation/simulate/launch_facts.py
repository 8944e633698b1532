"""What launches in continuous time rest on: facts about people, delays, and what each run draws."""

from dataclasses import dataclass, field

import numpy as np
from scipy import special

from ambassador.errors import BadInputError
from ambassador.propagation.arrays import FloatArray, Int16Array
from ambassador.propagation.kernels.timed import CELLS, Crowd
from ambassador.propagation.network import InfluenceNetwork

_EMPTY = np.empty(0)


def lognormal_table(median: float, sigma: float) -> FloatArray:
    """Tabulate the quantiles of a log-normal law at the middles of ``CELLS`` equal parts.

    Parameters
    ----------
    median : float
        Of the law, in the unit the table shall have.
    sigma : float
        Standard deviation of the logarithm; 0 gives a constant.

    Returns
    -------
    float64 array, shape (CELLS,)

    Examples
    --------
    >>> table = lognormal_table(2.0, 1.0)
    >>> float(round(np.exp(np.log(table).mean()), 6)), float(round(np.log(table).std(), 2))
    (2.0, 1.0)
    """
    normal = special.ndtri((np.arange(CELLS) + 0.5) / CELLS)
    return np.asarray(median * np.exp(sigma * normal))


@dataclass(frozen=True, eq=False)
class CrowdFacts:
    """What is known of the people of a network beside their ties.

    Attributes
    ----------
    delays : float64 array, shape (laws, CELLS)
        Tables of how many hours pass until a listener answers; see ``lognormal_table``.
    law : int16 array, shape (nodes,)
        The table of each source; empty: the first for everybody.
    views, outside : float64 arrays, shape (nodes,)
        Expected views of one post; followers who are not nodes here. NaN is unknown; empty: all unknown.
    variation : float
        Squared coefficient of variation of the views of single posts.
    strength : float64 array, shape (ties,)
        alpha + beta of each tie's Beta posterior; empty: the probabilities are taken as certain.
    """

    delays: FloatArray
    law: Int16Array = field(default_factory=lambda: np.empty(0, np.int16))
    views: FloatArray = field(default_factory=lambda: _EMPTY)
    outside: FloatArray = field(default_factory=lambda: _EMPTY)
    variation: float = 0.0
    strength: FloatArray = field(default_factory=lambda: _EMPTY)

    def crowd(self, network: InfluenceNetwork) -> Crowd:
        """Check the sizes and give the facts as the kernel wants them.

        Raises
        ------
        BadInputError
            If an array is neither empty nor as long as the network has nodes (or ties).

        Examples
        --------
        >>> facts = CrowdFacts(lognormal_table(24.0, 1.0)[None, :])
        >>> facts.crowd(InfluenceNetwork.from_arrays([0], [1], 1.0)).law.tolist()
        [0, 0]
        """
        law = self.law if self.law.size else np.zeros(network.node_count, np.int16)
        for name, array, size in (
            ("law", law, network.node_count),
            ("views", self.views, network.node_count),
            ("outside", self.outside, network.node_count),
            ("strength", self.strength, network.tie_count),
        ):
            if array.size not in (0, size):
                raise BadInputError(
                    "{name}: {given} values where {size} are needed.",
                    name=name,
                    given=array.size,
                    size=size,
                )
        width = float(np.log1p(self.variation))
        noise = lognormal_table(np.exp(-width / 2), np.sqrt(width))
        noise /= noise.mean()
        return Crowd(self.strength, law, self.delays, self.views, noise, self.outside)


@dataclass(frozen=True, eq=False)
class LaunchDraws:
    """What each run draws of what is not known; a row per run.

    Attributes
    ----------
    hours : float64 array, shape (runs, seeds)
        When each seed posts, in hours after the launch; inf where it does not.
    frailty : float64 array, shape (runs, seeds)
        By what the hazard of every tie is multiplied in the branch of each seed.
    pace : float64 array, shape (runs,)
        By what all delays are multiplied.
    """

    hours: FloatArray
    frailty: FloatArray
    pace: FloatArray

    @classmethod
    def certain(cls, runs: int, seeds: int) -> "LaunchDraws":
        """Let everybody post at the launch, with nothing unknown.

        Examples
        --------
        >>> draws = LaunchDraws.certain(runs=2, seeds=1)
        >>> draws.hours.tolist(), draws.frailty.tolist(), draws.pace.tolist()
        ([[0.0], [0.0]], [[1.0], [1.0]], [1.0, 1.0])
        """
        return cls(np.zeros((runs, seeds)), np.ones((runs, seeds)), np.ones(runs))

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return self.pace.size
