"""Forecast every past cascade from those before it, in each of several ways, and judge the intervals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final, TypedDict

import numpy as np
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.metrics.intervals import (
    LEVELS,
    histogram,
    in_standard_errors,
    interval_score,
    interval_scores,
    probability_transform,
    share_test,
)
from ambassador.metrics.pooling import one_apart, pool_weights, pooled, shared_doubt
from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.growth.past_sizes import predict_sizes_by
from ambassador.propagation.influence import LearnedInfluence, learn_influence
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.simulate import simulate_launches_in_time
from ambassador.propagation.simulate.launch_facts import CrowdFacts, LaunchDraws, lognormal_table
from ambassador.propagation.simulate.timed import LONGEST
from ambassador.services.cascades.cascade_history import SAMPLE, CascadeHistory
from ambassador.services.strangers.beside_ties import BesideTies, answered_again
from ambassador.services.strangers.starter_law import StarterLaw
from ambassador.store.learning.learning import read_learning_ties
from ambassador.store.networks.networks import read_ties
from ambassador.values.calibration.calibration import IntervalCoverage, Judged, LogRecord, Way, WayRecord

_RUNS: Final = SAMPLE.size
_DRAWS: Final = 4
"""Launches simulated for each value kept of a starter's sample."""
_MOST_STARTERS: Final = 500
_KEY: Final = 20_260_102
NO_TIES: Final = mark("there were no ties yet before the cascades that are judged")
NOT_ONE: Final = mark("none of the starters was in the network before")
_FEWEST_BEFORE, _FEWEST_JUDGED = 20, 10
_NEWEST: Final = 0.3
_BLOCKS: Final = 20
_SCORED: Final = 80
_DRAWN: Final = 400
_COINS: Final = 20_260_101
POOLED: Final = (Way.STRANGERS, Way.PAST, Way.FOLLOWERS, Way.NETWORK)
"""The ways that are weighed in one law."""
_SEEN_BEFORE: Final = 20
"""Cascades the prior counts as: strangers and own records alone, before anything is judged."""
LEAST_WEIGHT: Final = 0.1
"""A smaller weight is within noise of none."""


def first_judged(history: CascadeHistory) -> int | None:
    """Tell from which cascade on forecasts are judged: the newest 30%; None where there are too few.

    Examples
    --------
    >>> first_judged(CascadeHistory(*(np.zeros(50),) * 7)), first_judged(CascadeHistory(*(np.zeros(9),) * 7))
    (35, None)
    """
    return _first(len(history))


def _first(count: int) -> int | None:
    first = count - int(np.ceil(_NEWEST * count))
    enough = first >= _FEWEST_BEFORE and count - first >= _FEWEST_JUDGED
    return first if enough else None


def cascades_missing(known: int) -> int:
    """Tell how many more cascades it takes until forecasts can be judged.

    Examples
    --------
    >>> cascades_missing(0), cascades_missing(25), cascades_missing(400)
    (31, 6, 0)
    """
    needed = next(
        count
        for count in range(_FEWEST_BEFORE + _FEWEST_JUDGED, 2 * (_FEWEST_BEFORE + _FEWEST_JUDGED))
        if _first(count) is not None
    )
    return max(needed - known, 0)


def judge_log(history: CascadeHistory, first: int, network: FloatArray | None, reason: str = "") -> LogRecord:
    """Judge past results, followers, strangers, and the network where it was tried; weigh them in one law.

    ``network`` holds a predictive sample per judged cascade, simulated as forecasts are.
    """
    samples = {way: _forecast(history, first, way, network) for way in Way}
    observed = history.sizes[first:]
    made = {way: found for way, found in samples.items() if found is not None}
    records = tuple(_record(way, found, observed) for way, found in made.items())
    best = min(records, key=lambda one: one.interval_score)
    return LogRecord(
        cascades=observed.size,
        history=first,
        ways=records,
        judged=_judged(history, first, made[best.way]),
        network_reason=reason,
        network_margin=_margin(made, records, observed),
        **_one_law(made, observed),
    )


class _OneLaw(TypedDict):
    weights: dict[str, float]
    doubt: float


