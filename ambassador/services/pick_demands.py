"""The demands of a pick on a network, from node keys to node numbers."""

import numpy as np
from numpy.typing import NDArray

from ambassador.errors import BadInputError
from ambassador.propagation.constraints import Constraints, Group
from ambassador.services.network import LoadedNetwork
from ambassador.services.pick_problem import PickProblem


def demands_of(loaded: LoadedNetwork, problem: PickProblem) -> Constraints:
    """Give what a pick must respect, save for who is no candidate."""
    pairs = (loaded.nodes_of(pair).tolist() for pair in problem.apart)
    return Constraints(
        costs=_costs(loaded, problem),
        budget=problem.budget,
        groups=_groups(loaded, problem),
        must=loaded.nodes_of(problem.must),
        exclusive=[(one, other) for one, other in pairs],
    )


def outside(loaded: LoadedNetwork, problem: PickProblem) -> NDArray[np.int32]:
    """Give the nodes that are no candidates."""
    if problem.candidates is None:
        return np.empty(0, np.int32)
    inside = np.isin(loaded.keys, np.array(problem.candidates, np.int64))
    inside[loaded.nodes_of(problem.must)] = True
    return np.flatnonzero(~inside).astype(np.int32)


def _costs(loaded: LoadedNetwork, problem: PickProblem) -> NDArray[np.float64] | None:
    if problem.budget is None:
        return None
    return np.array([problem.fees.get(int(key), np.nan) for key in loaded.keys])


def _groups(loaded: LoadedNetwork, problem: PickProblem) -> list[Group]:
    members = [key for group in problem.groups for key in group.keys]
    if len(set(members)) < len(members):
        raise BadInputError(
            "with ties a pick can be spread over one thing at a time, and nobody in two of it"
        )
    return [Group(one.name, loaded.nodes_of(one.keys), one.at_least, one.at_most) for one in problem.groups]
