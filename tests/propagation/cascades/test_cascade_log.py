"""Past cascades as arrays."""

import numpy as np
import pytest

from ambassador.errors import BadInputError
from ambassador.propagation.cascades.cascade_log import CascadeLog


def test_only_the_first_post_of_a_person_in_a_cascade_counts():
    log = CascadeLog.from_entries([1, 1, 0, 1], [3, 3, 3, 2], [9.0, 5.0, 7.0, 6.0])
    assert log.offsets.tolist() == [0, 1, 3]
    assert log.nodes.tolist() == [3, 3, 2]
    assert log.times.tolist() == [7.0, 5.0, 6.0]
    assert log.cascades.tolist() == [0, 1, 1]


def test_of_posts_at_the_same_moment_the_one_that_stands_first_is_the_starter():
    log = CascadeLog.from_entries([0, 0], [8, 2], [1.0, 1.0])
    assert log.nodes.tolist() == [8, 2]


def test_authors_outside_the_network_are_left_out_and_their_cascade_stays():
    log = CascadeLog.from_entries([0, 1, 1], [-1, -1, 4], [0.0, 0.0, 1.0])
    assert log.sizes.tolist() == [0, 1]
    assert log.nodes.tolist() == [4]


def test_no_posts_make_an_empty_log():
    log = CascadeLog.from_entries([], [], [])
    assert log.cascade_count == 0
    assert log.nodes.size == 0


def test_a_post_without_a_moment_and_columns_of_different_length_are_refused():
    with pytest.raises(BadInputError, match="no moment"):
        CascadeLog.from_entries([0], [1], [np.nan])
    with pytest.raises(BadInputError, match="different lengths"):
        CascadeLog.from_entries([0, 1], [1], [0.0])
