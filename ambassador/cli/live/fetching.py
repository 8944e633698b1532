"""``ambassador fetch`` once, ``ambassador follow`` until it is stopped."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from ambassador.cli.live.watches import watch_line, watch_parts
from ambassador.cli.progress import told
from ambassador.cli.shell import JsonFlag, as_json_text, shell_of
from ambassador.errors import CancelledError
from ambassador.i18n import mark
from ambassador.services.live.fetching import FetchOptions
from ambassador.services.live.following import fetch_due, follow
from ambassador.values.imports.imports import Progress
from ambassador.values.live import RunReport

Numbers = Annotated[
    list[int] | None,
    typer.Argument(metavar="[WATCH]...", help=mark("Numbers of what is followed; all of it if not said.")),
]


def register(app: typer.Typer) -> None:
    """Add ``fetch`` and ``follow``."""
    once = mark("Bring in once what came since the last time on what is followed live.")
    app.command("fetch", help=once)(fetch)
    app.command("follow", help=mark("Go on bringing in what comes, until it is stopped."))(follow_on)


def fetch(
    context: typer.Context,
    watches: Numbers = None,
    *,
    from_start: Annotated[
        bool, typer.Option("--from-start", help=mark("Begin again, as after an import was taken back."))
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Fetch once."""
    shell = shell_of(context)
    with told(shell) as progress, stopping() as stopped:
        way = FetchOptions(from_start=from_start)
        reports = fetch_due(shell.work(), watches or (), way, progress=_both(progress, stopped))
    lines = [watch_line(shell, one.watch) for one in reports]
    text = "\n".join(lines) or shell.t("Nothing is followed live yet.")
    value = [
        {**watch_parts(shell, one.watch), "imports": one.imports, "stopped": one.is_stopped}
        for one in reports
    ]
    shell.answer(value, as_json=as_json, text=text)
    if reports and all(one.watch.failure for one in reports):
        raise typer.Exit(1)


def follow_on(context: typer.Context, watches: Numbers = None, *, as_json: JsonFlag = False) -> None:
    """Follow until stopped; each run is answered by a line."""
    shell = shell_of(context)

    def say(report: RunReport) -> None:
        watch = report.watch
        print(as_json_text(watch_parts(shell, watch)) if as_json else watch_line(shell, watch), flush=True)

    with stopping() as stopped:
        follow(shell.work(), watches or (), progress=stopped, heard=say)
    shell.remark(shell.t("Stopped."))


def _both(one: Progress, other: Progress) -> Progress:
    def tell(done: int, total: int, stage: str, /) -> None:
        other(done, total, stage)
        one(done, total, stage)

    return tell


@contextmanager
def stopping() -> Iterator[Progress]:
    """Give what raises once the program was asked to end: the batch under way is written first."""
    asked = threading.Event()

    def check(_done: int, _total: int, _stage: str, /) -> None:
        if asked.is_set():
            raise CancelledError("Stopped.")

    before = {one: signal.signal(one, lambda *_: asked.set()) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield check
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
