"""Several watches: all that are due once, or again and again until somebody says stop."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import Final

from ambassador.errors import CancelledError
from ambassador.i18n import mark
from ambassador.services.live.fetching import FetchOptions, fetch_watch
from ambassador.services.live.watches import list_watches
from ambassador.services.work import UnitOfWork
from ambassador.values.imports.imports import Progress, silent
from ambassador.values.live import RunReport, WatchView

Heard = Callable[[RunReport], None]
_ASKING: Final = mark("Asking live sources")
_LOOKS: Final = 5.0
"""Seconds between two looks at what is due."""
_LINGERS: Final = 30.0


def fetch_due(
    work: UnitOfWork,
    numbers: Collection[int] = (),
    way: FetchOptions | None = None,
    *,
    progress: Progress = silent,
    heard: Heard = lambda _: None,
) -> list[RunReport]:
    """Run some watches once, or all of them; one that fails does not keep the others from running.

    Examples
    --------
    >>> fetch_due(work)
    []
    """
    reports: list[RunReport] = []
    chosen = list(numbers or [one.id for one in list_watches(work)])
    for watch_id in chosen:

        def tell(_done: int, _total: int, _stage: str, done: int = len(reports)) -> None:
            progress(done, len(chosen), _ASKING)

        reports.append(fetch_watch(work, watch_id, way, progress=tell))
        heard(reports[-1])
        if reports[-1].is_stopped:
            break
    return reports


def follow(
    work: UnitOfWork,
    numbers: Collection[int] = (),
    way: FetchOptions | None = None,
    *,
    progress: Progress = silent,
    heard: Heard = lambda _: None,
) -> None:
    """Run each watch whenever it is due, until ``progress`` raises CancelledError.

    Examples
    --------
    >>> def at_once(done, total, stage):
    ...     raise CancelledError("Stopped.")
    >>> follow(work, progress=at_once)
    """
    chosen = replace(way or FetchOptions(), lingers=_LINGERS)
    pause = chosen.web(1, lambda: progress(0, 0, ""))
    try:
        while True:
            for watch in list_watches(work):
                if (not numbers or watch.id in numbers) and is_due(watch, work.now()):
                    report = fetch_watch(work, watch.id, chosen, progress=progress)
                    heard(report)
                    if report.is_stopped:
                        return
            pause.wait(_LOOKS)
    except CancelledError:
        return


def is_due(watch: WatchView, now: datetime) -> bool:
    """Tell whether a watch is to run: its pause is over, or it never ended.

    Examples
    --------
    >>> from ambassador.values.live import Watched
    >>> is_due(WatchView(1, Watched("youtube", "video", "abcdefghijk"), 15, "", work.now()), work.now())
    True
    """
    return watch.next_at is None or watch.was_cut_off or watch.next_at <= now
