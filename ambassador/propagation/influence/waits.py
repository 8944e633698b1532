"""Logs end, answers go on: which part of the answers to each post had come by then (censored data).

Whoever is still silent counts as asked for so much of a time as an answer would have come by (Lawless 2003,
"Statistical Models and Methods for Lifetime Data", section 2.2; where a share never answer, the mixture
cure model: Farewell 1982). Counting them whole would take the newest posts for the least convincing.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from scipy import special

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.influence.exposures import list_exposures
from ambassador.propagation.influence.learned import DelayLaw, fit_delays
from ambassador.propagation.influence.tie_history import TieHistory, in_order_of_time, taken
from ambassador.propagation.network import InfluenceNetwork

# Of a time that every exposure counts for at least: somebody who answered at once did not do so by no chance.
_LEAST = 0.01
# Steps in which the part is told: nobody's answer is known to a hundredth, and candidates alike count as one.
_PARTS = 64
_SHORTEST = 1e-9  # a plain guard, in seconds: nothing has no logarithm
# Exposing ties of those who joined that delays are first told from; more would only take longer.
_PAIRS = 500_000


def with_waits(
    log: CascadeLog, delays: Mapping[str, DelayLaw], until: float, platforms: Mapping[int, str] | None = None
) -> CascadeLog:
    """Say of each entry of a log which part of the answers to it had come when the log ends.

    Parameters
    ----------
    delays : mapping of platform to DelayLaw
        The key "" stands for platforms that are not among them.
    until : float
        When the log ends; entries behind it are none of the log's own and count whole.
    platforms : mapping of cascade to text, optional

    Examples
    --------
    >>> log = CascadeLog.from_entries([0, 1], [0, 0], [0.0, 3600.0])
    >>> with_waits(log, {"": DelayLaw(3600.0, 1.0)}, 3600.0).waited.round(2).tolist()
    [0.5, 0.01]
    """
    if not np.isfinite(until):
        return replace(log, waited=None)
    named = platforms or {}
    laws = [delays.get(named.get(cascade, ""), delays[""]) for cascade in range(log.cascade_count)]
    cascade = log.cascades
    median, sigma = (
        np.array([getattr(law, name) for law in laws], np.float64) for name in ("median", "sigma")
    )
    come = np.ones(log.nodes.size)
    if come.size:
        left = until - log.times
        steps = (np.log(np.maximum(left, _SHORTEST)) - np.log(median[cascade])) / sigma[cascade]
        come = np.where(left >= 0, np.maximum(np.rint(special.ndtr(steps) * _PARTS) / _PARTS, _LEAST), 1.0)
    return replace(log, waited=come)


def asked(network: InfluenceNetwork, log: CascadeLog, counted: TieHistory) -> FloatArray:
    """Count by tie how often its target was asked, whether or not an answer had its time.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0], [1], 1.0)
    >>> log = replace(CascadeLog.from_entries([0], [0], [0.0]), waited=np.array([0.25]))
    >>> counted = TieHistory.of(network, log)
    >>> counted.trials.tolist(), asked(network, log, counted).tolist()
    ([0.25], [1.0])
    """
    if log.waited is None:
        return counted.trials
    return TieHistory.of(network, replace(log, waited=None)).trials


def seen_delays(
    log: CascadeLog, parents: Int64Array | None, platforms: Mapping[int, str], until: float = np.inf
) -> Mapping[str, DelayLaw] | None:
    """Fit delays between posts and what they answer; None where that was never seen."""
    if parents is None or not (parents >= 0).any():
        return None
    child = np.flatnonzero(parents >= 0)
    delay = log.times[child] - log.times[parents[child]]
    child, delay = child[delay >= 0], delay[delay >= 0]
    names = [platforms.get(int(one), "") for one in log.cascades[child]]
    group, left = np.unique(child, return_inverse=True)[1], time_left(log.times[parents[child]], until)
    return fit_delays(delay, group, np.ones(child.size), names, left)


def first_delays(
    network: InfluenceNetwork,
    log: CascadeLog,
    parents: Int64Array | None,
    platforms: Mapping[int, str],
    until: float = np.inf,
) -> Mapping[str, DelayLaw]:
    """Fit delays before anything is known of ties: to what was answered, else to whoever exposed them."""
    seen = seen_delays(log, parents, platforms, until)
    if seen is not None:
        return seen
    order = in_order_of_time(log)
    pairs = float(TieHistory.of(network, log).successes.sum())
    listed = taken(log, order[:: max(1, int(np.ceil(pairs / _PAIRS)))])
    joined = list_exposures(network, listed, share=0.0)
    child = listed.entries_of(joined.cascade, joined.node)
    who = joined.candidates
    exposed = listed.times[joined.entries]
    delay = listed.times[child][who] - exposed
    return fit_delays(delay, who, np.ones(who.size), left=time_left(exposed, until))


def time_left(times: FloatArray, until: float) -> FloatArray | None:
    """Seconds from posts to the log's end; None where it has none."""
    return None if np.isinf(until) else until - times
