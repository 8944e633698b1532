"""Reach of accounts whose followers are known only as counts."""

from ambassador.metrics.reach import reach_range


def test_unknown_sizes_are_left_out_of_the_range() -> None:
    assert reach_range([None, 5, 7]) == (7, 12)
    assert reach_range([None]) is None
