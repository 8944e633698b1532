"""Learn from past cascades how probable it is that one person makes another talk.

Three steps, each resting on the one before:

1. a common law: the hazard of a tie by how contagious its source is, how easily its target is moved, how
   active both are, reciprocity, degrees and whatever columns are given (kind, platform, tier), and a
   person's own hazard without anybody (``hazard_fit``);
2. each tie's own record moves it from there (``tie_posterior``): the network forecasts run on;
3. how people answer to a whole set (``calibration_model``): used where the set is known, as in
   ``FittedInfluence.predict``.

What is known of a candidate never holds the candidate's own block of cascades (``training_table``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import expit

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.influence.calibration_model import (
    CalibrationModel,
    CandidateOutcomes,
    fit_calibration_model,
    fit_pooled,
)
from ambassador.propagation.influence.exposures import Exposures
from ambassador.propagation.influence.fitting import (
    HeldOut,
    answers_ahead,
    answers_elsewhere,
    choose_strength,
    delays_of,
    describe,
    fit_law,
    frailty_of,
    hold_out,
    late_blocks,
    outside_of,
    record_score,
)
from ambassador.propagation.influence.hazard_fit import HazardLaw
from ambassador.propagation.influence.learned import LearnedInfluence
from ambassador.propagation.influence.tie_features import Surroundings, person_columns, tie_columns
from ambassador.propagation.influence.tie_history import TieHistory, in_order_of_time, taken
from ambassador.propagation.influence.tie_posterior import (
    SPREADS,
    Mixture,
    as_hazard,
    settle,
    strength_at,
    weights_of,
    worth_of,
)
from ambassador.propagation.influence.training_table import (
    SilentSampling,
    TrainingBlock,
    cut_blocks,
    make_block,
)
from ambassador.propagation.influence.waits import asked, first_delays, with_waits
from ambassador.propagation.network import InfluenceNetwork, Progress
from ambassador.propagation.network.chunks import OnProgress

# Of settling while spreads are compared, which each start from the last one, and for those that are kept.
_TRIED_ROUNDS, _ROUNDS = 3, 30
# Posterior weight below which a spread is left out: it would cost a settling and move nothing.
_NEGLIGIBLE = 0.02
# Exposed people described at once: some hundred figures of each, 80 MB.
_AT_ONCE = 100_000


@dataclass(frozen=True, eq=False)
class FittedInfluence:
    """What was learned, and how to predict with it.

    Attributes
    ----------
    influence : LearnedInfluence
        The network with its posterior, the outside, delays: what forecasts use.
    spread : float
        How far ties were found to differ from the common law, standard deviation over mean.
    """

    influence: LearnedInfluence
    spread: float
    around: Surroundings
    history: TieHistory
    law: HazardLaw
    calibration_model: CalibrationModel
    record_strength: float
    """Trials the law is worth against a tie's record where credit is shared alike (calibration model)."""
    pooled: CalibrationModel
    """A plain logistic regression on the same past, to compare with."""

    def predict(self, exposures: Exposures) -> FloatArray:
        """Probability that each exposed person follows."""
        return self._in_parts(exposures, self.calibration_model.answered)

    def predict_pooled(self, exposures: Exposures) -> FloatArray:
        """Probability that each exposed person follows, by the plain logistic regression."""
        return self._in_parts(
            exposures, lambda told: expit(self.pooled.odds(np.zeros(told.chance.size), told.columns))
        )

    def _in_parts(self, exposures: Exposures, say: Callable[[CandidateOutcomes], FloatArray]) -> FloatArray:
        """Describe exposed people by what is known beforehand, so many at a time; say something of each."""
        count, found = exposures.node.size, np.empty(exposures.node.size)
        for first in range(0, count, _AT_ONCE):
            part = exposures.part(first, min(first + _AT_ONCE, count))
            told = describe(self.around, self.history, self.law, part, self.record_strength)
            found[first : first + _AT_ONCE] = say(told)
        return found


@dataclass(frozen=True, eq=False)
class LearningTerms:
    """What is known beside ties and cascades, and how to go about learning.

    Attributes
    ----------
    given : mapping of name to float array, shape (tie_count,)
        Figures by tie number that may matter: its kind as 0 or 1, the log of the source's followers.
    platforms : sequence of text, shape (cascades,)
        Where each cascade ran: delays are fitted by platform; empty where nobody knows.
    parents : int64 array, shape (entries,), optional
        The entry each post answers where that was seen, else -1; delays are then taken from these.
    until : float
        Moment up to which the log holds posts: silence after a post counts for the part of its answers that
        would have come by then. Later posts, and all where it is infinite, had their time.
    rng : numpy.random.Generator
        Draws the silent and the unexposed a law is fitted on, where there are more than needed.
    progress : callable, optional
        Told of the stages 'counting', 'fitting', 'settling'.
    """

    given: Mapping[str, FloatArray] = field(default_factory=dict)
    platforms: Sequence[str] = ()
    parents: Int64Array | None = None
    until: float = np.inf
    rng: np.random.Generator = field(default_factory=lambda: np.random.default_rng(0))
    progress: OnProgress | None = None


def learn_influence(
    network: InfluenceNetwork, log: CascadeLog, terms: LearningTerms | None = None
) -> LearnedInfluence:
    """Learn the probability of every tie; see ``learn``.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 0], [1, 2], 1.0)
    >>> log = CascadeLog.from_entries([0, 0, 1], [0, 1, 0], [0.0, 60.0, 0.0])
    >>> learned = learn_influence(network, log)
    >>> bool(learned.network.probability[0] > learned.network.probability[1])
    True
    """
    return learn(network, log, terms).influence


