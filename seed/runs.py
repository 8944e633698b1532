"""Find, among the launches the product's own model simulates, one that tells the story."""

from collections.abc import Callable, Sequence

from ambassador.services.networks.rehearse import rehearse_launches
from ambassador.services.work import UnitOfWork
from ambassador.values.networks.rehearsals import Rehearsal
from seed.posts import Prompted

MOST_RUNS = 40_000


class NoSuchLaunchError(RuntimeError):
    """No simulated launch tells the story; the invented people or ties were changed."""


def find_launch(
    work: UnitOfWork, handles: Sequence[str], key: int, fits: Callable[[Rehearsal], bool]
) -> Rehearsal:
    """Return the first simulated launch that fits."""
    for rehearsal in rehearse_launches(work, handles, range(MOST_RUNS), key=key):
        if fits(rehearsal):
            return rehearsal
    message = f"none of {MOST_RUNS} simulated launches fits"
    raise NoSuchLaunchError(message)


def prompted(rehearsal: Rehearsal) -> list[Prompted]:
    """Say who talked because of whom, for the newsroom."""
    return [Prompted(one.handle, one.prompted_by, one.branch) for one in rehearsal.talkers]
