"""Numbered chunks of work on one pool of threads: the answer depends on the chunk numbers only."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, Protocol, TypeVar

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")
Tool = TypeVar("Tool")


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
    """Give the wanted number of threads, or as many as this process may use."""
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


def in_chunks(
    work: Callable[[Chunk], Result], chunks: Sequence[Chunk], threads: int | None
) -> Iterator[Result]:
    """Yield ``work(chunk)`` in the order of the chunks, at most a few ahead of the reader."""
    workers = min(thread_count(threads), len(chunks))
    if workers <= 1:
        yield from map(work, chunks)
        return
    waiting: list[Future[Result]] = []
    with ThreadPoolExecutor(workers) as pool:
        try:
            for chunk in chunks:
                waiting.append(pool.submit(work, chunk))
                if len(waiting) > 2 * workers:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()


def spans(total: int, size: int) -> list[tuple[int, int]]:
    """Cut 0..total into (first, count) pieces of at most ``size``."""
    return [(first, min(size, total - first)) for first in range(0, total, size)]