def _one_law(made: Mapping[Way, list[FloatArray]], observed: FloatArray) -> _OneLaw:
    """Weigh the ways in one predictive law; what whole launches miss by is seen on cascades in a row."""
    ways = [way for way in POOLED if way in made]
    samples = [np.stack(made[way]) for way in ways]
    prior = np.array([float(way is Way.STRANGERS) for way in ways])
    if not prior.any():
        prior[0] = 1.0
    weights = pool_weights(samples, observed, prior, _SEEN_BEFORE)
    weights = np.where(weights < LEAST_WEIGHT, 0.0, weights) / weights[weights >= LEAST_WEIGHT].sum()
    law = pooled(samples, weights, SAMPLE)
    blocks = min(_BLOCKS, max(observed.size // 5, 1))
    launches = np.repeat(np.arange(blocks), [part.size for part in np.array_split(observed, blocks)])
    widths = np.log(np.maximum(law, 1.0)).std(axis=1)
    doubt = shared_doubt(_places(law, observed), widths, launches)
    return _OneLaw(
        weights={way.value: round(float(one), 3) for way, one in zip(ways, weights, strict=True)},
        doubt=round(doubt, 3),
    )


def _margin(
    made: Mapping[Way, list[FloatArray]], records: Sequence[WayRecord], observed: FloatArray
) -> float | None:
    """Tell by how many standard errors the network scores better than the best of the others."""
    others = [one for one in records if one.way is not Way.NETWORK]
    if Way.NETWORK not in made or not others:
        return None
    best = min(others, key=lambda one: one.interval_score).way
    return in_standard_errors(_losses(made[best], observed) - _losses(made[Way.NETWORK], observed))


def _losses(samples: list[FloatArray], observed: FloatArray) -> FloatArray:
    """Score each interval by itself."""
    return interval_scores(*_ends(samples, _SCORED), observed, _SCORED / 100)


def _forecast(
    history: CascadeHistory, first: int, way: Way, network: FloatArray | None
) -> list[FloatArray] | None:
    """Return a predictive sample per judged cascade; None where this way knows nothing."""
    found: list[FloatArray] = []
    for block in np.array_split(np.arange(first, len(history)), min(_BLOCKS, len(history) - first)):
        sample = _of_block(history, block, way, network)
        if sample is None:
            return None
        found += list(one_apart(sample))
    return found


def _of_block(
    history: CascadeHistory, block: Int64Array, way: Way, network: FloatArray | None
) -> FloatArray | None:
    """Forecast some cascades from those before the first of them."""
    origin = int(block[0])
    if way is Way.PAST:
        return history.past_sizes(origin, history.starters[block])
    if way is Way.STRANGERS:
        law = StarterLaw.learn(history, origin)
        return None if law is None else law.samples(history.starters[block])
    if way is Way.NETWORK:
        return None if network is None else network[block - (len(history) - network.shape[0])]
    scores = _scores(history, way)
    if scores is None:
        return None
    known = np.flatnonzero(~np.isnan(scores[:origin]))
    if known.size < _FEWEST_BEFORE // 2:
        return None
    middle = float(np.mean(scores[known]))
    asked = np.where(np.isnan(scores[block]), middle, scores[block])
    return predict_sizes_by(scores[known], history.sizes[known], asked, SAMPLE)


def _scores(history: CascadeHistory, way: Way) -> FloatArray | None:
    """Tell what a way knows of each cascade before it begins."""
    if way is Way.POOLED:
        return np.zeros(len(history))
    known = (~np.isnan(history.followers)).any()
    return np.log1p(history.followers) if known else None


def _record(way: Way, samples: list[FloatArray], observed: FloatArray) -> WayRecord:
    """Judge one way; sizes are whole numbers, so what lies on an end is split by chance before the test."""
    ends = {level: _ends(samples, level) for level in LEVELS}
    places = _places(samples, observed)
    return WayRecord(
        way=way,
        coverage=tuple(_split(coverage_of(*ends[level], observed, level), places) for level in LEVELS),
        interval_score=interval_score(*ends[_SCORED], observed, _SCORED / 100),
        histogram=tuple(histogram(places)),
    )


def _places(samples: Iterable[FloatArray], observed: FloatArray) -> FloatArray:
    """Tell where each size fell in its own forecast."""
    coins = np.random.default_rng(_COINS).random(observed.size)
    triples = zip(samples, observed.tolist(), coins.tolist(), strict=True)
    return np.array([probability_transform(*one) for one in triples])


def _split(one: IntervalCoverage, places: FloatArray) -> IntervalCoverage:
    """Test with values on an end split: each counts by its place in its own distribution."""
    tested = int((np.abs(places - 0.5) <= one.level / 200).sum())
    return replace(one, tested=tested, p_value=share_test(tested, one.of, one.level))


def coverage_of(low: FloatArray, high: FloatArray, observed: FloatArray, level: int) -> IntervalCoverage:
    """Count what lay inside and test the promise.

    Examples
    --------
    >>> low, high, came = np.zeros(4), np.full(4, 10.0), np.array([1.0, 5.0, 9.0, 12.0])
    >>> found = coverage_of(low, high, came, 80)
    >>> found.inside, found.of, found.is_kept
    (3, 4, True)
    """
    inside, of = int(((low <= observed) & (observed <= high)).sum()), int(observed.size)
    return IntervalCoverage(level, inside, of, share_test(inside, of, level))


def _ends(samples: list[FloatArray], level: int) -> tuple[FloatArray, FloatArray]:
    tail = (100 - level) / 200
    found = np.array([np.quantile(one, [tail, 1 - tail]) for one in samples])
    return found[:, 0], found[:, 1]


def _judged(history: CascadeHistory, first: int, samples: list[FloatArray]) -> tuple[Judged, ...]:
    low, high = _ends(samples, _SCORED)
    rows = [
        Judged("", float(np.median(sample)), float(low[place]), float(high[place]), float(size))
        for place, (sample, size) in enumerate(zip(samples, history.sizes[first:], strict=True))
    ]
    return tuple(rows[-_DRAWN:])


def network_samples(session: Session, history: CascadeHistory, first: int) -> tuple[FloatArray | None, str]:
    """Forecast the judged cascades along ties, strangers beside them, or say why that cannot be done.

    Probabilities are learned from what lies before the judged cascades, over ties that were known by then;
    launches are simulated as forecasts simulate them.
    """
    began = datetime.fromtimestamp(float(history.began[first]), UTC)
    ties = read_ties(session, known_by=began)
    kept = ties.from_file | answered_again(history, first, ties.source_key, ties.target_key)
    ties = ties.where(kept)
    if not len(ties):
        return None, NO_TIES
    network = InfluenceNetwork.from_keys(ties.source_key, ties.target_key, None)
    keys = np.asarray(network.labels, dtype=np.int64)
    wanted = _newest_starters(history, first, keys)
    if not wanted:
        return None, NOT_ONE
    learned = learn_influence(network, history.log(keys, 0, first))
    beside = BesideTies.learn(history, read_learning_ties(session), first)
    tied = set(wanted)
    asked = np.unique(history.starters[first:])
    found = {
        key: starter_sample(learned if key in tied else None, beside, key, keys) for key in asked.tolist()
    }
    return np.stack([found[key] for key in history.starters[first:].tolist()]), ""


def starter_sample(
    learned: LearnedInfluence | None, beside: BesideTies | None, key: int, keys: Int64Array
) -> FloatArray:
    """Return equally likely sizes of one cascade somebody starts: along ties where there are any, and beside.

    Values are the means of ``_DRAWS`` neighbours, so that means stay what they are.
    """
    runs = _RUNS * _DRAWS
    talking = np.ones((runs, 1), np.int64)
    if learned is not None:
        node = int(np.searchsorted(keys, key))
        rng = np.random.default_rng(_KEY)
        heat = learned.frailty.sampled(rng, runs)[:, None]
        at_once = CrowdFacts(lognormal_table(1.0, 0.0)[None, :], strength=learned.alpha + learned.beta)
        draws = LaunchDraws(np.zeros((runs, 1)), heat, np.ones(runs))
        launches = simulate_launches_in_time(
            learned.network, [node], at_once, draws, days=LONGEST, key=_KEY, threads=1
        )
        talking = launches.branch_active.astype(np.int64)
    total = talking.astype(np.float64)
    if beside is not None:
        law = beside.of(np.array([key], np.int64))
        posted = np.ones((runs, 1), np.bool_)
        brought = law.draw(posted, talking - 1, np.ones(runs), np.random.default_rng(_COINS))
        total += brought.started + brought.joined
    return np.asarray(np.sort(total[:, 0]).reshape(_RUNS, _DRAWS).mean(axis=1))


def _newest_starters(history: CascadeHistory, first: int, keys: Int64Array) -> list[int]:
    """Name those who started, the latest first, as far as they are nodes and can be simulated in time."""
    starters = history.starters[first:][::-1]
    found = dict.fromkeys(starters[np.isin(starters, keys)].tolist())
    return list(found)[:_MOST_STARTERS]
