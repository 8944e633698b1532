"""The search behind a pick: sets are doubled until the certificate is reached or a limit stops it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int32Array
from ambassador.propagation.pick.certificate import best_coverage, coverage_for, lower_bound, upper_bound
from ambassador.propagation.pick.cover import CandidateNodes, Choice, choose
from ambassador.propagation.pick.problem import SeedProblem, rules_of
from ambassador.propagation.pick.sampling import LocalExecutor, SamplingModel, grow_all
from ambassador.propagation.simulate.marginals import Marginals, counted_marginals

Stopped = Literal["certificate", "time", "memory", "rounds", "no longer improves", "nothing to gain"]

# Sets of each kind in the pilot, which ends the search if it can and else says how many sets to draw.
PILOT_SETS = 1024
# Choosing sets for each validating set where a certificate above DEMANDING is wanted, else as many;
# more of them make the pick itself better, not just its proof.
CHOOSING_SHARE = 4
# Below it the pilot often suffices, and more choosing sets would be drawn for nothing.
DEMANDING = 0.8
# 2^24 times the first sets: memory ends every search before.
ROUNDS = 24
# A limit can end a round at so many sizes, each of which has its share of the round's delta.
STOPS = 32
# Members of sets drawn between two looks at the limits, roughly: a stop is seen soon.
HELPING = 4_000_000
# A quarter more sets than the pilot's estimate: one round too many costs twice as much.
MARGIN = 1.25
# The pilot's estimate is too rough to draw more than so many times its sets at once.
MOST_GROWTH = 64
# Four times the sets halve the sampling error: two doublings.
STALL_ROUNDS = 2
# After so many rounds in which no set had anybody in it, all are reached already, or nobody posts.
EMPTY_ROUNDS = 2
# 2 GB: what a laptop of 8 GB can spare.
DEFAULT_BYTES = 2 * 2**30
# A member of a set takes 4 bytes there and at most 4 in the index; a set one offset.
BYTES_PER_ENTRY, BYTES_PER_SET = 8, 8


@dataclass(frozen=True)
class Round:
    """The state after one doubling."""

    nodes: Int32Array
    reserve: Int32Array
    reserve_spread: FloatArray
    lower: float
    upper: float
    rr_sets: int
    entries: int

    @classmethod
    def empty(cls) -> "Round":
        """Nobody, with nothing to gain."""
        nobody = np.empty(0, np.int32)
        return cls(nobody, nobody, np.empty(0), 0.0, 0.0, 0, 0)

    @property
    def certificate(self) -> float:
        """Lower over upper bound."""
        return min(1.0, self.lower / self.upper) if self.upper > 0 else 1.0


class Search:
    """Doubling of choosing and validating sets (OPIM-C: Tang, Tang, Xiao, Yuan 2018, algorithm 2)."""

    def __init__(self, problem: SeedProblem, choosing_key: int, validating_key: int) -> None:
        self._problem = problem
        sampling = SamplingModel(problem.network, problem.diffusion, rules_of(problem))
        executor = problem.executor or LocalExecutor(problem.threads)
        self._choosing, self._validating = executor.samplers(sampling, (choosing_key, validating_key))
        self._delta = 0.0
        self._hopeless = True
        self._hope = 0.0
        self._reached: list[float] = []

    def run(self) -> tuple[Round, Stopped]:
        """Try a pilot, then fresh sets as many as it says, doubled until the certificate or a limit.

        Round number i (0, 1, ...) may be wrong with chance delta / ((i + 1) (i + 2)), which sum to
        delta. The pilot's sets are forgotten: were they kept, their luck would both choose and fill
        the next sizes, and the number of sets would depend on what is in them.
        """
        problem, sizes = self._problem, (PILOT_SETS, PILOT_SETS)
        final = Round.empty()
        for number in range(ROUNDS):
            stopped = self._sample(*sizes)
            self._delta = problem.limits.delta / ((number + 1) * (number + 2)) / 2
            self._delta /= STOPS if stopped is not None else 1
            final = self._round()
            problem.report("choosing", 1.0, final.certificate, final.rr_sets)
            if final.certificate >= problem.wanted:
                return final, "certificate"
            if stopped is not None:
                return final, stopped
            if final.entries == 0 and number >= EMPTY_ROUNDS:
                return final, "nothing to gain"
            if number == 0:
                sizes = self._judged_by_pilot()
                self._choosing.start_afresh()
                self._validating.start_afresh()
            elif self._stalls(final.certificate):
                return final, "no longer improves"
            else:
                sizes = sizes[0] * 2, sizes[1] * 2
        return final, "rounds"

    def _judged_by_pilot(self) -> tuple[int, int]:
        """Choose how many sets of either sort to draw: the odds of the certificate grow about as they do."""
        hope, wanted = max(self._hope, 1e-9), min(self._problem.wanted, 1.0 - 1e-9)
        growth = MARGIN * wanted / (1 - wanted) * (1 - min(hope, 1.0 - 1e-9)) / hope
        validating = int(PILOT_SETS * min(max(growth, 1.0), MOST_GROWTH))
        return validating * (CHOOSING_SHARE if wanted > DEMANDING else 1), validating

    def _stalls(self, certificate: float) -> bool:
        """Whether more sets cannot reach the wanted certificate: what is left is the bound's own gap.

        Four times the sets halve the sampling error, so what two doublings gained is what all further
        ones together can gain. Only rounds that asked the dual are compared.
        """
        if self._hopeless:
            return False
        self._reached.append(certificate)
        if len(self._reached) <= STALL_ROUNDS:
            return False
        gained = max(0.0, certificate - self._reached[-1 - STALL_ROUNDS])
        return certificate + gained < self._problem.wanted

    def _sample(self, choosing: int, validating: int) -> Literal["time", "memory"] | None:
        """Grow both collections side by side; say which limit stopped it, at one of ``STOPS`` sizes."""
        problem, samplers, targets = self._problem, (self._choosing, self._validating), (choosing, validating)
        starts = [sampler.sets.size for sampler in samplers]
        done = 0
        while done < STOPS:
            missing = [target - start for start, target in zip(starts, targets, strict=True)]
            rest = sum(s.expected(more) for s, more in zip(samplers, missing, strict=True))
            done = min(STOPS, done + max(1, STOPS * HELPING // max(1, rest)))
            grow_all(
                samplers,
                [start + more * done // STOPS for start, more in zip(starts, missing, strict=True)],
            )
            entries = sum(sampler.sets.entries for sampler in samplers)
            sets = sum(sampler.sets.size for sampler in samplers)
            if entries * BYTES_PER_ENTRY + sets * BYTES_PER_SET > (problem.limits.bytes or DEFAULT_BYTES):
                return "memory"
            if not problem.in_time():
                return "time"
            problem.report("sampling", done / STOPS, None, sets)
        return None

    def _round(self) -> Round:
        problem, choosing, validating = self._problem, self._choosing.sets, self._validating.sets
        candidates, choice = choose(choosing, problem.demands, problem.reserve)
        nodes = candidates.nodes[choice.picked].astype(np.int32)
        hit = validating.hit(nodes, problem.network.node_count)
        lower = max(lower_bound(hit, validating.size, problem.total, self._delta), self._sure_gain(nodes))
        upper = self._upper(candidates, choice, lower)
        reserve = candidates.nodes[choice.reserve].astype(np.int32)
        reserve_spread = np.array(choice.reserve_gains, np.float64) * problem.total / choosing.size
        return Round(
            nodes,
            reserve,
            reserve_spread,
            lower,
            upper,
            choosing.size + validating.size,
            choosing.entries + validating.entries,
        )

    def counted(self, final: Round) -> Marginals:
        """Read the gains off the validating sets, where simulating would cost more than the pick."""
        sets = self._validating.sets
        hits = sets.hits(final.nodes, self._problem.network.node_count)
        return counted_marginals(hits, sets.size, self._problem.total)

    def prefixes(self, counts: Sequence[int]) -> list[tuple[float, float, float]]:
        """Spread with bounds (spread, lower, upper) of the first so many picks, all of which hold together.

        The spread is read off the validating sets.
        """
        problem, choosing, validating = self._problem, self._choosing.sets, self._validating.sets
        delta = self._delta / max(1, len(counts))
        candidates, choice = choose(choosing, problem.demands, 0)
        nodes = candidates.nodes[choice.picked]
        hits = validating.hits(nodes.astype(np.int32), problem.network.node_count)
        found = []
        for count in counts:
            hit = int(hits[:count].sum())
            prefix = Choice(choice.picked[:count], choice.gains[:count], [], [])
            best = best_coverage(candidates, problem.demands.of(count), prefix, 0.0, problem.in_time)
            found.append(
                (
                    hit * problem.total / validating.size,
                    lower_bound(hit, validating.size, problem.total, delta),
                    upper_bound(best, choosing.size, problem.total, delta),
                )
            )
        return found

    def _sure_gain(self, nodes: Int32Array) -> float:
        """What the pick adds at least: itself, where nobody could have reached it before."""
        problem = self._problem
        if problem.demands.already.size or problem.posting.size:
            return 0.0
        itself = float(problem.value[nodes].sum()) if problem.value.size else float(nodes.size)
        return itself + (float(problem.own[nodes].sum()) if problem.own.size else 0.0)

    def _upper(self, candidates: CandidateNodes, choice: Choice, lower: float) -> float:
        """Bound the best pick; the dual is asked only where it could reach the certificate."""
        problem, sets = self._problem, self._choosing.sets.size
        bound = partial(upper_bound, sets=sets, total=problem.total, delta=self._delta)
        goal = lower / problem.wanted if problem.wanted else math.inf
        least = bound(choice.covered)
        self._hope = lower / least if least else 1.0
        self._hopeless = least > goal
        if self._hopeless and problem.in_time():
            enough = math.inf
        else:
            enough = coverage_for(goal, sets, problem.total, self._delta)
        return bound(best_coverage(candidates, problem.demands, choice, enough, problem.in_time))
