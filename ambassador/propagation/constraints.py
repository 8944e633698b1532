"""What a user may demand of a pick besides the number of people."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Group:
    """People of one kind (a city, a tier, a language): at least and at most so many of them."""

    name: str
    nodes: Sequence[int] | npt.NDArray[np.integer]
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True)
class Constraints:
    """What the user demands besides the number of devices.

    Attributes
    ----------
    costs : array of float, shape (node_count,), optional
        Fee of each person; NaN is unknown, and who has no known fee is left out of a budgeted pick.
    budget : float, optional
        Most the fees may sum to; fees without a budget change nothing.
    groups : sequence of Group
        Groups do not overlap.
    must, never : node numbers
        Who has to be in, who may not.
    exclusive : pairs of node numbers
        At most one of each pair.
    """

    costs: npt.ArrayLike | None = None
    budget: float | None = None
    groups: Sequence[Group] = ()
    must: Sequence[int] | npt.NDArray[np.integer] = ()
    never: Sequence[int] | npt.NDArray[np.integer] = ()
    exclusive: Sequence[tuple[int, int]] = ()
