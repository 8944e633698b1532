"""How well learned influence tells who joins cascades it has not seen."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.influence import FittedInfluence, all_baselines, rate_predictions
from ambassador.propagation.influence.exposures import Exposures
from ambassador.propagation.influence.reliability import Reliability
from ambassador.values.learning import InfluenceEvaluation, PredictionScore, ReliabilityBin, TieDirection

FloatArray = npt.NDArray[np.float64]


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
    stored = rate_predictions(fitted.influence.answered(exposures), happened, cascade)
    baselines = {**all_baselines(fitted, exposures), **(simple or {})}
    activated = int(happened.sum())
    after = log.nodes.size - int((log.sizes > 0).sum())
    return InfluenceEvaluation(
        auc=found.auc,
        log_likelihood=found.log_likelihood,
        calibration_error=found.calibration_error,
        exposed=exposures.node.size,
        baselines={name: _score(rate_predictions(chance, happened)) for name, chance in baselines.items()},
        direction=direction,
        activated=activated,
        silent=exposures.node.size - activated,
        calibration_slope=found.slope,
        top_share_error=found.top_share_error,
        top_share_error_by_cascade=found.top_group_error,
        stored=_score(stored),
        stored_slope=stored.slope,
        reliability=tuple(ReliabilityBin(one.predicted, one.observed, one.count) for one in found.bins),
        trained_on=int(fitted.history.cascades),
        tested_on=log.cascade_count,
        ties=fitted.around.network.tie_count,
        outside_share=1 - activated / after if after else 0.0,
        notes=refused,
    )


def _score(found: Reliability) -> PredictionScore:
    return PredictionScore(found.auc, found.log_likelihood, found.calibration_error)
