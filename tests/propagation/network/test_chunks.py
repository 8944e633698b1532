"""Numbered chunks on the kept threads and the caller's own."""

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.propagation.network.chunks import growing_spans, in_chunks


@given(chunks=st.lists(st.integers(), max_size=40), threads=st.integers(1, 4))
def test_results_come_in_the_order_of_the_chunks(chunks: list[int], threads: int) -> None:
    assert list(in_chunks(abs, chunks, threads)) == [abs(chunk) for chunk in chunks]


def test_the_caller_works_while_it_waits() -> None:
    def where(_: int) -> str:
        time.sleep(0.01)
        return threading.current_thread().name

    names = set(in_chunks(where, list(range(12)), 2))
    assert threading.current_thread().name in names
    assert len(names) == 2


def test_a_reader_that_stops_leaves_nothing_running() -> None:
    begun: list[int] = []
    results = in_chunks(begun.append, list(range(50)), 2)
    next(results)
    results.close()
    before = len(begun)
    time.sleep(0.05)
    assert len(begun) == before < 50


def test_work_inside_a_chunk_does_not_wait_for_its_own_thread() -> None:
    def outer(number: int) -> int:
        return sum(in_chunks(lambda inner: inner * number, list(range(5)), 2))

    assert list(in_chunks(outer, list(range(6)), 2)) == [10 * number for number in range(6)]


def test_a_failing_chunk_says_so_and_the_threads_go_on_working() -> None:
    def fails(number: int) -> int:
        if number == 3:
            raise ValueError(number)
        return number

    with pytest.raises(ValueError, match="3"):
        list(in_chunks(fails, list(range(9)), 2))
    assert list(in_chunks(abs, [-1, -2, -3], 2)) == [1, 2, 3]


@given(total=st.integers(0, 5_000), least=st.integers(1, 300), more=st.integers(0, 300))
def test_growing_pieces_cover_everything_once_and_none_is_long_beside_what_came_before(
    total: int, least: int, more: int
) -> None:
    pieces = growing_spans(total, least, least + more)
    assert [number for first, size in pieces for number in range(first, first + size)] == list(range(total))
    assert all(size <= max(least, min(least + more, first // 16)) for first, size in pieces)
    assert all(size <= max(least, (total - first) // 16) for first, size in pieces)
