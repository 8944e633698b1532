"""Hidden parents chosen by what seen ones taught."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.propagation.kernels.choices import sample_pairs, weigh_choices
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.parents.parent_choice import choose_hidden_parents, fit_conditional_logit
from ambassador.propagation.parents.seen_cascades import SeenCascades
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
