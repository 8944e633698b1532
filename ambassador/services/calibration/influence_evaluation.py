"""Would learned influence have told who joins? Learned on some files of mentions, measured on others."""

from dataclasses import replace
from math import inf
from pathlib import Path

from ambassador.errors import BadInputError
from ambassador.propagation.influence import learn, list_exposures
from ambassador.propagation.influence.direction import runs_reversed
from ambassador.propagation.influence.learning import LearningTerms
from ambassador.propagation.influence.waits import with_waits
from ambassador.services.calibration.past_arrays import Numbers, followers_of, log_of, network_of, ties_of
from ambassador.services.calibration.past_files import read_past
from ambassador.services.learning.influence_check import measured
from ambassador.services.learning.learning_data import OwnPast
from ambassador.services.learning.learning_progress import told_as_progress
from ambassador.values.imports.imports import Progress, silent
from ambassador.values.learning import InfluenceEvaluation, TieDirection


def evaluate_influence(
    ties: Path,
    train: Path,
    test: Path,
    *,
    direction: TieDirection = TieDirection.AUTO,
    progress: Progress = silent,
) -> InfluenceEvaluation:
    """Learn from ``train`` and measure on ``test``; ``auto`` takes the direction from ``train``."""
    files = read_past([train, test], ties, progress=progress)
    if not files.ties:
        raise BadInputError("{file} lists no ties that can be used", file=ties.name)
    numbers = Numbers()
    numbers.take(tie.source for tie in files.ties)
    numbers.take(tie.target for tie in files.ties)
    learned_from, measured_on = (log_of(posts, numbers) for posts in files.posts)
    if direction is TieDirection.AUTO:
        turned = runs_reversed(network_of(files.ties, numbers), learned_from.log)
        direction = TieDirection.REVERSED if turned else TieDirection.AS_LISTED
    followers = followers_of(files.posts[0], numbers)
    listed = ties_of(files.ties, numbers, turned=direction is TieDirection.REVERSED)
    until = [float(posts.at.max()) if len(posts) else inf for posts in files.posts]
    past = OwnPast.of_files(
        listed, len(numbers), learned_from.log, learned_from.platforms, followers, until[0]
    )
    network, given = past.network, past.columns(past.network)
    fitted = learn(
        network,
        past.log,
        LearningTerms(given, past.platforms, until=past.until, progress=told_as_progress(progress)),
    )
    platforms = dict(enumerate(measured_on.platforms))
    late = with_waits(measured_on.log, fitted.influence.delays, until[1], platforms)
    exposures = list_exposures(network, late)
    if not exposures.node.size:
        raise BadInputError("Nobody in {file} was exposed to anybody they listen to.", file=test.name)
    simple = past.stated_of(exposures)
    found = measured(fitted, measured_on.log, exposures, direction, dict(files.refused), simple)
    return replace(found, rejected_rows=files.rejected_rows)
