"""The law of strangers finds what made-up worlds were made from, and its ranges hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.propagation.strangers.law import (
    Branching,
    StrangerLaw,
    draw_talkers,
    expected_talkers,
    learn_strangers,
)
from ambassador.propagation.strangers.posterior import level_evidence, level_posterior
from ambassador.propagation.strangers.record import PostRecord
from tests.naive.strangers import mean_level, talkers_of

NO_FIGURES = np.empty((1, 0))


def made_up(
    rng: np.random.Generator, people: int, shape: float, spread: float
) -> tuple[PostRecord, np.ndarray]:
    """Make posts of people who differ, with the level of each."""
    level = rng.lognormal(np.log(60.0), spread, people)
    author = np.sort(np.minimum((people * rng.random(2 * people) ** 2.0).astype(np.int64), people - 1))
    direct = rng.poisson(level[author] * rng.gamma(shape, 1 / shape, author.size)).astype(np.float64)
    answered = rng.poisson(0.4 * rng.gamma(0.5, 2.0, 20_000)).astype(np.float64)
    return PostRecord(author, direct, np.empty((people, 0)), answered), level


def lawful(mean: float = 0.4) -> StrangerLaw:
    """Give a law with nothing unusual in it."""
    return StrangerLaw(3.0, np.empty(0), np.empty(0), np.empty(0), 0.8, 2.0, Branching(mean, 0.5, 1e9), 100)


@pytest.mark.parametrize("shape", [0.7, 3.0])
def test_the_law_behind_a_made_up_world_is_found(shape: float) -> None:
    record, _ = made_up(np.random.default_rng(1), 800, shape, 1.0)
    law = learn_strangers(record)
    assert law is not None
    assert law.usual == pytest.approx(np.log(60.0), abs=0.15)
    assert law.spread == pytest.approx(1.0, rel=0.15)
    assert law.shape == pytest.approx(shape, rel=0.2)
    assert law.branching.mean == pytest.approx(0.4, rel=0.05)
    assert law.branching.shape == pytest.approx(0.5, rel=0.2)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(-1.5, 1.5), st.floats(-1.5, 1.5), st.booleans())
def test_the_evidence_grows_as_differences_say(
    seed: int, log_spread: float, log_shape: float, many: bool
) -> None:
    rng = np.random.default_rng(seed)
    posts = rng.integers(0, 30 if many else 2, 8).astype(np.float64)
    strangers = np.where(posts > 0, rng.poisson(posts * rng.lognormal(2.0, 1.5, 8)), 0).astype(np.float64)
    usual = rng.normal(2.0, 1.0, 8)
    found = level_evidence(posts, strangers, usual, np.exp(log_spread), np.exp(log_shape))
    step = 1e-5
    for moved, told in (
        ((step, 0.0, 0.0), found.by_usual),
        ((0.0, step, 0.0), found.by_log_spread),
        ((0.0, 0.0, step), found.by_log_shape),
    ):
        above, below = (
            level_evidence(
                posts,
                strangers,
                usual + way * moved[0],
                np.exp(log_spread + way * moved[1]),
                np.exp(log_shape + way * moved[2]),
            ).logs
            for way in (1, -1)
        )
        np.testing.assert_allclose((above - below) / (2 * step), told, rtol=2e-3, atol=2e-3)


@pytest.mark.parametrize("shape", [0.7, 3.0])
def test_ranges_hold_the_next_post_as_often_as_they_say(shape: float) -> None:
    rng = np.random.default_rng(2)
    record, level = made_up(rng, 600, shape, 1.0)
    law = learn_strangers(record)
    assert law is not None
    drawn = draw_talkers(law, law.levels_of(record), 2_000, rng)
    low, high = np.quantile(drawn, [0.1, 0.9], axis=0)
    true = StrangerLaw(0, np.empty(0), np.empty(0), np.empty(0), 1.0, shape, Branching(0.4, 0.5, 1e12), 1)
    exact = level_posterior(np.full(600, 1e7), 1e7 * level, np.log(level), 1e-4, shape)
    came = draw_talkers(true, exact, 50, rng)
    inside = ((low <= came) & (came <= high)).mean()
    assert 0.76 < inside < 0.84


def test_launches_of_many_are_foretold_without_bias() -> None:
    rng = np.random.default_rng(3)
    ratios = []
    for _ in range(12):
        record, level = made_up(rng, 300, 2.0, 1.2)
        law = learn_strangers(record)
        assert law is not None
        expected = expected_talkers(law, law.levels_of(record))
        ratios.append(expected.sum() / (1 + level / 0.6).sum())
    assert np.mean(ratios) == pytest.approx(1.0, abs=4 * np.std(ratios) / np.sqrt(12) + 0.01)


@pytest.mark.parametrize("direct", [[0, 0, 0], [1], [40, 2, 300], [9] * 40])
def test_levels_are_those_of_plain_integration(direct: list[int]) -> None:
    posts, strangers = np.array([float(len(direct))]), np.array([float(sum(direct))])
    levels = level_posterior(posts, strangers, np.array([2.0]), 1.1, 1.5)
    assert levels.mean[0] == pytest.approx(mean_level(direct, 2.0, 1.1, 1.5), rel=2e-3)


def test_drawn_launches_are_those_of_strangers_one_by_one() -> None:
    rng, law = np.random.default_rng(4), lawful()
    sure = level_posterior(np.full(1, 1e9), np.full(1, 2e10), np.zeros(1), 0.1, law.shape)
    fast = draw_talkers(law, sure, 20_000, rng)[:, 0]
    slow = np.array([talkers_of(20.0, 2.0, 0.4, 0.5, rng) for _ in range(20_000)])
    error = np.hypot(fast.std(), slow.std()) / np.sqrt(20_000)
    assert abs(fast.mean() - slow.mean()) < 4 * error
    assert fast.std() == pytest.approx(slow.std(), rel=0.05)
    assert np.quantile(fast, [0.1, 0.9]) == pytest.approx(np.quantile(slow, [0.1, 0.9]), rel=0.06, abs=1)


def test_drawn_launches_average_to_what_is_expected() -> None:
    law = lawful()
    levels = law.levels(np.zeros(1), np.zeros(1), NO_FIGURES)
    drawn = draw_talkers(law, levels, 200_000, np.random.default_rng(5))
    error = drawn.std() / np.sqrt(drawn.size)
    assert abs(drawn.mean() - expected_talkers(law, levels)[0]) < 4 * error + 0.3


def test_strangers_who_bring_nobody_are_all_there_is() -> None:
    quiet = lawful(mean=0.0)
    assert quiet.branching.grow(np.array([[3, 0]]), np.zeros(1), np.random.default_rng(6)).tolist() == [
        [3, 0]
    ]


def test_an_own_record_counts_for_more_the_longer_it_is() -> None:
    law = lawful()
    posts = np.array([0.0, 1.0, 5.0, 50.0])
    means = law.levels(posts, 500 * posts, np.empty((4, 0))).mean
    assert np.all(np.diff(means) > 0)
    assert means[-1] == pytest.approx(500, rel=0.05)


def test_people_without_posts_are_taken_to_be_like_those_with_as_many_followers() -> None:
    rng = np.random.default_rng(7)
    followers = rng.lognormal(8.0, 1.0, 400)
    author = np.arange(300).repeat(2)
    direct = rng.poisson(followers[author] / 100 * rng.gamma(2.0, 0.5, author.size)).astype(np.float64)
    record = PostRecord(author, direct, np.log(followers)[:, None], np.zeros(600))
    law = learn_strangers(record)
    assert law is not None
    means = law.levels_of(record).mean[300:]
    assert np.corrcoef(np.log(means), np.log(followers[300:]))[0, 1] > 0.95
    assert means.sum() == pytest.approx(followers[300:].sum() / 100, rel=0.2)


def test_a_figure_nobody_has_changes_nothing() -> None:
    record, _ = made_up(np.random.default_rng(8), 100, 2.0, 1.0)
    unknown = PostRecord(record.author, record.direct, np.full((100, 1), np.nan), record.answered)
    plain, other = learn_strangers(record), learn_strangers(unknown)
    assert plain is not None
    assert other is not None
    assert other.levels_of(unknown).mean == pytest.approx(plain.levels_of(record).mean, rel=1e-3)


def test_posts_nobody_answered_leave_a_range() -> None:
    record = PostRecord(np.arange(5), np.zeros(5), np.empty((5, 0)), np.empty(0))
    law = learn_strangers(record)
    assert law is not None
    drawn = draw_talkers(law, law.levels_of(record), 4_000, np.random.default_rng(9))
    assert drawn.max() > 1


def test_too_few_posts_teach_nothing() -> None:
    assert learn_strangers(PostRecord(np.arange(2), np.ones(2), np.empty((2, 0)), np.empty(0))) is None
