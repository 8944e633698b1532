"""Would learned influence have told who joins? Learned on some files of mentions, measured on others."""

from pathlib import Path

from ambassador.errors import BadInputError
from ambassador.propagation.cascade_log import CascadeLog
from ambassador.propagation.exposures import Exposures, list_exposures
from ambassador.propagation.learning import learn_influence
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.reliability import Reliability, rate_predictions
from ambassador.services.past_files import read_past
from ambassador.values.imports import Progress, silent
from ambassador.values.learning import InfluenceEvaluation, ReliabilityBin, Score, TieDirection


def evaluate_influence(
    ties: Path,
    train: Path,
    test: Path,
    *,
    direction: TieDirection = TieDirection.AUTO,
    progress: Progress = silent,
) -> InfluenceEvaluation:
    """Learn from ``train`` and measure on ``test``; ``auto`` takes the direction from ``train``."""
    past = read_past(ties, [train, test], progress=progress)
    learned_from, measured_on = past.logs
    network = past.network
    if direction is not TieDirection.AS_LISTED:
        network = reversed_ties(network)
        direction = TieDirection.REVERSED
    learned = learn_influence(network, learned_from.log)
    exposures = list_exposures(network, measured_on.log)
    if not exposures.node.size:
        raise BadInputError("Nobody in {file} was exposed to anybody they listen to.", file=test.name)
    found = rate_predictions(exposures.any_of(learned.network.probability), exposures.activated)
    return _told(found, exposures, network, direction, learned_from.log, measured_on.log)


def reversed_ties(network: InfluenceNetwork) -> InfluenceNetwork:
    """Turn every tie round."""
    return InfluenceNetwork.from_arrays(
        network.out_targets, network.out_sources, 1.0, network.node_count, labels=network.labels
    )


def _told(
    found: Reliability,
    exposures: Exposures,
    network: InfluenceNetwork,
    direction: TieDirection,
    train: CascadeLog,
    test: CascadeLog,
) -> InfluenceEvaluation:
    activated = int(exposures.activated.sum())
    after = test.nodes.size - int((test.sizes > 0).sum())
    baselines: dict[str, Score] = {}
    return InfluenceEvaluation(
        found.auc,
        found.log_likelihood,
        found.calibration_error,
        exposures.node.size,
        baselines,
        direction,
        activated,
        exposures.node.size - activated,
        found.slope,
        found.top_share_error,
        tuple(ReliabilityBin(one.predicted, one.observed, one.count) for one in found.bins),
        train.cascade_count,
        test.cascade_count,
        network.tie_count,
        1 - activated / after if after else 0.0,
    )
