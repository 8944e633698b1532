"""The steps of fitting: the common law, how far to trust it, the answer to sets, frailty, outside, delays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.influence.calibration_model import CandidateOutcomes
from ambassador.propagation.influence.exposures import Exposures, exposing_counts
from ambassador.propagation.influence.hazard_fit import HazardLaw, Observed, fit_hazards
from ambassador.propagation.influence.learned import DelayLaw, Frailty, Outside, fit_delays
from ambassador.propagation.influence.tie_features import (
    Columns,
    Surroundings,
    person_columns,
    set_columns,
    tie_columns,
)
from ambassador.propagation.influence.tie_history import TieHistory
from ambassador.propagation.influence.tie_posterior import as_hazard, posterior_mean, strengths_for
from ambassador.propagation.influence.training_table import TrainingBlock, stacked, stacked_offsets
from ambassador.propagation.influence.waits import seen_delays, time_left
from ambassador.propagation.kernels.hazards import hazard_slopes
from ambassador.propagation.network import InfluenceNetwork

# Of the blocks, kept at the end to choose by: forecasts too are about what comes last.
_LATE_SHARE = 0.2
_OWN = ("activity", "alone", "moved", "exposed", "started", "listens_to", "heard_by")


@dataclass(frozen=True, eq=False)
class HeldOut:
    """What each block's candidates look like to a law and to records that never saw the block.

    ``prior`` is the chance by tie, ``own`` the hazard that had its time before the log's end.
    """

    exposures: tuple[Exposures, ...]
    prior: tuple[FloatArray, ...]
    own: tuple[FloatArray, ...]

    def last(self, count: int) -> "HeldOut":
        """Keep the last blocks alone."""
        return HeldOut(self.exposures[-count:], self.prior[-count:], self.own[-count:])


def fit_law(blocks: Sequence[TrainingBlock]) -> HazardLaw:
    """Fit the common law on the exposed and the unexposed of all blocks."""
    people = stacked([stacked([b.people for b in blocks]), stacked([b.other_people for b in blocks])])
    alone = sum(block.other_joined.size for block in blocks)
    observed = Observed(
        stacked_offsets(blocks, alone),
        np.concatenate([*(b.exposures.activated for b in blocks), *(b.other_joined for b in blocks)]),
        np.concatenate([*(b.exposures.weight for b in blocks), *(b.other_weight for b in blocks)]),
        *_waited(blocks),
    )
    return fit_hazards(stacked([block.ties for block in blocks]), people, observed)


def _waited(blocks: Sequence[TrainingBlock]) -> tuple[FloatArray | None, FloatArray | None]:
    """Which part of the hazards of exposing ties, and of the own ones, had its time; None where all had."""
    found = [block.exposures for block in blocks]
    if all(one.waited is None for one in found):
        return None, None
    exposed = (one.own_by_the_end(np.ones(one.node.size)) for one in found)
    others = (np.ones(b.other_joined.size) if b.other_waited is None else b.other_waited for b in blocks)
    return (
        np.concatenate([one.by_the_end(np.ones(one.ties.size)) for one in found]),
        np.concatenate([*exposed, *others]),
    )


def hold_out(blocks: Sequence[TrainingBlock], law: HazardLaw) -> HeldOut:
    """Apply the law to what was known outside each block."""
    return HeldOut(
        tuple(block.exposures for block in blocks),
        tuple(-np.expm1(-law.of_ties(block.ties)) for block in blocks),
        tuple(block.exposures.own_by_the_end(law.of_people(block.people)) for block in blocks),
    )


def choose_strength(held: HeldOut, successes: Sequence[FloatArray], trials: Sequence[FloatArray]) -> float:
    """Trials the law is worth that make what happened to the candidates most likely."""
    offsets = _offsets(held.exposures)
    activated = np.concatenate([one.activated for one in held.exposures])
    weight = np.concatenate([one.weight for one in held.exposures])
    scores = []
    tried = strengths_for(np.concatenate(held.prior))
    for strength in tried:
        hazard = np.concatenate(hazards_by_record(held, strength, successes, trials))
        scores.append(hazard_slopes(offsets, hazard, np.concatenate(held.own), activated, weight))
    return tried[int(np.argmax(scores))]


def record_score(
    held: HeldOut,
    blocks: Sequence[TrainingBlock],
    strength: FloatArray,
    successes: FloatArray,
    trials: FloatArray,
) -> float:
    """Log-likelihood of blocks that records by tie did not see."""
    ties = [block.exposures.ties for block in blocks]
    hazards = [
        seen.by_the_end(
            as_hazard(
                posterior_mean(prior, strength[one], successes[one], np.maximum(trials, successes)[one])
            )
        )
        for seen, prior, one in zip(held.exposures, held.prior, ties, strict=True)
    ]
    return hazard_slopes(
        _offsets(held.exposures),
        np.concatenate(hazards),
        np.concatenate(held.own),
        np.concatenate([one.activated for one in held.exposures]),
        np.concatenate([one.weight for one in held.exposures]),
    )


def hazards_by_record(
    held: HeldOut,
    strength: float,
    successes: Sequence[FloatArray],
    trials: Sequence[FloatArray],
) -> tuple[FloatArray, ...]:
    """Hazard of each candidate's ties by the law and by a record that did not see the candidate."""
    return tuple(
        seen.by_the_end(as_hazard(posterior_mean(prior, strength, won, np.maximum(tried, won))))
        for seen, prior, won, tried in zip(held.exposures, held.prior, successes, trials, strict=True)
    )


