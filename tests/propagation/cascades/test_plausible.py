"""What a branch carried, over trees drawn from the probabilities."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ambassador.propagation.cascades.forest import build_forest
from ambassador.propagation.cascades.shapes import PossibleParents, branch_shares
from ambassador.propagation.kernels.parents import draw_parents
from tests import naive

RUNS = 20


@st.composite
def half_seen_forests(draw):
    """Give two trees in the order of time; most posts hang from their start and may hang from others."""
    size = draw(st.integers(2, 8))
    parent, above, share, ends = [None] * (2 * size), [], [], [0]
    for number in range(2 * size):
        start = number - number % size
        earlier = list(range(start, number))
        if earlier:
            parent[number] = start
            chosen = draw(st.lists(st.sampled_from(earlier), unique=True, max_size=3))
            above += chosen
            share += [0.9 / max(len(chosen), 1)] * len(chosen)
        ends.append(len(above))
    inferred = [one is not None for one in parent]
    forest = build_forest(range(2 * size), parent, inferred=inferred)
    return forest, PossibleParents(np.array(ends), np.array(above, np.int64), np.array(share, float)), size


@given(case=half_seen_forests(), second=st.booleans(), key=st.integers(0, 2**63 - 1))
def test_the_range_of_a_branch_is_that_of_its_twin(case, second, key):
    forest, possible, size = case
    first = size if second else 0
    heads = list(range(first + 1, first + size))
    found = branch_shares(forest, possible, np.arange(2.0 * size), heads, key=key, runs=RUNS)
    inside = slice(first, first + size)
    kept = slice(int(possible.ends[first]), int(possible.ends[first + size]))
    ends = possible.ends[first : first + size + 1] - possible.ends[first]
    shares = []
    for run in range(RUNS):
        drawn = np.empty(size, np.int64)
        above = possible.above[kept] - first
        draw_parents(ends, above, possible.probability[kept], np.uint64(key), run, drawn)
        tree = np.where(drawn >= 0, drawn, np.maximum(forest.parent[inside] - first, -1)).tolist()
        shares.append([naive.share_behind(tree, head - first) for head in heads])
    twin = [sorted(column) for column in zip(*shares, strict=True)]
    expected = [[column[RUNS // 10 - 1], column[RUNS * 9 // 10 - 1]] for column in twin]
    np.testing.assert_allclose(found, expected)


def test_where_everything_was_seen_there_is_one_figure():
    forest = build_forest("abcd", [None, "a", "b", "a"])
    nothing = PossibleParents(np.zeros(5, np.int64), np.empty(0, np.int64), np.empty(0))
    assert branch_shares(forest, nothing, np.arange(4.0), [1], key=1).tolist() == [[0.5, 0.5]]
    assert branch_shares(forest, nothing, np.arange(4.0), [], key=1).shape == (0, 2)
