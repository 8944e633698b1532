"""Whether influence learned from the first part of one's own past tells who joins in the last."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.influence import (
    FittedInfluence,
    all_baselines,
    learn,
    list_exposures,
    rate_predictions,
)
from ambassador.propagation.influence.direction import halves
from ambassador.propagation.influence.exposures import Exposures
from ambassador.propagation.influence.learning import LearningTerms
from ambassador.propagation.influence.reliability import area_error, score_predictions
from ambassador.propagation.influence.tie_history import in_order_of_time
from ambassador.propagation.influence.waits import with_waits
from ambassador.services.learning.learning_data import OwnPast
from ambassador.services.learning.learning_progress import told_as_progress
from ambassador.values.imports.imports import Progress
from ambassador.values.learning import InfluenceEvaluation, PredictionScore, ReliabilityBin, TieDirection

_LATE_SHARE: Final = 0.2
_LEAST_CHECKED: Final = 5
"""Activations the last part must hold before a check on it says anything."""


@dataclass(frozen=True, slots=True)
class InfluenceCheck:
    """The figures, or how many people who joined are missing for them."""

    found: InfluenceEvaluation | None
    missing: int = 0


def check_influence(past: OwnPast, progress: Progress) -> InfluenceCheck:
    """Learn from the first part of the past and measure on the last, without ties that last part shows.

    The last part is a fifth of the cascades, or, where the newest were answered by few, as many as hold a
    fifth of those who joined.

    Examples
    --------
    >>> from ambassador.services.learning.learning_data import read_own_past
    >>> check_influence(read_own_past(session, work.now()), lambda done, of, stage: None)
    InfluenceCheck(found=None, missing=5)
    """
    joined = 0
    for share in (_LATE_SHARE, _share_with_joined(past.log)):
        parts = halves(past.log, share)
        if not parts.early.nodes.size or not parts.late.nodes.size:
            break
        cut = float(parts.late.times[parts.late.offsets[0]])
        network = past.network_before(cut)
        joined = int(list_exposures(network, parts.late, share=0.0).activated.sum())
        if joined >= _LEAST_CHECKED:
            terms = LearningTerms(
                past.columns(network), until=past.until, progress=told_as_progress(progress)
            )
            fitted = learn(network, past.with_silence(parts.early, cut), terms)
            late = with_waits(parts.late, fitted.influence.delays, past.until)
            exposures = list_exposures(network, late)
            simple = past.stated_of(exposures, network)
            found = measured(fitted, parts.late, exposures, TieDirection.AS_LISTED, {}, simple)
            return InfluenceCheck(found)
    return InfluenceCheck(None, _LEAST_CHECKED - joined)


def _share_with_joined(log: CascadeLog) -> float:
    """Tell which share of the cascades, the newest, holds a fifth of those who joined one."""
    after = log.sizes[in_order_of_time(log)][::-1] - 1
    held = np.cumsum(after)
    return float(1 + np.searchsorted(held, _LATE_SHARE * after.sum())) / max(after.size, 1)


def measured(
    fitted: FittedInfluence,
    log: CascadeLog,
    exposures: Exposures,
    direction: TieDirection,
    refused: Mapping[str, int],
    simple: Mapping[str, FloatArray] | None = None,
) -> InfluenceEvaluation:
    """Measure learned influence on cascades it has not seen, beside the simple ways and some more."""
    happened, cascade = exposures.activated, exposures.cascade
    found = rate_predictions(fitted.predict(exposures), happened, cascade)
    alone = fitted.influence.answered(exposures)
    stored = rate_predictions(alone, happened, cascade)
    baselines = {**all_baselines(fitted, exposures), **(simple or {})}
    activated = int(happened.sum())
    after = log.nodes.size - int((log.sizes > 0).sum())
    return InfluenceEvaluation(
        auc=found.auc,
        log_likelihood=found.log_likelihood,
        calibration_error=found.calibration_error,
        exposed=exposures.node.size,
        baselines={
            name: PredictionScore(*score_predictions(chance, happened)) for name, chance in baselines.items()
        },
        direction=direction,
        activated=activated,
        silent=exposures.node.size - activated,
        calibration_slope=found.slope,
        top_share_error=found.top_share_error,
        top_share_error_by_cascade=found.top_group_error,
        stored=PredictionScore(stored.auc, stored.log_likelihood, stored.calibration_error),
        stored_slope=stored.slope,
        stored_auc_error=area_error(alone, happened, cascade),
        reliability=tuple(ReliabilityBin(one.predicted, one.observed, one.count) for one in found.bins),
        trained_on=int(fitted.history.cascades),
        tested_on=log.cascade_count,
        ties=fitted.around.network.tie_count,
        outside_share=1 - activated / after if after else 0.0,
        notes=refused,
        stored_top_error_by_cascade=stored.top_group_error,
    )
