"""Would the size of running cascades have been foretold? Learned on the oldest, measured on the newest."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from ambassador.errors import BadInputError
from ambassador.metrics.intervals import (
    coverage,
    coverage_p_value,
    interval_score,
    median_percentage_error,
    median_range,
    percentage_errors,
)
from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.growth import Course, Look, learn_growth
from ambassador.propagation.growth.baselines import multiplied, regressed
from ambassador.propagation.growth.growth import Expectation
from ambassador.services.calibration.past_arrays import courses_of
from ambassador.services.calibration.past_files import read_past
from ambassador.values.cascades.growth import SizeEvaluation, SizeScore
from ambassador.values.imports.imports import Progress, silent

_JUDGED: Final = 80
_SURE: Final = 0.9
_SHARES: Final = np.array([0.5, 0.1, 0.9])
_BASELINES: Final = {"multiplier": multiplied, "regression_on_counts": regressed}
_FEW: Final = 5
_HAIR: Final = 1e-9


def evaluate_size(
    mentions: Path,
    observe: float,
    *,
    test_share: float = 0.3,
    minimum: int = 10,
    progress: Progress = silent,
) -> SizeEvaluation:
    """Watch each cascade of a file for ``observe`` seconds and foretell its size."""
    read = read_past([mentions], progress=progress)
    found = evaluate_courses(courses_of(read.posts[0]), Look(window=observe, least=minimum), test_share)
    if found is None:
        raise BadInputError(
            "{file} holds no cascade among the newest with {minimum} posts after the time watched.",
            file=mentions.name,
            minimum=minimum,
        )
    return replace(found, rejected=len(read.rejected_rows), rejected_rows=read.rejected_rows)


def evaluate_courses(courses: Sequence[Course], look: Look, test_share: float) -> SizeEvaluation | None:
    """Measure on the newest courses what the older ones teach; None where there is nothing to measure on.

    The share is one of the courses that can be looked at, so that it means the same at any look.
    """
    if not 0 < test_share < 1:
        raise BadInputError("The share to test on, {share}, must lie between 0 and 1.", share=test_share)
    judged = [place for place, one in enumerate(courses) if look.moment(one) is not None]
    newest = judged[int(len(judged) * (1 - test_share) + _HAIR) :]
    if not newest:
        return None
    past, running = courses[: newest[0]], [courses[place] for place in newest]
    growth = learn_growth(past, look)
    expected = [found for one in running if (found := growth.expect(one)) is not None]
    final = np.array([one.count_by(look.horizon) for one in running], dtype=np.float64)
    ends = np.array([[one.middle, *one.intervals[_JUDGED]] for one in expected])
    score = _score(ends, final)
    return SizeEvaluation(
        median_ape=score.median_ape,
        coverage_80=score.coverage_80,
        cascades=len(running),
        learned_from=growth.comparable,
        rests_on_a_prior=growth.rests_on_a_prior,
        coverage_50=_share_inside(expected, final, 50),
        coverage_90=_share_inside(expected, final, 90),
        interval_score=score.interval_score,
        p_value=score.p_value,
        baselines=_baselines(past, running, look, final) if growth.comparable >= _FEW else {},
        median_ape_90=median_range(percentage_errors(ends[:, 0], final), _SURE),
    )


def _baselines(
    past: Sequence[Course], running: Sequence[Course], look: Look, final: FloatArray
) -> dict[str, SizeScore]:
    return {
        name: _score(np.rint(foretell(past, running, look, _SHARES)), final)
        for name, foretell in _BASELINES.items()
    }


def _score(ends: FloatArray, final: FloatArray) -> SizeScore:
    """Judge rows of middle, low and high."""
    middle, low, high = ends.T
    hits = int(np.count_nonzero((low <= final) & (final <= high)))
    return SizeScore(
        median_percentage_error(middle, final),
        coverage(low, high, final),
        interval_score(low, high, final, _JUDGED / 100),
        coverage_p_value(hits, final.size, _JUDGED / 100),
    )


def _share_inside(expected: Sequence[Expectation], final: FloatArray, level: int) -> float:
    low, high = np.array([one.intervals[level] for one in expected]).T
    return coverage(low, high, final)
