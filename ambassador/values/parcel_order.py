"""In which order things happened to parcels, where some say the hour and others only the day."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from ambassador.values.drafts import CourierDraft

_STAGES: Final = {"shipped": 0, "delivered": 1, "returned": 2, "lost": 2}
_DAY: Final = timedelta(days=1)
_NOW: Final = datetime.max.replace(tzinfo=UTC)
"""What bears no date happens as the file comes, after whatever bears one."""


def in_order_of_events(drafts: Sequence[CourierDraft]) -> list[CourierDraft]:
    """Sort what a courier says by when it happened; what bears no date happens now, after all the rest.

    A day without an hour comes after what has to come before it on that day, and before what follows.

    >>> from datetime import UTC
    >>> day = datetime(2026, 5, 5, tzinfo=UTC)
    >>> shipped = CourierDraft(2, "P-1", status="shipped", happened_at=day.replace(hour=10))
    >>> delivered = CourierDraft(3, "P-1", status="delivered", happened_at=day, is_day=True)
    >>> [one.status for one in in_order_of_events([delivered, shipped])]
    ['shipped', 'delivered']
    """
    parcels: dict[str, list[CourierDraft]] = {}
    for draft in drafts:
        parcels.setdefault(draft.reference or draft.recipient, []).append(draft)

    def when(draft: CourierDraft) -> tuple[datetime, int]:
        at, stage = draft.happened_at, _STAGES.get(draft.status, 0)
        if at is not None and draft.is_day:
            others = parcels[draft.reference or draft.recipient]
            at = max((at, *(one for other in others if (one := _before(other, at, stage)))))
        return at or _NOW, stage

    return sorted(drafts, key=when)


def _before(other: CourierDraft, day: datetime, stage: int) -> datetime | None:
    """Return the hour of something that has to come before a stage of that day; None for anything else."""
    at = other.happened_at
    if at is None or not day <= at < day + _DAY or _STAGES.get(other.status, 0) >= stage:
        return None
    return at
