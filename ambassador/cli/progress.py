"""What a verb that takes long says meanwhile: a line every ten seconds, with an estimate of what is left."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from ambassador.cli.shell import Shell
from ambassador.values.imports.imports import Progress

EVERY: Final = 10.0
"""Seconds."""
_TOLD: Final = 0.02
"""From this share of the work on, what is left can be estimated."""


class Under:
    """How far a verb is; asked by one thread, told by another."""

    def __init__(self, shell: Shell, clock: Callable[[], float] = time.monotonic) -> None:
        self._shell, self._clock, self._began = shell, clock, clock()
        self._share, self._stage = 0.0, ""

    def __call__(self, done: int, total: int, stage: str, /) -> None:
        """Take note of how far the work is; a bar that runs backwards is another piece of it."""
        self._share, self._stage = (done / total if total else 0.0), stage

    def line(self) -> str:
        """Say in a line how far it is, and about how long it still takes."""
        t, share = self._shell.t, self._share
        passed = self._clock() - self._began
        stage = t(self._stage) if self._stage else t("Working")
        seconds = self._shell.number(passed)
        if share < _TOLD:
            return t("{stage}: {seconds} s so far", stage=stage, seconds=seconds)
        return t(
            "{stage}: {percent}%, {seconds} s so far, about {left} s left",
            stage=stage,
            percent=self._shell.number(100 * min(share, 1.0)),
            seconds=seconds,
            left=self._shell.number(passed * max(1 - share, 0.0) / share),
        )


@contextmanager
def told(shell: Shell, every: float = EVERY) -> Iterator[Progress]:
    """Say beside the answer, on a terminal as in a file, how far a verb is, until it is done.

    A thread says it, so that a long step without news is not silent either.
    """
    under, over = Under(shell), threading.Event()

    def say() -> None:
        while not over.wait(every):
            shell.remark(under.line())

    thread = threading.Thread(target=say, daemon=True)
    thread.start()
    try:
        yield under
    finally:
        over.set()
        thread.join()
