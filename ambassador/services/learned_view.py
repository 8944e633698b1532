"""What was learned, for a page or a shell to show."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from sqlmodel import Session

from ambassador.propagation.learned import LearnedInfluence
from ambassador.propagation.tie_history import TieHistory
from ambassador.services.learned import from_arrays
from ambassador.services.learning_data import OwnPast, read_own_past
from ambassador.services.nodes import NodeCard, cards_of
from ambassador.services.work import UnitOfWork
from ambassador.store.learning import newest_parameters, unpack
from ambassador.store.tables.network import ParameterSet
from ambassador.values.evaluation_json import influence_from_json
from ambassador.values.learning import (
    LearnedView,
    LearnOverview,
    Moving,
    Waiting,
    WhatItRestsOn,
)

FloatArray = NDArray[np.float64]

_SHOWN: Final = 100
_NINE_IN_TEN: Final = 0.9


def learn_overview(work: UnitOfWork) -> LearnOverview:
    """Say what there is to learn from, and what was learned last."""
    with work.reading() as session:
        past = read_own_past(session, work.now())
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
        check=None if metrics["check"] is None else influence_from_json(metrics["check"]),
        mean_probability=float(mean.mean()) if mean.size else 0.0,
        outside_share=learned.outside.share,
        heat=learned.heat.sigma,
        contagious=_contagious(session, learned, mean, arrays["active"]),
        susceptible=_susceptible(session, learned, mean, arrays["active"]),
        waiting=tuple(
            Waiting(platform, law.median, law.quantile(_NINE_IN_TEN), law.count)
            for platform, law in learned.delays.items()
            if law.count
        ),
        stale=row.data_hash != past.data_hash(),
    )


def _contagious(
    session: Session, learned: LearnedInfluence, mean: FloatArray, active: FloatArray
) -> tuple[Moving, ...]:
    network = learned.network
    moved = np.bincount(network.out_sources, mean, network.node_count).astype(np.float64)
    return _listed(session, learned, moved, np.diff(network.out_offsets), active)


def _susceptible(
    session: Session, learned: LearnedInfluence, mean: FloatArray, active: FloatArray
) -> tuple[Moving, ...]:
    network = learned.network
    hazard = np.bincount(network.out_targets, -np.log1p(-np.minimum(mean, 1 - 1e-9)), network.node_count)
    return _listed(session, learned, -np.expm1(-hazard), np.diff(network.in_offsets), active)


def _listed(
    session: Session,
    learned: LearnedInfluence,
    strength: FloatArray,
    listeners: NDArray[np.integer],
    active: FloatArray,
) -> tuple[Moving, ...]:
    """Name the strongest of those seen to talk; who was erased since is left out."""
    keys = np.asarray(learned.network.labels, np.int64)
    best = np.argsort(-strength * (active > 0), kind="stable")[:_SHOWN]
    best = best[(listeners[best] > 0) & (active[best] > 0)]
    cards = cards_of(session, keys[best])
    return tuple(
        _moving(cards[int(keys[node])], float(strength[node]), int(listeners[node]), int(active[node]))
        for node in best
        if int(keys[node]) in cards and not cards[int(keys[node])].erased
    )


def _moving(card: NodeCard, strength: float, listeners: int, posts: int) -> Moving:
    return Moving(card.handle, card.name, card.person_id, card.platform, listeners, strength, posts)
