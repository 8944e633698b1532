import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.errors import BadInputError
from ambassador.metrics.intervals import coverage, interval_score, median_percentage_error
from ambassador.propagation.growth.baselines import multiplied, regressed
from ambassador.propagation.growth.growth import LEVELS, Look, learn_growth, progress_shares
from ambassador.propagation.growth.windows import Course, describe_window
from tests.propagation.branching import simulated_past

HOUR = 3600.0


@pytest.fixture(scope="module")
def past():
    return simulated_past(np.random.default_rng(5), 90)


@pytest.fixture(scope="module")
def running():
    return simulated_past(np.random.default_rng(6), 150)


@pytest.fixture(scope="module")
def learned(past):
    return learn_growth(past, Look(window=HOUR))


def ends(growth, courses):
    found = [(growth.expect(one), one.times.size) for one in courses]
    return [(one, final) for one, final in found if one is not None]


def within_four_errors(share, level, cases, learned_from):
    """Both the cases measured on and those learned from are a sample."""
    return abs(share - level) <= 4 * np.sqrt(level * (1 - level) * (1 / cases + 1 / learned_from))


def test_intervals_hold_as_often_as_they_say_on_cascades_of_a_known_law(learned, running):
    told = ends(learned, running)
    final = [size for _, size in told]
    for level in LEVELS:
        low, high = np.array([one.intervals[level] for one, _ in told]).T
        assert within_four_errors(coverage(low, high, final), level / 100, len(told), learned.comparable)


def test_it_beats_a_multiplier_and_a_line_through_three_counts(learned, past, running):
    told = ends(learned, running)
    final = np.array([size for _, size in told])
    middle, low, high = np.array([(one.middle, *one.intervals[80]) for one, _ in told]).T
    for baseline in (multiplied, regressed):
        theirs = baseline(past, running, learned.look, np.array([0.5, 0.1, 0.9])).T
        assert median_percentage_error(middle, final) < median_percentage_error(theirs[0], final)
        assert interval_score(low, high, final, 0.8) < interval_score(theirs[1], theirs[2], final, 0.8)


def test_nothing_is_expected_below_what_was_seen_and_surer_ranges_are_wider(learned, running):
    for one, _ in ends(learned, running):
        (a, b), (c, d), (e, f) = (one.intervals[level] for level in LEVELS)
        assert one.seen <= e <= c <= a <= one.middle <= b <= d <= f


def test_below_five_posts_it_is_too_early(learned):
    assert learned.expect(Course(np.arange(4.0))) is None
    assert learned.expect(Course(np.arange(5.0))).seen == 5


def test_a_cascade_not_yet_watched_for_the_window_is_not_judged(learned):
    assert learned.expect(Course(np.arange(9.0), followed=1800.0)) is None


def test_the_unit_of_time_does_not_matter(past, running):
    in_minutes = [Course(one.times / 60) for one in past]
    asked, same = running[0], Course(running[0].times / 60)
    found = learn_growth(past, Look(window=HOUR)).expect(asked)
    again = learn_growth(in_minutes, Look(window=60.0)).expect(same)
    assert again.middle == pytest.approx(found.middle, rel=1e-6)
    assert again.intervals == found.intervals


def test_with_few_cascades_it_says_so_and_stays_wide(past, running):
    few, none = learn_growth(past[:6], Look(window=HOUR)), learn_growth([], Look(window=HOUR))
    assert few.rests_on_a_prior and none.rests_on_a_prior and few.comparable == 6
    told = ends(none, running)
    low, high = np.array([one.intervals[90] for one, _ in told]).T
    assert coverage(low, high, [size for _, size in told]) >= 0.75


def test_a_few_own_cascades_bring_the_expectation_nearer(past, running):
    def error(growth):
        told = ends(growth, running)
        return np.mean([abs(np.log(one.middle / size)) for one, size in told])

    none, few, many = (learn_growth(past[:count], Look(window=HOUR)) for count in (0, 9, 60))
    assert error(many) < error(few) < error(none)


def test_the_size_at_a_horizon_is_learned_from_cascades_followed_that_far_only(past):
    cut = [Course(one.times[one.times <= 2 * HOUR], 2 * HOUR) for one in past[:40]]
    look = Look(window=HOUR, horizon=6 * HOUR)
    assert learn_growth([*cut, *past[40:]], look).comparable == learn_growth(past[40:], look).comparable
    near, far = (
        learn_growth(past, Look(window=HOUR, horizon=hours * HOUR)).expect(past[0]).middle
        for hours in (2, 48)
    )
    assert near < far


def test_it_waits_for_posts_instead_of_hours(past, running):
    growth = learn_growth(past, Look(posts=8))
    told = ends(growth, running)
    assert {one.seen for one, _ in told} == {8}
    low, high = np.array([one.intervals[80] for one, _ in told]).T
    assert within_four_errors(
        coverage(low, high, [size for _, size in told]), 0.8, len(told), growth.comparable
    )


def test_a_look_needs_a_window_or_a_number_of_posts_before_the_horizon():
    for wrong in ({}, {"window": 5.0, "posts": 5}, {"window": 9.0, "horizon": 5.0}, {"window": 0.0}):
        with pytest.raises(BadInputError):
            Look(**wrong)


@given(st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), min_size=1, max_size=40))
def test_dirty_moments_make_a_course_in_order_from_its_start(moments):
    course = Course.from_moments(moments, start=10.0)
    assert (np.diff(course.times) >= 0).all() and (course.times >= 0).all()
    assert course.times.size == np.isfinite(moments).sum()


@settings(max_examples=30)
@given(
    st.lists(st.floats(0, HOUR), min_size=5, max_size=60),
)
def test_whatever_is_seen_the_answer_is_finite_and_in_order(learned_cheaply, moments):
    found = learned_cheaply.expect(Course(np.sort(np.array(moments))))
    (a, b), (c, d), (e, f) = (found.intervals[level] for level in LEVELS)
    assert len(moments) == found.seen <= e <= c <= a <= b <= d <= f < 10**9


@pytest.fixture(scope="module")
def learned_cheaply():
    rng = np.random.default_rng(3)
    odd = [Course(np.zeros(size)) for size in range(5, 12)]
    return learn_growth(
        [*odd, *(Course(np.sort(rng.exponential(HOUR, 30))) for _ in range(12))], Look(window=HOUR)
    )


def test_a_window_is_described_by_what_a_plain_count_says():
    times = np.array([0.0, 1.0, 5.0, 30.0, 50.0, 60.0, 90.0])
    described = describe_window(times, 100.0)
    shares = [((times <= part * 100).sum() + 0.5) / 7 for part in (1 / 16, 1 / 8, 1 / 4)]
    late = [((times > part * 100).sum() + 0.5) / 7 for part in (1 / 2, 3 / 4, 7 / 8)]
    assert np.exp(described[:7]) == pytest.approx([7, *shares, *late])
    assert np.exp(described[7]) == pytest.approx(0.1 + 1 / 128)
    assert np.exp(described[12]) == pytest.approx(100.0)


def test_progress_follows_the_past_and_a_logarithmic_clock_without_one():
    moments = np.array([10.0, 100.0, 1000.0])
    assert progress_shares([], 10.0, 1000.0, moments).tolist() == pytest.approx([0, 0.5, 1])
    late = Course(np.array([0.0, 1.0, 2.0, 3.0, 4.0, 500.0, 600.0]))
    assert progress_shares([late], 10.0, 1000.0, moments).tolist() == [0, 0, 1]
