"""Past posts and ties as arrays: courses over time, a log of who joined, parents that were seen."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog, Forest, build_forest
from ambassador.propagation.cascades.forest import Problems
from ambassador.propagation.growth import Course
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents import SeenCascades
from ambassador.services.calibration.past_columns import PastColumns
from ambassador.store.learning.learning import LearningTies
from ambassador.values.calibration.past import PastTie


class Numbers:
    """Node numbers of authors, in the order they are first asked for."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def of(self, author: Hashable) -> int:
        """Return the number of an author, a new one if they were not seen before."""
        return self._numbers.setdefault(author, len(self._numbers))

    def take(self, authors: Iterable[Hashable]) -> None:
        """Return some authors numbers, in the order given."""
        for author in authors:
            self.of(author)

    def known(self, author: Hashable) -> int:
        """Return the number of an author, or -1."""
        return self._numbers.get(author, -1)


@dataclass(frozen=True, eq=False)
class PastLog:
    """Cascades with where each ran."""

    log: CascadeLog
    platforms: tuple[str, ...]


def network_of(ties: Sequence[PastTie], numbers: Numbers) -> InfluenceNetwork:
    """Build the network of all numbered authors; a half for every tie unless all probabilities are given.

    Examples
    --------
    >>> network_of([PastTie("nina", "ugo", 0.6)], Numbers()).tie_count
    1
    """
    source = [numbers.of(tie.source) for tie in ties]
    target = [numbers.of(tie.target) for tie in ties]
    likely: npt.ArrayLike = 0.5
    if ties and all(tie.probability is not None for tie in ties):
        likely = [tie.probability or 0.0 for tie in ties]
    return InfluenceNetwork.from_arrays(source, target, likely, len(numbers))


def ties_of(ties: Sequence[PastTie], numbers: Numbers, *, turned: bool) -> LearningTies:
    """Return ties of a file as columns, people by number; turned round if asked for.

    Examples
    --------
    >>> ties_of([PastTie("ugo", "nina", 0.6)], Numbers(), turned=True).source_key
    array([1])
    """
    source = np.array([numbers.of(tie.source) for tie in ties], np.int64)
    target = np.array([numbers.of(tie.target) for tie in ties], np.int64)
    given, weight = (
        np.array([np.nan if one is None else one for one in column], np.float64)
        for column in ([tie.probability for tie in ties], [tie.weight for tie in ties])
    )
    return LearningTies(
        target if turned else source,
        source if turned else target,
        np.ones(source.size, np.bool_),
        tuple(tie.kind for tie in ties),
        np.full(source.size, np.nan),
        given,
        weight,
    )


def followers_of(posts: PastColumns, numbers: Numbers) -> dict[int, int]:
    """Return the most followers any post says its author had, where one does, by number.

    Examples
    --------
    >>> from ambassador.values.calibration import PastPost
    >>> followers_of(PastColumns.of([PastPost("x", "1", "nina", 0.0, followers=2_140)]), Numbers())
    {0: 2140}
    """
    told = np.flatnonzero(np.isfinite(posts.followers)).tolist()
    found: dict[int, int] = {}
    for author, followers in zip(posts.authors(told), posts.followers[told].tolist(), strict=True):
        number = numbers.of(author)
        found[number] = max(found.get(number, 0), int(followers))
    return found


def courses_of(posts: PastColumns, until: float | None = None) -> tuple[Course, ...]:
    """Part posts into cascades over time, the oldest first; one before its start counts as at it.

    Posts that name a start which is not here belong together all the same; the earliest of them is taken
    for the start. ``until`` is the moment up to which posts are known; all are unless given.

    Examples
    --------
    >>> from ambassador.values.calibration import PastPost
    >>> pair = [PastPost("x", "1", "nina", 0.0), PastPost("x", "2", "ugo", 60.0, parent_id="1")]
    >>> [course.times.tolist() for course in courses_of(PastColumns.of(pair))]
    [[0.0, 60.0]]
    """
    times, root, start = _parted(posts)
    by_root = np.argsort(root, kind="stable")
    parts = np.split(by_root, np.flatnonzero(np.diff(root[by_root])) + 1) if by_root.size else []
    pairs = ((start[part], times[part]) for part in parts)
    return tuple(Course.from_moments(moments, start=at, until=until) for at, moments in _in_order(pairs))


