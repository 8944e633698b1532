"""Solve a pick where ties are known: reverse-reachable sets with a certificate, then fresh coins."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.network.overlap import direct_overlap
from ambassador.propagation.pick.sampling import Executor
from ambassador.propagation.pick.selection import Limits, Scenario, SeedSet, pick_seeds
from ambassador.propagation.simulate.curve import gains_in_turn
from ambassador.propagation.simulate.marginals import Picked, marginals_of
from ambassador.propagation.simulate.spread import thresholds_of
from ambassador.services.networks.network import LoadedNetwork
from ambassador.services.picks.biggest_first import biggest_accounts
from ambassador.services.picks.cluster import executor_at_hand
from ambassador.services.picks.pick_demands import (
    complaining,
    demands_of,
    minding_of,
    outside,
    own_of,
    talking,
    value_of,
    worth_of,
)
from ambassador.services.picks.pick_problem import PickProblem
from ambassador.services.picks.pick_solution import (
    DRAWS,
    GainFound,
    MindedFound,
    PairFound,
    PickedNode,
    PickSolution,
    posting_of,
    range_of,
    told,
)
from ambassador.values.imports.imports import Progress, silent

PICK_LIMITS = Limits(seconds=120.0)
_RIVALS = 30
_PAIRS = 8
_SHARED = 0.05
"""Jaccard overlap from which a pair is worth telling."""
_CURVE_RUNS = 2_000
_WORK = 50_000_000
"""Ties and nodes the simulation of the curve may touch, roughly, where there is a deadline."""
_WORTH_MORE, _A_LITTLE_MORE = 0.9, 0.95
"""Near the best a little more certainty costs little: from 0.9 on 0.95 is tried."""


def solve_on_network(
    loaded: LoadedNetwork, problem: PickProblem, progress: Progress = silent
) -> PickSolution:
    """Pick the people from whom word travels farthest, and say how much better that is and how sure.

    Examples
    --------
    >>> from ambassador.values.picks.picks import Objective
    >>> from ambassador.propagation.network import InfluenceNetwork
    >>> star = InfluenceNetwork.from_arrays([0, 0, 1], [2, 3, 3], 1.0, 4, labels=[2, 4, 6, 8])
    >>> loaded = LoadedNetwork(star, "constant:1", ())
    >>> solution = solve_on_network(loaded, PickProblem(1, Objective.TALKERS, None, 7, runs=2))
    >>> [one.key for one in solution.picks], solution.spread.mean
    ([2], 3.0)
    """
    solver = _Solver(loaded, problem, progress)
    return solver.solve()


class _Drawn(NamedTuple):
    """Draws of who posts, a column a person."""

    everybody: list[int]
    postings: FloatArray

    def of(self, keys: Sequence[int]) -> FloatArray:
        """Return the columns of some people."""
        return np.asarray(self.postings[:, [self.everybody.index(key) for key in keys]])


class _Solver:
    """One pick under way; every random number comes from the problem's key, in a fixed order."""

    def __init__(self, loaded: LoadedNetwork, problem: PickProblem, progress: Progress) -> None:
        self._loaded, self._problem, self._report = loaded, problem, told(progress)
        self._network, self._keys = loaded.network, loaded.keys
        self._coins, launching, posting = np.random.SeedSequence(problem.random_key).spawn(3)
        self._launch_key = int(np.random.default_rng(launching).integers(2**63))
        self._posting_rng = np.random.default_rng(posting)
        self._posting = posting_of(problem)
        self._already = loaded.nodes_of(problem.already)
        self._value, self._own = value_of(loaded, problem), own_of(loaded, problem)
        self._minds = problem.minded is not None

    def solve(self) -> PickSolution:
        """Choose, simulate again, compare, explain."""
        with executor_at_hand() as executor:
            found = self._choose(executor, self._problem)
            plain = self._choose(executor, replace(self._problem, minded=None)) if self._minds else found
            workers = executor.workers if executor else None
        gains = self._gains(found)
        picks = self._keys[found.nodes].tolist()
        biggest, by_followers = biggest_accounts(self._problem, self._listeners(), len(picks))
        unminded = self._keys[plain.nodes].tolist() if self._minds else []
        ours, theirs, drawn = self._launch_both(picks, biggest, unminded)
        pairs, overlaps, union = self._overlaps(picks, biggest)
        difference = ours - theirs
        posting = self._posting.expected(picks)
        return PickSolution(
            picks=tuple(
                PickedNode(key, float(gain), None, float(chance), overlaps.get(key))
                for key, gain, chance in zip(picks, gains[: len(picks)], posting, strict=True)
            ),
            reserve=self._reserve(found, gains[len(picks) :]),
            spread=range_of(ours),
            certificate=found.certificate,
            confidence=1 - found.delta,
            gain=GainFound(
                biggest,
                float(theirs.mean()),
                range_of(difference),
                float(np.mean(difference > 0)),
                float(np.mean(difference == 0)),
                by_followers,
            ),
            overlap=pairs,
            curve=tuple(np.cumsum(gains).tolist()),
            direct_union=union,
            stopped_because=self._reason(found),
            workers=workers,
            minded=self._minded(picks, unminded, ours, drawn) if self._minds else None,
        )

    def _choose(self, executor: Executor | None, problem: PickProblem) -> SeedSet:
        """Choose on the coins of the key, the same whether complaints are minded or not."""
        value, own = worth_of(self._loaded, problem)
        return pick_seeds(
            self._network,
            problem.count,
            rng=np.random.default_rng(self._coins),
            certificate=self._wanted(),
            limits=PICK_LIMITS,
            constraints=replace(demands_of(self._loaded, problem), never=outside(self._loaded, problem)),
            scenario=Scenario(
                value=value,
                posting=None if self._posting.certain else self._posting.expected(self._keys.tolist()),
                deadline=problem.deadline,
                own=own,
            ),
            progress=self._report,
            diffusion=problem.diffusion.value,
            already=self._already,
            reserve=problem.reserve,
            executor=executor,
        )

    def _wanted(self) -> float:
        asked = self._problem.certificate
        return max(asked, _A_LITTLE_MORE) if asked >= _WORTH_MORE else asked

    def _reason(self, found: SeedSet) -> str:
        return "certificate" if found.certificate >= self._problem.certificate else found.stopped_because

    def _listeners(self) -> dict[int, int]:
        degrees = np.diff(self._network.out_offsets)
        return dict(zip(self._keys.tolist(), degrees.tolist(), strict=True))

    def _launch_both(
        self, picks: Sequence[int], biggest: Sequence[int], unminded: Sequence[int]
    ) -> "tuple[FloatArray, FloatArray, _Drawn]":
        """Simulate both sets on the same coins, under the same draws of who posts."""
        already = self._problem.already
        everybody = list(dict.fromkeys((*already, *picks, *biggest, *unminded)))
        drawn = self._posting.sampled(everybody, min(DRAWS, self._problem.runs), self._posting_rng)
        ours, theirs = (
            talking(
                self._loaded,
                self._problem,
                keys,
                drawn[:, [everybody.index(key) for key in keys]],
                self._launch_key,
                self._report,
            )
            for keys in ([*already, *picks], [*already, *(key for key in biggest if key not in already)])
        )
        return ours, theirs, _Drawn(everybody, drawn)

    def _minded(
        self, picks: Sequence[int], plain: Sequence[int], ours: FloatArray, drawn: "_Drawn"
    ) -> MindedFound:
        """Hold the choice against the one that does not mind complaints, in the very same launches."""
        already = self._problem.already
        loaded, problem, key = self._loaded, self._problem, self._launch_key
        both = ([*already, *picks], [*already, *plain])
        complain, would = (
            complaining(loaded, problem, keys, drawn.of(keys), key, self._report) for keys in both
        )
        talk = talking(loaded, problem, both[1], drawn.of(both[1]), key, self._report)
        return MindedFound(
            range_of(complain),
            tuple(plain),
            float(talk.mean()),
            float(would.mean()),
            range_of(talk - ours),
            range_of(would - complain),
            self._cut_off(),
        )

    def _cut_off(self) -> int:
        minding = minding_of(self._loaded, self._problem)
        return 0 if minding is None else int((minding.weight * minding.heard > 1).sum())

    def _reserve(self, found: SeedSet, gains: FloatArray) -> tuple[PickedNode, ...]:
        """Name the next best with what they add: people who talk, also where complaints decided who it is."""
        keys = self._keys[found.reserve].tolist()
        posting = self._posting.expected(keys)
        return tuple(
            PickedNode(key, float(gain), None, float(chance))
            for key, gain, chance in zip(
                keys, gains if self._minds else found.reserve_spread, posting, strict=True
            )
        )

    def _gains(self, found: SeedSet) -> FloatArray:
        """Measure what each adds, the choice first and then its reserve, after those who are in already."""
        if self._problem.deadline is not None:
            return self._gains_in_time(found)
        order = np.concatenate([self._already, found.nodes, found.reserve])
        chances = self._posting.expected(self._keys[order].tolist())
        gains = gains_in_turn(
            self._network,
            order,
            runs=min(self._problem.runs, _CURVE_RUNS),
            key=self._launch_key,
            posting=chances,
            value=self._value,
            diffusion=self._problem.diffusion.value,
            progress=self._report,
        )
        if self._own is not None:
            gains = gains + self._own[order] * chances
        return gains[self._already.size :]

    def _gains_in_time(self, found: SeedSet) -> FloatArray:
        """Do the same within a deadline, where who comes earlier may be overtaken."""
        chances = self._posting.expected(self._keys.tolist())
        picked = Picked(
            self._network,
            self._already,
            np.concatenate([found.nodes, found.reserve]),
            thresholds_of(chances, chances.shape),
            np.empty(0) if self._value is None else self._value,
            self._problem.deadline,
            self._problem.diffusion.value,
            np.empty(0) if self._own is None else self._own,
        )
        return marginals_of(picked, self._launch_key, _WORK, progress=self._report).mean

    def _overlaps(
        self, picks: Sequence[int], biggest: Sequence[int]
    ) -> tuple[tuple[PairFound, ...], dict[int, float], int]:
        """Find the pairs that explain the choice: who is big but reaches the same people."""
        listeners = self._listeners()
        candidates = set(self._problem.candidates or listeners) | set(biggest)
        ranked = sorted(candidates - set(picks), key=lambda key: (-listeners.get(key, 0), key))
        rivals = list(dict.fromkeys([*(key for key in biggest if key not in picks), *ranked]))[:_RIVALS]
        keys = [*picks, *rivals]
        within = None if self._problem.target is None or self._value is None else self._value > 0
        found = direct_overlap(self._network, self._loaded.nodes_of(keys), within)
        size = len(picks)
        ours = found.jaccard[:size, :size] - np.eye(size) * found.jaccard[:size, :size]
        shared = {key: float(ours[place].max(initial=0.0)) for place, key in enumerate(picks)}
        pairs = [
            PairFound(keys[i], keys[j], float(found.jaccard[i, j]), float(found.of_smaller[i, j]), j < size)
            for i in range(size)
            for j in range(i + 1, len(keys))
            if found.jaccard[i, j] >= _SHARED
        ]
        pairs.sort(key=lambda pair: (pair.both_picked, -pair.jaccard, pair.first, pair.second))
        union = direct_overlap(self._network, self._loaded.nodes_of(picks), within).union
        return tuple(pairs[:_PAIRS]), shared, union
