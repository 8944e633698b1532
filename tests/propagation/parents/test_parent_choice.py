"""Hidden parents chosen by what seen ones taught."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.metrics.intervals import calibration_error
from ambassador.propagation.kernels.choices import SIGNS, choose_parents, sample_pairs, weigh_choices
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.parents.parent_choice import (
    SharesInSteps,
    choose_hidden_parents,
    fit_conditional_logit,
    places_of,
)
from ambassador.propagation.parents.seen_cascades import SeenCascades, tied_pairs, what_is_known
from tests import naive


def seen(parents, times, authors, named=None):
    """Make cascades of lists of parents by place, -1 for the start."""
    offsets = np.cumsum([0, *map(len, parents)])
    flat = [p + offsets[c] if p >= 0 else -1 for c, one in enumerate(parents) for p in one]
    author = np.array([a for one in authors for a in one], np.int64)
    count = author.size
    nobody = np.full(count, -1, np.int64)
    return SeenCascades(
        offsets,
        author,
        np.array([t for one in times for t in one], float),
        np.array(flat, np.int64),
        np.full(count, np.nan),
        nobody if named is None else np.array(named, np.int64),
        np.zeros(count, np.bool_),
    )


def many(rule, rng, cascades=60, size=8):
    """Give cascades whose parents follow a rule of (place, authors of the cascade)."""
    authors = [rng.permutation(40)[:size].tolist() for _ in range(cascades)]
    times = [np.cumsum(rng.exponential(500.0, size)).tolist() for _ in range(cascades)]
    parents = [[-1, *(rule(place, one) for place in range(1, size))] for one in authors]
    return seen(parents, times, authors)


def chosen(cascades, ties=None):
    hidden = cascades.cascade % 3 == 0
    found = choose_hidden_parents(cascades, hidden, ties, rng=np.random.default_rng(1))
    return float((found.parent == cascades.parent[found.post]).mean()), found


@pytest.mark.parametrize("rule", [lambda *_: 0, lambda place, _: place - 1], ids=["start", "before"])
def test_simple_rules_are_learned(rule):
    hits, found = chosen(many(rule, np.random.default_rng(5)))
    assert hits == 1.0
    assert found.sure.mean() > 0.9


def test_ties_are_learned_to_matter():
    rng = np.random.default_rng(6)

    def by_tie(place, authors):
        tied = [other for other in range(place) if (authors[other] + authors[place]) % 5 == 0]
        return tied[0] if len(tied) == 1 else 0

    pairs = np.array([(a, b) for a in range(40) for b in range(40) if a != b and (a + b) % 5 == 0])
    network = InfluenceNetwork.from_arrays(pairs[:, 0], pairs[:, 1], 0.5, 40)
    cascades = many(by_tie, rng)
    assert chosen(cascades, network)[0] > chosen(cascades)[0] + 0.05


def test_a_hidden_parent_never_changes_what_is_chosen():
    rng = np.random.default_rng(7)
    cascades = many(lambda place, _: int(rng.integers(place)), rng)
    hidden = cascades.cascade % 3 == 0
    first = choose_hidden_parents(cascades, hidden, None, rng=np.random.default_rng(1))
    other = cascades.parent.copy()
    moved = np.flatnonzero(hidden & (other >= 0))
    other[moved] = cascades.start[moved]
    swapped = SeenCascades(
        cascades.offsets,
        cascades.author,
        cascades.times,
        other,
        cascades.followers,
        cascades.named,
        cascades.reply,
    )
    second = choose_hidden_parents(swapped, hidden, None, rng=np.random.default_rng(1))
    assert first.parent.tolist() == second.parent.tolist()
    assert first.sure.tolist() == second.sure.tolist()


def test_stated_probabilities_of_all_earlier_posts_sum_to_one():
    rng = np.random.default_rng(8)
    cascades = many(lambda place, _: int(rng.integers(place)), rng, cascades=12, size=4)
    post = 3
    hidden = np.arange(cascades.author.size) == post
    total = 0.0
    for above in range(post):
        other = cascades.parent.copy()
        other[post] = above
        asked = SeenCascades(
            cascades.offsets,
            cascades.author,
            cascades.times,
            other,
            cascades.followers,
            cascades.named,
            cascades.reply,
        )
        total += float(choose_hidden_parents(asked, hidden, None, rng=np.random.default_rng(1)).right[0])
    assert total == pytest.approx(1.0)


def test_nothing_to_learn_from_still_chooses_the_only_earlier_post():
    cascades = seen([[-1, 0]], [[0.0, 9.0]], [[0, 1]])
    found = choose_hidden_parents(cascades, np.array([False, True]), None, rng=np.random.default_rng(1))
    assert (found.parent.tolist(), found.sure.tolist()) == ([0], [1.0])


@given(data=st.data(), choices=st.integers(1, 4), signs=st.integers(1, 3))
def test_the_logit_is_that_of_its_twin_and_its_slope_is_the_difference_quotient(data, choices, signs):
    number = st.floats(-2, 2)
    rows = [
        data.draw(st.lists(st.lists(number, min_size=signs, max_size=signs), min_size=1, max_size=4))
        for _ in range(choices)
    ]
    weight = np.array(data.draw(st.lists(number, min_size=signs, max_size=signs)))
    flat = np.array([row for choice in rows for row in choice])
    ends = np.cumsum([0, *map(len, rows)])
    true = np.isin(np.arange(flat.shape[0]), ends[:-1])

    def likelihood(at):
        slope, bend = np.zeros(signs), np.zeros((signs, signs))
        none = np.zeros(flat.shape[0])
        args = (flat, none, ends, np.ones(choices), true, at, none.copy(), slope, bend)
        return weigh_choices(*args), slope

    twin = sum(float(np.log(shares[0])) for shares in naive.chosen_logit(rows, weight))
    value, slope = likelihood(weight)
    assert value == pytest.approx(twin, abs=1e-9)
    for sign in range(signs):
        step = np.zeros(signs)
        step[sign] = 1e-5
        quotient = (likelihood(weight + step)[0] - likelihood(weight - step)[0]) / 2e-5
        assert slope[sign] == pytest.approx(quotient, abs=1e-5)


def test_newton_recovers_known_weights():
    rng = np.random.default_rng(9)
    truth = np.array([1.5, -0.7])
    rows = rng.standard_normal((20_000, 2))
    worth = (rows @ truth).reshape(-1, 4) + rng.gumbel(size=(5_000, 4))
    true = (worth == worth.max(axis=1, keepdims=True)).ravel()
    ends = np.arange(0, 20_001, 4)
    found = fit_conditional_logit(rows, np.zeros(20_000), ends, true, np.zeros(2), np.ones(5_000))
    assert found == pytest.approx(truth, abs=0.1)


def test_a_sample_of_earlier_posts_always_holds_the_true_parent_and_stands_for_all():
    start, asked = np.zeros(301, np.int64), np.array([300, 300, 300])
    truth, skip = np.array([0, 150, 299]), np.array([10, 10, 10])
    ends = np.zeros(4, np.int64)
    sample_pairs(start, asked, truth, skip, False, ends, np.empty(0, np.int64), np.empty(0))
    np.cumsum(ends, out=ends)
    above, offset = np.empty(ends[-1], np.int64), np.empty(ends[-1])
    sample_pairs(start, asked, truth, skip, True, ends, above, offset)
    for choice in range(3):
        span = slice(ends[choice], ends[choice + 1])
        assert truth[choice] in above[span]
        assert np.exp(offset[span]).sum() == pytest.approx(300, abs=12)


def giant(rng, size=700, people=400):
    """Give one long cascade by people some of whom post again and again."""
    authors = np.minimum((people * rng.random(size) ** 2).astype(int), people - 1).tolist()
    parents = [-1, *(0 if rng.random() < 0.6 else int(rng.integers(place)) for place in range(1, size))]
    return seen([parents], [np.cumsum(rng.exponential(60.0, size)).tolist()], [authors])


def looked_up(cascades, ties, weight, most):
    posts, answered = what_is_known(cascades, cascades.parent >= 0)
    tied, places = tied_pairs(ties, int(cascades.author.max()) + 1), places_of(cascades, posts, weight)
    asked = np.flatnonzero(cascades.parent >= 0)
    best, sure = np.empty(asked.size, np.int64), np.empty(asked.size)
    named = np.column_stack([cascades.parent[asked], asked - 1, asked])
    chance = np.empty(named.shape)
    known = (posts, answered, tied, places)
    choose_parents(*known, asked, named, weight, 1.0, most, best, sure, chance)
    assert (chance[:, 2] == 0).all(), "nobody answers themselves"
    among = best[:, None] == named
    assert chance[among] == pytest.approx(np.broadcast_to(sure[:, None], named.shape)[among], rel=1e-9)
    return best, sure, chance[:, 0]


def test_of_a_long_cascade_a_part_is_looked_at_and_says_what_all_of_it_says():
    rng = np.random.default_rng(3)
    cascades = giant(rng)
    source, target = rng.integers(0, 400, (2, 2_000))
    ties = InfluenceNetwork.from_arrays(*np.unique(np.stack([source, target]), axis=1), 0.5, 400)
    weight = np.array(
        [{"is the start": 3.0, "delay": -0.5, "a tie is known": 6.0}.get(s, 0.0) for s in SIGNS]
    )
    whole, part = (looked_up(cascades, ties, weight, most) for most in (10**6, 300))
    late = slice(299, None)
    assert whole[0][:299].tolist() == part[0][:299].tolist(), "short ones are looked at whole"
    assert np.mean(whole[0][late] == part[0][late]) > 0.99, "ties far back are found"
    ratio = part[1][late] / whole[1][late]
    assert np.mean(ratio) == pytest.approx(1.0, abs=0.01)
    assert np.abs(np.log(ratio)).mean() < 0.03
    assert np.abs(np.log(ratio)).max() < 0.7
    assert np.abs(np.log(part[2][late] / whole[2][late])).mean() < 0.03


def test_where_the_start_is_all_that_can_be_known_its_share_is_stated():
    rng = np.random.default_rng(11)
    cascades = many(lambda place, _: 0 if rng.random() < 0.7 else int(rng.integers(place)), rng, 600, 20)
    hits, found = chosen(cascades)
    right = found.parent == cascades.parent[found.post]
    assert (found.parent == cascades.start[found.post]).all()
    assert 0.7 < hits < 0.85
    assert np.unique(found.sure).size <= 5
    assert calibration_error(found.sure, right, 20) < 0.03
    assert found.sure[found.post == cascades.start[found.post] + 1].tolist() == [1.0] * 200


def test_steps_rise_and_are_told_apart_only_where_something_tells_them_apart():
    rng = np.random.default_rng(12)
    stated = rng.uniform(0.05, 0.95, 4_000)
    nothing = SharesInSteps.learn(stated, rng.random(4_000) < 0.4, np.ones(4_000))
    assert nothing.share == pytest.approx([0.4], abs=0.03)
    bold = SharesInSteps.learn(stated, rng.random(4_000) < 0.5 + (stated - 0.5) / 2, np.ones(4_000))
    assert (np.diff(bold.share) > 0).all()
    asked = np.linspace(0.1, 0.9, 9)
    assert np.abs(bold.of(asked) - (0.5 + (asked - 0.5) / 2)).max() < 0.08
    turned = SharesInSteps.learn(stated, rng.random(4_000) < 1 - stated, np.ones(4_000))
    assert turned.share == pytest.approx([0.5], abs=0.03), "never turned round"
    none = np.empty(0)
    assert SharesInSteps.learn(none, none.astype(bool), none).of(np.array([1.0, 0.3])).tolist() == [1.0, 0.5]
