from math import fsum

from hypothesis import given
from hypothesis import strategies as st

from ambassador.metrics.shares import UNITS, exact_shares

WEIGHT = st.floats(1e-9, 1e9)


@given(weights=st.dictionaries(st.integers(), WEIGHT, min_size=1, max_size=60))
def test_shares_sum_to_exactly_one_in_any_order_and_are_within_one_unit_of_their_due(weights):
    shares = exact_shares(weights)
    assert fsum(shares.values()) == sum(shares.values()) == sum(reversed(list(shares.values()))) == 1.0
    total = fsum(weights.values())
    for key, weight in weights.items():
        assert abs(shares.get(key, 0.0) - weight / total) <= 1.01 / UNITS
    assert all(share > 0 for share in shares.values())


@given(weights=st.dictionaries(st.integers(), WEIGHT, min_size=1, max_size=9))
def test_shares_that_were_cut_once_stay_as_they_are(weights):
    shares = exact_shares(weights)
    assert exact_shares(shares) == shares
