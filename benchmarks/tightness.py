"""How tight certificates are, on the same sets: by OPIM-C's own bounds, by exact ones, by the dual."""

import math
from collections.abc import Iterator

import numpy as np

from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.pick.certificate import best_coverage, lower_bound, upper_bound
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.cover import choose
from ambassador.propagation.pick.feasibility import check_constraints
from ambassador.propagation.pick.problem import Limits, Scenario, rules_of, seed_problem
from ambassador.propagation.pick.sampling import LocalExecutor, SamplingModel
from benchmarks.rows import Row

DELTA = 0.005
SIZES = ((2_048, 2_048), (16_384, 8_192), (131_072, 65_536))


def opim_lower(covered: int, sets: int, total: float, delta: float) -> float:
    """Bound from below as OPIM-C does (Tang, Tang, Xiao, Yuan 2018, equation 8)."""
    confidence = math.log(1 / delta)
    root = math.sqrt(covered + 2 * confidence / 9) - math.sqrt(confidence / 2)
    return max(0.0, max(0.0, root) ** 2 - confidence / 18) * total / sets


def opim_upper(covered: float, sets: int, total: float, delta: float) -> float:
    """Bound from above as OPIM-C does (equation 13)."""
    confidence = math.log(1 / delta)
    return min(total, (math.sqrt(covered + confidence / 2) + math.sqrt(confidence / 2)) ** 2 * total / sets)


def tightness_rows(name: str, network: InfluenceNetwork) -> Iterator[Row]:
    """Pick 50 on ever more sets and certify the same pick four ways."""
    problem = seed_problem(
        network,
        50,
        certificate=1.0,
        limits=Limits(),
        constraints=Constraints(),
        scenario=Scenario(),
        threads=None,
        progress=None,
        diffusion="ic",
        already=(),
    )
    sampling = SamplingModel(network, "ic", rules_of(problem))
    choosing, validating = LocalExecutor(None).samplers(sampling, (1, 2))
    demands = check_constraints(network, 50, Constraints())
    for many, few in SIZES:
        choosing.grow(many)
        validating.grow(few)
        candidates, choice = choose(choosing.sets, demands, 0)
        hit = validating.sets.hit(candidates.nodes[choice.picked].astype(np.int32), network.node_count)
        greedy, dual = (
            best_coverage(candidates, demands, choice, enough, lambda: True) for enough in (math.inf, 0.0)
        )
        sizes = (many, network.node_count, DELTA)
        ours = lower_bound(hit, few, network.node_count, DELTA)
        theirs = opim_lower(hit, few, network.node_count, DELTA)
        yield Row(
            f"{name}: certificate of one pick on {many:,} + {few:,} sets",
            "the dual's is higher",
            f"OPIM-C {theirs / opim_upper(greedy, *sizes):.3f}, "
            f"its bounds with the dual {theirs / opim_upper(dual, *sizes):.3f}; "
            f"exact bounds {ours / upper_bound(greedy, *sizes):.3f}, "
            f"exact bounds with the dual {ours / upper_bound(dual, *sizes):.3f}",
        )
