"""What is usual, what departs from it, and from where on that is told; against slow twins and by laws."""

from datetime import UTC, datetime
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ambassador.metrics.incidents import (
    UsualRate,
    departures,
    find_episodes,
    learn_usual_rate,
    limit_for,
    silences,
    walk_weeks,
)
from ambassador.propagation.cascades.bursts import burst_branches, count_below
from ambassador.services.incidents.streams import hours_of_week
from tests.naive import incidents as naive

WEEK = 672


def week_hours(bins):
    return np.arange(bins) // 4 % 168


def shaped(bins, an_hour):
    """Twice as much by day as on average, nothing from midnight to four."""
    hours = week_hours(bins)
    shape = np.where(hours % 24 < 4, 0.05, 1.2) * np.where(hours // 24 >= 5, 0.6, 1.0)
    return an_hour / 4 * shape / shape.mean()


@settings(max_examples=40)
@given(
    counts=some.lists(some.integers(0, 30), min_size=1, max_size=60),
    mean=some.floats(0.01, 8),
    dispersion=some.sampled_from([1.0, 1.3, 4.0]),
    doubt=some.sampled_from([0.0, 0.05]),
)
def test_bursts_are_scored_as_by_the_slow_twin(counts, mean, dispersion, doubt):
    usual = UsualRate(np.full(168, mean), dispersion, doubt)
    expected = np.full(len(counts), mean)
    found = departures(np.array(counts), expected, usual, least=3).scores
    slow = naive.burst_scores(counts, expected.tolist(), dispersion, doubt, 3)
    assert found == pytest.approx(slow, rel=1e-6, abs=1e-9)


def test_what_is_usual_is_learned_hour_by_hour():
    rng = np.random.default_rng(2)
    truth = shaped(12 * WEEK, 8)
    usual = learn_usual_rate(rng.poisson(truth), week_hours(truth.size))
    assert np.abs(usual.rates - truth[: 168 * 4 : 4]).max() < 0.6
    assert usual.dispersion < 1.15 and usual.doubt < 0.01
    clustered = rng.poisson(rng.gamma(truth / 2, 2))
    assert 2.4 < learn_usual_rate(clustered, week_hours(truth.size)).dispersion < 3.6


def test_one_burst_of_the_past_does_not_make_the_next_one_usual():
    rng = np.random.default_rng(3)
    truth = shaped(8 * WEEK, 8)
    counts = rng.poisson(truth)
    quiet = learn_usual_rate(counts, week_hours(counts.size))
    counts[2000:2016] += 100
    after = learn_usual_rate(counts, week_hours(counts.size))
    hour = int(week_hours(counts.size)[2000])
    assert after.rates[hour] < 1.6 * quiet.rates[hour]
    assert after.dispersion < 1.3


def test_nothing_ever_said_is_learned_without_numbers_that_are_none():
    usual = learn_usual_rate(np.zeros(4 * WEEK, np.int64), week_hours(4 * WEEK))
    assert np.isfinite(usual.rates).all() and usual.rates.max() < 0.01 and usual.dispersion == 1


def test_silence_grows_until_a_post_comes():
    usual = UsualRate(np.full(168, 0.5), 1.0, 0.0)
    found = silences(np.array([0, 2, 0, 0, 0, 1, 0]), np.full(7, 0.5), usual)
    assert found.scores == pytest.approx(np.array([0, 0, 0.5, 1, 1.5, 0, 0.5]) / np.log(10))
    assert found.lengths.tolist() == [0, 0, 1, 2, 3, 0, 1]
    spread = silences(np.array([1, 0, 0]), np.full(3, 0.5), UsualRate(np.full(168, 0.5), 3.0, 0.0))
    assert spread.scores[2] < found.scores[3]


def test_a_stream_as_usual_raises_about_one_alarm_a_month_and_twice_as_much_is_found_in_two_hours():
    rng = np.random.default_rng(5)
    truth = shaped(25 * WEEK, 60)
    counts, hours = rng.poisson(truth), week_hours(truth.size)
    past = counts[: 12 * WEEK], hours[: 12 * WEEK]
    usual = learn_usual_rate(*past)
    now, due = counts[12 * WEEK :], usual.rates[hours[12 * WEEK :]]
    burst, quiet = partial(departures, least=5), 96
    limit = limit_for(usual, past, burst, quiet=quiet, rng=np.random.default_rng(16))
    # three months; more than seven of three come once in fifty times
    assert len(find_episodes(burst(now, due, usual), limit)) <= 7
    found = 0
    for at in range(40, 40 + 20 * 400, 400):
        twice = now.copy()
        twice[at : at + 8] += rng.poisson(60 / 4, 8)
        scores = burst(twice[: at + 8], due[: at + 8], usual).scores
        found += scores[at:].max() >= limit
    assert found >= 17


def test_a_stream_as_usual_is_rarely_called_silent_and_one_that_stops_is():
    rng = np.random.default_rng(7)
    truth = shaped(25 * WEEK, 6)
    counts, hours = rng.poisson(truth), week_hours(truth.size)
    past = counts[: 12 * WEEK], hours[: 12 * WEEK]
    usual = learn_usual_rate(*past)
    now, due = counts[12 * WEEK :], usual.rates[hours[12 * WEEK :]]
    limit = limit_for(usual, past, silences, quiet=1, rng=np.random.default_rng(16))
    assert len(find_episodes(silences(now, due, usual), limit, quiet=1)) <= 7
    now[1000:1096] = 0
    gap = next(one for one in find_episodes(silences(now, due, usual), limit, quiet=1) if one.last >= 1095)
    assert gap.first <= 1000 and gap.noticed < 1000 + 40


def test_the_past_of_two_days_is_too_little_and_no_later_post_changes_an_earlier_judgement():
    rng = np.random.default_rng(6)
    counts = rng.poisson(shaped(6 * WEEK, 12))
    weeks = np.arange(0, counts.size, WEEK)
    judge = partial(
        walk_weeks, score=partial(departures, least=5), quiet=96, key=16, hours=week_hours(counts.size)
    )
    found = judge(counts, weeks=weeks, of=counts)
    assert not found.departure.scores[: 3 * WEEK].any() and found.judged == 3 * WEEK
    changed = counts.copy()
    changed[5 * WEEK :] += 9
    again = judge(changed, weeks=weeks, of=changed)
    assert np.array_equal(found.departure.scores[: 5 * WEEK], again.departure.scores[: 5 * WEEK])
    late = counts.copy()
    late[: 6 * WEEK - 192] = 0
    short = judge(late, weeks=weeks, of=late)
    assert short.judged == 0 and short.missing_days >= 19


@pytest.mark.parametrize("zone", ["Europe/Rome", "Asia/Kolkata", "America/St_Johns", "Australia/Lord_Howe"])
@pytest.mark.parametrize("day", [(3, 28), (4, 4), (10, 3), (10, 24), (10, 31)])
def test_hours_of_the_week_are_those_of_the_wall(zone, day):
    first = int(datetime(2026, *day, tzinfo=UTC).timestamp()) // 900
    slow = naive.on_the_wall(first, 3 * 96, zone)
    assert hours_of_week(first, 3 * 96, zone).tolist() == slow


@settings(max_examples=60)
@given(some.data())
def test_branches_share_a_burst_and_lose_no_post(data):
    size = data.draw(some.integers(1, 40))
    parent = np.array([data.draw(some.integers(-1, post - 1)) for post in range(size)])
    inside = np.array(data.draw(some.lists(some.booleans(), min_size=size, max_size=size)))
    assert count_below(parent, inside).tolist() == naive.branches_below(parent.tolist(), inside.tolist())
    found, rest = burst_branches(parent, inside, least=2)
    assert sum(one.posts for one in found) + rest == inside.sum()
    assert all(one.posts >= 2 for one in found)
    assert len({one.node for one in found}) == len(found)
