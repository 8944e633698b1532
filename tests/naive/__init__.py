"""Slow and obvious twins of the kernels, in plain Python, on the same coins.

Networks are lists of ties (source, target, probability) in the order of tie numbers; nothing here
imports a kernel.
"""

from tests.naive.choices import (
    best_of,
    chance_of_at_least,
    descendants,
    exact_spread,
    greedy_cover,
    sets_by_owner,
    subsets,
)
from tests.naive.coins import (
    CERTAIN,
    GAP_SALT,
    GOLDEN,
    MASK,
    MOST_FOR_GAPS,
    NODE_SALT,
    POSTING_SALT,
    RUN_STEP,
    Stream,
    Tie,
    live_by_gaps,
    mixed,
    node_coin,
    run_key,
    threshold,
    tie_coin,
    weights,
)
from tests.naive.past import (
    beta_function,
    chosen_logit,
    decay_sums,
    exposures_of,
    parent_posterior,
    shared_credit,
    simulated_cascades,
    tie_trials,
    weighted_quantile,
)
from tests.naive.runs import Batch, Run
from tests.naive.timed import DELAY_SALT, VIEWS_SALT, TimedRun
from tests.naive.trees import mean_distance, share_behind

__all__ = [
    "CERTAIN",
    "DELAY_SALT",
    "GAP_SALT",
    "GOLDEN",
    "MASK",
    "MOST_FOR_GAPS",
    "NODE_SALT",
    "POSTING_SALT",
    "RUN_STEP",
    "VIEWS_SALT",
    "Batch",
    "Run",
    "Stream",
    "Tie",
    "TimedRun",
    "best_of",
    "beta_function",
    "chance_of_at_least",
    "chosen_logit",
    "decay_sums",
    "descendants",
    "exact_spread",
    "exposures_of",
    "greedy_cover",
    "live_by_gaps",
    "mean_distance",
    "mixed",
    "node_coin",
    "parent_posterior",
    "run_key",
    "sets_by_owner",
    "share_behind",
    "shared_credit",
    "simulated_cascades",
    "subsets",
    "threshold",
    "tie_coin",
    "tie_trials",
    "weighted_quantile",
    "weights",
]