def log_of(posts: PastColumns, numbers: Numbers) -> PastLog:
    """List who joined which cascade; cascades are numbered as they first appear.

    Examples
    --------
    >>> from ambassador.values.calibration import PastPost
    >>> pair = [PastPost("x", "1", "nina", 0.0), PastPost("x", "2", "ugo", 60.0, parent_id="1")]
    >>> log_of(PastColumns.of(pair), Numbers()).log.sizes
    array([2])
    """
    forest, _ = _grown(posts)
    here = forest.row < len(posts)
    kept = forest.row[here]
    _, first, place = np.unique(forest.root[here], return_index=True, return_inverse=True)
    rank = np.empty(first.size, np.int64)
    rank[np.argsort(first)] = np.arange(first.size)
    nodes = [numbers.of(author) for author in posts.authors(kept.tolist())]
    log = CascadeLog.from_entries(rank[place], nodes, posts.at[kept])
    return PastLog(log, tuple(posts.platform[row] for row in kept[np.sort(first)].tolist()))


def seen_of(posts: PastColumns, numbers: Numbers) -> tuple[SeenCascades, Problems]:
    """Lay cascades one behind the other with the parents that were seen, and say what was wrong with them.

    Examples
    --------
    >>> from ambassador.values.calibration import PastPost
    >>> pair = [PastPost("x", "1", "nina", 0.0), PastPost("x", "2", "ugo", 60.0, parent_id="1")]
    >>> seen_of(PastColumns.of(pair), Numbers())[0].parent
    array([-1,  0])
    """
    forest = build_forest(posts.post, _listed(_above(posts)), times=posts.at)
    chosen = forest.row
    moments = posts.at[chosen]
    number = np.arange(forest.parent.size)
    order = np.lexsort((number, moments, number != forest.root, forest.root))
    place = np.full(number.size + 1, -1, np.int64)
    place[order] = number
    author = np.array([numbers.of(one) for one in posts.authors(chosen.tolist())], np.int64)
    ends = np.flatnonzero(np.diff(forest.root[order], append=-1)) + 1
    named = np.full(chosen.size, -1, np.int64)
    where = np.flatnonzero(np.isin(chosen, np.array(list(posts.names), np.int64)))
    named[where] = [numbers.known(posts.named_by(row)) for row in chosen[where].tolist()]
    seen = SeenCascades(
        offsets=np.concatenate([[0], ends]).astype(np.int64),
        author=author[order],
        times=moments[order],
        parent=np.where(posts.parent_is_here[chosen], place[forest.parent], -1)[order],
        followers=posts.followers[chosen][order],
        named=named[order],
        reply=posts.is_answer[chosen][order],
    )
    return seen, forest.problems


def _parted(posts: PastColumns) -> tuple[FloatArray, Int64Array, FloatArray]:
    """Return the moment of each different post, its cascade, and when that started as far as it is known."""
    forest, moments = _grown(posts)
    times = moments[forest.row]
    return times, forest.root, times[forest.root]


def _grown(posts: PastColumns) -> tuple[Forest, FloatArray]:
    """Build trees in which a start that is named and not here has a place of its own, without a moment."""
    above = _above(posts)
    absent = above[above >= 0]
    absent = absent[~posts.here[absent]]
    absent = absent[np.sort(np.unique(absent, return_index=True)[1])]
    moments = np.r_[posts.at, np.full(absent.size, np.nan)]
    parents = [*_listed(above), *(None for _ in absent)]
    return build_forest(np.r_[posts.post, absent], parents, times=moments), moments


def _above(posts: PastColumns) -> Int64Array:
    """Hang a post from its parent if that is here, else from its start, else from the absent parent."""
    from_parent = posts.parent_is_here | ((posts.parent >= 0) & (posts.root < 0))
    return np.where(from_parent, posts.parent, posts.root)


def _listed(above: Int64Array) -> list[int | None]:
    return [None if one < 0 else one for one in above.tolist()]


def _in_order(parts: Iterable[tuple[FloatArray, FloatArray]]) -> list[tuple[float, FloatArray]]:
    started = [
        (float(start[0]) if np.isfinite(start[0]) else float(np.nanmin(moments)), moments)
        for start, moments in parts
    ]
    return sorted(started, key=lambda one: one[0])
