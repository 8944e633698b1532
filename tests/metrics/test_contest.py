"""Points of a contest, and the votes that may fall, against counting down one by one."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from ambassador.metrics.contest import contest_points, first_places, votes_until_shared

ENTRIES = st.lists(
    st.tuples(st.integers(0, 15), st.lists(st.integers(1, 10), max_size=3)), min_size=1, max_size=5
)
WEIGHTS = st.sampled_from((0, 10, 50, 90, 100))


@given(ENTRIES, WEIGHTS)
def test_votes_fall_one_by_one_until_the_first_is_no_longer_alone(entries, weight) -> None:
    votes, marks = [one for one, _ in entries], [two for _, two in entries]
    first = first_places(contest_points(votes, marks, weight))
    assume(len(first) == 1)
    fallen = next(
        (
            count
            for count in range(1, votes[first[0]] + 1)
            if first_places(
                contest_points([v - count * (i == first[0]) for i, v in enumerate(votes)], marks, weight)
            )
            != first
        ),
        None,
    )
    assert votes_until_shared(votes, marks, weight) == fallen


@given(ENTRIES, WEIGHTS)
def test_points_stay_between_none_and_ten_and_the_weight_is_a_mean(entries, weight) -> None:
    for one in contest_points([v for v, _ in entries], [m for _, m in entries], weight):
        assert 0 <= one.by_votes <= 10
        if one.total is not None:
            parts = [one.by_votes if one.by_jury is None else one.by_jury, one.by_votes]
            assert min(parts) <= one.total <= max(parts)


def test_by_votes_alone_the_margin_is_what_lies_between_the_first_two() -> None:
    assert votes_until_shared([300, 86, 5], [[], [], []], 0) == 214


def test_an_entry_without_marks_has_no_place_where_the_jury_has_a_say() -> None:
    points = contest_points([9, 4], [[], [7, 8]], 40)
    assert [one.total for one in points] == [None, Fraction(40 * Fraction(15, 2) + 60 * Fraction(40, 9), 100)]
    assert first_places(points) == (1,)


def test_nobody_is_first_without_votes_and_marks() -> None:
    assert first_places(contest_points([0, 0], [[], []], 0)) == ()
    assert first_places(contest_points([], [], 0)) == ()
