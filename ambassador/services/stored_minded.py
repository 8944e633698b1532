"""What minding complaints gave up and spared, read back from a kept pick."""

from collections.abc import Mapping
from typing import Any

from ambassador.services.stored_json import from_json
from ambassador.values.forecasts.forecasts import Range
from ambassador.values.picks.minded import MindedComplaints


def minded_from_json(
    kept: Mapping[str, Any] | None, handles: tuple[str, ...] = ()
) -> MindedComplaints | None:
    """Read it back; ``handles`` name today whom the pick would choose that minds no complaints.

    Examples
    --------
    >>> minded_from_json(None) is None
    True
    """
    if kept is None:
        return None
    complainers, given_up, spared = (
        from_json(Range, kept[name]) for name in ("complainers", "given_up", "spared")
    )
    return MindedComplaints(
        kept["weight"],
        complainers,
        kept["plain_complainers"],
        kept["plain_spread"],
        given_up,
        spared,
        handles,
        kept["same"],
        kept["answers"],
        kept["people"],
        kept["complaints"],
        kept["cut_off"],
    )
