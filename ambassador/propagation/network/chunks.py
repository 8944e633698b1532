"""Numbered chunks of work on one pool of threads: the answer depends on the chunk numbers only."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, local
from typing import Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")
Tool = TypeVar("Tool")
Number = TypeVar("Number", bound=np.generic)
LINE = 256  # bytes; at most what a core fetches at once, and its neighbours


@dataclass(frozen=True)
class Progress:
    """How far a long computation is; ``stage`` is one of 'sampling', 'choosing', 'simulating'."""

    stage: str
    done: float
    """Share of the present stage, 0 to 1."""
    certificate: float | None = None
    rr_sets: int = 0


class OnProgress(Protocol):
    """Called between chunks in the caller's thread; raise ``CancelledError`` in it to stop."""

    def __call__(self, progress: Progress, /) -> None:
        """Take note of the progress."""


def thread_count(threads: int | None) -> int:
    """Threads that are wanted, or as many as this process may use.

    Examples
    --------
    >>> thread_count(3), thread_count(0)
    (3, 1)
    """
    if threads is not None:
        return max(1, threads)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Toolbox(Generic[Tool]):
    """Scratch arrays that are made when needed and handed from one chunk to the next."""

    def __init__(self, make: Callable[[], Tool]) -> None:
        self._make = make
        self._free: SimpleQueue[Tool] = SimpleQueue()

    @contextmanager
    def borrowed(self) -> Iterator[Tool]:
        """Lend one tool to one thread."""
        try:
            tool = self._free.get_nowait()
        except Empty:
            tool = self._make()
        try:
            yield tool
        finally:
            self._free.put(tool)


class _Pools:
    """One pool of threads for each number of threads, kept for the next call: starting one takes a while."""

    def __init__(self) -> None:
        self._pools: dict[int, ThreadPoolExecutor] = {}
        self._lock = Lock()
        self._inside = local()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forget)

    def pool(self, workers: int) -> ThreadPoolExecutor | None:
        """Pool of that many threads; None to one of its own threads, which would wait for itself."""
        if getattr(self._inside, "yes", False):
            return None
        with self._lock:
            if workers not in self._pools:
                self._pools[workers] = ThreadPoolExecutor(workers, "chunks", self._enter)
            return self._pools[workers]

    def _enter(self) -> None:
        self._inside.yes = True

    def _forget(self) -> None:
        """Start anew in a forked child, which has none of the threads."""
        self._pools, self._lock = {}, Lock()


_POOLS = _Pools()


class _Piece(Generic[Chunk, Result]):
    """A chunk on its way: with a thread of the pool, or done by the caller."""

    def __init__(self, pool: ThreadPoolExecutor, work: Callable[[Chunk], Result], chunk: Chunk) -> None:
        self._work, self._chunk = work, chunk
        self.future: Future[Result] = pool.submit(work, chunk)

    def taken_back(self) -> bool:
        """Take the chunk back from the pool, if no thread has begun it."""
        return self.future.cancel()

    def work_here(self) -> None:
        """Do the work in the thread that calls; what it raises is raised in its turn."""
        self.future = Future()
        try:
            self.future.set_result(self._work(self._chunk))
        except Exception as error:  # noqa: BLE001 - kept for the reader, as the pool does
            self.future.set_exception(error)


def in_chunks(
    work: Callable[[Chunk], Result], chunks: Sequence[Chunk], threads: int | None
) -> Iterator[Result]:
    """Yield ``work(chunk)`` in the order of the chunks, at most a few ahead of the reader.

    The caller's thread is one of the threads: while it waits, it works at what nobody has begun.

    Examples
    --------
    >>> list(in_chunks(lambda chunk: chunk**2, [1, 2, 3], threads=2))
    [1, 4, 9]
    """
    workers = min(thread_count(threads), len(chunks))
    pool = _POOLS.pool(thread_count(threads) - 1) if workers > 1 else None
    if pool is None:
        yield from map(work, chunks)
        return
    waiting: deque[_Piece[Chunk, Result]] = deque()
    try:
        for chunk in chunks:
            waiting.append(_Piece(pool, work, chunk))
            if len(waiting) > 2 * workers:
                yield _first(waiting)
        while waiting:
            yield _first(waiting)
    finally:
        for piece in waiting:
            piece.taken_back()
        wait([piece.future for piece in waiting])


def _first(waiting: "deque[_Piece[Chunk, Result]]") -> Result:
    while not waiting[0].future.done():
        idle = next((piece for piece in waiting if piece.taken_back()), None)
        if idle is None:
            break
        idle.work_here()
    return waiting.popleft().future.result()


def own_cell(kind: type[Number]) -> npt.NDArray[Number]:
    """Make an array for one number that its thread writes all the time, far from those of other threads.

    Cores pass memory on in lines: two such numbers in one line would have them wait for each other.

    Examples
    --------
    >>> own_cell(np.int64).size
    32
    """
    return np.zeros(LINE // np.dtype(kind).itemsize, kind)


def spans(total: int, size: int) -> list[tuple[int, int]]:
    """Cut 0..total into (first, count) pieces of at most ``size``.

    Examples
    --------
    >>> spans(10, 4)
    [(0, 4), (4, 4), (8, 2)]
    """
    return [(first, min(size, total - first)) for first in range(0, total, size)]


def growing_spans(total: int, least: int, most: int) -> list[tuple[int, int]]:
    """Cut 0..total into pieces of ``least``, later of a sixteenth of what came before, at most of ``most``.

    Where work turns out to be quick, the threads do not spend their time handing out pieces; where it is
    slow, whoever stops it waits for a sixteenth of the time it took so far. Towards the end pieces shrink
    again to a sixteenth of what is left, so that no thread waits long for the last.

    Examples
    --------
    >>> growing_spans(200, least=1, most=8)[:3], growing_spans(200, least=1, most=8)[-1]
    ([(0, 1), (1, 1), (2, 1)], (199, 1))
    """
    found, first = [], 0
    while first < total:
        size = min(total - first, max(least, min(most, first // 16, (total - first) // 16)))
        found.append((first, size))
        first += size
    return found
