"""Observed cascades, clean and dirty."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.errors import BadInputError
from ambassador.propagation.cascades.forest import build_forest
from ambassador.propagation.cascades.measures import list_cascades, nearest_upstream, reproduction_number
from tests import naive


@given(size=st.integers(2, 30))
def test_structural_virality_of_a_star_and_of_a_path(size: int) -> None:
    star = list_cascades(build_forest(range(size), [None] + [0] * (size - 1)))[0]
    path = list_cascades(build_forest(range(size), [None, *range(size - 1)]))[0]
    assert star.structural_virality == pytest.approx(2 * (size - 1) / size)
    assert path.structural_virality == pytest.approx((size + 1) / 3)
    assert (star.depth, star.breadth, star.broadcast_share) == (1, size - 1, 1.0)
    assert (path.depth, path.breadth, path.broadcast_share) == (size - 1, 1, 1 / (size - 1))


def test_a_single_mention_has_no_virality() -> None:
    (lonely,) = list_cascades(build_forest(["a"], [None]))
    assert (lonely.size, lonely.depth, lonely.structural_virality, lonely.broadcast_share) == (
        1,
        0,
        None,
        None,
    )


def test_what_the_platform_hides_is_not_known() -> None:
    rows = [("a", None, False), ("b", "a", True), ("c", "a", True), ("d", None, False), ("e", "d", False)]
    ids, parents, inferred = zip(*rows, strict=True)
    hidden, seen = list_cascades(build_forest(ids, parents, inferred=inferred))
    assert (hidden.size, hidden.depth, hidden.breadth, hidden.structural_virality) == (3, None, None, None)
    assert (seen.size, seen.depth, seen.structural_virality) == (2, 1, 1.0)


def test_dirty_rows_are_kept_and_reported() -> None:
    ids = ["a", "b", "c", "d", "e", "f", "b", "b", "g"]
    parents = ["a", "z", "d", "e", "c", "a", "z", "a", "f"]
    times = [5.0, 1, 9, 8, 7, 2, 1, 1, np.nan]
    forest = build_forest(ids, parents, times=times)
    assert forest.ids == ["a", "b", "c", "d", "e", "f", "g"]
    assert forest.parent.tolist() == [-1, -1, 3, 4, -1, 0, 5]
    problems = forest.problems
    assert problems.own_parent.tolist() == [0]
    assert problems.orphan.tolist() == [1]
    assert problems.in_cycle.tolist() == [4]
    assert problems.repeated.tolist() == [6]
    assert problems.conflicting.tolist() == [7]
    assert problems.before_parent.tolist() == [5]
    assert problems.count == 6


@given(parents=st.lists(st.none() | st.integers(0, 15), max_size=14), data=st.data())
def test_any_rows_become_trees_whose_measures_are_those_by_definition(
    parents: list[int | None], data: st.DataObject
) -> None:
    times = data.draw(st.lists(st.integers(0, 3), min_size=len(parents), max_size=len(parents)))
    forest = build_forest(range(len(parents)), parents, times=np.array(times, np.float64))
    parent = forest.parent.tolist()
    cascades = list_cascades(forest)
    assert sum(cascade.size for cascade in cascades) == len(parents)
    for cascade in cascades:
        nodes = [node for node in range(len(parent)) if forest.root[node] == cascade.root_number]
        assert cascade.size == len(nodes)
        if len(nodes) > 1:
            assert cascade.structural_virality == pytest.approx(naive.mean_distance(parent, nodes))
        levels = forest.depth[nodes].tolist()
        assert cascade.depth == max(levels)
        assert cascade.breadth == max(levels.count(level) for level in levels)


def test_people_who_talk_twice_count_once() -> None:
    forest = build_forest([1, 2, 3, 4], [None, 1, 1, 2], authors=["ada", "bo", "bo", None])
    assert list_cascades(forest)[0].authors == 2


def test_finished_cascades_have_a_reproduction_number() -> None:
    assert reproduction_number(build_forest("abcd", [None, "a", "b", None])) == 0.5
    assert reproduction_number(build_forest([], [])) is None


@given(parents=st.lists(st.integers(-1, 12), max_size=13), data=st.data())
def test_credit_goes_to_the_nearest_marked_mention_upstream(parents: list[int], data: st.DataObject) -> None:
    forest = build_forest(range(len(parents)), [None if p < 0 else p for p in parents])
    marked = data.draw(st.lists(st.booleans(), min_size=len(parents), max_size=len(parents)))
    for node, found in enumerate(nearest_upstream(forest.parent, marked).tolist()):
        while node >= 0 and not marked[node]:
            node = int(forest.parent[node])  # noqa: PLW2901 - walking up
        assert found == node


def test_dates_may_be_dates() -> None:
    times = np.array(["2026-01-02", "2026-01-01", "NaT"], "datetime64[s]")
    forest = build_forest("abc", [None, "a", "a"], times=times)
    assert forest.problems.before_parent.tolist() == [1]


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(BadInputError, match="2 ids, 1 parents"):
        build_forest([1, 2], [None])


@given(st.lists(st.sampled_from(["ann", "bea", "carl", None, float("nan")]), max_size=12))
def test_authors_are_numbered_as_they_appear_and_nobody_has_no_number(writers: list[object]) -> None:
    forest = build_forest(range(len(writers)), [None] * len(writers), writers)
    known: list[object] = []
    for one in writers:
        if isinstance(one, str) and one not in known:
            known.append(one)
    wanted = [known.index(one) if isinstance(one, str) else -1 for one in writers]
    assert forest.author.tolist() == wanted
