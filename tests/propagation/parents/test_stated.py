"""Probabilities stated too boldly or too shyly are brought back to how often they were right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.propagation.parents.parent_choice import Restated


@pytest.mark.parametrize("boldness", [0.5, 2.0])
def test_what_was_stated_is_brought_back_to_how_often_it_was_right(boldness):
    rng = np.random.default_rng(1)
    true = rng.beta(2, 2, 20_000)
    odds = boldness * np.log(true / (1 - true)) + 0.3
    stated, right = 1 / (1 + np.exp(-odds)), rng.random(true.size) < true
    learned = Restated.learn(stated, right, np.ones(true.size))
    assert np.abs(learned.of(stated) - true).mean() < 0.01


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=30))
def test_however_little_there_is_to_learn_from_probabilities_keep_their_order(pairs):
    stated = np.array([one for one, _ in pairs])
    learned = Restated.learn(stated, np.array([hit for _, hit in pairs], bool), np.ones(stated.size))
    anew = learned.of(np.linspace(0, 1, 11))
    assert ((anew >= 0) & (anew <= 1)).all()
    assert (np.diff(anew) >= -1e-12).all()


def test_the_only_possible_parent_stays_certain():
    learned = Restated.learn(np.full(50, 0.9), np.arange(50) % 2 > 0, np.ones(50))
    assert learned.of(np.array([1.0])).tolist() == [1.0]


def test_with_nothing_to_learn_from_what_was_stated_stands():
    nothing = np.empty(0)
    learned = Restated.learn(nothing, nothing.astype(bool), nothing)
    assert learned.of(np.array([0.2, 0.7])).tolist() == pytest.approx([0.2, 0.7])
