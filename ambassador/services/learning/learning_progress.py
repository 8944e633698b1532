"""The stages of learning, told to whoever waits."""

from typing import Final

from ambassador.i18n import mark
from ambassador.propagation.network import Progress as Stage
from ambassador.propagation.network.chunks import OnProgress
from ambassador.values.imports.imports import Progress

_STAGES: Final = {
    "counting": (0, 300, mark("Counting who was exposed to whom")),
    "fitting": (300, 400, mark("Fitting what makes people follow")),
    "settling": (700, 300, mark("Settling each tie's own record")),
}
_WHOLE: Final = 1_000


def told_as_progress(progress: Progress) -> OnProgress:
    """Turn the stages of learning into parts of a thousand.

    Examples
    --------
    >>> told_as_progress(lambda done, of, stage: print(done, stage))(Stage("fitting", 0.5))
    500 Fitting what makes people follow
    """

    def tell(stage: Stage) -> None:
        first, width, text = _STAGES[stage.stage]
        progress(first + round(width * stage.done), _WHOLE, text)

    return tell


def within(progress: Progress, first: int, last: int) -> Progress:
    """Let a piece of work tell its own progress as a part of a hundred.

    Examples
    --------
    >>> within(lambda done, of, stage: print(done, of, stage), 50, 100)(1, 2, "half of the second half")
    75 100 half of the second half
    """

    def tell(done: int, total: int, stage: str) -> None:
        progress(first + round((last - first) * done / max(total, 1)), 100, stage)

    return tell