def with_hazards(exposures: Exposures, hazard: FloatArray, own: FloatArray, sets: Columns) -> Columns:
    """Add the hazards to what is known of whole sets."""
    summed, least = exposures.summed(hazard), 1e-12
    return {
        **sets,
        "hazard": np.log(summed + own + least),
        "tie_hazard": np.log(summed + least),
        "most_hazard": np.log(exposures.largest(hazard) + least),
        "own_hazard": np.log(own + least),
    }


def answers_of(exposures: Exposures, hazard: FloatArray, own: FloatArray, sets: Columns) -> CandidateOutcomes:
    """Describe candidates by their hazards and what is known of their set."""
    chance = np.asarray(-np.expm1(-(exposures.summed(hazard) + own)))
    return CandidateOutcomes(
        chance, with_hazards(exposures, hazard, own, sets), exposures.activated, exposures.weight
    )


def answers_elsewhere(
    blocks: Sequence[TrainingBlock], held: HeldOut, strength: float
) -> list[CandidateOutcomes]:
    """Describe the candidates of every block by the other blocks."""
    shared, tried = [block.credit for block in blocks], [block.trials for block in blocks]
    hazards = hazards_by_record(held, strength, shared, tried)
    return [
        answers_of(block.exposures, hazard, own, block.sets)
        for block, hazard, own in zip(blocks, hazards, held.own, strict=True)
    ]


def answers_ahead(
    around: Surroundings, early: TieHistory, law: HazardLaw, blocks: Sequence[TrainingBlock], strength: float
) -> CandidateOutcomes:
    """Describe the candidates of the last blocks by the earlier ones alone."""
    return CandidateOutcomes.joined(
        [describe(around, early, law, block.exposures, strength) for block in blocks]
    )


def describe(
    around: Surroundings, history: TieHistory, law: HazardLaw, exposures: Exposures, strength: float
) -> CandidateOutcomes:
    """Describe candidates by a law and a history they are not part of."""
    ties = exposures.ties
    prior = -np.expm1(-law.of_ties(tie_columns(around, history, ties)))
    credit = history.credit[ties]
    mean = posterior_mean(prior, strength, credit, np.maximum(history.trials[ties], credit))
    hazard = exposures.by_the_end(as_hazard(mean))
    own = exposures.own_by_the_end(law.of_people(person_columns(around, history, exposures.node)))
    return answers_of(exposures, hazard, own, set_columns(around, history, exposures))


def late_blocks(blocks: Sequence[TrainingBlock]) -> int:
    """How many blocks at the end of the past are kept to choose by."""
    return max(1, round(len(blocks) * _LATE_SHARE))


