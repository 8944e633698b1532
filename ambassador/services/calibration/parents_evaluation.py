"""Would hidden parents have been found? Observed ones are hidden, chosen anew, and compared."""

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.metrics.intervals import calibration_error, calibration_error_by_chance, in_standard_errors
from ambassador.propagation.arrays import Int64Array
from ambassador.propagation.cascades.forest import Problems
from ambassador.propagation.parents import SeenCascades, choose_hidden_parents
from ambassador.propagation.parents.parent_choice import LikeliestParents
from ambassador.services.calibration.past_arrays import Numbers, network_of, seen_of
from ambassador.services.calibration.past_columns import PastColumns
from ambassador.services.calibration.past_files import read_past
from ambassador.values.calibration.past import PastTie
from ambassador.values.cascades.parents import ParentsEvaluation
from ambassador.values.imports.imports import Progress, silent

FOLDS = 5
_KEY = 20_260_501
_GROUPS = 20
_FEW = 10
_LEAST = 1e-6


def evaluate_parents(
    mentions: Path, ties: Path | None = None, *, progress: Progress = silent
) -> ParentsEvaluation:
    """Hide the parents a file names, and find them again."""
    files = read_past([mentions], ties, progress=progress)
    found = evaluate_posts(files.posts[0], files.ties)
    if found is None:
        raise BadInputError(
            "No post of {file} names a parent that is in the file too, so nothing can be hidden and found.",
            file=mentions.name,
        )
    return replace(found, refused=dict(files.refused), rejected_rows=files.rejected_rows)


def evaluate_posts(posts: PastColumns, ties: Sequence[PastTie]) -> ParentsEvaluation | None:
    """Hide the parents of a part of the cascades, learn from the others, and so for every part.

    None where no parent was seen.

    Examples
    --------
    >>> from ambassador.values.calibration import PastPost
    >>> start = PastPost("x", "1", "nina", 0.0)
    >>> answers = [PastPost("x", str(n), f"fan{n}", 60.0 * n, parent_id="1") for n in (2, 3, 4)]
    >>> evaluate_posts(PastColumns.of([start, *answers]), []).always_root
    1.0
    """
    numbers = Numbers()
    seen, problems = seen_of(posts, numbers)
    fold = _folds(seen)
    if not (fold >= 0).any():
        return None
    network = network_of(ties, numbers) if ties else None
    rng = np.random.default_rng(_KEY)
    parts = [
        choose_hidden_parents(seen, fold == part, network, rng=rng)
        for part in range(int(fold.max()) + 1)
        if (fold == part).any()
    ]
    post, parent, sure, right = (
        np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(LikeliestParents)
    )
    return _judged(seen, LikeliestParents(post, parent, sure, right), problems, len(parts))


def _folds(seen: SeenCascades) -> Int64Array:
    """Part the cascades evenly, the largest first to whichever part is smallest; -1 where nothing is hidden.

    A file of few cascades is parted by its posts: one cascade tells little of another.
    """
    asked = seen.parent >= 0
    cascade = seen.cascade
    answers = np.bincount(cascade[asked], minlength=seen.offsets.size - 1)
    if np.count_nonzero(answers) < _FEW:
        return np.where(asked, np.cumsum(asked) % FOLDS, -1)
    load = [0] * FOLDS
    part = np.full(answers.size, -1, np.int64)
    for one in np.argsort(-answers, kind="stable").tolist():
        if answers[one]:
            part[one] = load.index(min(load))
            load[part[one]] += int(answers[one])
    return np.where(asked, part[cascade], -1)


def _judged(
    seen: SeenCascades, chosen: LikeliestParents, problems: Problems, folds: int
) -> ParentsEvaluation:
    truth, start = seen.parent[chosen.post], seen.start[chosen.post]
    hit, further = chosen.parent == truth, truth != start
    earlier, before = chosen.post - start, truth == chosen.post - 1
    cascade = np.unique(start, return_inverse=True)[1]
    # of a few cascades the posts are parted, and compared one by one
    apart = cascade if int(cascade.max(initial=-1)) + 1 >= _FEW else np.arange(hit.size)
    simple = before if before.sum() > (~further).sum() else ~further
    return ParentsEvaluation(
        accuracy=_mean(hit),
        accuracy_non_root=_mean(hit[further]),
        always_root=_mean(~further),
        previous_event=_mean(before),
        calibration_error=calibration_error(chosen.sure, hit, _GROUPS),
        log_score=_mean(np.log(np.maximum(chosen.right, _LEAST))),
        log_score_always_guessing=_mean(-np.log(earlier)),
        mean_probability=_mean(chosen.sure),
        mentions=int(hit.size),
        mentions_non_root=int(further.sum()),
        cascades=int(np.unique(start).size),
        folds=folds,
        dirt={
            field.name: int(getattr(problems, field.name).size)
            for field in fields(Problems)
            if getattr(problems, field.name).size
        },
        refused={},
        calibration_error_by_chance=calibration_error_by_chance(chosen.sure, hit, apart, _GROUPS),
        gain_over_simple=in_standard_errors(
            np.bincount(apart, hit.astype(np.float64) - simple).astype(np.float64)
        ),
    )


def _mean(values: npt.NDArray[np.generic]) -> float | None:
    return float(values.astype(np.float64).mean()) if values.size else None
