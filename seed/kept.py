"""The demo as it is kept: built once by :mod:`seed.demo`, and moved to the day on which it is first opened.

What takes long to compute (picks, forecasts, what was learned, how it would have fared) need not be computed
again on every machine. ``make demo`` builds it anew; a test builds it too, and compares.
"""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from ambassador.config import normal_url
from ambassador.services.backups.making import back_up
from ambassador.services.backups.moved import restore_moved
from ambassador.services.work import open_workspace
from seed.stage import MARKETER, ROME

KEPT: Final = Path(__file__).parent / "demo.zip"
BUILT_AT: Final = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
"""The moment that is "now" in the kept demo."""


def put_kept_demo(url: str, now: datetime) -> None:
    """Put the kept demo into an empty place, as if it had been built today, or yesterday before that hour."""
    restore_moved(KEPT, url, moved_by(now))


def moved_by(now: datetime) -> timedelta:
    """Say by how much the kept demo is moved: whole days where its story plays, never into the future.

    Examples
    --------
    >>> moved_by(datetime(2026, 5, 14, 12, tzinfo=UTC)), moved_by(datetime(2026, 5, 14, 5, tzinfo=UTC))
    (datetime.timedelta(days=2), datetime.timedelta(days=1))
    """
    hour = BUILT_AT.astimezone(ROME).time()
    today = now.astimezone(ROME).date()
    that_hour = datetime.combine(today, hour, ROME)
    if that_hour > now:
        that_hour = datetime.combine(today - timedelta(days=1), hour, ROME)
    return that_hour.astimezone(UTC) - BUILT_AT


def keep_demo(place: Path = KEPT) -> None:
    """Build the demo and keep it in place of the one before."""
    from seed.demo import build_demo  # noqa: PLC0415 - the whole product, needed here alone

    with tempfile.TemporaryDirectory() as folder:
        url = normal_url(str(Path(folder) / "demo.db"))
        work = open_workspace(url, actor=MARKETER).at(BUILT_AT)
        try:
            build_demo(work, BUILT_AT)
        finally:
            work.engine.dispose()
        place.unlink(missing_ok=True)
        back_up(url, place, actor=MARKETER)


if __name__ == "__main__":
    keep_demo()
