"""Learn from the organisation's own past who makes whom talk, check it on the last part, and keep it."""

from datetime import UTC, datetime
from typing import Any

import numpy as np

from ambassador.errors import BadInputError
from ambassador.propagation.influence import TieHistory, learn
from ambassador.propagation.influence.learning import LearningTerms
from ambassador.propagation.influence.waits import with_waits
from ambassador.services.learned.learned import ALGORITHM, VERSION, as_arrays, records_of
from ambassador.services.learning.influence_check import check_influence
from ambassador.services.learning.learned_view import learn_overview
from ambassador.services.learning.learning_data import OwnPast, read_own_past
from ambassador.services.learning.learning_progress import told_as_progress
from ambassador.services.mentions.refresh import writing_up_to_date
from ambassador.services.stored_json import to_json
from ambassador.services.work import UnitOfWork
from ambassador.store.learning.learning import add_parameters, newest_parameters
from ambassador.store.stale import Touched, mark_touched
from ambassador.values.imports.imports import Progress, silent
from ambassador.values.learning import LearnedView


def learn_influence(work: UnitOfWork, *, progress: Progress = silent) -> LearnedView:
    """Learn and keep it; the same past twice is learned once.

    Examples
    --------
    >>> learn_influence(work).rests_on.explained
    4
    """
    with work.reading() as session:
        past = read_own_past(session, work.now())
        newest = newest_parameters(session)
        known = newest.data_hash if newest is not None and newest.version == VERSION else ""
    counted = TieHistory.of(past.network, past.log)
    if not counted.followed.any():
        raise BadInputError(
            "There is nothing to learn from yet: in {cascades} cascades nobody joined after somebody they "
            "listen to. Import posts that say what they answer or share, or who follows whom.",
            cascades=past.log.cascade_count,
        )
    digest = past.data_hash()
    if digest != known:
        _keep(work, past, digest, counted, progress)
    found = learn_overview(work).learned
    if found is None:
        raise AssertionError
    return found


def _keep(work: UnitOfWork, past: OwnPast, digest: str, counted: TieHistory, progress: Progress) -> None:
    check = check_influence(past, progress).found
    log = past.with_silence(past.log)
    more = log.cascade_count - past.log.cascade_count
    terms = LearningTerms(
        past.columns(past.network),
        (*past.platforms, *[""] * more),
        np.concatenate([past.parents, np.full(more, -1, np.int64)]),
        past.until,
        progress=told_as_progress(progress),
    )
    fitted = learn(past.network, log, terms)
    waited = with_waits(past.log, fitted.influence.delays, past.until, dict(enumerate(past.platforms)))
    records = records_of(past.network, TieHistory.of(past.network, waited))
    after = int((past.log.sizes - 1).clip(0).sum())
    metrics: dict[str, Any] = {
        "cascades": past.log.cascade_count,
        "activations": after,
        "explained": int(counted.followed.sum()),
        "people": int(past.keys.size),
        "ties": past.network.tie_count,
        "check": to_json(check),
    }
    newest = float(past.log.times.max(initial=0.0))
    with writing_up_to_date(work) as session:
        add_parameters(
            session,
            algorithm=ALGORITHM,
            version=VERSION,
            trained_until=datetime.fromtimestamp(newest, UTC) if newest else None,
            data_hash=digest,
            metrics=metrics,
            arrays={**as_arrays(fitted.influence), **records._asdict()},
            at=work.now(),
        )
        mark_touched(session, Touched())  # hidden parents rest on what was learned last
