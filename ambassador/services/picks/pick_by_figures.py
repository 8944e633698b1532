"""Solve a pick without ties: expected interactions, views, or people who talk, within budget and quotas."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from ambassador.i18n import mark
from ambassador.metrics.expected import sample_totals
from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.pick.additive import AdditiveChoice, pick_additive
from ambassador.propagation.pick.complaints import Minding
from ambassador.services.picks.biggest_first import biggest_accounts
from ambassador.services.picks.pick_demands import demands_without_ties
from ambassador.services.picks.pick_problem import PickProblem
from ambassador.services.picks.pick_solution import (
    DRAWS,
    GainFound,
    MindedFound,
    PickedNode,
    PickSolution,
    mean_only,
    posting_of,
    range_of,
)
from ambassador.values.forecasts.forecasts import Range
from ambassador.values.imports.imports import Note
from ambassador.values.picks.picks import Objective

_EXACT = 1 - 1e-6


def solve_by_figures(problem: PickProblem) -> PickSolution:
    """Choose the people whose expected figures sum to the most.

    Interactions and views are those of their own posts; people who talk are all their posts brought before.

    Examples
    --------
    Two who cost 50 each beat the one at 100.

    >>> figures = {"fees": {2: 100, 4: 50, 6: 50}, "values": {2: 9.0, 4: 6.0, 6: 5.0}}
    >>> problem = PickProblem(2, Objective.VIEWS, (2, 4, 6), 7, budget=100, **figures)
    >>> solution = solve_by_figures(problem)
    >>> [one.key for one in solution.picks], solution.expected.mean
    ([4, 6], 11.0)
    """
    keys = list(problem.candidates or ())
    posting = posting_of(problem)
    expected = np.array([problem.values.get(key, 0.0) for key in keys]) * posting.expected(keys)
    counted = counted_of(problem, keys) * posting.expected(keys)
    choice = _choice(problem, keys, counted)
    picked = [keys[place] for place in choice.chosen]
    rest = _next_best(problem, keys, counted, picked)
    plain = [keys[place] for place in _choice(problem, keys, expected).chosen] if problem.minded else None
    total, gain, minded = _simulate(problem, picked, plain)
    worth = dict(zip(keys, expected.tolist(), strict=True))
    chance = dict(zip(keys, posting.expected(keys).tolist(), strict=True))
    solution = PickSolution(
        picks=tuple(PickedNode(key, expected=worth[key], posting=chance[key]) for key in picked),
        reserve=tuple(PickedNode(key, expected=worth[key], posting=chance[key]) for key in rest),
        expected=total,
        gain=gain,
        curve=tuple(np.cumsum([worth[key] for key in (*picked, *rest)]).tolist()),
        stopped_because="certificate" if choice.certificate >= _EXACT else "time",
        notes=(_how_good(choice.certificate), *_no_interval(problem)),
        minded=minded,
    )
    talkers = problem.objective is Objective.TALKERS
    return _as_talkers(solution, choice.certificate) if talkers else solution


def _as_talkers(solution: PickSolution, certificate: float) -> PickSolution:
    """Say the same of people who talk; whom nobody knows the followers of, nobody can call biggest."""
    gain = solution.gain if solution.gain and solution.gain.by_followers else None
    picks, reserve = (
        tuple(replace(one, marginal_spread=one.expected, expected=None) for one in people)
        for people in (solution.picks, solution.reserve)
    )
    return replace(
        solution,
        picks=picks,
        reserve=reserve,
        spread=solution.expected,
        expected=None,
        gain=gain,
        certificate=certificate,
        confidence=1.0,
        notes=(),
    )


def variation_of(problem: PickProblem, keys: Sequence[int]) -> float | FloatArray | None:
    """Return how much posts vary: of each person where that is known, else of all alike.

    Examples
    --------
    >>> variation_of(PickProblem(1, Objective.VIEWS, (2, 4), 7, variation=0.5), [2, 4])
    0.5
    >>> variation_of(PickProblem(1, Objective.TALKERS, (2, 4), 7, scatter={2: 0.5, 4: 2.0}), [2, 4]).tolist()
    [0.5, 2.0]
    """
    return np.array([problem.scatter[key] for key in keys]) if problem.scatter else problem.variation


def _choice(problem: PickProblem, keys: Sequence[int], expected: FloatArray) -> AdditiveChoice:
    constraints, already = demands_without_ties(problem, keys)
    return pick_additive(expected, problem.count, constraints, already)


def _next_best(
    problem: PickProblem, keys: Sequence[int], expected: FloatArray, picked: Sequence[int]
) -> list[int]:
    """Rank who is left by what they bring; whom the budget could never pay is not there."""
    order = [keys[place] for place in np.argsort(-expected, kind="stable")]
    budget = float("inf") if problem.budget is None else problem.budget
    left = (key for key in order if key not in picked and (problem.cost_of(key) or 0) <= budget)
    return list(islice(left, problem.reserve))


def complaining_part(problem: PickProblem, keys: Sequence[int]) -> FloatArray:
    """Return which part of those the post of each makes talk complains, its author not among them.

    Examples
    --------
    >>> from ambassador.services.picks.pick_problem import Minded
    >>> minded = Minded(1.0, 0.1, {2: 0.25})
    >>> problem = PickProblem(1, Objective.TALKERS, (2,), 7, values={2: 5.0}, minded=minded)
    >>> complaining_part(problem, [2, 4]).tolist()
    [0.2, 0.0]
    """
    if problem.minded is None:
        return np.zeros(len(keys))
    known = np.array([problem.values.get(key, 0.0) for key in keys])
    brought = np.maximum(known - 1.0, 0.0) * problem.minded.share_of(keys)
    part: FloatArray = np.divide(brought, known, out=np.zeros(known.size), where=known > 0)
    return part


def counted_of(problem: PickProblem, keys: Sequence[int]) -> FloatArray:
    """Return what the post of each counts: what it brings, complaints against it where they are minded.

    Examples
    --------
    >>> from ambassador.services.picks.pick_problem import Minded
    >>> minded = Minded(1.0, 0.1, {2: 0.25})
    >>> problem = PickProblem(1, Objective.TALKERS, (2,), 7, values={2: 5.0}, minded=minded)
    >>> counted_of(problem, [2]).tolist()
    [4.0]
    """
    known = np.array([problem.values.get(key, 0.0) for key in keys])
    if problem.minded is None:
        return known
    share = problem.minded.share_of(keys)
    return Minding(problem.minded.weight, share, share).of_figures(known)


def _simulate(
    problem: PickProblem, picked: Sequence[int], plain: Sequence[int] | None
) -> tuple[Range, GainFound, MindedFound | None]:
    """Draw launches of the choice and of the biggest accounts, whoever is in both posting alike."""
    biggest, by_followers = biggest_accounts(problem, {}, len(picked))
    everybody = list(dict.fromkeys((*picked, *biggest, *(plain or ()))))
    values = np.array([problem.values.get(key, 0.0) for key in everybody])
    rng = np.random.default_rng(problem.random_key)
    posting = posting_of(problem).sampled(everybody, min(DRAWS, problem.runs), rng)
    launches = sample_totals(values, posting, variation_of(problem, everybody), runs=problem.runs, rng=rng)
    ours = launches[:, : len(picked)].sum(axis=1)
    theirs = launches[:, [everybody.index(key) for key in biggest]].sum(axis=1)
    difference = ours - theirs
    wins, ties = float(np.mean(difference > 0)), float(np.mean(difference == 0))
    seen = mean_only if _nothing_varies(problem) else range_of
    gain = GainFound(biggest, float(theirs.mean()), seen(difference), wins, ties, by_followers)
    if problem.minded is None or plain is None:
        return seen(ours), gain, None
    complain = launches * complaining_part(problem, everybody)
    there = [everybody.index(key) for key in plain]
    talk, would, do = (
        launches[:, there].sum(axis=1),
        complain[:, there].sum(axis=1),
        complain[:, : len(picked)],
    )
    minded = MindedFound(
        seen(do.sum(axis=1)),
        tuple(plain),
        float(talk.mean()),
        float(would.mean()),
        seen(talk - ours),
        seen(would - do.sum(axis=1)),
        int((problem.minded.weight * problem.minded.share_of(problem.candidates or ()) > 1).sum()),
    )
    return seen(ours), gain, minded


def _nothing_varies(problem: PickProblem) -> bool:
    """Check whether no launch can differ from another: then there is no interval to show."""
    return problem.variation is None and not problem.scatter and posting_of(problem).certain


def _how_good(certificate: float) -> Note:
    if certificate >= _EXACT:
        return Note(mark("No other choice within these limits is expected to bring more."))
    text = mark("This reaches at least {share}% of the best possible; the search was cut short.")
    return Note(text, {"share": round(100 * certificate, 1)})


def _no_interval(problem: PickProblem) -> tuple[Note, ...]:
    if not _nothing_varies(problem):
        return ()
    return (Note(mark("No range is shown: how much one post differs from the next is not known yet.")),)