def learn(network: InfluenceNetwork, log: CascadeLog, terms: LearningTerms | None = None) -> FittedInfluence:
    """Learn the probability of every tie, and how people answer to several at once.

    Parameters
    ----------
    network : InfluenceNetwork
        The ties; their present probabilities are not used.
    log : CascadeLog
        Past cascades; nodes are numbered as in the network.
    terms : LearningTerms, optional
    """
    return _Work(network, log, terms or LearningTerms()).fitted()


class _Work:
    """One fit under way."""

    def __init__(self, network: InfluenceNetwork, log: CascadeLog, terms: LearningTerms) -> None:
        self.network, self.terms = network, terms
        named = dict(enumerate(terms.platforms))
        if np.isfinite(terms.until):
            log = with_waits(
                log, first_delays(network, log, terms.parents, named, terms.until), terms.until, named
            )
        self.log = log
        order = in_order_of_time(log)
        self.whole = TieHistory.of(network, taken(log, order))
        self.around = Surroundings.of(network, self.whole, terms.given)
        self.blocks = self._cut(order, terms.rng)
        before = self.blocks[: -late_blocks(self.blocks)] if self.blocks else []
        numbers = [number for block in before for number in block.cascades.tolist()]
        self.early_log = taken(log, np.array(numbers, np.int64))
        self.early = TieHistory.of(network, self.early_log)

    def _cut(self, order: Int64Array, rng: np.random.Generator) -> list[TrainingBlock]:
        sampling = SilentSampling.for_log(self.network, self.log, self.whole)
        parts = cut_blocks(order)
        blocks = []
        for place, part in enumerate(parts):
            self._tell("counting", place / len(parts))
            blocks.append(make_block(self.around, self.whole, self.log, part, sampling, rng))
        return blocks

    def _tell(self, stage: str, done: float) -> None:
        if self.terms.progress is not None:
            self.terms.progress(Progress(stage, done))

    def fitted(self) -> FittedInfluence:
        """Take the three steps."""
        self._tell("fitting", 0.0)
        law = fit_law(self.blocks)
        everybody = np.arange(self.network.node_count, dtype=np.int32)
        own = law.of_people(person_columns(self.around, self.whole, everybody))
        ties = np.arange(self.network.tie_count)
        known = tie_columns(self.around, self.whole, ties)
        prior, doubt = -np.expm1(-law.of_ties(known)), law.doubt_of_ties(known)
        held = hold_out(self.blocks, law)
        self._tell("settling", 0.0)
        settled = self._settled(prior, doubt, own, held)
        self._tell("settling", 0.7)
        worth, calibration_model, pooled, predicted = self._calibration_model(law, held)
        mean = settled.alpha / (settled.alpha + settled.beta)
        named = dict(enumerate(self.terms.platforms))
        influence = LearnedInfluence(
            self.network.with_probability(mean),
            settled.alpha,
            settled.beta,
            outside_of(self.network, self.log, float(self.whole.exposed.sum()), own),
            frailty_of(held.exposures, predicted),
            delays_of(self.blocks, self.log, self.terms.parents, as_hazard(mean), named, self.terms.until),
        )
        self._tell("settling", 1.0)
        return FittedInfluence(
            influence, settled.spread, self.around, self.whole, law, calibration_model, worth, pooled
        )

    def _calibration_model(
        self, law: HazardLaw, held: HeldOut
    ) -> tuple[float, CalibrationModel, CalibrationModel, list[FloatArray]]:
        """Fit how sets are answered; give what a record is worth for it, and what it says of each block."""
        blocks, count = self.blocks, late_blocks(self.blocks)
        worth = choose_strength(held, [block.credit for block in blocks], [block.trials for block in blocks])
        answers = answers_elsewhere(blocks, held, worth)
        if len(blocks) == count:
            return worth, CalibrationModel(), CalibrationModel(), [one.chance for one in answers]
        ahead = answers_ahead(self.around, self.early, law, blocks[-count:], worth)
        early, late = CandidateOutcomes.joined(answers[:-count]), CandidateOutcomes.joined(answers[-count:])
        calibration_model = fit_calibration_model(early, late, ahead)
        pooled = fit_pooled(CandidateOutcomes.joined([early, late]))
        return worth, calibration_model, pooled, [calibration_model.answered(one) for one in answers]

    def _settled(self, prior: FloatArray, doubt: FloatArray, own: FloatArray, held: HeldOut) -> "_Settled":
        """Weigh how far ties differ from the law by the last blocks, then settle every tie from all."""
        count, network = late_blocks(self.blocks), self.network
        late, trials, mean, scores = (
            self.blocks[-count:],
            asked(network, self.early_log, self.early),
            prior,
            [],
        )
        tried = [strength_at(prior, spread, doubt) for spread in SPREADS]
        for place, strength in enumerate(tried[::-1]):
            self._tell("settling", 0.4 * place / len(tried))
            mean, credit = settle(network, self.early_log, prior, strength, own, trials, mean, _TRIED_ROUNDS)
            scores.append(record_score(held.last(count), late, strength, credit.successes, trials))
        weights = weights_of(np.array(scores[::-1]))
        mixture, best = Mixture(network.tie_count), int(np.argmax(weights))
        trials = asked(network, self.log, self.whole)
        mean, kept = prior, weights * (weights >= _NEGLIGIBLE)
        for place in np.flatnonzero(kept)[::-1].tolist():
            self._tell("settling", 0.4 + 0.3 * (1 - place / len(tried)))
            mean, credit = settle(network, self.log, prior, tried[place], own, trials, mean, _ROUNDS)
            mixture.add(kept[place] / kept.sum(), mean, worth_of(mean, tried[place], trials, credit))
        return _Settled(SPREADS[best], *mixture.beta())


@dataclass(frozen=True, eq=False)
class _Settled:
    spread: float
    alpha: FloatArray
    beta: FloatArray
