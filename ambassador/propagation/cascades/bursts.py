"""Which branches a burst of posts hangs on: one story each, wherever its first post stands."""

from typing import NamedTuple

import numpy as np

from ambassador.propagation.arrays import BoolArray, Int64Array


class BurstBranch(NamedTuple):
    """A branch of a cascade with its share of a burst."""

    node: int
    posts: int


def burst_branches(
    parent: Int64Array, inside: BoolArray, *, least: int, share: float = 1 / 3
) -> tuple[tuple[BurstBranch, ...], int]:
    """
    Part the posts of a burst into the branches they hang on.

    From the first post of each cascade it goes down to where a burst of its own begins: a post of the burst,
    or one below which no single answer holds ``share`` of what hangs there. Where several answers do, each is
    a branch of its own.

    Parameters
    ----------
    parent : int64 array, shape (posts,)
        Number of the parent; -1 for the first post of a cascade.
    inside : bool array, shape (posts,)
        Whether a post is part of the burst.
    least : int
        A branch with fewer posts than this is none.
    share : float
        Of what hangs on a post, from which an answer to it is a branch of its own.

    Returns
    -------
    branches : tuple of BurstBranch
        The largest first.
    rest : int
        Posts that hang on none of them.

    Examples
    --------
    An old post (0) with two quarrels below it (1 and 2), and a post alone.

    >>> parent = np.array([-1, 0, 0, 1, 1, 2, 2, 2, -1])
    >>> inside = np.array([False, True, True, True, True, True, True, True, True])
    >>> burst_branches(parent, inside, least=3)
    ((BurstBranch(node=2, posts=4), BurstBranch(node=1, posts=3)), 1)
    """
    below = count_below(parent, inside)
    held = np.flatnonzero(below)
    whole = int(inside.sum())
    answers: dict[int, list[int]] = {}
    for node in held.tolist():
        answers.setdefault(int(parent[node]), []).append(node)
    found: list[BurstBranch] = []
    waiting = list(answers.get(-1, ()))
    while waiting:
        node = waiting.pop()
        posts = int(below[node])
        enough = max(least, share * posts)
        large = [] if inside[node] else [one for one in answers.get(node, ()) if below[one] >= enough]
        waiting += large
        left = posts - sum(int(below[one]) for one in large)
        if not large or left >= enough:
            found.append(BurstBranch(node, left))
    told = sorted((one for one in found if one.posts >= least), key=_largest_first)
    return tuple(told), whole - sum(one.posts for one in told)


def count_below(parent: Int64Array, inside: BoolArray) -> Int64Array:
    """
    Count for every post how many of some posts hang on it, itself included.

    Examples
    --------
    >>> count_below(np.array([-1, 0, 1, 0]), np.array([False, True, True, False])).tolist()
    [2, 2, 1, 0]
    """
    below = np.zeros(parent.size, np.int64)
    at = np.flatnonzero(inside)
    while at.size:
        np.add.at(below, at, 1)
        at = parent[at]
        at = at[at >= 0]
    return below


def hang_on(parent: Int64Array, posts: Int64Array, node: int) -> BoolArray:
    """
    Say of each of some posts whether it is below a post, or that post itself.

    Examples
    --------
    >>> hang_on(np.array([-1, 0, 1, -1]), np.array([0, 2, 3]), 1).tolist()
    [False, True, False]
    """
    found = np.zeros(posts.size, np.bool_)
    place, at = np.arange(posts.size), posts
    while at.size:
        found[place[at == node]] = True
        up = parent[at]
        on = (up >= 0) & (at != node)
        place, at = place[on], up[on]
    return found


def _largest_first(branch: BurstBranch) -> tuple[int, int]:
    return -branch.posts, branch.node
