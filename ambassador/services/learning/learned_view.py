"""What was learned, for a page or a shell to show."""

from datetime import datetime
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from ambassador.propagation.arrays import AnyArray, FloatArray
from ambassador.propagation.influence import LearnedInfluence, TieHistory
from ambassador.propagation.influence.shrunken_rates import (
    ShrunkenRates,
    counts_per_trial,
    successes_per_trial,
)
from ambassador.services.learned.learned import VERSION, Records, from_arrays
from ambassador.services.learned.learned_rule import beats_baselines
from ambassador.services.learning.learning_data import OwnPast, read_own_past
from ambassador.services.networks.nodes import cards_of
from ambassador.services.stored_json import from_json
from ambassador.services.work import UnitOfWork
from ambassador.store.kept import kept_for
from ambassador.store.learning.learning import newest_parameters, unpack
from ambassador.store.tables.network import ParameterSet
from ambassador.values.learning import (
    FEWEST_SEEN,
    InfluenceEvaluation,
    LearnedView,
    LearnOverview,
    Moving,
    Waiting,
    WhatItRestsOn,
)

Arrays = dict[str, AnyArray]

_SHOWN: Final = 100
_NINE_IN_TEN: Final = 0.9


def learn_overview(work: UnitOfWork) -> LearnOverview:
    """Tell what there is to learn from, and what was learned last.

    Examples
    --------
    >>> found = learn_overview(work)
    >>> found.rests_on.cascades, found.enough, found.learned
    (3, False, None)
    """
    with work.reading() as session:  # whatever the hour, the same rows teach the same
        return kept_for(session, "learned", VERSION, lambda: _overview(session, work.now()))


def _overview(session: Session, now: datetime) -> LearnOverview:
    past = read_own_past(session, now)
    row = newest_parameters(session)
    learned = None if row is None or row.arrays is None else _view(session, row, past)
    return LearnOverview(_rests_on(past), learned)


def _rests_on(past: OwnPast) -> WhatItRestsOn:
    return WhatItRestsOn(
        past.log.cascade_count,
        int((past.log.sizes - 1).clip(0).sum()),
        int(TieHistory.of(past.network, past.log).followed.sum()),
        int(past.keys.size),
        past.network.tie_count,
    )


def _view(session: Session, row: ParameterSet, past: OwnPast) -> LearnedView:
    arrays, metrics = unpack(row.arrays or b""), row.metrics
    learned = from_arrays(arrays)
    mean = np.asarray(learned.network.probability, np.float64)
    return LearnedView(
        number=row.id or 0,
        learned_at=row.created_at,
        trained_until=row.trained_until,
        rests_on=WhatItRestsOn(
            *(metrics[name] for name in ("cascades", "activations", "explained", "people", "ties"))
        ),
        check=None if metrics["check"] is None else from_json(InfluenceEvaluation, metrics["check"]),
        mean_probability=float(mean.mean()) if mean.size else 0.0,
        outside_share=learned.outside.share,
        heat=learned.frailty.sigma,
        contagious=_contagious(session, learned, mean, arrays),
        susceptible=_susceptible(session, learned, mean, arrays),
        waiting=tuple(
            Waiting(platform, law.median, law.quantile(_NINE_IN_TEN), law.count)
            for platform, law in learned.delays.items()
            if law.count
        ),
        stale=row.version != VERSION or row.data_hash != past.data_hash(),
        by_default=beats_baselines(metrics),
    )


def _contagious(
    session: Session, learned: LearnedInfluence, mean: FloatArray, arrays: Arrays
) -> tuple[Moving, ...]:
    network, kept = learned.network, _records(arrays)
    return _listed(
        session,
        learned,
        kept,
        counts_per_trial(kept.credit, kept.heard),
        _Told(
            kept.heard,
            np.diff(network.out_offsets),
            np.bincount(network.out_sources, mean, network.node_count).astype(np.float64),
        ),
    )


def _susceptible(
    session: Session, learned: LearnedInfluence, mean: FloatArray, arrays: Arrays
) -> tuple[Moving, ...]:
    network, kept = learned.network, _records(arrays)
    hazard = np.bincount(network.out_targets, -np.log1p(-np.minimum(mean, 1 - 1e-9)), network.node_count)
    return _listed(
        session,
        learned,
        kept,
        successes_per_trial(kept.followed, kept.exposed),
        _Told(kept.exposed, np.diff(network.in_offsets), -np.expm1(-hazard)),
    )


class _Told(NamedTuple):
    """By node: the cascades a standing rests on, ties, and what forecasts count on."""

    seen: FloatArray
    ties: NDArray[np.integer]
    counted_on: FloatArray


def _records(arrays: Arrays) -> Records:
    """Return the records kept; sets learned by older versions kept none, and nobody is known by them."""
    none = np.zeros(arrays["active"].size)
    return Records(*(arrays.get(name, none) for name in Records._fields))


def _listed(
    session: Session, learned: LearnedInfluence, kept: Records, standing: ShrunkenRates, told: _Told
) -> tuple[Moving, ...]:
    """Name those who surely move most among those seen to talk; the too little known come last.

    Who was erased since is left out.
    """
    keys = np.asarray(learned.network.labels, np.int64)
    listed = np.flatnonzero((told.ties > 0) & (kept.active > 0))
    known = told.seen[listed] >= FEWEST_SEEN
    value = np.where(known, standing.at_least[listed], told.seen[listed])
    best = listed[np.lexsort((-value, ~known))][:_SHOWN]
    cards = cards_of(session, keys[best])
    return tuple(
        Moving(
            card.handle,
            card.name,
            card.person_id,
            card.platform,
            int(told.ties[node]),
            float(standing.mean[node]),
            float(standing.at_least[node]),
            round(float(told.seen[node])),
            int(kept.active[node]),
            float(told.counted_on[node]),
        )
        for node in best
        if (card := cards.get(int(keys[node]))) is not None and not card.erased
    )
