"""Past posts and ties as arrays: courses over time, a log of who joined, parents that were seen."""

from collections.abc import Container, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog, Forest, build_forest
from ambassador.propagation.cascades.forest import Problems
from ambassador.propagation.growth import Course
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.parents import SeenCascades
from ambassador.store.learning.learning import LearningTies
from ambassador.values.calibration.past import PastPost, PastTie

Key = tuple[str, str]


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


def followers_of(posts: Sequence[PastPost], numbers: Numbers) -> dict[int, int]:
    """Return the most followers any post says its author had, where one does, by number.

    Examples
    --------
    >>> followers_of([PastPost("x", "1", "nina", 0.0, followers=2_140)], Numbers())
    {0: 2140}
    """
    found: dict[int, int] = {}
    for post in posts:
        if post.followers is not None:
            number = numbers.of(post.author)
            found[number] = max(found.get(number, 0), int(post.followers))
    return found


def courses_of(posts: Sequence[PastPost], until: float | None = None) -> tuple[Course, ...]:
    """Part posts into cascades over time, the oldest first; one before its start counts as at it.

    Posts that name a start which is not here belong together all the same; the earliest of them is taken
    for the start. ``until`` is the moment up to which posts are known; all are unless given.

    Examples
    --------
    >>> posts = [PastPost("x", "1", "nina", 0.0), PastPost("x", "2", "ugo", 60.0, parent_id="1")]
    >>> [course.times.tolist() for course in courses_of(posts)]
    [[0.0, 60.0]]
    """
    times, root, start = _parted(posts)
    by_root = np.argsort(root, kind="stable")
    parts = np.split(by_root, np.flatnonzero(np.diff(root[by_root])) + 1) if by_root.size else []
    pairs = ((start[part], times[part]) for part in parts)
    return tuple(Course.from_moments(moments, start=at, until=until) for at, moments in _in_order(pairs))


def log_of(posts: Sequence[PastPost], numbers: Numbers) -> PastLog:
    """List who joined which cascade; cascades are numbered as they first appear.

    Examples
    --------
    >>> posts = [PastPost("x", "1", "nina", 0.0), PastPost("x", "2", "ugo", 60.0, parent_id="1")]
    >>> log_of(posts, Numbers()).log.sizes
    array([2])
    """
    forest, _ = _grown(posts)
    here = forest.row < len(posts)
    kept = [posts[row] for row in forest.row[here].tolist()]
    _, first, place = np.unique(forest.root[here], return_index=True, return_inverse=True)
    rank = np.empty(first.size, np.int64)
    rank[np.argsort(first)] = np.arange(first.size)
    nodes = [numbers.of(post.author) for post in kept]
    log = CascadeLog.from_entries(rank[place], nodes, [post.at for post in kept])
    return PastLog(log, tuple(kept[number].platform for number in np.sort(first).tolist()))


def seen_of(posts: Sequence[PastPost], numbers: Numbers) -> tuple[SeenCascades, Problems]:
    """Lay cascades one behind the other with the parents that were seen, and say what was wrong with them.

    Examples
    --------
    >>> posts = [PastPost("x", "1", "nina", 0.0), PastPost("x", "2", "ugo", 60.0, parent_id="1")]
    >>> seen_of(posts, Numbers())[0].parent
    array([-1,  0])
    """
    ids = {post.key for post in posts}
    above = [_above(post, ids) for post in posts]
    times = np.array([post.at for post in posts], np.float64)
    forest = build_forest([post.key for post in posts], above, times=times)
    chosen = [posts[row] for row in forest.row.tolist()]
    moments = times[forest.row]
    number = np.arange(forest.parent.size)
    order = np.lexsort((number, moments, number != forest.root, forest.root))
    place = np.full(number.size + 1, -1, np.int64)
    place[order] = number
    named_here = np.array([(post.platform, post.parent_id) in ids for post in chosen], np.bool_)
    author = np.array([numbers.of(post.author) for post in chosen], np.int64)
    ends = np.flatnonzero(np.diff(forest.root[order], append=-1)) + 1
    followers = [np.nan if post.followers is None else post.followers for post in chosen]
    seen = SeenCascades(
        offsets=np.concatenate([[0], ends]).astype(np.int64),
        author=author[order],
        times=moments[order],
        parent=np.where(named_here, place[forest.parent], -1)[order],
        followers=np.array(followers, np.float64)[order],
        named=np.array([numbers.known(post.names) for post in chosen], np.int64)[order],
        reply=np.array([post.is_answer for post in chosen], np.bool_)[order],
    )
    return seen, forest.problems


def _parted(posts: Sequence[PastPost]) -> tuple[FloatArray, Int64Array, FloatArray]:
    """Return the moment of each different post, its cascade, and when that started as far as it is known."""
    forest, moments = _grown(posts)
    times = moments[forest.row]
    return times, forest.root, times[forest.root]


def _grown(posts: Sequence[PastPost]) -> tuple[Forest, FloatArray]:
    """Build trees in which a start that is named and not here has a place of its own, without a moment."""
    ids = {post.key for post in posts}
    above = [_above(post, ids) for post in posts]
    absent = [key for key in dict.fromkeys(above) if key is not None and key not in ids]
    moments = np.array([*(post.at for post in posts), *(np.nan for _ in absent)])
    keys = [*(post.key for post in posts), *absent]
    return build_forest(keys, [*above, *(None for _ in absent)], times=moments), moments


def _above(post: PastPost, here: Container[Key]) -> Key | None:
    """Hang a post from its parent if that is here, else from its start, else from the absent parent."""
    parent = (post.platform, post.parent_id)
    if post.parent_id and (parent in here or not post.root_id):
        return parent
    return (post.platform, post.root_id) if post.root_id else None


def _in_order(parts: Iterable[tuple[FloatArray, FloatArray]]) -> list[tuple[float, FloatArray]]:
    started = [
        (float(start[0]) if np.isfinite(start[0]) else float(np.nanmin(moments)), moments)
        for start, moments in parts
    ]
    return sorted(started, key=lambda one: one[0])
