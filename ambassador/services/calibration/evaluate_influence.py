"""Would learned influence have told who joins? Learned on some files of mentions, measured on others."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.propagation.cascade_log import CascadeLog
from ambassador.propagation.direction import reversed_ties, runs_reversed
from ambassador.propagation.exposures import Exposures, list_exposures
from ambassador.propagation.influence_baselines import all_baselines
from ambassador.propagation.learning import Lesson, Terms, learn
from ambassador.propagation.reliability import Reliability, rate_predictions
from ambassador.services.calibration.past_arrays import Numbers, log_of, network_of
from ambassador.services.calibration.past_files import read_past
from ambassador.services.learning.learning_progress import told_as_progress
from ambassador.values.imports import Progress, silent
from ambassador.values.learning import InfluenceEvaluation, ReliabilityBin, Score, TieDirection

FloatArray = npt.NDArray[np.float64]


def evaluate_influence(
    ties: Path,
    train: Path,
    test: Path,
    *,
    direction: TieDirection = TieDirection.AUTO,
    progress: Progress = silent,
) -> InfluenceEvaluation:
    """Learn from ``train`` and measure on ``test``; ``auto`` takes the direction from ``train``."""
    past = read_past([train, test], ties, progress=progress)
    if not past.ties:
        raise BadInputError("{file} lists no ties that can be used", file=ties.name)
    numbers = Numbers()
    numbers.take(tie.source for tie in past.ties)
    numbers.take(tie.target for tie in past.ties)
    learned_from, measured_on = (log_of(posts, numbers) for posts in past.posts)
    network = network_of(past.ties, numbers)
    if direction is TieDirection.AUTO:
        turned = runs_reversed(network, learned_from.log)
        direction = TieDirection.REVERSED if turned else TieDirection.AS_LISTED
    if direction is TieDirection.REVERSED:
        network = reversed_ties(network)
    terms = Terms(platforms=learned_from.platforms, progress=told_as_progress(progress))
    lesson = learn(network, learned_from.log, terms)
    exposures = list_exposures(network, measured_on.log)
    if not exposures.node.size:
        raise BadInputError("Nobody in {file} was exposed to anybody they listen to.", file=test.name)
    return measured(lesson, measured_on.log, exposures, direction, past.refused)


def measured(
    lesson: Lesson,
    log: CascadeLog,
    exposures: Exposures,
    direction: TieDirection,
    refused: Mapping[str, int],
    simple: Mapping[str, FloatArray] | None = None,
) -> InfluenceEvaluation:
    """Measure a lesson on cascades it has not seen, beside the simple ways and some more of those."""
    happened, cascade = exposures.activated, exposures.cascade
    found = rate_predictions(lesson.predict(exposures), happened, cascade)
    stored = rate_predictions(lesson.influence.answered(exposures), happened, cascade)
    baselines = {**all_baselines(lesson, exposures), **(simple or {})}
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
        trained_on=int(lesson.history.cascades),
        tested_on=log.cascade_count,
        ties=lesson.around.network.tie_count,
        outside_share=1 - activated / after if after else 0.0,
        notes=refused,
    )


def _score(found: Reliability) -> Score:
    return Score(found.auc, found.log_likelihood, found.calibration_error)
