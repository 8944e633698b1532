"""Communities and layouts: the obvious groups, the same answer twice, nothing outside the picture."""

import numpy as np

from ambassador.propagation.network.communities import find_communities, lay_out


def _cliques(count: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    pairs = [
        (group * size + one, group * size + other)
        for group in range(count)
        for one in range(size)
        for other in range(one)
    ]
    bridges = [(group * size, (group + 1) * size) for group in range(count - 1)]
    both = np.array(pairs + bridges, np.int64)
    return both[:, 0], both[:, 1]


def test_cliques_joined_by_single_ties_are_communities() -> None:
    source, target = _cliques(4, 6)
    labels = find_communities(source, target, 24)
    assert [len(set(labels[start : start + 6].tolist())) for start in range(0, 24, 6)] == [1, 1, 1, 1]
    assert sorted(np.unique(labels).tolist()) == [0, 1, 2, 3]


def test_the_largest_community_comes_first_and_loners_last() -> None:
    source, target = np.array([3, 4, 5, 0]), np.array([4, 5, 3, 1])
    assert find_communities(source, target, 7).tolist() == [1, 1, 2, 0, 0, 0, 3]


def test_the_same_key_gives_the_same_answer() -> None:
    rng = np.random.default_rng(2)
    source, target = rng.integers(0, 80, 300), rng.integers(0, 80, 300)
    first, second = (find_communities(source, target, 80, key=5) for _ in range(2))
    assert first.tolist() == second.tolist()
    one, two = (lay_out(source, target, first, key=5, steps=5) for _ in range(2))
    assert np.array_equal(one[0], two[0])
    assert np.array_equal(one[1], two[1])


def test_a_layout_stays_in_the_picture_and_keeps_cliques_together() -> None:
    source, target = _cliques(3, 8)
    labels = find_communities(source, target, 24)
    x, y = lay_out(source, target, labels)
    assert np.abs(np.stack([x, y])).max() <= 1.0
    places = np.stack([x, y], axis=1)
    middles = np.stack([places[labels == number].mean(axis=0) for number in range(3)])
    nearest = np.argmin(((places[:, None] - middles) ** 2).sum(axis=2), axis=1)
    assert np.mean(nearest == labels) > 0.9


def test_nobody_is_laid_out_nowhere() -> None:
    nothing = np.empty(0, np.int64)
    assert lay_out(nothing, nothing, nothing)[0].size == 0
    assert find_communities(nothing, nothing, 0).size == 0
