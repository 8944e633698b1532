"""Days until a deadline as steps of word of mouth."""

from math import ceil

from ambassador.errors import BadInputError

_HOURS = 24


def deadline_step(days: int | None, hours_per_step: int) -> int | None:
    """Return the last step that begins before the deadline; the launch is step 0.

    Examples
    --------
    >>> deadline_step(2, 24), deadline_step(1, 6), deadline_step(None, 24)
    (1, 3, None)
    """
    if days is None:
        return None
    if days < 1 or hours_per_step < 1:
        raise BadInputError(
            "a deadline of {days} days at {hours} hours a step", days=days, hours=hours_per_step
        )
    return ceil(_HOURS * days / hours_per_step) - 1
