"""What a user may demand of a pick besides the number of people."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError


@dataclass(frozen=True)
class Group:
    """People of one kind (a city, a tier, a language): at least and at most so many of them.

    Who is in already counts: of "at least 5" with 2 in already, 3 more are needed. Where more are in
    already than ``at_most``, nobody more is taken.
    """

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
        They may overlap: a city, a tier and a topic are three groups somebody can be in.
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


def refuse_unusable(groups: Sequence[Group]) -> None:
    """Raise BadInputError where a limit is no whole number from 0 on, by the name of its group."""
    for group in groups:
        for limit in (group.at_least, group.at_most):
            if limit is not None and not (limit >= 0 and float(limit).is_integer()):
                raise BadInputError(
                    "{limit} people in {name}: write a whole number, 0 or more.", limit=limit, name=group.name
                )