def frailty_of(exposures: Sequence[Exposures], predicted: Sequence[FloatArray]) -> Frailty:
    """Measure how much more cascades differ in size than chance alone would have them.

    The variance of a cascade's multiplier, by moments: (observed - expected)^2 less what coins and sampling
    explain, over expected^2.
    """
    excess, scale = 0.0, 0.0
    for one, chance in zip(exposures, predicted, strict=True):
        if not one.node.size:
            continue
        whole = int(one.cascade.max()) + 1
        happened = np.bincount(one.cascade, one.activated, whole)
        expected = np.bincount(one.cascade, one.weight * chance, whole)
        noise = np.bincount(
            one.cascade, one.weight * chance * (1 - chance) + one.weight * (one.weight - 1) * chance**2, whole
        )
        excess += float(((happened - expected) ** 2 - noise).sum())
        scale += float((expected**2).sum())
    return Frailty(float(np.sqrt(np.log1p(max(excess, 0.0) / scale)))) if scale > 0 else Frailty(0.0)


def outside_of(network: InfluenceNetwork, log: CascadeLog, silent: float, own: FloatArray) -> Outside:
    """Count the activations nobody active explains, over all who were exposed to nobody."""
    exposing = exposing_counts(network, log)
    later = np.ones(log.nodes.size, np.bool_)
    later[log.offsets[:-1][log.sizes > 0]] = False
    alone, after = int((later & (exposing == 0)).sum()), int(later.sum())
    cascades = int((log.sizes > 0).sum())
    reached_by_nobody = cascades * network.node_count - log.nodes.size - silent + alone
    return Outside(
        alone / reached_by_nobody if reached_by_nobody > 0 else 0.0,
        alone / after if after else 0.0,
        alone / cascades if cascades else 0.0,
        -np.expm1(-own),
    )


def delays_of(
    blocks: Sequence[TrainingBlock],
    log: CascadeLog,
    parents: Int64Array | None,
    hazard: FloatArray,
    platforms: Mapping[int, str],
    until: float = np.inf,
) -> Mapping[str, DelayLaw]:
    """Fit delays: between posts and what they answer where that was seen, else to whoever exposed them."""
    seen = seen_delays(log, parents, platforms, until)
    if seen is not None:
        return seen
    found = [_block_delays(block) for block in blocks]
    if not found or not sum(one[0].size for one in found):
        return fit_delays(np.empty(0), np.empty(0, np.int64), np.empty(0))
    delay = np.concatenate([one[0] for one in found])
    group = np.concatenate([one[1] + place * 2**32 for place, one in enumerate(found)])
    ties = np.concatenate([one[2] for one in found])
    names = [""] * delay.size if not platforms else _names(blocks, found, platforms)
    exposed = np.concatenate([one[3] for one in found])
    group = np.unique(group, return_inverse=True)[1]
    return fit_delays(delay, group, hazard[ties], names, time_left(exposed, until))


def _block_delays(block: TrainingBlock) -> tuple[FloatArray, Int64Array, Int64Array, FloatArray]:
    """Delays of one block's activations after each who exposed them, whose they are, the ties, since when."""
    exposures, log = block.exposures, block.listed
    pairs = np.flatnonzero(exposures.activated[exposures.candidates])
    who = exposures.candidates[pairs]
    child = log.entries_of(exposures.cascade[who], exposures.node[who])
    exposed = log.times[exposures.entries[pairs]]
    return log.times[child] - exposed, who, exposures.ties[pairs], exposed


def _names(
    blocks: Sequence[TrainingBlock],
    found: Sequence[tuple[FloatArray, Int64Array, Int64Array, FloatArray]],
    platforms: Mapping[int, str],
) -> list[str]:
    names: list[str] = []
    for block, (_, who, _ties, _exposed) in zip(blocks, found, strict=True):
        names += [platforms.get(int(block.numbers[one]), "") for one in block.exposures.cascade[who]]
    return names


def _offsets(exposures: Sequence[Exposures]) -> Int64Array:
    counts = [one.counts for one in exposures]
    offsets = np.zeros(sum(count.size for count in counts) + 1, np.int64)
    np.cumsum(np.concatenate(counts), out=offsets[1:])
    return offsets
